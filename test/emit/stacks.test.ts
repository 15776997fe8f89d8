import { readdirSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DiskFiles } from '../../src/cli/disk.ts';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { constructs } from '../../src/compiler/constructs.ts';
import { Findings } from '../../src/compiler/diagnostics/problem.ts';
import { emit, type Emitted, type Template } from '../../src/compiler/emit/emit.ts';
import type { Json } from '../../src/compiler/emit/render.ts';
import { replaced } from '../../src/compiler/emit/stacks/references.ts';
import { stacksOf, type SystemStack } from '../../src/compiler/emit/stacks/split.ts';
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

/** A system’s template before it is split. */
function whole(folder: string): Emitted & { readonly stack: string } {
  const findings = new Findings();
  const files = new DiskFiles(resolve(folder));
  const model = understand({ files, main: 'eventsystem.yml', stage: undefined, catalogue }, findings);
  if (!model) throw new Error(folder);
  const code = () => ({ file: 'code.zip', handler: 'index.handler' });
  const context = contextOf({ model, constructs, catalogue, files, code: { code, shipped: code } });
  const common = { root: model.root, catalogue, description: undefined, roles: { boundary: undefined, path: undefined }, accepted: [] };
  return { ...emit(expand(constructs, context), common, findings.report), stack: model.stack };
}

const forms = [
  [undefined, undefined],
  [2, 0],
  [4, 2],
] as const;

const splitOf = ({ template, lifetimes, stack }: ReturnType<typeof whole>, [functions, wiring]: (typeof forms)[number]) =>
  stacksOf(template, { stack, form: { form: 'lifetimes', functions, wiring }, lifetimes, catalogue });

describe.each(samples.filter((folder) => existsSync(join(folder, 'eventsystem.yml'))))('%s', (folder) => {
  const system = whole(folder);

  test.each(forms)('in stacks (functions: %s, wiring: %s)', (...form) => {
    const stacks = splitOf(system, form);
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
      return resolved((source.template.Outputs?.[from.output] as { readonly Value: Json }).Value, source, stacks);
    }),
  );
}

function resolvedWhole(value: Json, stacks: readonly SystemStack[]): Json {
  const main = stacks.find(({ template }) => template.Metadata)?.name ?? '';
  return flat(replaced(value, ({ id, attribute }) => (id === 'AWS::StackName' ? main : `<${id} ${attribute ?? ''}>`)));
}

/** Items of lists that were handed over worked out; without `DependsOn`, which the order of stacks stands for. */
function flat(value: Json): Json {
  if (Array.isArray(value)) return value.map((one: Json) => flat(one));
  if (typeof value !== 'object' || value === null) return value;
  const bag = Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'DependsOn')
      .map(([key, one]) => [key, flat(one as Json)]),
  );
  const [at, list] = (bag['Fn::Select'] ?? []) as readonly [number, { readonly 'Fn::Join'?: readonly [string, readonly Json[]] }];
  if (list?.['Fn::Join']) return list['Fn::Join'][1][at] ?? null;
  const [text, variables] = (Array.isArray(bag['Fn::Sub']) ? bag['Fn::Sub'] : []) as readonly [string, Readonly<Record<string, string>>];
  return text === undefined ? bag : text.replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? name);
}
