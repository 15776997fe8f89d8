import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { starters, surroundings } from '../../src/cli/starters.ts';
import { Client } from '../editor/client.ts';
import { samples, textOf } from '../editor/systems.ts';

/**
 * The published schema in the server of most editors, which knows nothing of eventsystem: what a file gets whose folder `init`
 * made, with no other extension.
 */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'eventsystem-yaml-')));
const settings = JSON.parse(surroundings('shop', '0.1.0')['.vscode/settings.json'] ?? '{}') as Readonly<Record<string, unknown>>;
const client = new Client([resolve('test/real-editors/node_modules/yaml-language-server/bin/yaml-language-server')], {
  yaml: {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    disableDefaultProperties: settings['yaml.disableDefaultProperties'],
  },
});
const MODELINE = starters.api.files('shop')['eventsystem.yml']?.split('\n')[0] ?? '';
let files = 0;

beforeAll(async () => {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  symlinkSync(resolve('.'), join(root, 'node_modules', 'eventsystem'));
  await client.initialize();
});

afterAll(async () => {
  await client.stop();
  rmSync(root, { recursive: true, force: true });
});

interface Item {
  readonly label: string;
  readonly insertText: string;
  readonly documentation?: string | { readonly value: string };
}

/** A file of its own, with the line that `init` writes above it. */
async function opened(text: string): Promise<string> {
  const uri = pathToFileURL(join(root, `system-${files++}.yml`)).href;
  await client.open(uri, `${MODELINE}\n${text}`);
  return uri;
}

async function asked<T>(method: string, marked: string): Promise<T> {
  const offset = marked.indexOf('|');
  const before = marked.slice(0, offset).split('\n');
  const uri = await opened(marked.replace('|', ''));
  return client.ask<T>(method, { textDocument: { uri }, position: { line: before.length, character: before.at(-1)?.length ?? 0 } });
}

async function items(marked: string): Promise<readonly Item[]> {
  const found = await asked<{ readonly items: readonly Item[] }>('textDocument/completion', marked);
  return found.items;
}

async function labels(marked: string): Promise<readonly string[]> {
  return (await items(marked)).map(({ label }) => label);
}

async function hover(marked: string): Promise<string> {
  const found = await asked<{ readonly contents: { readonly value: string } } | null>('textDocument/hover', marked);
  return found?.contents.value ?? '';
}

async function errors(text: string): Promise<readonly string[]> {
  return (await client.diagnostics(await opened(text))).map(({ message }) => String(message));
}

describe('completion', () => {
  test('sections', async () => {
    expect(await labels('name: x\n|\n')).toEqual(expect.arrayContaining(['streams', 'consumers', 'stages', '$schema']));
  });

  test('keys of an entry, what is required first', async () => {
    const found = await labels('name: x\nconsumers:\n  a:\n    |\n');
    expect(found[0]).toBe('handler');
    expect(found).toEqual(expect.arrayContaining(['from', 'memory', 'access']));
    expect(await labels('name: x\nconsumers:\n  a:\n    memory: 1 GiB\n    |\n')).not.toContain('memory');
  });

  test.each([
    ['on lines', 'from:\n      |\n'],
    ['in a list', 'from:\n      - |\n'],
  ])('sources, %s', async (_, from) => {
    const found = await labels(`name: x\nconsumers:\n  a:\n    ${from}`);
    expect(found).toEqual(expect.arrayContaining(['stream', 'table', 'queue', 'bucket', 'schedule', 'loadBalancer']));
    expect(found).not.toContain('batchSize');
  });

  test('the options of the source that is written, and of no other', async () => {
    const stream = await labels('name: x\nconsumers:\n  a:\n    from:\n      stream: b\n      |\n');
    expect(stream).toEqual(expect.arrayContaining(['batchSize', 'fanOut', 'start']));
    expect(stream.filter((label) => ['table', 'queue', 'deliveryPolicy', 'stream'].includes(label))).toEqual([]);
    expect(await labels('name: x\nconsumers:\n  a:\n    from:\n      table: b\n      |\n')).not.toContain('fanOut');
  });

  test('words with their sentences, also where a list or a map could stand as well', async () => {
    const found = await items('name: x\napis:\n  a:\n    type: |\n');
    expect(found.map(({ label }) => label)).toEqual(['rest', 'http', 'websocket']);
    expect(JSON.stringify(found[0]?.documentation)).toContain('request validation');
    expect(await labels('name: x\nendpoints: |\n')).toEqual(['auto', 'none']);
    expect(await labels('name: x\nstreams:\n  a:\n    retention: |\n')).toContain('7 days');
  });

  test.each([
    ['consumers:\n  |', 'consumer', '${1:consumer}:\n  handler: $2\n  from: $3'],
    ['tables:\n  |', 'table', '${1:table}:\n  key: $2'],
    ['apis:\n  a:\n    type: rest\n    routes:\n      |', 'METHOD /path', '${1:GET /orders}: $2'],
    ['environment:\n  |', 'A_VARIABLE', '${1:A_VARIABLE}: $2'],
  ])('whole entries: %s', async (written, label, text) => {
    const found = await items(`name: x\n${written}\n`);
    expect(found.map((one) => [one.label, one.insertText])).toEqual([[label, text]]);
  });

  test('a section brings the beginning of its first entry, and an option no value that is refused', async () => {
    const sections = new Map((await items('name: x\n|\n')).map((one) => [one.label, one.insertText]));
    expect(sections.get('queues')).toBe('queues:\n  ${1:queue}: ');
    const options = new Map(
      (await items('name: x\nconsumers:\n  a:\n    from:\n      stream: b\n      |\n')).map((one) => [one.label, one.insertText]),
    );
    expect(options.get('batchSize')).toBe('batchSize: ${1:100}');
    // Other defaults are not written with what is asked for.
    expect(sections.get('consumers')).toBe('consumers:\n  ${1:consumer}:\n    handler: $2\n    from: $3');
  });
});

describe('hover', () => {
  test.each([
    [
      'a key',
      'streams:\n  a:\n    reten|tion: 48 hours',
      ['How long records are kept.', 'Default: 1 day.', '](https://docs.aws.amazon.com/'],
    ],
    ['a word', 'databases:\n  a:\n    engine: post|gres', ['`postgres`: RDS for PostgreSQL.', '`aurora-mysql`']],
    ['a source', 'consumers:\n  a:\n    handler: a.ts\n    from:\n      str|eam: b', ['**Pull**', '**Polls**', '**Order**']],
    ['a name', 'streams:\n  or|ders:\n    shards: 1', ['A Kinesis data stream']],
    ['a section', 'consu|mers:\n  a: {}', ['Functions that are invoked by event sources.']],
  ])('%s', async (_, marked, parts) => {
    const found = await hover(`name: x\n${marked}\n`);
    for (const part of parts) expect(found).toContain(part);
  });
});

describe('errors', () => {
  const consumer = (rest: string): string => `name: x\nconsumers:\n  a: { handler: a.ts, ${rest} }\n`;
  test.each([
    ['an unknown section', 'name: x\ntopicz: {}\n', ['Property topicz is not allowed.']],
    ['what is missing', 'name: x\nconsumers:\n  a: { from: { stream: b } }\n', ['Missing property "handler".']],
    [
      'a length of time',
      'name: x\nstreams: { a: { retention: 2 dayz } }\n',
      ['Expected a length of time with its unit, such as 24 hours.'],
    ],
    [
      'a name',
      'name: x\nstreams: { A_b: {} }\n',
      ['Expected a name: lowercase letters, digits and single hyphens, starting with a letter.'],
    ],
    [
      'a route',
      'name: x\napis: { a: { type: rest, routes: { POSTT /x: a.ts } } }\n',
      ['Expected a method and a path, such as GET /orders/{id}.'],
    ],
    ['an option of another source', consumer('from: { table: b, fanOut: true }'), ['Property fanOut is not allowed.']],
    ['two sources', consumer('from: { stream: b, table: c }'), ["There is one source here, and it is already 'stream'."]],
    ['no source', consumer('from: {}'), [expect.stringMatching(/^One of these is missing: stream, table, queue, /) as string]],
    ['a number', consumer('from: { stream: b, batchSize: 0 }'), ['Value is below the minimum of 1.']],
    [
      'a stage',
      'name: x\nstages: { prod: { streams: { a: { retention: x } } } }\n',
      ['Expected a length of time with its unit, such as 24 hours.'],
    ],
  ])('%s', async (_, text, expected) => {
    const found = await errors(text);
    // Beside our own sentence it says one of its own about two sources.
    expect(found.filter((message) => message !== 'Matches a schema that is not allowed.')).toEqual(expected);
  });

  test.each(['streams:\n  a:\n  b:\n', 'stages:\n  prod:\n', 'databases: { l: { engine: postgres, version: 16.10 } }\n'])(
    'nothing of %j',
    async (text) => {
      expect(await errors(`name: x\n${text}`)).toEqual([]);
    },
  );

  test('nothing of any sample or example', async () => {
    const said: string[] = [];
    for (const sample of samples) for (const message of await errors(textOf(sample))) said.push(`${sample.name}: ${message}`);
    expect(said).toEqual([]);
    expect(samples.length).toBeGreaterThan(50);
  }, 240_000);
});
