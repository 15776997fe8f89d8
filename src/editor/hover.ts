import type { Hover } from 'vscode-languageserver-types';
import { oneVerb, verbs } from '../schema/access.ts';
import type { Form, Shape } from '../schema/kit.ts';
import { becomes, describe, shapesOf } from './describe.ts';
import { factsOf } from './facts.ts';
import { formOf, possible } from './forms.ts';
import { handlerIn, writtenIn } from './handlers.ts';
import type { Declared } from './names.ts';
import { interpolationsIn, referred, referencesTo } from './references.ts';
import { rangeOf } from './ranges.ts';
import type { System } from './system.ts';
import { follow, nodeAt, type At, type Found } from './tree.ts';

/** What is to be known about what stands at an offset. */
export function hover(system: System, path: string, offset: number): Hover | undefined {
  const document = system.document(path);
  const source = system.source(path);
  const found = document && nodeAt(system.shapeOf(path), document.root, offset);
  if (!found || !source) return undefined;
  const span = found.on === 'key' ? found.entry.keyPlace.span : found.node.place.span;
  const way = found.path.map((_, index) => follow(system.shapeOf(path), document.root, found.path.slice(0, index)));
  const value = found.on === 'key' ? ofKey(found, way, system) : ofValue(found, way, offset, system);
  return value === undefined ? undefined : { contents: { kind: 'markdown', value }, range: rangeOf(source, span) };
}

function ofKey(found: Extract<Found, { on: 'key' }>, way: readonly At[], system: System): string | undefined {
  const { mapping, entry, shape } = found;
  const around = mapping.shape && formOf(mapping.shape, mapping.node);
  if (!around || !shape) return undefined;
  if (around.form === 'map') {
    const named = around.keyNames && system.declarations.find(entry.key, around.keyNames);
    if (named) return ofThing(named, system);
    const declared = around.declares !== undefined && system.declarations.find(entry.key, [around.declares]);
    if (declared) return ofThing(declared, system);
    return describe(entry.key, shape, shapesOf(way));
  }
  const facts = around.form === 'choice' && entry.key in around.variants ? (around.facts?.(entry.key as never) ?? []) : [];
  return [describe(entry.key, shape, shapesOf(way)), facts.map((fact) => `- ${fact}`).join('\n')].filter(Boolean).join('\n\n');
}

/** A thing: what kind it is, and what becomes of it. */
function ofThing(thing: Declared, system: System): string {
  const shape = sectionShape(system, thing.section);
  const facts = factsOf(system).get(`${thing.section}.${thing.name}`);
  return [
    `**\`${thing.section}.${thing.name}\`**`,
    shape?.doc ?? '',
    facts ? facts.lines.map((line) => `- ${line}`).join('\n') : '',
    shape ? becomes(shape) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function sectionShape(system: System, section: string): Shape | undefined {
  const top = system.shapeOf(system.main);
  const map = top.form === 'object' ? top.fields[section] : undefined;
  return map?.form === 'map' ? map.value : map;
}

function ofValue(found: Found, way: readonly At[], offset: number, system: System): string | undefined {
  const { node, shape, path } = found;
  if (node.kind !== 'scalar' || !shape) return undefined;
  const { text, place } = node;
  const at = offset - place.span.start - (node.plain ? 0 : 1);
  const inner = interpolationsIn(text).find(({ start, end }) => start - 2 <= at && at <= end + 1);
  if (inner) return ofReference(inner.inner, system);
  for (const form of possible(shape)) {
    const said = ofForm(form, text, { path, around: shapesOf(way) }, system);
    if (said !== undefined) return said;
  }
  return describe(path.at(-1) ?? '', shape, shapesOf(way));
}

interface Standing {
  readonly path: readonly string[];
  readonly around: readonly Shape[];
}

function ofForm(form: Form, text: string, { path, around }: Standing, system: System): string | undefined {
  if (form.form === 'word') {
    const doc = form.words[text];
    return doc === undefined ? undefined : [`**\`${text}\`**`, doc, becomes(form, around)].filter(Boolean).join('\n\n');
  }
  if (form.form !== 'leaf') return undefined;
  if (form === oneVerb) return ofVerb(text, path, system);
  const named = [...(form.names ?? []), ...(form.mentions ?? [])];
  const thing = named.length > 0 ? system.declarations.find(text, named) : undefined;
  if (thing) return ofThing(thing, system);
  return form.file ? ofFile(form, text, system) : undefined;
}

function ofVerb(text: string, path: readonly string[], system: System): string | undefined {
  const at = path.lastIndexOf('access');
  const thing = system.declarations.find(path[at + 1] ?? '', Object.keys(verbs));
  const words: Readonly<Record<string, string>> = thing ? (verbs[thing.section as keyof typeof verbs] ?? {}) : {};
  return words[text] === undefined ? undefined : `**\`${text}\`** on \`${thing?.section}.${thing?.name}\`\n\n${words[text]}`;
}

/** A handler: the line that declares it. */
function ofFile(form: Shape, text: string, system: System): string {
  const { file, name } = handlerIn(text);
  const written = writtenIn(file, name, system.workspace.files);
  if (!written) return describe(file, form);
  const { exported } = written;
  return [`**\`${file}\`**`, exported ? `\`\`\`ts\n${exported.line}\n\`\`\`` : '', form.doc].filter(Boolean).join('\n\n');
}

function ofReference(inner: string, system: System): string | undefined {
  const known = referencesTo(system.declarations, system.workspace.catalogue).find(({ text }) => text === inner);
  const to = referred(inner, system.declarations);
  const head = `**\`$(${inner})\`**`;
  if (known) return [head, known.doc, to ? ofThing(to.of, system) : ''].filter(Boolean).join('\n\n');
  return to && [head, ofThing(to.of, system)].join('\n\n');
}
