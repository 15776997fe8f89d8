import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../aws/faults.ts';
import { bench, closeAll, expectEnd, shipmentOf, type Bench } from './bench.ts';
import { deployer, storyOf, type Deployer, type Ended } from './deployer.ts';

afterEach(closeAll);

const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
};
const queue = (delay: number) => ({ Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: delay } });

/** What may be deployed: the table is in all but one, which nobody approves. */
const goals = {
  first: shipmentOf({ Data: table, Orders: queue(0) }),
  second: shipmentOf({ Data: table, Orders: queue(5), More: queue(0) }),
  third: shipmentOf({ Data: table, Orders: queue(9) }),
  withoutData: shipmentOf({ Orders: queue(0) }),
};

const actions = [
  'GetCallerIdentity',
  'DescribeStacks',
  'GetTemplate',
  'HeadObject',
  'PutObject',
  'CreateChangeSet',
  'DescribeChangeSet',
  'DescribeEvents',
  'ExecuteChangeSet',
  'DescribeStackEvents',
  'DeleteChangeSet',
  'ListChangeSets',
] as const;

const fault = record({
  action: constantFrom(...actions),
  kind: constantFrom('reset', 'empty', 'truncated', 'short', 'throttle', 'html', 'status'),
  when: constantFrom('before', 'after'),
  call: integer({ min: 1, max: 4 }),
});

const runs = Number(process.env['INVARIANTS'] ?? 25);

/** I1–I8 of deploy.md, whatever goes wrong on the way and whoever else deploys. */
test('the invariants hold', { timeout: 600_000 }, async () => {
  await assert(
    asyncProperty(
      array(fault, { maxLength: 4 }),
      array(constantFrom(...(Object.keys(goals) as (keyof typeof goals)[])), { minLength: 1, maxLength: 3 }),
      constantFrom(true, false),
      async (faults, wanted, together) => {
        const b = await bench();
        try {
          await b.ready(goals.first);
          const data = physical(b);
          for (const one of faults) b.aws.fault({ ...one, status: 503 } as unknown as Fault);
          const people = wanted.map((_, index) => deployer(b.aws, { author: `p${index}@${index}` }));
          const ended: Ended[] = [];
          if (together)
            ended.push(
              ...(await Promise.all(people.map((person, index) => person.deploy(goals[wanted[index] ?? 'first'], { destroy: ['More'] })))),
            );
          else
            for (const [index, person] of people.entries())
              ended.push(await person.deploy(goals[wanted[index] ?? 'first'], { destroy: ['More'] }));
          for (const [index, one] of ended.entries()) holds(b, one, people[index], wanted[index]);
          b.aws.calm();
          // Whatever happened, the next run converges.
          const last = await b.deploy({ wait: 60, destroy: ['More'] }, goals.third);
          expectEnd(last, 'done', b);
          expect(physical(b)).toBe(data);
          const stack = b.aws.stack('shop-dev');
          expect(stack?.status).toMatch(/^UPDATE_COMPLETE$|^CREATE_COMPLETE$/);
          // I5: no failed plan of ours is left, where deleting it was not what failed.
          const deletion = faults.some(({ action }) => action === 'DeleteChangeSet');
          if (!deletion) expect(stack?.changeSets.filter(({ status }) => status === 'FAILED')).toEqual([]);
        } finally {
          await b.aws.close();
        }
      },
    ),
    { numRuns: runs },
  );
});

function physical(b: Bench): string | undefined {
  return b.aws.stack('shop-dev')?.resources.get('Data')?.physicalId;
}

function holds(b: Bench, ended: Ended, person: Deployer | undefined, wanted: keyof typeof goals | undefined): void {
  if (!person) return;
  const story = storyOf(ended, person);
  const executed = b.aws.calls.of('ExecuteChangeSet');
  // I2, I3: a run has one token for one change set, and names it by its ARN.
  const byToken = new Map<unknown, Set<unknown>>();
  for (const { params } of executed)
    byToken.set(params['ClientRequestToken'], (byToken.get(params['ClientRequestToken']) ?? new Set()).add(params['ChangeSetName']));
  for (const [token, sets] of byToken) {
    expect(sets.size, story).toBe(1);
    expect(String(token)).toMatch(/^eventsystem-execute-/);
    expect(String([...sets][0])).toMatch(/^arn:/);
  }
  // I4: what is said to be deployed was seen to be.
  if (ended.ends === 'done' && 'shipped' in ended && !ended.shipped.unchanged)
    expect(ended.shipped.stack.StackStatus, story).toMatch(/COMPLETE/);
  // I6: what holds data is not lost without its own yes.
  if (wanted === 'withoutData' && ended.ends === 'done' && 'shipped' in ended) expect(ended.shipped.unchanged, story).toBe(true);
  // I7: every end says what to do next.
  if ('stop' in ended) {
    expect(ended.stop.next.length, story).toBeGreaterThan(10);
    expect(ended.stop.message, story).not.toMatch(/undefined|\[object/);
  }
  // I8: nothing that signs a call is told.
  expect(story).not.toContain('secret-value');
}
