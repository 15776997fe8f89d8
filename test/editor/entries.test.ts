import { describe, expect, test } from 'vitest';
import type { CompletionItem, TextEdit } from 'vscode-languageserver-types';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { offsetOf, positionOf } from '../../src/editor/ranges.ts';
import { kinds } from '../../src/schema/system.ts';
import { MAIN, serviceOf } from './systems.ts';

/**
 * Every entry that is offered whole is taken, and its places are filled as a person would fill them: with what is offered there
 * first, and where only the author can know, with a text of the kind that is asked for. Nothing is wrong with the system then.
 */
const SECTIONS: Readonly<Record<string, string>> = {
  vpc: 'vpc: {}',
  databases: 'databases:\n  ledger: { engine: postgres, instance: db.t4g.micro }',
  streams: 'streams:\n  orders:',
  tables: 'tables:\n  carts: { key: id, stream: new-and-old }',
  queues: 'queues:\n  failed:',
  topics: 'topics:\n  ops:',
  buckets: 'buckets:\n  uploads:',
  buses: 'buses:\n  events:',
  stateMachines: 'stateMachines:\n  fulfil: flows/fulfil.asl.json',
  secrets: 'secrets:\n  token:',
  settings: 'settings:\n  level: /shop/level',
  kafkaClusters:
    'kafkaClusters:\n  msk: { existing: arn:aws:kafka:eu-central-1:123456789012:cluster/orders/0a1b2c3d-0000-4000-8000-000000000000-1 }',
  brokers:
    'brokers:\n  mq: { existing: arn:aws:mq:eu-central-1:123456789012:broker:orders:b-0a1b2c3d-0000-4000-8000-000000000000, engine: rabbitmq, secret: token }',
  documentClusters: 'documentClusters:\n  documents: { existing: arn:aws:rds:eu-central-1:123456789012:cluster:documents, secret: token }',
  userPools: 'userPools:\n  customers: { signIn: email }',
  authorizers: 'authorizers:\n  members: { userPool: customers }',
  apis: 'apis:\n  shop:\n    type: rest\n    authorizer: members\n    routes:\n      GET /orders: { handler: src/handler.ts, apiKey: true }',
  plans: 'plans:\n  small: { apis: [shop] }',
  distributions: 'distributions:\n  site: { origin: { bucket: uploads } }',
  consumers: 'consumers:\n  settle: { handler: src/handler.ts, from: { stream: orders } }',
  functions: 'functions:\n  admin: src/handler.ts',
};

const FILES: readonly (readonly [string, string])[] = [
  ['src/handler.ts', 'export default async () => {};\n'],
  ['flows/fulfil.asl.json', '{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }\n'],
];

test('the system they are put into has nothing wrong', () => {
  expect(findingsOf(`name: shop\nregion: us-east-1\n${Object.values(SECTIONS).join('\n')}\n`)).toEqual([]);
});

/** What is said of a whole system, and is as true of an entry made by hand. */
const ADVICE = new Set([
  'kafka-blocks',
  'unused-authorizer',
  'origin-without-address',
  'buttons-ended',
  'permission-for-any-account',
  'slower-than-cognito-waits',
]);

describe.each(Object.keys(kinds))('entries of %s', (section) => {
  const before = Object.keys(SECTIONS).filter((one) => one !== section);
  const text = `name: shop\nregion: us-east-1\n${[...before, section].map((one) => SECTIONS[one]).join('\n')}\n  `;
  const entries = itemsAt(text, text.length).filter(({ insertTextFormat }) => insertTextFormat === 2);

  test('there are some', () => expect(entries).not.toEqual([]));

  test.each(entries.map((item) => [item.label, item] as const))('%s', (_, item) => {
    const filled = fill(taken(text, item), 'name');
    expect(findingsOf(filled), filled.slice(filled.indexOf(`${section}:`))).toEqual([]);
  });
});

function findingsOf(text: string): readonly string[] {
  return serviceOf([[MAIN, text], ...FILES])
    .system.findings.filter(({ code }) => !ADVICE.has(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

function itemsAt(text: string, offset: number): readonly CompletionItem[] {
  const items = serviceOf([[MAIN, text], ...FILES]).complete(MAIN, positionOf(new SourceText(MAIN, text), offset));
  return [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

function taken(text: string, { textEdit }: CompletionItem): string {
  const { range, newText } = textEdit as TextEdit;
  const source = new SourceText(MAIN, text);
  return text.slice(0, offsetOf(source, range.start)) + newText + text.slice(offsetOf(source, range.end));
}

const PLACE = /\$\{\d+:([^}]*)\}|\$\{\d+\|([^,|]*)[^}]*\}|\$\d+/;

/** Fills the places of a snippet from the first to the last. */
function fill(text: string, name: string): string {
  let now = text;
  for (let match = PLACE.exec(now); match; match = PLACE.exec(now)) {
    const [whole, suggested, word] = match;
    const rest = now.slice(match.index + whole.length);
    const before = now.slice(0, match.index);
    const given = suggested === undefined ? (word ?? valueAt(before, rest.replaceAll(new RegExp(PLACE, 'g'), ''))) : named(suggested, name);
    now = before + given + rest;
  }
  return now;
}

function named(suggested: string, name: string): string {
  return / /.test(suggested) ? suggested.replace(/\/.*/, `/${name}`) : suggested;
}

/** What is offered first; behind a key its value. */
function valueAt(before: string, rest: string): string {
  const key = /([A-Za-z]+): ?[[{]? ?$/.exec(before)?.[1] ?? '';
  const [item] = itemsAt(before + rest, before.length);
  const offered = item && (item.textEdit as TextEdit).newText;
  const given = (key === 'existing' ? arnIn(before) : offered) ?? KNOWN[key] ?? `no answer for ${key}`;
  return /:\s*$/.test(given) ? given + valueAt(before + given, rest) : given;
}

/** The ARN of what exists already: that of the entry above it. */
function arnIn(before: string): string | undefined {
  return /existing: (arn:[^,\s]+)/.exec(before.slice(before.lastIndexOf('existing: arn')))?.[1];
}

/** What only the author can know. */
const KNOWN: Readonly<Record<string, string>> = {
  key: 'id',
  name: 'id',
  path: '/shop/limit',
  topics: 'orders',
  database: 'shop',
  pattern: 'source: [shop]',
  iot: "SELECT * FROM 'sensors'",
  issuer: 'https://login.example',
  audience: 'shop',
  threshold: '1',
  listener: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
  priority: '1',
  conditions: 'path: /orders',
};
