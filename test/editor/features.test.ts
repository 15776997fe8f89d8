import { describe, expect, test } from 'vitest';
import type { CompletionItem, Position, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { offsetOf, positionOf } from '../../src/editor/ranges.ts';
import { OFTEN } from '../../src/editor/complete.ts';
import type { Service } from '../../src/editor/service.ts';
import { MAIN, samples, serviceOf } from './systems.ts';

const HANDLER = `import { database } from 'eventsystem/runtime';
export default async () => database('ledger');
export async function create(event: unknown) {
  return event;
}
`;

const SYSTEM = `name: shop
databases:
  ledger: { engine: postgres, instance: db.t4g.micro, storage: 20 GiB }
streams:
  orders: { retention: 48 hours }
queues:
  failed:
consumers:
  settle:
    handler: src/settle.ts
    from:
      stream: orders
      onFailure: failed
    access: { ledger: connect }
    environment: { STREAM: $(orders.arn) }
`;

/** The text around \`|\`, asked there. */
function at(
  marked: string,
  more: Readonly<Record<string, string>> = {},
): { service: Service; position: Position; items: () => readonly CompletionItem[]; text: string } {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const service = serviceOf([[MAIN, text], ['src/settle.ts', HANDLER], ...Object.entries(more)]);
  const position = positionOf(new SourceText(MAIN, text), offset);
  return { service, position, text, items: () => service.complete(MAIN, position) };
}

const labels = (items: readonly CompletionItem[]): readonly string[] => items.map(({ label }) => label);

function edited(text: string, edits: readonly TextEdit[]): string {
  const source = new SourceText(MAIN, text);
  return [...edits]
    .sort((a, b) => offsetOf(source, b.range.start) - offsetOf(source, a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offsetOf(source, range.start)) + newText + now.slice(offsetOf(source, range.end)),
      text,
    );
}

describe('completion', () => {
  test('what is required comes first, and what is written is not offered again', () => {
    const found = [...at('name: x\nconsumers:\n  a:\n    memory: 1 GiB\n    |').items()].sort((a, b) =>
      (a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1,
    );
    expect(labels(found).slice(0, 2).sort()).toEqual(['from', 'handler']);
    expect(labels(found)).not.toContain('memory');
  });

  test('the kind that is written decides on the options', () => {
    const found = labels(at('name: x\nconsumers:\n  a:\n    from:\n      stream: b\n      |').items());
    expect(found).toContain('fanOut');
    expect(found).not.toContain('table');
    expect(found).not.toContain('deliveryPolicy');
  });

  test('too much indentation is taken back', () => {
    const { items, text } = at('name: x\nconsumers:\n  a:\n    from:\n      stream: b\n        batchS|');
    const item = items().find(({ label }) => label === 'batchSize');
    expect(edited(text, [item?.textEdit as TextEdit])).toMatch(/\n {6}stream: b\n {6}batchSize: $/);
  });

  test.each([
    ['a name', 'stream: |', 'orders'],
    ['in quotes', 'stream: "or|', 'orders'],
    ['in braces', 'stream: orders, onFailure: |', 'failed'],
  ])('%s of what is declared', (_, written, expected) => {
    const inner = SYSTEM.slice(0, SYSTEM.indexOf('    from:'));
    expect(labels(at(`${inner}    from: { ${written}`).items())).toContain(expected);
  });

  test.each([
    ['handlers', '    handler: |', 'src/settle.ts'],
    ['exports', '    handler: src/settle.ts#|', 'src/settle.ts#create'],
    ['what may be granted', '    access: { |', 'ledger'],
    ['verbs of the thing', '    access: { ledger: |', 'connect'],
    ['references', '    environment: { A: $(|', 'orders.arn'],
    ['references in a text', '    environment: { A: "x-$(ord|', 'orders'],
  ])('%s', (_, line, expected) => {
    const inner = SYSTEM.slice(0, SYSTEM.indexOf('    handler:'));
    expect(labels(at(`${inner}${line}`).items())).toContain(expected);
  });

  test('verbs are those of the kind', () => {
    const inner = SYSTEM.slice(0, SYSTEM.indexOf('    handler:'));
    expect(labels(at(`${inner}    access: { orders: |`).items())).toEqual(['write', 'read', '[write]', '[read]']);
  });

  test('items of a list on lines of their own', () => {
    const inner = SYSTEM.slice(0, SYSTEM.indexOf('    access:'));
    expect(labels(at(`${inner}    access:\n      orders:\n        - write\n        - |`).items())).toEqual(
      expect.arrayContaining(['read']),
    );
    const sources = labels(at('name: x\nconsumers:\n  a:\n    from:\n      - stream: b\n      - |').items());
    expect(sources).toEqual(expect.arrayContaining(['queue', '{ queue: … }']));
  });

  test('other methods of the paths that are there, and no route that the type of API has not', () => {
    const api = 'name: x\napis:\n  a:\n    type: rest\n    authorizer: iam\n    routes:\n      GET /orders/{id}: src/settle.ts\n      ';
    const found = labels(at(`${api}|`).items());
    expect(found).toEqual(expect.arrayContaining(['DELETE /orders/{id}', 'PUT /orders/{id}', 'ANY /{proxy+}']));
    for (const refused of ['GET /orders/{id}', 'GET /orders', '$connect', '$default']) expect(found).not.toContain(refused);
    expect(labels(at(`${api.replace('rest', 'websocket').replace(/\n {6}GET.*\n/, '\n')}|`).items())).toEqual(
      expect.arrayContaining(['$default', '$connect', '$disconnect']),
    );
    const http = labels(at(`${api.replace('rest', 'http').replace('    routes', '    |\n    routes')}`).items());
    expect(http).toContain('cors');
    expect(http).not.toContain('apiKey');
  });

  test('of a database only what its engine has', () => {
    const of = (engine: string) => labels(at(`name: x\ndatabases:\n  a:\n    engine: ${engine}\n    |`).items());
    expect(of('postgres')).toContain('storage');
    expect(of('postgres')).not.toContain('capacity');
    expect(of('aurora-mysql')).toContain('capacity');
    expect(of('aurora-mysql')).not.toContain('storage');
    const inner = SYSTEM.slice(0, SYSTEM.indexOf('    access:'));
    expect(labels(at(`${inner}    access: { ledger: |`).items())).not.toContain('data');
  });

  test('nothing as its own dead-letter queue', () => {
    expect(labels(at('name: x\nqueues:\n  jobs:\n    deadLetter: |\n  failed:\n').items())).toEqual(expect.arrayContaining(['failed']));
    expect(labels(at('name: x\nqueues:\n  jobs:\n    deadLetter: |\n  failed:\n').items())).not.toContain('jobs');
  });

  test('what is written most often before what is written least', () => {
    const ranked = (marked: string) => labels([...at(marked).items()].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)));
    const settings = ranked(SYSTEM.replace('    access: { ledger: connect }', '    |'));
    expect(settings.slice(0, OFTEN.length - 1)).toEqual(OFTEN.filter((key) => key !== 'environment'));
    expect(ranked('name: x\n|').at(-1)).toBe('$schema');
    const inner = SYSTEM.slice(0, SYSTEM.indexOf('    access:'));
    expect(ranked(`${inner}    access: { orders: |`)).toEqual(['write', 'read', '[write]', '[read]']);
  });

  test('a sketch of an object is not taken for a word', () => {
    const [sketch] = at('name: x\ntables:\n  a:\n    key: |').items();
    expect(sketch).toMatchObject({ label: '{ name: … }', filterText: '{' });
  });

  test('nothing in comments and block texts', () => {
    expect(at('name: x # |').items()).toEqual([]);
    expect(at('name: x\ndescription: >\n  some te|').items()).toEqual([]);
  });

  test('a stage offers what the system has', () => {
    expect(labels(at(`${SYSTEM}stages:\n  prod:\n    databases:\n      |`).items())).toContain('ledger');
  });

  test('services and authorizers', () => {
    expect(labels(at('name: x\nendpoints: [|').items())).toContain('kinesis-streams');
    expect(labels(at('name: x\nauthorizers: { members: { jwt: {} } }\napis:\n  a:\n    authorizer: |').items())).toEqual(
      expect.arrayContaining(['members', 'iam', 'none']),
    );
  });
});

describe('hover', () => {
  test('tells what a word takes, its default, its place in AWS', () => {
    const { service, position } = at(SYSTEM.replace('retention', 'reten|tion'));
    const text = JSON.stringify(service.hover(MAIN, position)?.contents);
    for (const part of ['1 day to 365 days', 'default: 1 day', 'RetentionPeriodHours', 'https://docs.aws.amazon.com'])
      expect(text).toContain(part);
  });

  test('tells how a source is polled', () => {
    const { service, position } = at(SYSTEM.replace('stream: orders', 'str|eam: orders'));
    expect(JSON.stringify(service.hover(MAIN, position)?.contents)).toContain('**Pull**');
  });

  test('tells what a thing becomes and costs', () => {
    const { service, position } = at(SYSTEM.replace('stream: orders', 'stream: or|ders'));
    expect(JSON.stringify(service.hover(MAIN, position)?.contents)).toMatch(
      /Becomes 1 resource: stream.*Triggers `settle`.*\$29\.20 a month/,
    );
  });

  test('shows the handler', () => {
    const { service, position } = at(SYSTEM.replace('src/settle.ts', 'src/set|tle.ts#create'));
    expect(JSON.stringify(service.hover(MAIN, position)?.contents)).toContain('export async function create(event: unknown)');
  });
});

describe('navigation', () => {
  test('from a name to what declares it', () => {
    const { service, position } = at(SYSTEM.replace('stream: orders', 'stream: or|ders'));
    expect(service.definition(MAIN, position)).toEqual({
      uri: MAIN,
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 8 } },
    });
  });

  test('from a handler to the export that it is', () => {
    const { service, position } = at(SYSTEM.replace('src/settle.ts', 'src/se|ttle.ts#create'));
    expect(service.definition(MAIN, position)).toEqual({
      uri: 'src/settle.ts',
      range: { start: { line: 2, character: 22 }, end: { line: 2, character: 28 } },
    });
  });

  test('through files that hand on what others export', () => {
    const more = {
      'src/all.ts': "export * from './one.js';\nexport { create as make } from './settle.ts';\n",
      'src/one.ts': 'export const one = async () => {};\n',
    };
    const asked = (handler: string) => at(SYSTEM.replace('src/settle.ts', handler), more);
    const made = asked('src/all.ts#ma|ke');
    expect(made.service.definition(MAIN, made.position)).toMatchObject({
      uri: 'src/settle.ts',
      range: { start: { line: 2, character: 22 } },
    });
    expect(JSON.stringify(made.service.hover(MAIN, made.position)?.contents)).toContain('async function create(event: unknown)');
    const one = asked('src/all.ts#o|ne');
    expect(one.service.definition(MAIN, one.position)).toMatchObject({ uri: 'src/one.ts', range: { start: { line: 0, character: 13 } } });
    expect(labels(asked('src/all.ts#|').items())).toEqual(expect.arrayContaining(['src/all.ts#one', 'src/all.ts#make']));
  });

  test('everything that names a thing, in handlers too', () => {
    const { service, position } = at(SYSTEM.replace('  ledger:', '  led|ger:'));
    expect(service.references(MAIN, position, true).map(({ uri, range }) => [uri, range.start.line])).toEqual([
      [MAIN, 2],
      [MAIN, 13],
      ['src/settle.ts', 1],
    ]);
    expect(service.highlights(MAIN, position)).toHaveLength(2);
  });

  test('another name leaves nothing wrong', () => {
    for (const [marked, name] of [
      ['  led|ger:', 'books'],
      ['  ord|ers:', 'sales'],
      ['  set|tle:', 'pay'],
      ['  fai|led:', 'lost'],
    ] as const) {
      const { service, position, text } = at(SYSTEM.replace(marked.replace('|', ''), marked));
      const made = service.rename(MAIN, position, name) as WorkspaceEdit;
      const renamed = edited(text, made.changes?.[MAIN] ?? []);
      expect(renamed).toContain(`  ${name}:`);
      expect(
        serviceOf([
          [MAIN, renamed],
          ['src/settle.ts', HANDLER],
        ]).system.findings,
      ).toEqual(service.system.findings);
    }
  });

  // What a name stands for is in the logical ids and the names of variables, so that templates are compared by what is in them.
  test.each(samples.filter((_, index) => index % 2 === 0).map((sample) => [sample.name, sample] as const))(
    'another name for anything in %s compiles to as much, and the old one brings the file back',
    (_, sample) => {
      const before = serviceOf(sample.texts);
      const types = (service: Service): readonly string[] =>
        Object.values(service.system.draft.made?.template.Resources ?? {})
          .map(({ Type }) => Type)
          .sort();
      const all = before.system.declarations.all.filter(({ section, place }) => section !== 'resources' && place.source.path === MAIN);
      for (const { section, name, place } of all.filter((__, index) => index % Math.ceil(all.length / 3) === 0)) {
        const wanted = section === 'parameters' ? 'OtherName' : 'other-name';
        const made = before.rename(MAIN, positionOf(place.source, place.span.start), wanted);
        if ('problem' in made) throw new Error(`${section}.${name}: ${made.problem}`);
        const renamed = written(sample.texts, made);
        const after = serviceOf(renamed);
        expect(types(after), `${section}.${name}`).toEqual(types(before));
        const back = after.system.declarations.all.find((one) => one.section === section && one.name === wanted);
        if (!back) throw new Error(`${section}.${name} is not renamed.`);
        // A name that two things of different kinds have is not given to a second one.
        if (before.system.declarations.all.some((one) => one.name === name && one.section !== section)) continue;
        const undone = after.rename(MAIN, positionOf(back.place.source, back.place.span.start), name);
        if ('problem' in undone) throw new Error(`${section}.${name}: ${undone.problem}`);
        expect([...written(renamed, undone)]).toEqual([...sample.texts]);
      }
    },
  );

  function written(texts: ReadonlyMap<string, string>, { changes = {} }: WorkspaceEdit): ReadonlyMap<string, string> {
    return new Map([...texts].map(([path, text]) => [path, edited(text, changes[path] ?? [])]));
  }

  test('a name that cannot be is refused, and why is said', () => {
    const { service, position } = at(SYSTEM.replace('  ledger:', '  led|ger:'));
    expect(service.rename(MAIN, position, 'orders')).toEqual({ problem: '`streams.orders` already exists.' });
    expect(service.rename(MAIN, position, 'Ledger')).toHaveProperty('problem');
    expect(service.rename(MAIN, position, 'default')).toHaveProperty('problem');
  });
});

describe('the rest', () => {
  const { service, text } = at(`${SYSTEM}|`);

  test('an outline of what is declared', () => {
    const all = service.outline(MAIN);
    expect(all.map(({ name }) => name)).toEqual(['name', 'databases', 'streams', 'queues', 'consumers']);
    expect(all[4]?.children?.map(({ name }) => name)).toEqual(['settle']);
  });

  test('symbols by a part of their names', () => {
    expect(service.symbols('ord').map(({ name }) => name)).toEqual(['orders']);
  });

  test('folds', () => {
    expect(service.folds(MAIN)).toContainEqual({ startLine: 8, endLine: 14 });
  });

  test('a lens on every declaration', () => {
    expect(service.lenses(MAIN).map(({ command }) => command?.title)).toHaveLength(4);
    expect(service.lenses(MAIN)[1]?.command?.title).toBe('1 resource · → settle · $29.20 a month');
  });

  test('a hint behind every source', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [hint, ...others] = service.inlays(MAIN, range);
    expect(others).toEqual([]);
    expect(hint?.label).toBe('pull');
    expect(hint?.tooltip).toContain('Lambda polls each shard once a second.');
  });

  test('written evenly, and nothing lost', () => {
    const uneven =
      'name:   x # the name\nparameters:\n      A: {Type: String,   Default: 012}\nvalues: { version: 16.10 }\nqueues:\n      a:\n';
    const { service: other } = at(`${uneven}|`);
    expect(edited(uneven, other.format(MAIN))).toBe(
      'name: x # the name\nparameters:\n  A: { Type: String, Default: 012 }\nvalues: { version: 16.10 }\nqueues:\n  a:\n',
    );
    expect(service.format(MAIN)).toEqual([]);
    expect(at(`${text}  "bro|`).service.format(MAIN)).toEqual([]);
    expect(at('name: x\nqueues:   *nowhere\n|').service.format(MAIN)).toEqual([]);
  });

  test('what a finding says is to be done is done', () => {
    const wrong = SYSTEM.replace('stream: orders', 'stream: order').replace('48 hours', '48');
    const { service: other } = at(`${wrong}|`);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const edits = other.fixes(MAIN, range).flatMap(({ edit }) => edit?.changes?.[MAIN] ?? []);
    expect(edits).toHaveLength(2);
    const fixed = edited(wrong, edits);
    expect(
      serviceOf([
        [MAIN, fixed],
        ['src/settle.ts', HANDLER],
      ]).system.findings.map(({ code }) => code),
    ).not.toContain('unknown-name');
  });
});
