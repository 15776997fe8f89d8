import { CompletionItemKind } from 'vscode-languageserver-types';
import { exportsIn } from '../compiler/resources/exports.ts';
import { oneVerb, verbs } from '../schema/access.ts';
import { defaultOf } from '../schema/standard.ts';
import type { Form, Leaf, Shape } from '../schema/kit.ts';
import { quoted, type Choice, type Surroundings } from './choice.ts';
import { describe } from './describe.ts';
import { verbFits } from './fitting.ts';
import { possible } from './forms.ts';
import { exportsOf, writtenIn } from './handlers.ts';
import { THINGS } from './names.ts';
import { grantedKinds, grantedThing } from './open-keys.ts';
import { referencesTo } from './references.ts';
import { inlineObjects } from './skeletons.ts';

/** What can be written as a value of a shape: in its place, in a list’s brackets, as an item on a line of its own. */
export function valuesAt(shape: Shape, around: Surroundings): readonly Choice[] {
  const { cursor } = around;
  const reference = /\$\(([^()]*)$/.exec(cursor.spot.typed);
  const forms = possible(shape);
  if (reference && forms.some(takesReferences)) return references(reference[1] ?? '', around);
  const standard = defaultOf(shape);
  const onLine = cursor.on === 'value';
  const values = onLine ? forms.flatMap((form) => ofForm(form, standard, around)) : [];
  const items = listItems(forms, around);
  const nothing = onLine && shape.removable ? [value('null', CompletionItemKind.Keyword, 'Removes what it overrides.', 9000, around)] : [];
  const seen = new Set<string>();
  return [...values, ...items, ...nothing].filter(({ label }) => !seen.has(label) && seen.add(label));
}

function takesReferences(form: Form): boolean {
  return (form.form === 'leaf' && form.interpolated === true) || form.form === 'raw';
}

/** Where a list is expected: in brackets on the line of its key, with a dash on a line of its own. */
function listItems(forms: readonly Form[], around: Surroundings): readonly Choice[] {
  const { cursor } = around;
  return forms.flatMap((form) => {
    if (form.form !== 'list') return [];
    const inner = possible(form.item).flatMap((item) => ofForm(item, undefined, around));
    if (cursor.on === 'key') return inner.map((one) => ({ ...one, label: `- ${one.label}`, text: `- ${one.text}`, rank: one.rank + 3000 }));
    return form.single ? [] : inner.map((one) => ({ ...one, label: `[${one.label}]`, text: `[${one.text}]`, rank: one.rank + 400 }));
  });
}

function ofForm(form: Form, standard: string | undefined, around: Surroundings): readonly Choice[] {
  switch (form.form) {
    case 'leaf':
      return ofLeaf(form, standard, around);
    case 'word':
      return Object.entries(form.words).map(([word, doc], index) => ({
        ...value(word, CompletionItemKind.EnumMember, doc, index, around),
        ...(word === standard && { detail: 'default' }),
      }));
    case 'flag':
      return ['true', 'false'].map((word, index) => ({
        ...value(word, CompletionItemKind.Keyword, form.doc, index, around),
        ...(word === standard && { detail: 'default' }),
      }));
    case 'count':
      return standard === undefined ? [] : [{ ...value(standard, CompletionItemKind.Value, form.doc, 0, around), detail: 'default' }];
    case 'object':
    case 'choice':
      return around.cursor.on === 'value' ? inlineObjects(form, around) : [];
    default:
      return [];
  }
}

function ofLeaf(form: Leaf, standard: string | undefined, around: Surroundings): readonly Choice[] {
  if (form === oneVerb) return ofVerbs(around);
  const named = [...(form.names ?? []), ...(form.mentions ?? [])];
  const { declarations } = around;
  const [section, name] = around.cursor.at.path;
  return [
    ...declarations
      .of(named)
      // Nothing is its own dead-letter queue, its own check or woken by its own log.
      .filter((one) => one.section !== section || one.name !== name)
      .map((one) => value(declarations.spelt(one, named), CompletionItemKind.Reference, `One of \`${one.section}\`.`, 10, around)),
    ...(form.way
      ? declarations.of(THINGS).map(({ section, name }) => value(`${section}.${name}`, CompletionItemKind.Reference, form.doc, 10, around))
      : []),
    ...(form.file ? files(form, around) : []),
    ...wordsIn(form.pattern).map((word, index) => value(word, CompletionItemKind.EnumMember, form.doc, 20 + index, around)),
    ...(form.file || form.way ? [] : (form.examples ?? [])).map((example, index) =>
      value(example, CompletionItemKind.Value, describe('', form), 30 + index, around),
    ),
    ...(standard !== undefined && form.usually === undefined && fits(form, standard)
      ? [{ ...value(standard, CompletionItemKind.Value, form.doc, 5, around), detail: 'default' }]
      : []),
  ].filter(({ label }) => label !== '');
}

function fits({ pattern }: Leaf, text: string): boolean {
  return pattern === undefined || new RegExp(pattern).test(text);
}

/** The words among what a pattern takes: `none` of `^(none|arn:.+)$`. */
function wordsIn(pattern: string | undefined): readonly string[] {
  const inner = /^\^\((.*)\)\$$/.exec(pattern ?? '')?.[1];
  if (inner === undefined) return [];
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const sign of inner) {
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (sign === '|' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return [...parts, part].filter((one) => /^[A-Za-z][A-Za-z-]+$/.test(one));
}

function ofVerbs(around: Surroundings): readonly Choice[] {
  const kinds = grantedKinds(around);
  const thing = grantedThing(around);
  return kinds.flatMap((kind) =>
    Object.entries<string>(verbs[kind as keyof typeof verbs] ?? {})
      .filter(([verb]) => !thing || verbFits(verb, thing))
      .map(([verb, doc], index) => value(verb, CompletionItemKind.EnumMember, doc, index, around)),
  );
}

/** The files that fit, and behind `#` what the file exports. */
function files(form: Leaf, around: Surroundings): readonly Choice[] {
  const { system, cursor } = around;
  const [file, written] = cursor.spot.typed.split('#');
  if (file !== undefined && written !== undefined) {
    const { files } = system.workspace;
    const found = files.read(file);
    if (!('text' in found)) return [];
    const own = new Map(exportsOf(found.text).map((one) => [one.name, one]));
    return [...new Set([...own.keys(), ...(exportsIn(file, files)?.names ?? [])])]
      .filter((name) => name !== 'default')
      .map((name, index) => {
        const one = own.get(name);
        const { line = name } = (one && !one.from ? one : writtenIn(file, name, files)?.exported) ?? {};
        return value(`${file}#${name}`, CompletionItemKind.Function, `\`\`\`ts\n${line}\n\`\`\``, index, around);
      });
  }
  return system.workspace
    .paths()
    .filter((path) => fits(form, path))
    .map((path) => value(path, CompletionItemKind.File, form.doc, 10, around));
}

function references(typed: string, { declarations, offset, source, system }: Surroundings): readonly Choice[] {
  const start = offset - typed.length;
  const rest = /^[A-Za-z0-9_.-]*\)?/.exec(source.text.slice(offset))?.[0] ?? '';
  return referencesTo(declarations, system.workspace.catalogue).map(({ text: inner, doc, of }) => ({
    label: inner,
    kind: CompletionItemKind.Reference,
    text: `${inner})`,
    doc: () => doc,
    rank: of ? 1 : 2,
    ...(of && { detail: of.section }),
    span: { start, end: offset + rest.length },
  }));
}

function value(label: string, kind: CompletionItemKind, doc: string, rank: number, { cursor }: Surroundings): Choice {
  const { spot } = cursor;
  return { label, kind, text: quoted(label, spot.quote, spot.inFlow), doc: () => doc, rank };
}
