import type { Shape } from '../schema/kit.ts';
import { standardOf } from '../schema/standard.ts';
import { takes, wordsOf } from '../schema/wording.ts';

/** What the language says of a word, in Markdown: what it takes, what holds without it, what it is, what it becomes. */
export function describe(word: string, shape: Shape, around?: Shape): string {
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

/** AWS’s name and page; where a word has none of its own, those of what it stands in. */
export function becomes(shape: Shape, around?: Shape): string {
  const aws = shape.aws ?? around?.aws;
  const page = shape.page ?? around?.page;
  const name = aws === undefined ? 'AWS’s page' : `\`${aws}\``;
  if (page !== undefined) return `In AWS: [${name}](${page})`;
  return aws === undefined ? '' : `In AWS: ${name}`;
}

function elsewhere({ also = [] }: Shape): string {
  return also.length === 0 ? '' : `Elsewhere: ${also.map((word) => `\`${word}\``).join(', ')}`;
}
