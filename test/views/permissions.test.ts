import { expect, test } from 'vitest';
import { address } from '../../src/compiler/cloud/address.ts';
import type { Grant } from '../../src/compiler/cloud/part.ts';
import { arn, attribute, ref, text } from '../../src/compiler/cloud/value.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { permissionsOf, printPermissions } from '../../src/views/permissions.ts';

const source = new SourceText('eventsystem.yml', 'one\ntwo\nthree\n');
const role = address('AWS::IAM::Role', { name: 'settle', word: 'Function' }, 'Role');
const stream = address('AWS::Kinesis::Stream', { name: 'orders', word: 'Stream' });
const grant = (rest: Partial<Grant>): Grant => ({
  part: 'grant',
  to: role,
  actions: ['kinesis:PutRecords', 'kinesis:PutRecord'],
  on: [attribute(stream, 'Arn')],
  by: 'code',
  reason: 'write orders',
  because: { source, span: { start: 4, end: 7 } },
  path: 'functions.settle',
  ...rest,
});

test('a line for what was asked for together, in a fixed order, with where it was asked for', () => {
  const parts = [
    grant({}),
    grant({
      effect: 'Deny',
      actions: ['ec2:CreateNetworkInterface'],
      on: ['*'],
      when: { ArnLike: { 'lambda:SourceFunctionArn': arn('lambda', 'function:*') } },
      reason: 'leaves it to Lambda',
    }),
    grant({ on: [text(ref(stream), '/x')], actions: ['s3:GetObject'] }),
  ];
  const expected = `SettleFunctionRole
  kinesis:PutRecord, PutRecords · \${OrdersStream.Arn} · eventsystem.yml:2 · write orders
  s3:GetObject · \${OrdersStream}/x · eventsystem.yml:2 · write orders
  DENY ec2:CreateNetworkInterface · * · if lambda:SourceFunctionArn ArnLike arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:* · eventsystem.yml:2 · leaves it to Lambda
`;
  expect(printPermissions({ parts })).toBe(expected);
  expect(printPermissions({ parts: [...parts].reverse().concat(parts) })).toBe(expected);
});

test('a system without grants has an empty page', () => {
  expect(permissionsOf({ parts: [] })).toEqual([]);
  expect(printPermissions({ parts: [] })).toBe('');
});
