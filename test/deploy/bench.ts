import { expect } from 'vitest';
import { printStop } from '../../src/cli/deployment/session.ts';
import { endings, type Ending, type Stop } from '../../src/deploy/fault.ts';
import type { ShipOptions } from '../../src/deploy/ship.ts';
import type { SessionOptions } from '../../src/deploy/session.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { startAws, type AwsOptions, type FakeAws } from '../aws/aws.ts';
import { deployer, shipmentOf, storyOf, type Deployer, type DeployerOptions, type Ended } from './deployer.ts';

/** A bench to try a deployment on: a fake AWS with a bucket, and somebody who deploys. */
export interface Bench {
  readonly aws: FakeAws;
  readonly ada: Deployer;
  /** Deploys, and gives how it ended. */
  deploy(more?: Partial<ShipOptions>, shipment?: Shipment, session?: Partial<SessionOptions>): Promise<Ended>;
  /** Deploys the first state, without any fault. */
  ready(shipment?: Shipment): Promise<void>;
}

export { shipmentOf };

export const first = shipmentOf({ Orders: { Type: 'AWS::SQS::Queue' }, News: { Type: 'AWS::SNS::Topic' } });

export const second = shipmentOf({
  Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } },
  News: { Type: 'AWS::SNS::Topic' },
  More: { Type: 'AWS::SQS::Queue' },
});

/** A table with this key, which nothing can change without replacing the table. */
export const keyed = (key = 'id') => ({
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
});

/** Something that holds data. */
export const table = (properties: object = {}, more: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { ...keyed(), ...properties },
  ...more,
});

/** The same with another key: it would be replaced by an empty one. */
export const rekeyed = table(keyed('key'));

const open: FakeAws[] = [];

export async function bench(options: AwsOptions & DeployerOptions = {}): Promise<Bench> {
  // Time passes while the deployer waits, and only then.
  const aws = await startAws({ pace: 'stopped', ...options });
  open.push(aws);
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  const ada = deployer(aws, options);
  return {
    aws,
    ada,
    deploy: (more = {}, shipment = first, session = {}) => ada.deploy(shipment, more, session),
    async ready(shipment = first) {
      const ended = await ada.deploy(shipment);
      expect(ended.ends, storyOf(ended, ada)).toBe('done');
      aws.calls.clear();
      ada.said.length = 0;
      ada.reviews.length = 0;
    },
  };
}

export async function closeAll(): Promise<void> {
  for (const aws of open.splice(0)) await aws.close();
}

/** What the catalogue gives as the exit code of each end. */
const exits: Readonly<Record<Ending, number>> = {
  done: 0,
  approval: 3,
  refused: 4,
  rolledBack: 5,
  recovery: 6,
  conflict: 7,
  credentials: 8,
  transport: 9,
  detached: 75,
  interrupted: 130,
  terminated: 143,
};

export interface Expected {
  /** A plan or a stack is left, for nobody could take it back. */
  readonly leaves?: true;
}

/**
 * The run ended so, with its exit code, and told it as a person at two in the morning needs it: what, why, what next, and the call
 * with its id. Nothing of it is left in AWS but what was deployed, and nothing secret is told anywhere.
 */
export function expectEnd(ended: Ended, ends: Ending, { ada, aws }: Bench, code?: string, { leaves }: Expected = {}): void {
  const story = storyOf(ended, ada);
  expect(ended.ends, story).toBe(ends);
  expect(endings[ended.ends]).toBe(exits[ends]);
  expectNoSecrets(story, ada, aws);
  if (!leaves && ends !== 'detached') expectNothingLeft(aws, story);
  if (ended.ends === 'done' || !('stop' in ended)) return expectStanding(aws, story);
  if (code !== undefined) expect(ended.stop.code, story).toBe(code);
  expectTold(ended.stop, story);
}

/** I8: nothing that signs a call or is given as a secret is told, nor kept in AWS or in the journal. */
export function expectNoSecrets(story: string, person: Deployer, aws: FakeAws): void {
  const kept = [
    JSON.stringify(aws.calls.all.map(({ params }) => params['Description'] ?? '')),
    ...(aws.bucket('artifacts')?.versions ?? []).map(({ body }) => body.toString()),
    JSON.stringify(person.journal.entry ?? {}),
    JSON.stringify(person.reviews),
    ...person.lived,
  ];
  expect([story, ...kept].join('\n')).not.toContain('secret-value');
}

/** I7: what, why, what next, and the call with its id. */
export function expectTold(stop: Stop, story = stop.message): void {
  // In the words that the program prints.
  const printed = printStop(stop);
  expect(printed, story).not.toMatch(/undefined|NaN|\[object|�/);
  expect(printed).toMatch(/^error\[[a-z-]+\] \S.*\n(.*\n)* {2}why: {2}\S.*\n(.*\n)* {2}next: \S/);
  const { failure } = stop;
  if (!failure) return;
  expect(printed).toMatch(/\n {2}call: [a-z0-9-]+:[A-Za-z]+/);
  if (failure.request !== undefined) expect(printed).toContain(failure.request);
}

/** I5: no plan of ours waits, and no stack that was only made for one. */
export function expectNothingLeft(aws: FakeAws, story = ''): void {
  const stack = aws.stack('shop-dev');
  const ours = stack?.changeSets.filter(({ name }) => name.startsWith('eventsystem-')) ?? [];
  expect(
    ours.filter(({ executionStatus, status }) => executionStatus === 'AVAILABLE' || status === 'FAILED').map(({ name }) => name),
    story,
  ).toEqual([]);
  if (stack?.status === 'REVIEW_IN_PROGRESS') expect(stack.changeSets.length, story).toBeGreaterThan(0);
}

/** What is said to be done stands. */
function expectStanding(aws: FakeAws, story: string): void {
  expect(aws.stack('shop-dev')?.status, story).toMatch(/^(CREATE|UPDATE|IMPORT)_COMPLETE/);
}

/** Nothing that lives was touched, and nothing of ours was left: I1, I5. */
export function expectUntouched({ aws }: Bench): void {
  expect(aws.calls.count('ExecuteChangeSet')).toBe(0);
  const stack = aws.stack('shop-dev');
  expect(stack === undefined || stack.status !== 'REVIEW_IN_PROGRESS', stack?.status).toBe(true);
  for (const set of stack?.changeSets ?? []) expect(set.status).not.toBe('FAILED');
}

/** One execution, under one token: I2. */
export function expectOneExecution({ aws }: Bench): void {
  const tokens = new Set(aws.calls.of('ExecuteChangeSet').map(({ params }) => params['ClientRequestToken']));
  expect(tokens.size).toBe(1);
}
