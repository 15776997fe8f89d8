import type * as runtime from '../runtime/index.ts';

/** The functions by which a handler reaches what it was granted, and what each of them reaches. */
const REACHES = {
  bucket: ['buckets'],
  bus: ['buses'],
  database: ['databases'],
  fn: ['functions', 'consumers'],
  machine: ['stateMachines'],
  queue: ['queues'],
  secret: ['secrets'],
  setting: ['settings'],
  stream: ['streams'],
  table: ['tables'],
  topic: ['topics'],
} as const satisfies { readonly [F in keyof typeof runtime]?: readonly string[] };

export interface NameInCode {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The names of things in a handler’s source: `database('ledger')`, of the runtime library. */
export function namesInCode(text: string): readonly NameInCode[] {
  return importsOf(text).flatMap(({ word, local }) =>
    [...text.matchAll(new RegExp(`(?<![\\w$.])${local.replaceAll('$', '\\$')}\\(\\s*(['"\`])([a-z0-9-]+)\\1`, 'g'))].map((match) => {
      const name = match[2] ?? '';
      const start = match.index + match[0].length - 1 - name.length;
      return { name, kinds: REACHES[word], start, end: start + name.length };
    }),
  );
}

function importsOf(text: string): readonly { readonly word: keyof typeof REACHES; readonly local: string }[] {
  const lists = [...text.matchAll(/import\s*\{([^}]*)\}\s*from\s*['"]eventsystem\/runtime['"]/g)];
  return lists.flatMap(([, list = '']) =>
    list.split(',').flatMap((item) => {
      const [word = '', local = word] = item.trim().split(/\s+as\s+/);
      return isReach(word) ? [{ word, local }] : [];
    }),
  );
}

function isReach(word: string): word is keyof typeof REACHES {
  return Object.hasOwn(REACHES, word);
}
