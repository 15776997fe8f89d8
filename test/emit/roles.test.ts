import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address } from '../../src/compiler/cloud/address.ts';
import type { Grant, Part, Role } from '../../src/compiler/cloud/part.ts';
import { attribute } from '../../src/compiler/cloud/value.ts';
import { render } from '../../src/compiler/emit/render.ts';
import { foldRoles } from '../../src/compiler/emit/roles.ts';
import { statementsOf } from '../../src/compiler/emit/statements.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';

const because = { source: new SourceText('eventsystem.yml', ''), span: { start: 0, end: 0 } };
const roleAddress = address('AWS::IAM::Role', { name: 'put', word: 'Function' }, 'Role');
const role: Role = { part: 'role', address: roleAddress, service: 'lambda.amazonaws.com', trust: {}, because, path: 'functions.put' };

const grant = (rest: Partial<Grant>): Grant => ({
  part: 'grant',
  to: roleAddress,
  actions: [],
  on: [],
  by: 'code',
  reason: '',
  because,
  path: 'functions.put',
  ...rest,
});

test('grants on one thing are one statement, and so are grants of the same actions', () => {
  const statements = statementsOf(
    [
      grant({ actions: ['a:Read'], on: ['x'] }),
      grant({ actions: ['a:Write'], on: ['x'] }),
      grant({ actions: ['a:Read', 'a:Write'], on: ['y'] }),
    ],
    undefined,
  );
  expect(statements).toEqual([{ Effect: 'Allow', Action: ['a:Read', 'a:Write'], Resource: ['x', 'y'] }]);
});

test('folding gives exactly what was granted, never a pair of action and resource more', () => {
  const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.record({ actions: words, on: words, strict: fc.boolean() }), { maxLength: 8 }), (given) => {
      const pairs = (
        all: readonly { readonly Action: readonly string[]; readonly Resource: readonly unknown[]; readonly Condition?: unknown }[],
      ) =>
        new Set(
          all.flatMap((one) =>
            one.Action.flatMap((action) => one.Resource.map((on) => `${action} ${String(on)} ${JSON.stringify(one.Condition)}`)),
          ),
        );
      const when = { StringEquals: { k: 'v' } };
      const grants = given.map(({ actions, on, strict }) => grant({ actions, on, ...(strict && { when }) }));
      const wanted = pairs(given.map(({ actions, on, strict }) => ({ Action: actions, Resource: on, ...(strict && { Condition: when }) })));
      expect(pairs(statementsOf(grants, undefined))).toEqual(wanted);
    }),
  );
});

test('a function that invokes itself gets a policy apart, for its role cannot wait for it', () => {
  const fn = address('AWS::Lambda::Function', { name: 'put', word: 'Function' });
  const parts: readonly Part[] = [
    role,
    { part: 'resource', address: fn, properties: { Role: attribute(roleAddress, 'Arn') }, because, path: 'functions.put' },
    grant({ actions: ['lambda:InvokeFunction'], on: [attribute(fn, 'Arn')] }),
    grant({ actions: ['kinesis:PutRecord'], on: [attribute(address('AWS::Kinesis::Stream', { name: 'orders', word: 'Stream' }), 'Arn')] }),
  ];
  const folded = foldRoles(parts, { boundary: undefined, path: undefined });
  expect(folded.map((one) => one.address.type)).toEqual(['AWS::IAM::Role', 'AWS::IAM::Policy']);
  expect(JSON.stringify(render(folded[0]?.properties as never))).not.toContain('lambda:InvokeFunction');
  expect(JSON.stringify(render(folded[1]?.properties as never))).toContain('lambda:InvokeFunction');
});

test('with strict callers, what the code does and what a service does are told apart', () => {
  const statements = statementsOf(
    [
      grant({ actions: ['a:Do'], on: ['x'] }),
      grant({ actions: ['a:Poll'], on: ['y'], by: 'service' }),
      grant({ actions: ['a:Log'], on: ['z'], by: 'service', insideSandbox: true }),
    ],
    'arn:fn',
  );
  expect(statements.map(({ Action, Condition }) => [Action, Condition])).toEqual([
    [['a:Do'], { ArnEquals: { 'lambda:SourceFunctionArn': 'arn:fn' } }],
    [['a:Poll'], { Null: { 'lambda:SourceFunctionArn': 'true' } }],
    [['a:Log'], { ArnEquals: { 'lambda:SourceFunctionArn': 'arn:fn' } }],
  ]);
});
