import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import type { Interruption } from '../interruption.ts';
import type { Clock } from '../world.ts';
import { Caller } from './caller.ts';
import { AwsFailure, Malformed } from './failure.ts';
import { goesThrough, Tunnel, type Proxy } from './tunnel.ts';

/** What signs a call. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface ConnectOptions {
  readonly region: string;
  /** Asked again when a token has expired. */
  readonly credentials: () => Promise<Credentials>;
  /** A server to speak to instead of AWS; all three services of it. */
  readonly endpoint: string | undefined;
  readonly clock: Clock;
  readonly interruption: Interruption;
  readonly warn: (line: string) => void;
  readonly proxy?: Proxy;
  /** How long one call may take, in milliseconds: to connect, to be answered, and between two pieces of an answer. */
  readonly timeouts?: { readonly connect: number; readonly request: number };
}

/** AWS as one run speaks to it: one region, one identity. */
export interface Connection {
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly call: Caller;
  readonly clients: () => Clients;
  /** How long sending so many bytes may take, in milliseconds: 100 kB a second is slow, and no reason to begin anew. */
  readonly timeFor: (bytes: number) => number;
  /** From now on calls are this account’s, whatever credentials come. */
  readonly belongTo: (account: string) => void;
}

export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** When what signs the calls will no longer do. */
  readonly expires: Date | undefined;
}

/**
 * Clients that a deployment can rely on. Without these settings a server that accepts and never answers is waited for for ever;
 * `requestTimeout` alone only warns, and a stall within an answer is seen by `socketTimeout` alone.
 */
export function connect(options: ConnectOptions): Connection {
  const { region, endpoint, clock, warn, proxy, timeouts = { connect: 5000, request: 30_000 } } = options;
  // One for all clients: its connections are kept, also when the clients are made anew.
  const tunnel = proxy && goesThrough(proxy, hostOf(region, endpoint)) ? { httpsAgent: new Tunnel(proxy) } : {};
  let current: Clients | undefined;
  let account: string | undefined;
  // Whoever renews a token may have signed in somewhere else meanwhile.
  const seeWhoWeAre = async ({ sts }: Clients): Promise<void> => {
    const { Account: now, Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({})).catch(() => ({ Account: undefined, Arn: '' }));
    if (account !== undefined && now !== undefined && now !== account)
      throw stop(faults['account-differs'], { account: now, written: account, arn });
  };
  const make = (): Clients => {
    const common = {
      region,
      credentials: options.credentials,
      maxAttempts: 1,
      ...(endpoint !== undefined && { endpoint }),
      requestHandler: {
        connectionTimeout: timeouts.connect,
        requestTimeout: timeouts.request,
        socketTimeout: timeouts.request,
        throwOnRequestTimeout: true,
        ...tunnel,
      },
    };
    const cloudFormation = new CloudFormationClient(common);
    cloudFormation.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        if (isEmpty(result.response)) throw new Malformed('an empty response');
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'neverEmpty' },
    );
    return {
      cloudFormation,
      s3: new S3Client({ ...common, forcePathStyle: true, followRegionRedirects: false }),
      sts: new STSClient(common),
    };
  };
  return {
    region,
    endpoint,
    timeFor: (bytes) => timeouts.request + bytes / 100,
    clients: () => (current ??= make()),
    belongTo: (one) => void (account = one),
    call: new Caller({
      clock,
      interruption: options.interruption,
      renew: async () => {
        try {
          await options.credentials();
        } catch {
          return false;
        }
        current = make();
        await seeWhoWeAre(current);
        return true;
      },
      onClock: () => warn('This machine’s clock is off by more than four minutes; calls are signed with AWS’s time.'),
    }),
  };
}

/**
 * CloudFormation answers each call with an element, also where it has nothing to tell, and the SDK takes an empty answer for one: a
 * change set would be thought deleted that nobody has heard of.
 */
function isEmpty(response: unknown): boolean {
  const { statusCode, headers } = response as { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
  return statusCode === 200 && headers?.['content-length'] === '0';
}

function hostOf(region: string, endpoint: string | undefined): string {
  return endpoint === undefined ? `cloudformation.${region}.amazonaws.com` : new URL(endpoint).hostname;
}

/** Who we are, as the target region says it. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export async function identify(
  { call, clients, region, belongTo }: Connection,
  credentials: () => Promise<Credentials>,
): Promise<Identity> {
  try {
    const { expiration } = await credentials().catch((error: unknown) => {
      throw noCredentials(error);
    });
    return await call.read('sts:GetCallerIdentity', async () => {
      const { Account: account, Arn: arn } = await clients().sts.send(new GetCallerIdentityCommand({}));
      if (!account || !arn) throw new Malformed('no account in the response');
      belongTo(account);
      return { account, arn, partition: arn.split(':')[1] ?? 'aws', expires: expiration };
    });
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    if (error.kind === 'no-credentials') throw stop(faults['no-credentials'], { detail: error.message });
    if (error.kind === 'expired') throw stop(faults['expired-credentials'], {}, { failure: error });
    if (error.kind === 'refused-credentials')
      throw /Time|Expired|Skew/.test(error.named) || /Signature (expired|not yet current)/.test(error.message)
        ? stop(faults['clock-skew'], { detail: error.message }, { failure: error })
        : stop(faults['credentials-refused'], { region, detail: error.message }, { failure: error });
    throw error;
  }
}

function noCredentials(error: unknown): AwsFailure {
  const named = Object.assign(new Error(error instanceof Error ? error.message : String(error)), { name: 'CredentialsProviderError' });
  return new AwsFailure('credentials', named);
}
