import { expect } from 'vitest';
import type { Ending } from '../../src/deploy/fault.ts';
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

/** The run ended so, and told it as a person at two in the morning needs it. */
export function expectEnd(ended: Ended, ends: Ending, { ada, aws }: Bench, code?: string): void {
  const story = storyOf(ended, ada);
  expect(ended.ends, story).toBe(ends);
  if (ended.ends === 'done' || !('stop' in ended)) return;
  const { stop } = ended;
  if (code !== undefined) expect(stop.code, story).toBe(code);
  expect(stop.message, story).not.toMatch(/undefined|NaN|\[object/);
  expect(stop.next, story).not.toMatch(/undefined|NaN|\[object/);
  if (stop.failure) expect(stop.failure.action).toMatch(/:/);
  // I8: nothing secret is told.
  expect([story, JSON.stringify(aws.calls.all.map(({ params }) => params['Description'] ?? ''))].join('\n')).not.toContain('secret-value');
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
