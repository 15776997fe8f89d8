import { request as post } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { secretText } from '../secret.ts';
import { scope, signature, timestamp, identity } from '../signature.ts';
import type { Outcome, Work } from './database-worker.ts';
import type { User } from './users.ts';

/** What CloudFormation sends for a custom resource. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export interface Request {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
}

interface Properties {
  readonly Worker: string;
  readonly Engine: string;
  readonly Host: string;
  readonly Port: string;
  readonly Database: string;
  readonly MasterSecret: string;
  /** A digest of the migrations, which lie with the worker: another one makes CloudFormation ask. */
  readonly Migrations?: string;
  readonly Users: readonly {
    readonly Name: string;
    readonly Access: User['access'];
    readonly By: 'iam' | 'secret';
    readonly Secret?: string;
  }[];
}

/** What the provider does in the world, so that it can be tested without one. */
export interface World {
  secret(arn: string): Promise<string>;
  invoke(worker: string, work: Work): Promise<Outcome>;
  answer(url: string, body: string): Promise<void>;
  pause(milliseconds: number): Promise<unknown>;
}

const world: World = { secret: secretText, invoke, answer, pause };

/**
 * Stands outside of the VPC: reads the secrets, lets the worker make the users, and answers CloudFormation. Deleting
 * does nothing, for the users go with their database; neither does what CloudFormation undoes. Its input holds the
 * address by which anybody could answer for it, and is never logged.
 */
export const handler = (request: Request): Promise<void> => provide(request, world);

/** The same in a given world: Lambda itself hands a handler more than its event, so the world is no argument of that. */
export async function provide(request: Request, given: World): Promise<void> {
  const failure = request.RequestType === 'Delete' ? undefined : await setUp(request.ResourceProperties, given);
  const body = {
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure !== undefined && { Reason: failure }),
    // One resource for one database: an update changes it, and never makes CloudFormation delete the one before.
    PhysicalResourceId: request.PhysicalResourceId ?? `${request.LogicalResourceId}-users`,
    StackId: request.StackId,
    RequestId: request.RequestId,
    LogicalResourceId: request.LogicalResourceId,
  };
  await given.answer(request.ResponseURL, JSON.stringify(body));
}

async function setUp(properties: Properties, given: World): Promise<string | undefined> {
  const { Engine: engine, Host: host, Port: port, Database: database } = properties;
  const secret = (arn: string) => patiently(() => given.secret(arn), given);
  const failed = (during: Outcome['during'], reason: string) =>
    `${during === 'migrations' ? `The migrations of ${database} could not be applied` : `The users of ${database} could not be made`}: ${reason}`;
  try {
    const master = JSON.parse(await secret(properties.MasterSecret)) as Work['master'];
    const users = await Promise.all(
      properties.Users.map(async ({ Name, Access, By, Secret }): Promise<User> => {
        const password =
          By === 'secret' && Secret !== undefined
            ? (JSON.parse(await secret(Secret)) as { readonly password: string }).password
            : undefined;
        return { name: Name, access: Access, password };
      }),
    );
    const { done, reason, during } = await patiently(
      () => given.invoke(properties.Worker, { engine, host, port: Number(port), database, master, users }),
      given,
    );
    return done ? undefined : failed(during, reason ?? 'no reason was given');
  } catch (error) {
    return failed('users', error instanceof SyntaxError ? 'a secret is not JSON' : String(error)).slice(0, 500);
  }
}

/**
 * A role that was just made may be refused for some seconds what it was granted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
async function patiently<T>(work: () => Promise<T>, { pause: wait }: World): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 6 || !String(error).includes('AccessDenied')) throw error;
      await wait(5000);
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
async function invoke(worker: string, work: Work): Promise<Outcome> {
  const { region, credentials } = identity();
  const host = `lambda.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const path = `/2015-03-31/functions/${encodeURIComponent(worker)}/invocations`;
  const body = JSON.stringify(work);
  const signing = { region, credentials, service: 'lambda', now: new Date() };
  const headers: Record<string, string> = {
    'x-amz-date': timestamp(signing),
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const signed = { ...headers, host };
  const proof = signature({ method: 'POST', path, query: '', headers: signed, body }, signing);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope(signing)}, SignedHeaders=${Object.keys(signed).sort().join(';')}, Signature=${proof}`;
  const { status, error, text } = await answerOf(host, path, { ...headers, authorization }, body);
  if (status === 403) throw new Error('AccessDenied: the worker may not be called');
  if (status !== 200 || error) return { done: false, reason: `the worker could not be called (status ${status})` };
  return JSON.parse(text) as Outcome;
}

interface Answered {
  readonly status: number;
  /** The function ended with an error; the text may quote what it was given. */
  readonly error: boolean;
  readonly text: string;
}

/**
 * What Lambda answers, which may take the worker’s whole fourteen minutes: `fetch` gives up after five, and a
 * connection that says nothing for long is dropped on the way unless it is kept alive.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-sync.html
 */
function answerOf(host: string, path: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = post({ host, path, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          error: response.headers['x-amz-function-error'] !== undefined,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.setSocketKeepAlive(true, 30_000);
    request.on('error', reject);
    request.end(body);
  });
}

/** The address is signed by CloudFormation for a body without a content type. */
async function answer(url: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answered = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } }).catch(() => undefined);
    if (answered?.ok === true) return;
    if (attempt === 5) throw new Error(`CloudFormation did not take the answer (status ${answered?.status ?? 'none'}).`);
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
  }
}
