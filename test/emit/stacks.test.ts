import { readdirSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiskFiles } from '../../src/cli/disk.ts';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { constructs } from '../../src/compiler/constructs.ts';
import { Findings } from '../../src/compiler/diagnostics/problem.ts';
import { emit, type Emitted, type Template } from '../../src/compiler/emit/emit.ts';
import type { Json } from '../../src/compiler/emit/render.ts';
import { replaced } from '../../src/compiler/emit/stacks/references.ts';
import { stacksOf, type SystemStack } from '../../src/compiler/emit/stacks/split.ts';
import { needsOf } from '../../src/compiler/emit/graph.ts';
import { placesOf } from '../../src/compiler/emit/stacks/place.ts';
import { lifetimeOf, LIFETIMES, type Lifetime } from '../../src/compiler/cloud/lifetimes.ts';
import type { Files } from '../../src/compiler/text/files.ts';
import { MemoryFiles } from '../memory-files.ts';
import { violations } from '../../src/compiler/emit/registry.ts';
import { expand } from '../../src/compiler/expand/expand.ts';
import { contextOf } from '../../src/compiler/resources/context.ts';
import { understand } from '../../src/compiler/validate.ts';
import { checked } from '../aws/template/check.ts';

const catalogue = installedCatalogue('dist/catalogue');

const samples = [
  ...readdirSync('test/samples').flatMap((kind) => readdirSync(join('test/samples', kind)).map((name) => join('test/samples', kind, name))),
  ...readdirSync('examples').map((name) => join('examples', name)),
];

interface Whole extends Emitted {
  readonly stack: string;
}

/** A system’s template before it is split. */
function wholeOf(folder: string): Whole {
  return whole(new DiskFiles(resolve(folder)));
}

function whole(files: Files): Whole {
  const findings = new Findings();
  const model = understand({ files, main: 'eventsystem.yml', stage: undefined, catalogue }, findings);
  if (!model) throw new Error(findings.inOrder.map(({ message }) => message).join(' '));
  const code = () => ({ file: 'code.zip', handler: 'index.handler', carries: '' });
  const context = contextOf({ model, constructs, catalogue, files, code: { code, shipped: code } });
  const common = { root: model.root, catalogue, description: undefined, roles: { boundary: undefined, path: undefined }, accepted: [] };
  return { ...emit(expand(constructs, context), common, findings.report), stack: model.stack };
}

type Counts = readonly [functions: number | undefined, wiring: number | undefined];

const forms: readonly Counts[] = [
  [undefined, undefined],
  [2, 0],
  [4, 2],
];

const splitOf = ({ template, lifetimes, stack }: Whole, [functions, wiring]: Counts) =>
  stacksOf(template, { stack, form: { form: 'lifetimes', functions, wiring }, lifetimes, catalogue });

describe.each(samples.filter((folder) => existsSync(join(folder, 'eventsystem.yml'))))('%s', (folder) => {
  const system = wholeOf(folder);

  test.each(forms)('in stacks (functions: %s, wiring: %s)', (functions, wiring) => {
    const stacks = splitOf(system, [functions, wiring]);
    expectWhole(system.template, stacks);
    for (const [index, { template, handed, name }] of stacks.entries()) {
      // CloudFormation would take it: every reference leads somewhere, every attribute is there, nothing goes in circles.
      expect(() => checked(JSON.stringify(template)), name).not.toThrow();
      const earlier = new Map(stacks.slice(0, index).map((one) => [one.name, one] as const));
      for (const [parameter, { stack, output }] of Object.entries(handed)) {
        expect(Object.keys(template.Parameters ?? {}), name).toContain(parameter);
        expect(Object.keys(earlier.get(stack)?.template.Outputs ?? {}), `${name} ${parameter} from ${stack}`).toContain(output);
      }
      for (const [id, one] of Object.entries(template.Resources))
        if (one.Type !== 'AWS::CloudFormation::CustomResource')
          expect({ id, wrong: violations(one.Type, one.Properties ?? {}, catalogue) }).toEqual({ id, wrong: [] });
      expect(JSON.stringify(template)).not.toContain('AWS::StackName');
    }
  });
});

describe('where things stand', () => {
  test.each(samples)('in %s nothing refers to what lives shorter: each resource stands where its lifetime says', (folder) => {
    const system = wholeOf(folder);
    const needs = needsOf(system.template.Resources);
    const lifetimes = lifetimesIn(system);
    const places = placesOf({ template: system.template, needs, needed: new Set(), lifetimes }, { functions: 0, wiring: 0 });
    for (const [id, place] of places) expect({ id, in: LIFETIMES[place] }).toEqual({ id, in: lifetimes.get(id) });
  });

  test('what is added moves nothing', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
    const kinds = fc.constantFrom('streams', 'queues', 'topics', 'buses', 'buckets', 'functions', 'consumers', 'tables');
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, name), { minLength: 3, maxLength: 30 }), fc.nat({ max: 29 }), (things, cut) => {
        const before = placedIn(systemOf(things.slice(0, 1 + (cut % (things.length - 1)))));
        const after = placedIn(systemOf(things));
        for (const [id, stack] of before) if (after.has(id) && id !== 'NothingYet') expect([id, after.get(id)]).toEqual([id, stack]);
      }),
      { numRuns: 60 },
    );
  });

  test('a large system is cut by itself, and what it hands over fits', () => {
    const names = Array.from({ length: 500 }, (_, index) => `f${index}`);
    const system = whole(
      filesOf(
        `topics: { ops: {} }\nalarms: { notify: ops }\nfunctions:\n${names.map((one) => `  ${one}: a.mjs\n`).join('')}` +
          `apis:\n  shop:\n    type: rest\n    authorizer: none\n    routes:\n${names.map((one) => `      GET /${one}: { function: ${one} }\n`).join('')}`,
      ),
    );
    const stacks = stacksOf(system.template, { ...system, form: { form: undefined, functions: undefined, wiring: undefined }, catalogue });
    expect(stacks.length).toBeGreaterThan(4);
    expectWhole(system.template, stacks);
    for (const { name, template } of stacks) {
      expect(() => checked(JSON.stringify(template)), name).not.toThrow();
      expect(Object.keys(template.Resources).length, name).toBeLessThanOrEqual(450);
      for (const output of Object.values(template.Outputs ?? {})) expect(longest(output), name).toBeLessThanOrEqual(4096);
    }
  });

  test('as many stacks as the file says stay as many until they are full', () => {
    const of = (count: number) =>
      whole(filesOf(`functions:\n${Array.from({ length: count }, (_, index) => `  f${index}: a.mjs\n`).join('')}`));
    const names = (count: number, functions: number | undefined) => {
      const system = of(count);
      return stacksOf(system.template, { ...system, form: { form: 'lifetimes', functions, wiring: undefined }, catalogue }).map(
        ({ name }) => name,
      );
    };
    expect(names(160, undefined)).toEqual(['grown-dev-functions-1', 'grown-dev-functions-2', 'grown-dev']);
    expect(names(160, 1)).toEqual(['grown-dev-functions-1', 'grown-dev']);
    // What does not fit is told as a limit, and no other number is taken for the one that was said.
    expect(names(400, 1)).toEqual(['grown-dev-functions-1', 'grown-dev']);
  });

  test('a system of 450 resources is one stack, and one more makes it several; a word decides otherwise', () => {
    const streams = (count: number) =>
      whole(filesOf(`streams:\n${Array.from({ length: count }, (_, index) => `  s${index}:\n`).join('')}`));
    const count = (system: Whole, form: 'one' | 'lifetimes' | undefined) =>
      stacksOf(system.template, { ...system, form: { form, functions: undefined, wiring: undefined }, catalogue }).length;
    expect(count(streams(450), undefined)).toBe(1);
    expect(count(streams(451), undefined)).toBe(2);
    expect(count(streams(451), 'one')).toBe(1);
    expect(count(streams(1), 'lifetimes')).toBe(2);
  });
});

function lifetimesIn({ template, lifetimes }: Whole): ReadonlyMap<string, Lifetime> {
  return new Map(Object.entries(template.Resources).map(([id, one]) => [id, lifetimeOf(one.Type, lifetimes.get(id), catalogue)]));
}

const filesOf = (text: string) =>
  new MemoryFiles([
    ['eventsystem.yml', `name: grown\n${text}`],
    ['a.mjs', ''],
  ]);

/** A system of these things; a consumer reads from the first stream, a function sends to the first queue. */
function systemOf(things: readonly (readonly [kind: string, name: string])[]): Whole {
  const sections = new Map<string, string[]>([['streams', ['always: {}']]]);
  const seen = new Set(['always']);
  for (const [kind, name] of things) {
    if (seen.has(name)) continue;
    seen.add(name);
    const said: Readonly<Record<string, string>> = {
      functions: '{ handler: a.mjs, access: { streams.always: write } }',
      consumers: '{ handler: a.mjs, from: { stream: streams.always } }',
      tables: '{ key: id }',
    };
    sections.set(kind, [...(sections.get(kind) ?? []), `${name}: ${said[kind] ?? '{}'}`]);
  }
  return whole(filesOf([...sections].map(([kind, lines]) => `${kind}:\n${lines.map((line) => `  ${line}\n`).join('')}`).join('')));
}

function placedIn(system: Whole): ReadonlyMap<string, string> {
  return new Map(splitOf(system, [4, 2]).flatMap(({ name, template }) => Object.keys(template.Resources).map((id) => [id, name] as const)));
}

/** Bytes of an output’s value at the most: a name or an ARN has 255. */
function longest(output: Json): number {
  const { Value: value } = output as { readonly Value: { readonly 'Fn::Join'?: readonly [string, readonly Json[]] } };
  return (value['Fn::Join']?.[1].length ?? 1) * 256;
}

/** Every resource stands in one stack, and all that it asked for comes to it. */
function expectWhole(template: Template, stacks: readonly SystemStack[]): void {
  const all = stacks.flatMap((one) => Object.keys(one.template.Resources)).filter((id) => id !== 'NothingYet');
  expect([...all].sort()).toEqual(Object.keys(template.Resources).sort());
  for (const stack of stacks)
    for (const [id, one] of Object.entries(stack.template.Resources)) {
      if (id === 'NothingYet') continue;
      expect(resolved(one as unknown as Json, stack, stacks)).toEqual(resolvedWhole(template.Resources[id] as unknown as Json, stacks));
    }
}

/** A resource with every reference as a text that names what it leads to, through as many hands as it goes. */
function resolved(value: Json, stack: SystemStack, stacks: readonly SystemStack[]): Json {
  return flat(
    replaced(value, ({ id, attribute }) => {
      const from = Object.hasOwn(stack.handed, id) ? stack.handed[id] : undefined;
      if (!from) return `<${id} ${attribute ?? ''}>`;
      const source = stacks.find(({ name }) => name === from.stack);
      if (!source) throw new Error(from.stack);
      const output = source.template.Outputs?.[from.output] as { readonly Value: Json } | undefined;
      return resolved(output?.Value ?? null, source, stacks);
    }),
  );
}

function resolvedWhole(value: Json, stacks: readonly SystemStack[]): Json {
  const main = stacks.find(({ template }) => template.Metadata)?.name ?? '';
  return flat(replaced(value, ({ id, attribute }) => (id === 'AWS::StackName' ? main : `<${id} ${attribute ?? ''}>`)));
}

/** Items of lists that were handed over worked out; without `DependsOn`, which the order of stacks stands for, and remarks. */
function flat(value: Json): Json {
  if (Array.isArray(value)) return value.map((one: Json) => flat(one));
  if (typeof value !== 'object' || value === null) return value;
  const bag = Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'DependsOn' && key !== 'Metadata')
      .map(([key, one]) => [key, flat(one as Json)]),
  );
  const [at, list] = (bag['Fn::Select'] ?? []) as readonly [number, { readonly 'Fn::Join'?: readonly [string, readonly Json[]] }];
  if (list?.['Fn::Join']) return list['Fn::Join'][1][at] ?? null;
  const sub = bag['Fn::Sub'];
  if (!Array.isArray(sub)) return bag;
  const variables = sub[1] as Readonly<Record<string, string>>;
  return String(sub[0]).replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? name);
}
