import { expect, test } from 'vitest';
import { Project, system, mapBeside } from './project.ts';

const one = (file: string, text: string, handler = file, settings = '') =>
  new Project({ 'eventsystem.yml': system(`  one: { handler: ${handler}${settings} }\n`), [file]: text });

test.each([
  [
    'a default export of TypeScript',
    'src/a.ts',
    'export default async (event: { n: number }): Promise<number> => event.n + 1;',
    'src/a.ts',
  ],
  ['the export `handler`', 'src/a.mts', 'export const handler = async (event: { n: number }) => event.n + 1;', 'src/a.mts'],
  ['a named export', 'src/a.js', 'export async function create(event) { return event.n + 1; }\nexport default 1;', 'src/a.js#create'],
  ['a re-export', 'src/a.ts', "export { add as handler } from './b.ts';", 'src/a.ts'],
  [
    'what CommonJS exports by name',
    'src/a.cjs',
    "const { join } = require('path');\nexports.handler = async (event) => event.n + join('/', '1').length - 1;",
    'src/a.cjs',
  ],
  ['what CommonJS exports as a whole', 'src/a.cjs', 'module.exports = async (event) => event.n + 1;', 'src/a.cjs'],
  [
    'a default that TypeScript compiled to CommonJS',
    'src/a.js',
    'Object.defineProperty(exports, "__esModule", { value: true });\nexports.default = async (event) => event.n + 1;',
    'src/a.js',
  ],
  ['CommonJS that passes on another file', 'src/a.cjs', "module.exports = require('./c.cjs');", 'src/a.cjs'],
  [
    'CommonJS that asks where it is',
    'src/a.cjs',
    "exports.handler = async (event) => event.n + (require('fs').existsSync(require('path').join(__dirname, 'index.mjs')) ? 1 : 0);",
    'src/a.cjs',
  ],
  ['TypeScript’s `export =`', 'src/a.cts', 'const f = async (event: { n: number }) => event.n + 1;\nexport = { handler: f };', 'src/a.cts'],
])('runs %s', async (_, file, text, handler) => {
  const project = one(file, text, handler);
  project.write('src/b.ts', 'export const add = async (event: { n: number }) => event.n + 1;');
  project.write('src/c.cjs', 'exports.handler = async (event) => event.n + 1;');
  expect(await (await project.handler('functions.one'))({ n: 1 }, {})).toBe(2);
});

test('`eventsystem/runtime` comes with the compiler, and where that is installed does not show', async () => {
  const project = one(
    'src/a.ts',
    "import { records } from 'eventsystem/runtime';\nexport const handler = records(async () => {});",
    'src/a.ts',
    ', bundle: { minify: false }',
  );
  expect(await (await project.handler('functions.one'))({ Records: [] }, {})).toEqual({ batchItemFailures: [] });
  const zip = (await project.zips()).get('functions.one') ?? '';
  const map = JSON.parse(mapBeside(zip)) as { sources: readonly string[] };
  expect(map.sources).toContain('src/a.ts');
  expect(map.sources.filter((source) => !/^(src|eventsystem\/runtime)\//.test(source))).toEqual([]);
});

test.each([
  [
    'src/a.ts',
    'export const creat = 1, b = 2;',
    'src/a.ts#create',
    'no-such-export: `src/a.ts` exports no `create`; it exports `b` and `creat`.',
  ],
  [
    'src/a.ts',
    'const x = 1;\nexport type handler = typeof x;',
    'src/a.ts',
    'no-such-export: `src/a.ts` exports neither a default nor `handler`.',
  ],
  [
    'src/a.cjs',
    'exports.main = async () => 1;',
    'src/a.cjs',
    'no-such-export: `src/a.cjs` exports neither a default nor `handler`; it exports `main`.',
  ],
])('what is not exported is reported: %s', async (file, text, handler, message) => {
  expect(await one(file, text, handler).findings()).toEqual([message]);
});

test('a near name is offered as a fix', async () => {
  const { findings } = await one('src/a.ts', 'export const create = 1, b = 2;', 'src/a.ts#creat').compile();
  expect(findings[0]?.fix?.edits?.[0]?.text).toBe('src/a.ts#create');
});

test.each([
  ['export const handler = (event, context, callback) => callback(null, 1);', true],
  [
    'export const handler: Handler<{ a: 1 }, void> = async ({ a }: { a: number }, context: Context, callback: Callback<void>): Promise<void> => {};',
    true,
  ],
  ['function main(event: object, context: { a: [1, 2] }, done: () => void) {}\nexport { main as handler };', true],
  ['async function main(event, context, done) {}\nexport default main;', true],
  ['export const handler = async (event, context) => [1, 2, 3];', false],
  ['export const handler = async (event, context, retries = 3) => 1;', false],
  ['export const handler = async (event, ...rest) => 1;', false],
  ['const f = (a, b, c) => a;\nexport const handler = async (event) => f(1, 2, 3);', false],
])('a callback is refused where nobody calls it: %s', async (text, refused) => {
  const typed = `type Handler<A, B> = unknown; type Context = object; type Callback<T> = (e: unknown, t: T) => void;\n${text}`;
  expect(await one('src/a.ts', typed).findings()).toEqual(
    refused ? ['callback-handler: The handler in `src/a.ts` takes a callback, which nodejs24.x does not support.'] : [],
  );
  expect(await one('src/a.ts', typed, 'src/a.ts', ', runtime: nodejs22.x').findings()).toEqual([]);
});

test('what esbuild cannot read is told at its handler, once, with file and line; the others are judged all the same', async () => {
  const project = new Project({
    'eventsystem.yml': system('  a: src/a.ts\n  b: src/b.ts\n  c: src/c.ts\n  d: src/d.ts\n  e: src/e.ts\n'),
    'src/a.ts': 'export default async () => 1;',
    'src/b.ts': "import './shared.ts';\nexport default async () => 1;",
    'src/c.ts': "import './shared.ts';\nexport default async () => 1;",
    'src/d.ts': "import pg from 'pg';\nexport default async () => pg;",
    'src/e.ts': 'export const main = 1;',
    'src/shared.ts': 'export const x = ;',
  });
  const { findings } = await project.compile();
  expect(findings.map(({ message, place }) => `${place.source.text.slice(place.span.start, place.span.end)} ${message}`)).toEqual([
    'src/b.ts src/shared.ts:1:18: Unexpected ";".',
    'src/d.ts src/d.ts:1:16: Could not resolve "pg".',
    'src/e.ts `src/e.ts` exports neither a default nor `handler`; it exports `main`.',
  ]);
});

test('calls of the AWS SDK are seen however it is imported', async () => {
  const ways = [
    "import { KinesisClient, PutRecordCommand as Put } from '@aws-sdk/client-kinesis';\nexport default async () => new KinesisClient().send(new Put({}));",
    "import * as kinesis from '@aws-sdk/client-kinesis';\nexport default async () => new kinesis.KinesisClient().send(new kinesis.PutRecordCommand({}));",
    "const { KinesisClient, PutRecordCommand } = require('@aws-sdk/client-kinesis');\nmodule.exports = async () => new KinesisClient().send(new PutRecordCommand({}));",
    "const kinesis = require('@aws-sdk/client-kinesis');\nmodule.exports = async () => new kinesis.KinesisClient().send(new kinesis.PutRecordCommand({}));",
  ];
  for (const text of ways)
    for (const minify of [true, false]) {
      expect(await one('src/a.js', text, 'src/a.js', `, bundle: { minify: ${minify} }`).findings()).toEqual([
        'call-without-grant: `src/a.js` sends `PutRecordCommand`, but nothing grants `one` the action `kinesis:PutRecord`.',
      ]);
    }
});

const consumer = (text: string, partialFailures: boolean) =>
  new Project({
    'eventsystem.yml': `name: shop\nstreams: { orders: {} }\nconsumers: { one: { handler: src/a.ts, from: { stream: orders, partialFailures: ${partialFailures} } } }\n`,
    'src/a.ts': text,
  });

test('failed records are neither lost nor promised', async () => {
  const answers = "import { records } from 'eventsystem/runtime';\nexport const handler = records(async () => {});";
  const throws = '// no batchItemFailures here\nexport const handler = async () => {};';
  expect(await consumer(answers, true).findings()).toEqual([]);
  expect(await consumer(throws, false).findings()).toEqual([]);
  expect(await consumer(throws, true).findings()).toEqual([expect.stringMatching(/^failures-not-reported: /)]);
  const { findings } = await consumer(answers, false).compile();
  expect(findings.map(({ code, place }) => [code, place.source.text.slice(place.span.start, place.span.end)])).toEqual([
    ['failures-ignored', 'false'],
  ]);
});
