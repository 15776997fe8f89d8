import { expect, test } from 'vitest';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { validate } from '../../src/compiler/compile.ts';
import { nearest } from '../../src/compiler/text/suggest.ts';
import { MemoryFiles } from '../memory-files.ts';

const catalogue = installedCatalogue('dist/catalogue');

function read(files: Readonly<Record<string, string>>) {
  return validate({ files: new MemoryFiles(Object.entries(files)), main: 'eventsystem.yml', stage: undefined, catalogue });
}

const said = (files: Readonly<Record<string, string>>): readonly string[] =>
  read(files).findings.map(({ code, place }) => {
    const { line, column } = place.source.position(place.span.start);
    return `${code} ${place.source.path}:${line}:${column}`;
  });

const streamsOf = (files: Readonly<Record<string, string>>) =>
  read(files)
    .model?.things.filter(({ kind }) => kind === 'streams')
    .map(({ name }) => name);

test('a file is included once, however and from wherever it is named', () => {
  const q = 'streams: { q: }\n';
  expect(streamsOf({ 'eventsystem.yml': 'name: x\ninclude: [a.yml, ./a.yml, sub/../a.yml]\n', 'a.yml': q })).toEqual(['q']);
  // What an included file includes was once left out without a word.
  const chain = {
    'eventsystem.yml': 'name: x\ninclude: a.yml\n',
    'a.yml': 'include: b.yml\n',
    'b.yml': 'include: [a.yml, eventsystem.yml]\n',
  };
  expect(streamsOf({ ...chain, 'b.yml': `${chain['b.yml']}${q}` })).toEqual(['q']);
  const diamond = { 'a.yml': 'include: c.yml\n', 'b.yml': 'include: c.yml\n', 'c.yml': q };
  expect(streamsOf({ 'eventsystem.yml': 'name: x\ninclude: [a.yml, b.yml]\n', ...diamond })).toEqual(['q']);
  expect(said({ 'eventsystem.yml': 'name: x\ninclude: a.yml\n', 'a.yml': 'include: ../b.yml\n' })).toEqual(['unreadable-file a.yml:1:10']);
});

test('a character nobody sees is the one thing said about its line', () => {
  expect(said({ 'eventsystem.yml': 'name: x\u0000y\n' })).toEqual(['odd-character eventsystem.yml:1:8']);
  expect(said({ 'eventsystem.yml': 'name: x\nstre\u200bams: { a: }\n' })).toEqual(['odd-character eventsystem.yml:2:5']);
});

test('JSON of the project is looked at before it comes into a template', () => {
  const api = (route: string) => `name: x\napis: { a: { type: rest, authorizer: none, routes: { POST /x: { ${route} } } } }\n`;
  const schema = (text: string) =>
    read({ 'eventsystem.yml': api('handler: src/a.ts, body: b.json'), 'b.json': text }).findings.map(({ message }) => message);
  expect(schema(`${'{"properties":{"a":'.repeat(3000)}{}${'}}'.repeat(3000)}`)).toEqual([expect.stringContaining('nested deeper than')]);
  expect(schema('{ "type": "object", "description": "{{resolve:ssm-secure:x}}" }')).toEqual([expect.stringContaining('{{resolve:')]);
  expect(schema('{ "type": "object", "properties": { "Ref": { "type": "string" } } }')).toEqual([expect.stringContaining('`Ref`')]);
  expect(schema('{ "type": "object", "properties": { "Ref": { "type": "string" }, "id": { "type": "string" } } }')).toEqual([]);

  const machine = (text: string) =>
    read({ 'eventsystem.yml': 'name: x\nstateMachines: { m: m.json }\n', 'm.json': text }).findings.map(({ message }) => message);
  expect(machine('{ "Comment": "{{resolve:ssm:x}}", "StartAt": "a", "States": { "a": { "Type": "Succeed" } } }')).toEqual([
    expect.stringContaining('{{resolve:'),
  ]);
});

test('a field named like a function of CloudFormation is refused, whatever it holds', () => {
  const rule = (detail: string) =>
    said({
      'eventsystem.yml': `name: x\nconsumers:\n  c: { handler: src/a.ts, from: { bus: default, pattern: { detail: ${detail} } } }\n`,
    });
  expect(rule('{ Ref: [a] }')).toEqual(['intrinsic-in-data eventsystem.yml:3:70']);
  expect(rule('{ Ref: [a], id: [b] }')).toEqual([]);
});

test('a pattern proves a partition key only if it refuses the empty text', () => {
  const route = 'stream: s, partitionKey: body.id, body: b.json';
  const files = (pattern: string) => ({
    'eventsystem.yml': `name: x\nstreams: { s: }\napis: { a: { type: rest, authorizer: none, routes: { POST /x: { ${route} } } } }\n`,
    'b.json': JSON.stringify({ type: 'object', required: ['id'], properties: { id: { type: 'string', pattern } } }),
  });
  expect(said(files('^[a-z]+$'))).toEqual([]);
  expect(said(files('^[a-z]*$'))).toEqual(['partition-key-unsure eventsystem.yml:3:90']);
});

test('the nearest word', () => {
  expect(nearest('BatchSize', ['batchWindow', 'batchSize'])).toBe('batchSize');
  expect(nearest('batch-sise', ['batchWindow', 'batchSize'])).toBe('batchSize');
  expect(nearest('oders', ['others', 'orders', 'order'])).toBe('orders');
  expect(nearest('teh', ['the', 'then'])).toBe('the');
  expect(nearest('x', ['y', 'z'])).toBeUndefined();
  expect(nearest('orders', ['carts', 'queues'])).toBeUndefined();
});

test('no secret is asked for by a text that two values make together', () => {
  const text = (more: string) =>
    said({ 'eventsystem.yml': `name: x\nvalues: { a: '{{reso', b: 'lve:ssm:/x}}' }\nfunctions: { f: { handler: src/a.ts, ${more} } }\n` });
  expect(text("environment: { X: '$(values.a)$(values.b)' }")).toEqual(['dynamic-reference eventsystem.yml:3:57']);
  expect(text("environment: { X: '$(values.a)-$(values.b)' }")).toEqual([]);
});

test('two notifications of one bucket need no names: nothing stands between', () => {
  const from = (bucket: string) => `[{ bucket: ${bucket}, prefix: a/ }, { bucket: ${bucket}, prefix: b/ }]`;
  const queue = (bucket: string) =>
    said({ 'eventsystem.yml': `name: x\nbuckets: { own: , other: { existing: other } }\nqueues: { q: { from: ${from(bucket)} } }\n` });
  expect(queue('own')).toEqual([]);
  expect(queue('other')).toEqual(['needs-as eventsystem.yml:3:56']);
});
