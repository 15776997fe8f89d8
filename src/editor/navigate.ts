import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Location,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import { SourceText, type Place } from '../compiler/text/source-text.ts';
import { NAME, NAME_LENGTH, RESERVED } from '../schema/names.ts';
import { possible } from './forms.ts';
import { handlerIn, writtenIn } from './handlers.ts';
import { THINGS } from './names.ts';
import { occurrencesIn, type Occurrence } from './occurrences.ts';
import { rangeOf } from './ranges.ts';
import type { System } from './system.ts';
import { nodeAt } from './tree.ts';

type UriOf = (path: string) => string;

/** Where what stands at an offset is declared: a thing of the system, or the export that is a handler. */
export function definition(system: System, path: string, offset: number, uriOf: UriOf): Location | undefined {
  const all = occurrencesIn(system);
  const one = occurrenceAt(all, path, offset);
  if (one) {
    const declared = all.find(({ of, role }) => role === 'declaration' && same(of, one.of));
    return locationOf(declared?.place ?? one.of.place, uriOf);
  }
  return handlerAt(system, path, offset, uriOf);
}

/** Every place that names what stands at an offset. */
export function references(system: System, path: string, offset: number, declarationToo: boolean, uriOf: UriOf): readonly Location[] {
  return together(system, path, offset)
    .filter(({ role }) => declarationToo || role === 'reference')
    .map(({ place }) => locationOf(place, uriOf));
}

/** The same in the file at hand, for an editor to shade. */
export function highlights(system: System, path: string, offset: number): readonly DocumentHighlight[] {
  return together(system, path, offset)
    .filter(({ place }) => place.source.path === path)
    .map(({ place, role }) => ({
      range: rangeOf(place.source, place.span),
      kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

/** The name an editor may ask another one for. */
export function renameable(system: System, path: string, offset: number): { range: Range; placeholder: string } | undefined {
  const one = occurrenceAt(occurrencesIn(system), path, offset);
  return one && { range: rangeOf(one.place.source, one.place.span), placeholder: one.of.name };
}

/** Another name, wherever the old one stands: in the system’s files, in definitions, in handlers. Or why it cannot be. */
export function rename(
  system: System,
  path: string,
  offset: number,
  name: string,
  uriOf: UriOf,
): WorkspaceEdit | { readonly problem: string } {
  const all = together(system, path, offset);
  const [first] = all;
  if (!first) return { problem: 'There is nothing to rename here.' };
  const problem = problemOf(system, first, name);
  if (problem !== undefined) return { problem };
  const changes: Record<string, TextEdit[]> = {};
  for (const { place } of all) (changes[uriOf(place.source.path)] ??= []).push({ range: rangeOf(place.source, place.span), newText: name });
  return { changes };
}

function problemOf({ declarations }: System, { of: { section } }: Occurrence, name: string): string | undefined {
  if (THINGS.includes(section)) {
    if (!new RegExp(`^${NAME}$`).test(name))
      return `\`${name}\` is not a valid name: use lowercase letters, digits and single hyphens, starting with a letter.`;
    if (name.length > NAME_LENGTH) return `A name can have up to ${NAME_LENGTH} characters.`;
    if (RESERVED.includes(name)) return `\`${name}\` is a reserved word.`;
  } else if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return `\`${name}\` is not a valid name.`;
  // A second thing of that name would make bare names mean two things.
  const sections = THINGS.includes(section) ? THINGS : [section];
  const other = declarations.of(sections).find((one) => one.name === name);
  return other && `\`${other.section}.${name}\` already exists.`;
}

function together(system: System, path: string, offset: number): readonly Occurrence[] {
  const all = occurrencesIn(system);
  const one = occurrenceAt(all, path, offset);
  return one ? all.filter(({ of }) => same(of, one.of)) : [];
}

function occurrenceAt(all: readonly Occurrence[], path: string, offset: number): Occurrence | undefined {
  return all.find(({ place: { source, span } }) => source.path === path && span.start <= offset && offset <= span.end);
}

function same(a: Occurrence['of'], b: Occurrence['of']): boolean {
  return a.section === b.section && a.name === b.name;
}

function handlerAt(system: System, path: string, offset: number, uriOf: UriOf): Location | undefined {
  const document = system.document(path);
  const found = document && nodeAt(system.shapeOf(path), document.root, offset);
  if (found?.on !== 'value' || found.node.kind !== 'scalar' || !found.shape) return undefined;
  if (!possible(found.shape).some((form) => form.form === 'leaf' && form.file)) return undefined;
  const { file, name } = handlerIn(found.node.text);
  const written = writtenIn(file, name, system.workspace.files);
  return (
    written && locationOf({ source: new SourceText(written.file, written.text), span: written.exported ?? { start: 0, end: 0 } }, uriOf)
  );
}

function locationOf({ source, span }: Place, uriOf: UriOf): Location {
  return { uri: uriOf(source.path), range: rangeOf(source, span) };
}
