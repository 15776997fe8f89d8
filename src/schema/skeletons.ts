import type { Choice, Fields, Leaf, MapForm, Shape } from './kit.ts';

/** A whole entry of a map, as editors insert it. */
export interface Skeleton {
  readonly label: string;
  readonly doc: string;
  /** Keys, and texts in YAML with `$1`, `${2:word}` for the places to fill; nothing where a line ends with its key. */
  readonly body: SkeletonBody;
}

export type SkeletonBody = string | { readonly [key: string]: SkeletonBody };

/** How deep an entry is written out: what is required in what is required in it. */
const DEEPEST = 3;

/** Entries of a map: the key, and what its value cannot be without. The first is the plain one; others say a kind. */
export function skeletons({ key, value, keyNames }: MapForm): readonly Skeleton[] {
  const label = key.doc.replace(/^(A|An|The) (?=[a-zA-Z])/, '');
  const name = key.examples?.[0] ?? (keyNames ? 'name' : nameIn(label, key));
  const plain: Skeleton = { label, doc: value.doc, body: entry(name, (places) => bodyOf(value, places, 0)) };
  if (value.form === 'choice' && !value.open)
    return [
      plain,
      ...kindsOf(value).map(([kind, doc, fields]) => ({
        label: `${label}: ${kind}`,
        doc,
        body: entry(name, (places) => written(fields, places, 0)),
      })),
    ];
  const [asked, choice] = value.form === 'object' ? requiredChoice(value.fields) : [];
  if (value.form !== 'object' || asked === undefined || !choice) return [plain];
  const others = beginning(value.fields);
  return [
    plain,
    ...kindsOf(choice).map(([kind, doc, fields]) => ({
      label: `${label}: ${kind}`,
      doc,
      body: entry(name, (places) =>
        Object.fromEntries(
          Object.entries(others).map(([word, shape]) => [word, word === asked ? written(fields, places, 1) : bodyOf(shape, places, 1)]),
        ),
      ),
    })),
  ];
}

/** The last word of what it is, as a name. */
function nameIn(label: string, { pattern = '' }: Leaf): string {
  const word = label.split(' ').at(-1) ?? label;
  return new RegExp(pattern).test(word) ? word : word.toLowerCase();
}

/** Hands out the places to fill, one after another; the first is the name. */
type Places = (choices?: readonly string[]) => string;

function entry(name: string, body: (places: Places) => SkeletonBody): SkeletonBody {
  let next = 1;
  const places: Places = (choices) => (choices ? `\${${++next}|${choices.join(',')}|}` : `$${++next}`);
  return { [`\${1:${name}}`]: body(places) };
}

function bodyOf(shape: Shape, places: Places, depth: number): SkeletonBody {
  switch (shape.form) {
    case 'word':
      return places(Object.keys(shape.words));
    case 'list':
      return shape.single ? places() : `[${places()}]`;
    case 'object': {
      if (depth > DEEPEST) return places();
      const fields = beginning(shape.fields);
      if (Object.keys(fields).length > 0) return written(fields, places, depth);
      return shape.empty ? '' : shape.short ? places() : `{ ${places()} }`;
    }
    case 'raw':
      return shape.of === 'object' ? `{ ${places()} }` : places();
    case 'choice':
    case 'map':
      return shape.form === 'choice' && shape.short ? places() : { [places()]: places() };
    default:
      return places();
  }
}

function written(fields: Fields, places: Places, depth: number): SkeletonBody {
  return Object.fromEntries(Object.entries(fields).map(([word, shape]) => [word, bodyOf(shape, places, depth + 1)]));
}

/** What a new object begins with: what it cannot be without, and what hardly any does without. */
export function beginning(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field.required || field.asked));
}

/** Each kind with what an object of it cannot be without. */
function kindsOf({ variants, common }: Choice): readonly (readonly [kind: string, doc: string, fields: Fields])[] {
  return Object.entries(variants).map(([kind, { value, options }]) => [
    kind,
    value.doc,
    { [kind]: value, ...beginning(options), ...beginning(common) },
  ]);
}

/** The field among them in which one of several kinds is to be named. */
function requiredChoice(fields: Fields): readonly [string, Choice] | readonly [] {
  for (const [word, shape] of Object.entries(beginning(fields))) {
    const inner = shape.form === 'list' && shape.single ? shape.item : shape;
    if (inner.form === 'choice') return [word, inner];
  }
  return [];
}
