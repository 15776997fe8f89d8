import { afterEach, describe, expect, test } from 'vitest';
import { bench, closeAll, expectEnd, expectUntouched, rekeyed, shipmentOf, table } from './bench.ts';

afterEach(closeAll);

describe('who says yes', () => {
  test('nobody there, and no --yes', async () => {
    const b = await bench();
    expectEnd(await b.deploy({ yes: false }), 'approval', b, 'approval-needed');
    expectUntouched(b);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('a person who says no', async () => {
    const b = await bench({ present: true, answers: ['n'] });
    expectEnd(await b.deploy({ yes: false }), 'approval', b, 'declined');
    expectUntouched(b);
  });

  test('a person types the id of what is lost', async () => {
    const b = await bench({ present: true, answers: ['Dat', 'Data', 'y'] });
    await b.ready(shipmentOf({ Data: table() }));
    expectEnd(await b.deploy({ yes: false }, shipmentOf({ Data: rekeyed })), 'approval', b, 'declined');
    expectUntouched(b);
    expectEnd(await b.deploy({ yes: false }, shipmentOf({ Data: rekeyed })), 'done', b);
  });

  test('what opens wider on a protected stage has its own yes', async () => {
    const b = await bench();
    const account = b.aws.account;
    const on = { stage: { name: 'prod', protected: true, account }, allowEndpoint: true };
    const prod = (resources: Parameters<typeof shipmentOf>[0]) => shipmentOf(resources, { stage: 'prod', protected: true });
    const role = (actions: readonly string[]) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'Granted',
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: ['arn:aws:sqs:::x'] }] },
          },
        ],
      },
    });
    expectEnd(await b.deploy({}, prod({ Role: role(['sqs:SendMessage']) }), on), 'done', b);
    expect(b.aws.stack('shop-dev')?.terminationProtection).toBe(true);
    const wider = prod({ Role: role(['sqs:SendMessage', 'sqs:ReceiveMessage']) });
    const ended = await b.deploy({}, wider, on);
    expectEnd(ended, 'approval', b, 'approval-needed');
    const digest = /--approve-security (\w+)/.exec('stop' in ended ? ended.stop.message : '')?.[1];
    expect(b.ada.reviews.at(-1)?.widenings.map(({ what }) => what)).toEqual(['may sqs:ReceiveMessage on arn:aws:sqs:::x']);
    expectEnd(await b.deploy({ security: digest }, wider, on), 'done', b);
  });
});
