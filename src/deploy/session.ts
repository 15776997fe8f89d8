import { connect, identify, type ConnectOptions, type Credentials } from './aws/connect.ts';
import { AwsFailure } from './aws/failure.ts';
import { StackChanges } from './aws/stack-changes.ts';
import { Stacks } from './aws/stacks.ts';
import type { Catalogue } from '../compiler/cloud/catalogue.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { Broken } from './interruption.ts';
import type { Journal } from './journal.ts';
import type { Run } from './run.ts';
import { interrupted, stopOf } from './told.ts';
import type { World } from './world.ts';

export interface SessionOptions {
  /** From the command line, the environment or the profile. */
  readonly region: string | undefined;
  /** What the stage says of itself. */
  readonly stage: { readonly name: string; readonly region?: string; readonly account?: string; readonly protected: boolean };
  readonly credentials: () => Promise<Credentials>;
  /** The server given with `--endpoint`. */
  readonly endpoint: string | undefined;
  /** Servers that the environment names for calls to AWS. */
  readonly ambientEndpoints: readonly string[];
  readonly allowEndpoint: boolean;
  /** What stands between this machine and AWS. */
  readonly proxy?: ConnectOptions['proxy'];
  readonly catalogue: Catalogue;
  readonly world: World;
  /** Of the stage’s stack, or of another stack of its system. */
  readonly journal: (account: string, region: string, stack?: string) => Journal;
  readonly timeouts?: ConnectOptions['timeouts'];
}

/** `eu-central-1`, `us-gov-west-1`, `eusc-de-east-1`. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** Sees that we are who we should be, where we should be, before anything else is asked of AWS. */
export async function openSession(options: SessionOptions): Promise<Run> {
  const { stage, world, endpoint, ambientEndpoints } = options;
  const region = regionOf(options);
  const foreign = endpoint ?? ambientEndpoints[0];
  if (foreign !== undefined) {
    if (stage.protected && !options.allowEndpoint) throw stop(faults['endpoint-on-protected'], { endpoint: foreign });
    world.operator.say(`Using the endpoint ${foreign} instead of AWS.`);
  }
  const aws = connect({
    region,
    endpoint,
    credentials: options.credentials,
    clock: world.clock,
    interruption: world.interruption,
    warn: (line) => world.operator.say(line),
    ...(options.proxy && { proxy: options.proxy }),
    ...(options.timeouts && { timeouts: options.timeouts }),
  });
  const identity = await identify(aws, options.credentials);
  const { account, arn, expires } = identity;
  if (stage.account !== undefined && stage.account !== account)
    throw stop(faults['account-differs'], { account, written: stage.account, arn });
  if (stage.account === undefined && stage.protected) throw stop(faults['account-not-pinned'], { stage: stage.name, account });
  if (arn.endsWith(':root')) world.operator.say('These are root user credentials. Use a role with fewer permissions.');
  if (expires && expires.getTime() - world.clock.now() < 45 * 60_000)
    world.operator.say(
      `The credentials expire at ${expires.toISOString()}. If the deployment may take longer, give CloudFormation a role: --role-arn.`,
    );
  return {
    aws,
    identity,
    stacks: new Stacks(aws),
    changes: new StackChanges(aws),
    catalogue: options.catalogue,
    world,
    journal: options.journal(account, region),
    journalOf: (stack) => options.journal(account, region, stack),
  };
}

/** What was said on the command line must not contradict the file. */
function regionOf({ region: given, stage }: SessionOptions): string {
  const region = stage.region ?? given;
  if (region === undefined) throw stop(faults['region-missing'], {});
  if (!REGION.test(region)) throw stop(faults['bad-region'], { region });
  if (given !== undefined && stage.region !== undefined && given !== stage.region)
    throw stop(faults['region-differs'], { region: given, written: stage.region });
  return region;
}

/** Runs a command to its end: what AWS refused is told in our words, and what a signal broke off. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Broken) throw interrupted(error);
    throw error instanceof AwsFailure ? stopOf(error) : error;
  }
}
