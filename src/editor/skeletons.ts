import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Choice as Variants, Fields, MapForm, ObjectForm, Shape } from '../schema/kit.ts';
import { beginning, skeletons, type SkeletonBody } from '../schema/skeletons.ts';
import type { Choice, Surroundings } from './choice.ts';
import { possible } from './forms.ts';

/** An object on the line of its key: what it cannot be without, with the places to fill. */
export function inlineObjects(form: ObjectForm | Variants, around: Surroundings): readonly Choice[] {
  const made = (label: string, fields: Fields, doc: string, rank: number): Choice => ({
    label,
    kind: CompletionItemKind.Struct,
    text: inBraces(fields),
    doc: () => doc,
    rank,
    snippet: true,
  });
  if (around.cursor.spot.quote !== undefined) return [];
  if (form.form === 'object') {
    const fields = beginning(form.fields);
    const keys = Object.keys(fields).map((key) => `${key}: …`);
    return [made(`{ ${keys.length === 0 ? '…' : keys.join(', ')} }`, fields, form.doc, 500)];
  }
  return Object.entries(form.variants).map(([kind, { value, options }], index) =>
    made(`{ ${kind}: … }`, { [kind]: value, ...beginning(options), ...beginning(form.common) }, value.doc, 500 + index),
  );
}

function inBraces(fields: Fields): string {
  const places = filling();
  const parts = Object.entries(fields).map(([key, field]) => `${key}: ${places(field)}`);
  return parts.length === 0 ? '{ $1 }' : `{ ${parts.join(', ')} }`;
}

/** Hands out the places to fill, one after another. */
function filling(): (shape: Shape) => string {
  let next = 0;
  const place = (shape: Shape): string => {
    const forms = possible(shape);
    const word = forms.find((form) => form.form === 'word');
    if (word?.form === 'word') return `\${${++next}|${Object.keys(word.words).join(',')}|}`;
    const choice = forms.find((form) => form.form === 'choice');
    if (choice && forms[0] === choice) return `{ $${++next} }`;
    if (forms[0]?.form === 'list') return `[$${++next}]`;
    if (forms[0]?.form === 'object' || forms[0]?.form === 'map') return `{ $${++next} }`;
    return `$${++next}`;
  };
  return place;
}

/** Whole entries of a map, on lines of their own. */
export function entries(form: MapForm, { cursor, eol }: Surroundings): readonly Choice[] {
  const { spot, indent, at } = cursor;
  if (spot.inFlow || spot.keyed || spot.quote !== undefined) return [];
  // A stage has no names of its own, and what a permission names is offered by name.
  if (form.keyNames || (form.declares !== undefined && at.path[0] === 'stages')) return [];
  return skeletons(form).map(({ label, doc, body }, index) => ({
    label,
    kind: CompletionItemKind.Snippet,
    text: linesOf(body)
      .join(eol + ' '.repeat(indent))
      .trimEnd(),
    doc: () => doc,
    rank: 300 + index,
    snippet: true as const,
  }));
}

function linesOf(body: SkeletonBody): readonly string[] {
  if (typeof body === 'string') return [body];
  return Object.entries(body).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${key}: ${value}`.trimEnd()] : [`${key}:`, ...linesOf(value).map((line) => `  ${line}`)],
  );
}
