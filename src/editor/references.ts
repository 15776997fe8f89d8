import { attributes, pseudo, vpcAttributes } from '../schema/attributes.ts';
import type { Catalogue } from '../compiler/cloud/catalogue.ts';
import { QUALIFIED, THINGS, type Declarations, type Declared } from './names.ts';

/** What may stand in `$(…)`, with what it stands for. */
export interface Reference {
  readonly text: string;
  readonly doc: string;
  readonly of?: Declared;
}

/** Everything that may stand behind `$(` in this system. */
export function referencesTo(declarations: Declarations, catalogue: Catalogue): readonly Reference[] {
  return [
    ...declarations.of(THINGS).flatMap((one) => ofThing(one, declarations.spelt(one, THINGS))),
    { text: 'stage', doc: 'The stage.' },
    { text: 'name', doc: 'The system’s name.' },
    ...Object.entries(pseudo).map(([text, doc]) => ({ text, doc })),
    ...QUALIFIED.flatMap((section) =>
      declarations.of([section]).map((one) => ({ text: `${section}.${one.name}`, doc: `One of \`${section}\`.`, of: one })),
    ),
    ...declarations.of(['resources']).flatMap((one) => ofResource(one, catalogue)),
    ...Object.entries(vpcAttributes).map(([word, doc]) => ({ text: `vpc.${word}`, doc })),
  ];
}

function ofThing(of: Declared, written: string): readonly Reference[] {
  const table: Readonly<Record<string, string>> = attributes[of.section as keyof typeof attributes] ?? {};
  return Object.entries(table).flatMap(([pattern, doc]) =>
    filledIn(pattern, of).map((attribute) => ({ text: attribute === '' ? written : `${written}.${attribute}`, doc, of })),
  );
}

/** `clients.*.id` for each client there is. */
function filledIn(pattern: string, { entry }: Declared): readonly string[] {
  const [word = '', after] = pattern.split('.*.');
  if (after === undefined) return [pattern];
  const inner = entry.value.kind === 'mapping' ? entry.value.entries.get(word)?.value : undefined;
  return inner?.kind === 'mapping' ? [...inner.entries.keys()].map((key) => `${word}.${key}.${after}`) : [];
}

/** The attributes of a raw resource, as CloudFormation’s registry has them. */
function ofResource(of: Declared, catalogue: Catalogue): readonly Reference[] {
  const type = of.entry.value.kind === 'mapping' ? of.entry.value.entries.get('Type')?.value : undefined;
  const attributesOf = type?.kind === 'scalar' ? catalogue.resourceType(type.text)?.attributes : undefined;
  return (attributesOf ?? []).map((attribute) => ({
    text: `resources.${of.name}.${attribute}`,
    doc: `An attribute of \`${of.name}\`.`,
    of,
  }));
}

/** A `$(…)` in a text, from where to where its inside stands. */
export interface Interpolation {
  readonly inner: string;
  readonly start: number;
  readonly end: number;
}

export function interpolationsIn(text: string): readonly Interpolation[] {
  return [...text.matchAll(/\$\$\(|\$\(([^()]*)\)/g)].flatMap(({ 0: whole, 1: inner, index }) =>
    inner === undefined ? [] : [{ inner, start: index + 2, end: index + whole.length - 1 }],
  );
}

/** What a `$(…)` names, the part of it that is the name, and its attribute. */
export function referred(inner: string, declarations: Declarations): { of: Declared; name: string; attribute: string } | undefined {
  const [first = '', second = '', ...rest] = inner.split('.');
  const qualified = declarations.all.find(({ section, name }) => section === first && name === second);
  if (qualified) return { of: qualified, name: `${first}.${second}`, attribute: rest.join('.') };
  const bare = declarations.of(THINGS).find(({ name }) => name === first);
  return bare && { of: bare, name: first, attribute: inner.split('.').slice(1).join('.') };
}
