import type { Document, Entry, Scalar } from '../compiler/parse/document.ts';
import { SourceText, within, type Place } from '../compiler/text/source-text.ts';
import type { Leaf } from '../schema/kit.ts';
import { formOf, possible } from './forms.ts';
import { handlerIn } from './handlers.ts';
import { QUALIFIED, type Declarations, type Declared } from './names.ts';
import { interpolationsIn, referred } from './references.ts';
import { namesInCode } from './code.ts';
import { visit, type At } from './tree.ts';
import type { System } from './system.ts';

/** A place where a name stands: the name alone, without its section and its attribute. */
export interface Occurrence {
  readonly of: Declared;
  readonly place: Place;
  readonly role: 'declaration' | 'reference';
}

/** Every place of the system’s files where something declared is named. */
export function occurrencesIn(system: System): readonly Occurrence[] {
  const { documents, declarations } = system;
  const named = new Set<string>();
  const found = documents.flatMap((document) => ofDocument(document, system, declarations, named));
  return [...found, ...[...named].flatMap((path) => ofFile(path, system, declarations))];
}

function ofDocument(document: Document, system: System, declarations: Declarations, named: Set<string>): readonly Occurrence[] {
  const found: Occurrence[] = [];
  visit(system.shapeOf(document.place.source.path), document.root, (at, entry, around) => {
    if (entry && around) found.push(...ofKey(at, entry, around, declarations));
    if (at.node.kind === 'scalar') found.push(...ofScalar(at, at.node, declarations, named));
  });
  return found;
}

function ofKey({ path }: At, { key, keyPlace }: Entry, around: At, declarations: Declarations): readonly Occurrence[] {
  const form = around.shape && formOf(around.shape, around.node);
  const place = inside(keyPlace, key);
  const inStage = path[0] === 'stages';
  const section = path.at(-2) ?? '';
  if (path.length === (inStage ? 4 : 2) && (QUALIFIED as readonly string[]).includes(section)) return declared(section);
  if (form?.form !== 'map') return [];
  if (form.declares !== undefined) return declared(form.declares);
  if (form.keyNames) return reference(key, place, declarations.find(key, form.keyNames));
  return form.key.way ? ofWay(key, place, declarations) : [];

  function declared(of: string): readonly Occurrence[] {
    const one = declarations.all.find((known) => known.section === of && known.name === key);
    return one && place ? [{ of: one, place, role: inStage ? 'reference' : 'declaration' }] : [];
  }
}

function ofScalar({ shape }: At, node: Scalar, declarations: Declarations, named: Set<string>): readonly Occurrence[] {
  const { text } = node;
  const place = node.verbatim ? inside(node.place, text) : undefined;
  const found: Occurrence[] = [];
  for (const form of shape ? possible(shape) : []) {
    if (form.form !== 'leaf') continue;
    const kinds = [...(form.names ?? []), ...(form.mentions ?? [])];
    if (kinds.length > 0) found.push(...reference(text, place, declarations.find(text, kinds)));
    if (form.way) found.push(...ofWay(text, place, declarations));
    if (isFile(form, text)) named.add(handlerIn(text).file);
  }
  return found.length > 0 ? found : inText(text, place, declarations);
}

function isFile(form: Leaf, text: string): boolean {
  return form.file === true && /\.\w+(#|$)/.test(text);
}

/** `orders` or `streams.orders`: the name in it. */
function reference(written: string, place: Place | undefined, of: Declared | undefined): readonly Occurrence[] {
  if (!of || !place) return [];
  const start = written.length - of.name.length;
  return [{ of, place: within(place, start, written.length), role: 'reference' }];
}

/** The path of something: `streams.orders`, and what is in it. */
function ofWay(written: string, place: Place | undefined, declarations: Declarations): readonly Occurrence[] {
  const [section = '', name = ''] = written.split('.');
  const of = declarations.all.find((one) => one.section === section && one.name === name);
  return of && place ? [{ of, place: within(place, section.length + 1, section.length + 1 + name.length), role: 'reference' }] : [];
}

function inText(text: string, place: Place | undefined, declarations: Declarations): readonly Occurrence[] {
  if (!place || !text.includes('$(')) return [];
  return interpolationsIn(text).flatMap(({ inner, start }) => {
    const to = referred(inner, declarations);
    return to ? reference(to.name, within(place, start, start + to.name.length), to.of) : [];
  });
}

/** A definition with `$(…)` in it, or a handler that names what it was granted. */
function ofFile(path: string, { workspace }: System, declarations: Declarations): readonly Occurrence[] {
  const found = workspace.files.read(path);
  if (!('text' in found)) return [];
  const source = new SourceText(path, found.text);
  const place: Place = { source, span: { start: 0, end: found.text.length } };
  if (path.endsWith('.json')) return inText(found.text, place, declarations);
  return namesInCode(found.text).flatMap(({ name, kinds, start, end }) => {
    const of = declarations.find(name, kinds);
    return of ? [{ of, place: within(place, start, end), role: 'reference' as const }] : [];
  });
}

/** The characters of a text inside its quotes. */
function inside(place: Place, text: string): Place | undefined {
  const { start, end } = place.span;
  const quotes = end - start - text.length;
  return quotes === 0 ? place : quotes === 2 ? within(place, 1, end - start - 1) : undefined;
}
