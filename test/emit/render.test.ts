import fc from 'fast-check';
import { expect, test } from 'vitest';
import { circles } from '../../src/compiler/emit/graph.ts';
import { render } from '../../src/compiler/emit/render.ts';
import { violations } from '../../src/compiler/emit/registry.ts';
import { joined, partition, region, text } from '../../src/compiler/cloud/value.ts';
import type { Catalogue } from '../../src/compiler/cloud/catalogue.ts';

test('texts with computed parts read well', () => {
  expect(render(joined`arn:${partition}:sqs:${region}`)).toEqual({ 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}' });
});

test('no text of an author ever becomes a variable of Fn::Sub', () => {
  const scary = fc
    .array(fc.constantFrom('${', '}', '$', '{', '!', 'AWS::Region', 'x', '${AWS::AccountId}'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(scary, scary, (before, after) => {
      const rendered = render(text(before, region, after)) as {
        readonly 'Fn::Sub'?: string;
        readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
      };
      const variables = rendered['Fn::Sub']?.match(/\$\{/g)?.length ?? 1;
      expect(variables).toBe(1);
      if (rendered['Fn::Join']) expect(rendered['Fn::Join'][1].filter((part) => typeof part === 'string').join('')).toBe(before + after);
    }),
  );
});

test('circles are found whole', () => {
  const edges = new Map(Object.entries({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['e'] }).map(([from, to]) => [from, new Set(to)]));
  expect(circles(edges)).toEqual([['a', 'b', 'c'], ['e']]);
});

test('what the registry does not know is found where it stands', () => {
  const catalogue: Catalogue = {
    services: [],
    actions: () => undefined,
    typesLike: () => [],
    resourceType: () => ({
      attributes: [],
      properties: { Name: { type: 'string', required: true }, Mode: { type: { enum: ['A', 'B'] } }, Inner: { type: ['#Inner'] } },
      types: { Inner: { Count: { type: 'integer' } } },
    }),
  };
  expect(
    violations('X', { Naem: 'x', Mode: 'C', Inner: [{ Count: 'many' }, { Ref: 'P' }] }, catalogue).map(({ path }) => path.join('.')),
  ).toEqual(['Naem', 'Mode', 'Inner.0.Count', '']);
});
