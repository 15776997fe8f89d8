import { Calls } from './calls.ts';
import { Clock, type Pace } from './clock.ts';
import type { Service, ServiceOptions } from './cloudformation/action.ts';
import { cloudformation } from './cloudformation/api.ts';
import { Reads } from './cloudformation/reads.ts';
import { Faults, strikesAfter, struck, type Fault, type Handle, type Outcome } from './faults.ts';
import { checkSkew, Identities } from './identity.ts';
import { lookup, newAccount, type Account } from './lookups.ts';
import { Cloud } from './machine/cloud.ts';
import { nest } from './machine/nested.ts';
import { Script, type ResourceScript } from './machine/script.ts';
import type { Stack } from './machine/stack.ts';
import { answered, refused } from './query.ts';
import type { Store } from './s3/action.ts';
import { refusedByS3, s3 } from './s3/api.ts';
import { Bucket, type BucketOptions } from './s3/bucket.ts';
import { listen, type Listening, type Request } from './server.ts';
import { Scenes } from './scenes.ts';
import { Someone } from './someone.ts';
import { sts } from './sts.ts';
import { understood } from './understand.ts';
import { Refusal, type Call, type Reply } from './wire.ts';

export interface AwsOptions {
  readonly port?: number;
  /** https with a certificate nobody signed. */
  readonly tls?: boolean;
  readonly account?: string;
  readonly region?: string;
  /** The virtual time at the start; by default now. */
  readonly start?: Date;
  readonly pace?: Pace;
  readonly limits?: Partial<ServiceOptions>;
}

export const startAws = async (options: AwsOptions = {}): Promise<FakeAws> => {
  const aws = new FakeAws(options);
  await aws.up();
  return aws;
};

/** CloudFormation, S3 and STS on one port, with everything a test may do to them. */
export class FakeAws {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  readonly calls = new Calls();
  readonly identities: Identities;
  readonly script = new Script();
  readonly cloud: Cloud;
  readonly service: Service;
  /** What `doctor` asks of the account. */
  readonly about: Account;
  /** How CloudFormation answers: late, twice, with findings, drifted. */
  readonly scenes: Scenes;
  /** Another deployer. */
  readonly someone: Someone;
  /** How far the server’s wall clock is from ours, in milliseconds. */
  skew = 0;
  /** Whether answers carry a Date. */
  dated = true;
  readonly #faults = new Faults();
  readonly #store: Store;
  #listening: Listening | undefined;
  #n = 0;
  #port: number;
  readonly #tls: boolean;
  url = '';

  constructor({
    account = '123456789012',
    region = 'eu-west-1',
    start = new Date(),
    pace = 'next',
    limits = {},
    port = 0,
    tls = false,
  }: AwsOptions) {
    this.#port = port;
    this.#tls = tls;
    this.account = account;
    this.region = region;
    this.clock = new Clock(start, pace);
    this.identities = new Identities(account);
    this.#store = { buckets: new Map(), now: () => this.clock.date(), account, guards: [] };
    this.cloud = new Cloud({ clock: this.clock, account, identities: this.identities, store: this.#store, script: this.script, nest });
    this.service = { cloud: this.cloud, options: { ...LIMITS, ...limits }, reads: new Reads(), detections: new Map() };
    this.about = newAccount(this.script.parameters);
    this.scenes = new Scenes(this.service);
    this.someone = new Someone(this.service, region, account);
  }

  /** The network is there (again), on the same port. */
  async up(): Promise<void> {
    this.#listening = await listen(this.#port, this.#tls, (request) => this.#answer(request));
    this.#port = this.#listening.port;
    this.url = this.#listening.url;
  }

  /** The network is gone: connections are reset, and new ones refused. */
  async down(): Promise<void> {
    await this.#listening?.close();
    this.#listening = undefined;
  }

  close(): Promise<void> {
    return this.down();
  }

  fault(fault: Fault): Handle {
    return this.#faults.add(fault);
  }

  /** No more faults. */
  calm(): void {
    this.#faults.clear();
  }

  /** A bucket policy, or an organization’s: asked before every call to S3, also CloudFormation’s own. */
  guard(guard: Store['guards'][number]): void {
    this.#store.guards.push(guard);
  }

  /** What a test says about one resource, by logical id or `Stack/LogicalId`. */
  resource(name: string): ResourceScript {
    return this.script.resource(name);
  }

  stack(name: string, region = this.region): Stack | undefined {
    return this.cloud.find(region, this.account, name);
  }

  bucket(name: string): Bucket | undefined {
    return this.#store.buckets.get(name);
  }

  makeBucket(options: Partial<BucketOptions> & { readonly name: string }): Bucket {
    const bucket = new Bucket({ region: this.region, owner: this.account, ...options }, this.clock.date());
    this.#store.buckets.set(bucket.name, bucket);
    return bucket;
  }

  async #answer(request: Request): Promise<Outcome> {
    this.#n += 1;
    const call = understood(request, this.#n, this.clock.date(), this.identities);
    this.calls.add(call);
    const faults = this.#faults.striking(call);
    let real: Reply | undefined;
    for (const fault of faults) {
      if (fault.kind === 'meanwhile') {
        if (fault.when === 'after') real ??= this.#real(call);
        await fault.act(call);
        continue;
      }
      if (strikesAfter(fault)) real ??= this.#real(call);
      return this.#dated(this.#harmed(fault, call, real));
    }
    return this.#dated(real ?? this.#real(call));
  }

  #harmed(fault: Exclude<Fault, { kind: 'meanwhile' }>, call: Call, real: Reply | undefined): Outcome {
    try {
      return struck(fault, call, real ?? { status: 200, headers: {}, body: '' });
    } catch (error) {
      return worded(call, error);
    }
  }

  #dated(outcome: Outcome): Outcome {
    if (typeof outcome === 'string' || !this.dated) return outcome;
    return { ...outcome, headers: { date: new Date(Date.now() + this.skew).toUTCString(), ...outcome.headers } };
  }

  #real(call: Call): Reply {
    try {
      this.identities.check(call.service, call.accessKeyId);
      checkSkew(call.service, call.headers['x-amz-date'], new Date(Date.now() + this.skew));
      if (call.service === 's3') return s3(this.#store)(call);
      if (call.service === 'cloudformation') return answered(call, cloudformation(this.service)(call));
      return call.service === 'sts' ? answered(call, sts(this.identities)(call)) : lookup(call, this.about);
    } catch (error) {
      return worded(call, error);
    }
  }
}

const LIMITS: ServiceOptions = {
  eventsPerPage: 100,
  changesPerPage: 100,
  resourcesPerPage: 100,
  changeSetLimit: 1000,
  stackLimit: 2000,
  earlyValidation: true,
  repeatedToken: 'success',
};

function worded(call: Call, error: unknown): Reply {
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal('InternalFailure', error instanceof Error ? (error.stack ?? error.message) : String(error), 500);
  return call.service === 's3' ? refusedByS3(call, refusal) : refused(call, refusal);
}
