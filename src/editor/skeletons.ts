import { CompletionItemKind } from 'vscode-languageserver-types';
import { stringify } from 'yaml';
import type { Choice as Variants, Fields, MapForm, ObjectForm, Shape, Snippet } from '../schema/kit.ts';
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
  if (form.form === 'object') return [made('{ … }', requiredOf(form.fields), form.doc, 500)];
  return Object.entries(form.variants).map(([kind, { value, options }], index) =>
    made(`{ ${kind}: … }`, { [kind]: value, ...requiredOf(options), ...requiredOf(form.common) }, value.doc, 500 + index),
  );
}

function requiredOf(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field.required));
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

/** Whole entries of a map: those its shape brings, and for things one with what each cannot be without. */
export function skeletons(form: MapForm, around: Surroundings): readonly Choice[] {
  const { cursor, eol } = around;
  if (cursor.spot.inFlow || cursor.spot.keyed || cursor.spot.quote !== undefined) return [];
  const indented = (text: string): string => text.trimEnd().replaceAll('\n', `${eol}${' '.repeat(cursor.indent)}`);
  const own = (form.snippets ?? []).map((snippet, index) => fromSnippet(snippet, 200 + index, indented));
  const inStage = cursor.at.path[0] === 'stages';
  return [...own, ...(form.declares === undefined || inStage ? [] : entries(form, indented))];
}

function fromSnippet({ label, doc, body }: Snippet, rank: number, indented: (text: string) => string): Choice {
  return {
    label,
    kind: CompletionItemKind.Snippet,
    text: indented(stringify(body, { lineWidth: 0 })),
    doc: () => doc,
    rank,
    snippet: true,
  };
}

function entries({ key, value }: MapForm, indented: (text: string) => string): readonly Choice[] {
  const shape = value;
  if (shape.form !== 'object' && shape.form !== 'choice') return [];
  const one = (label: string, fields: Fields, doc: string, rank: number): Choice => {
    const place = filling();
    const lines = Object.entries(fields).map(([word, field]) => `  ${word}: ${place(field).replace(/\$\{?(\d+)/, bump)}`);
    const name = '${1:name}';
    return {
      label,
      kind: CompletionItemKind.Snippet,
      text: indented(lines.length === 0 ? `${name}:` : `${name}:\n${lines.join('\n')}`),
      doc: () => doc,
      rank,
      snippet: true,
    };
  };
  const title = key.doc.toLowerCase();
  if (shape.form === 'object') return [one(title, requiredOf(shape.fields), shape.doc, 300)];
  return Object.entries(shape.variants).map(([kind, variant], index) =>
    one(
      `${title}: ${kind}`,
      { [kind]: variant.value, ...requiredOf(variant.options), ...requiredOf(shape.common) },
      variant.value.doc,
      300 + index,
    ),
  );
}

/** The name is the first place. */
function bump(place: string, number: string): string {
  return place.replace(number, String(Number(number) + 1));
}
