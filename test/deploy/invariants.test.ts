import { array, assert, asyncProperty, constantFrom, integer, option, record } from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../aws/faults.ts';
import { digestOf, textOf } from '../../src/deploy/target.ts';
import { bench, closeAll, expectEnd, expectNoSecrets, expectNothingLeft, expectTold, shipmentOf, table, type Bench } from './bench.ts';
import { deployer, storyOf, type Deployer, type Ended } from './deployer.ts';

afterEach(closeAll);

const queue = (delay: number) => ({ Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: delay } });

/** A system with a parameter that is a secret. */
function withSecret(resources: Parameters<typeof shipmentOf>[0]) {
  const { target, ...rest } = shipmentOf(resources);
  const Parameters = { ...target.template.Parameters, Key: { Type: 'String', NoEcho: true } };
  return { ...rest, target: { ...target, given: { Key: 'secret-value' }, template: { ...target.template, Parameters } } };
}

/** What may be deployed: the table is in all but one, which nobody approves. */
const goals = {
  first: withSecret({ Data: table(), Orders: queue(0) }),
  second: withSecret({ Data: table(), Orders: queue(5), More: queue(0) }),
  third: withSecret({ Data: table(), Orders: queue(9) }),
  withoutData: withSecret({ Orders: queue(0) }),
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

/** Before anything is executed, these are all the changes there may be: plans, and what lies in the bucket. I1. */
const HARMLESS = new Set(['CreateChangeSet', 'DeleteChangeSet', 'PutObject']);

/** I1–I8 of deploy.md, whatever goes wrong on the way, whoever else deploys, and whenever the first of them is broken off. */
test('the invariants hold', { timeout: 600_000 }, async () => {
  await assert(
    asyncProperty(
      array(fault, { maxLength: 4 }),
      array(constantFrom(...(Object.keys(goals) as (keyof typeof goals)[])), { minLength: 1, maxLength: 3 }),
      constantFrom(true, false),
      option(integer({ min: 2, max: 40 })),
      async (faults, wanted, together, brokenAt) => {
        const b = await bench();
        try {
          await b.ready(goals.first);
          const data = physical(b);
          const before = things(b);
          let atOrder = before;
          b.aws.fault({ action: 'ExecuteChangeSet', call: 1, kind: 'meanwhile', act: () => void (atOrder = things(b)) });
          for (const one of faults) b.aws.fault({ ...one, status: 503 } as unknown as Fault);
          const people = wanted.map((_, index) => deployer(b.aws, { author: `p${index}@${index}` }));
          if (brokenAt !== null)
            b.aws.fault({ action: '*', call: brokenAt, kind: 'meanwhile', act: () => people[0]?.interruption.raise('SIGTERM') });
          const deployed = (index: number) => people[index]?.deploy(goals[wanted[index] ?? 'first'], { destroy: ['More'] });
          const ended: (Ended | undefined)[] = [];
          if (together) ended.push(...(await Promise.all(people.map((_, index) => deployed(index)))));
          else for (const index of people.keys()) ended.push(await deployed(index));
          // I1: nothing that lives was touched before the first order, and nothing at all where there was none.
          expect(atOrder).toBe(before);
          const orders = b.aws.calls.of('ExecuteChangeSet');
          const early = b.aws.calls.mutations().filter(({ n }) => orders.every((order) => n < order.n));
          expect(early.map(({ action }) => action).filter((action) => !HARMLESS.has(action))).toEqual([]);
          for (const [index, one] of ended.entries()) holds(b, one, people[index], wanted[index]);
          // I5: nothing of those is left who were not cut off from deleting it.
          const cut = faults.some(({ action, kind }) => action === 'DeleteChangeSet' || kind === 'html');
          if (!cut && ended.every((one) => one?.ends !== 'detached')) expectNothingLeft(b.aws);
          b.aws.calm();
          b.aws.clock.settle();
          // I2: each plan was carried out once at most.
          const carried = operations(b);
          expect(new Set(carried).size).toBe(carried.length);
          // Whatever happened, the next run converges.
          const last = await b.deploy({ wait: 60, destroy: ['More'] }, goals.third);
          expectEnd(last, 'done', b);
          expect(physical(b)).toBe(data);
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

/** Everything that really exists, as text. */
function things({ aws }: Bench): string {
  const stack = aws.stack('shop-dev');
  return JSON.stringify(
    [...(stack?.resources.values() ?? [])].map(({ logicalId, physicalId, status, properties }) => [
      logicalId,
      physicalId,
      status,
      properties,
    ]),
  );
}

/** The orders that the stack took, by the token of the event with which each began. */
function operations({ aws }: Bench): readonly string[] {
  return (aws.stack('shop-dev')?.events ?? [])
    .filter(({ ResourceType: type, ResourceStatus: status }) => type === 'AWS::CloudFormation::Stack' && status === 'UPDATE_IN_PROGRESS')
    .map(({ ClientRequestToken: token }) => String(token));
}

function holds(b: Bench, ended: Ended | undefined, person: Deployer | undefined, wanted: keyof typeof goals | undefined): void {
  if (!person || !ended || wanted === undefined) return;
  const story = storyOf(ended, person);
  const run = person.runs.at(-1) ?? '';
  const orders = b.aws.calls.of('ExecuteChangeSet').filter(({ params }) => params['ClientRequestToken'] === `eventsystem-execute-${run}`);
  // I2, I3: a run orders one change set, by its ARN, and it is the one that was made of what was wanted, under this run’s name.
  const sets = new Set(orders.map(({ params }) => String(params['ChangeSetName'])));
  expect(sets.size, story).toBeLessThanOrEqual(1);
  for (const arn of sets) {
    expect(arn).toMatch(/^arn:/);
    const made = b.aws.calls.of('CreateChangeSet').find(({ params }) => arn.includes(`/${String(params['ChangeSetName'])}/`));
    expect(JSON.parse(String(made?.params['Description'])), story).toMatchObject({ run, digest: digestOf(textOf(goals[wanted].target)) });
    expect(person.reviews.length).toBeGreaterThan(0);
  }
  // I4: what is said to be deployed was ordered by this run, and came to a good end in AWS.
  if (ended.ends === 'done' && 'shipped' in ended && !ended.shipped.unchanged) {
    expect(orders.length, story).toBeGreaterThan(0);
    const good = b.aws
      .stack('shop-dev')
      ?.events.some(
        ({ ClientRequestToken: token, ResourceType: type, ResourceStatus: status }) =>
          token === `eventsystem-execute-${run}` && type === 'AWS::CloudFormation::Stack' && status === 'UPDATE_COMPLETE',
      );
    expect(good, story).toBe(true);
  }
  // I6: what holds data is not lost without its own yes, and there is no order that would lose it.
  if (wanted === 'withoutData') expect(orders.length, story).toBe(0);
  if ('stop' in ended) expectTold(ended.stop, story);
  expectNoSecrets(story, person, b.aws);
}
