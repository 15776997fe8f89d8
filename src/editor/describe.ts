import { kindsIn } from '../compiler/check/facet.ts';
import type { Shape } from '../schema/kit.ts';
import { standardOf } from '../schema/standard.ts';
import { takes, wordsOf } from '../schema/wording.ts';
import { formOf } from './forms.ts';
import type { At } from './tree.ts';

/**
 * What the language says of a word, in Markdown: what it takes, what holds without it, what it is, what it becomes. `around` is what it
 * stands in, from the inside out.
 */
export function describe(word: string, shape: Shape, around: readonly Shape[] = []): string {
  const standard = shape.required ? 'required' : standardOf(shape);
  const head = [`**\`${word}\`**`, taken(shape), standard === '' ? '' : standard === 'required' ? '**required**' : `default: ${standard}`];
  return [
    head.filter(Boolean).join(' · '),
    shape.doc,
    wordsOf(shape)
      .map((line) => `- ${line}`)
      .join('\n'),
    becomes(shape, around),
    elsewhere(shape),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What may be written; the reference’s links to its own sections lead nowhere here. */
export function taken(shape: Shape): string {
  return takes(shape).replace(/\[([^\]]*)\]\(#[^)]*\)/g, '$1');
}

/** What the whole file becomes. */
const STACK = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html';

/** AWS’s name and page; where a word has none of its own, those of what is in it, or of the nearest that it stands in. */
export function becomes(shape: Shape, around: readonly Shape[] = []): string {
  const aws = shape.aws ?? around[0]?.aws;
  const page = pageIn(shape) ?? around.find((one) => one.page !== undefined)?.page;
  const name = aws === undefined ? (page === undefined ? 'a CloudFormation stack' : 'AWS documentation') : `\`${aws}\``;
  return `In AWS: [${name}](${page ?? STACK})`;
}

function pageIn(shape: Shape): string | undefined {
  if (shape.page !== undefined) return shape.page;
  if (shape.form === 'map') return pageIn(shape.value);
  if (shape.form === 'list') return pageIn(shape.item);
  return undefined;
}

/** What something stands in, from the inside out; of one of several kinds first the kind that it is. */
export function shapesOf(way: readonly At[]): readonly Shape[] {
  return [...way].reverse().flatMap(({ shape, node }) => {
    if (!shape) return [];
    const form = formOf(shape, node);
    const [kind] = form.form === 'choice' && node.kind === 'mapping' ? kindsIn(form, node) : [];
    const variant = form.form === 'choice' && kind !== undefined ? form.variants[kind] : undefined;
    return [...(variant ? [variant.value] : []), form, shape];
  });
}

function elsewhere({ also = [] }: Shape): string {
  return also.length === 0 ? '' : `Elsewhere: ${also.map((word) => `\`${word}\``).join(', ')}`;
}
