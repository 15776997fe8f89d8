import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { handler, provide, type Request, type World } from '../../src/runtime/setup/database-provider.ts';
import { handler as worker, type Outcome, type Work } from '../../src/runtime/setup/database-worker.ts';

const MASTER = { username: 'eventsystem', password: 'Master0123456789Master' };
const PASSWORD = 'abcdefghijABCDEFGHIJ0123456789abcdefghij';
const SECRETS: Record<string, string> = {
  'arn:master': JSON.stringify(MASTER),
  'arn:app': JSON.stringify({ username: 'app', password: PASSWORD }),
};
const STORY = { StackId: 'arn:stack', RequestId: 'request-1', LogicalResourceId: 'LedgerDatabaseSetUp' };

const request = (type: Request['RequestType'], physical?: string): Request => ({
  ...STORY,
  RequestType: type,
  ResponseURL: 'https://answer.example/?signed',
  ...(physical !== undefined && { PhysicalResourceId: physical }),
  ResourceProperties: {
    Worker: 'worker',
    Engine: 'postgres',
    Host: 'db.example',
    Port: '5432',
    Database: 'ledger',
    MasterSecret: 'arn:master',
    Users: [
      { Name: 'app', Access: 'write', By: 'secret', Secret: 'arn:app' },
      { Name: 'app_read', Access: 'read', By: 'iam' },
    ],
  },
});

type Asked = { readonly host: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };

/** Lambda, as Node’s own client of HTTPS finds it. */
const lambda = vi.hoisted(() => ({
  answer: (_asked: Asked, _tell: (response: EventEmitter) => void): EventEmitter => {
    throw new Error('Nobody is there.');
  },
}));
vi.mock('node:https', () => ({ request: (asked: Asked, tell: (response: EventEmitter) => void) => lambda.answer(asked, tell) }));

interface Answer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
}

/** A world that remembers what was asked of it. */
function worldWith(changed: Partial<World> = {}) {
  const calls: Work[] = [];
  const answers: { readonly url: string; readonly body: string }[] = [];
  const world: World = {
    secret: async (arn) => SECRETS[arn] ?? '',
    invoke: async (_, work) => {
      calls.push(work);
      return { done: true };
    },
    answer: async (url, body) => void answers.push({ url, body }),
    pause: async () => undefined,
    ...changed,
  };
  return { world, calls, answers };
}

async function answerTo(
  given: Request,
  changed: Partial<World> = {},
): Promise<{ readonly answer: Answer; readonly calls: readonly Work[] }> {
  const { world, calls, answers } = worldWith(changed);
  await provide(given, world);
  expect(answers.map(({ url }) => url)).toEqual(['https://answer.example/?signed']);
  const [{ body } = { body: '' }] = answers;
  expect(body).not.toContain(PASSWORD);
  expect(body).not.toContain(MASTER.password);
  // CloudFormation takes 4096 bytes. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
  expect(Buffer.byteLength(body)).toBeLessThan(4096);
  expect(JSON.parse(body)).toMatchObject(STORY);
  return { answer: JSON.parse(body) as Answer, calls };
}

describe('CloudFormation is answered once, and never with a secret', () => {
  test('when the users are made, by a worker that was given what is in the secrets', async () => {
    const { answer, calls } = await answerTo(request('Create'));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'LedgerDatabaseSetUp-users' });
    expect(calls).toEqual([
      {
        engine: 'postgres',
        host: 'db.example',
        port: 5432,
        database: 'ledger',
        master: MASTER,
        users: [
          { name: 'app', access: 'write', password: PASSWORD },
          { name: 'app_read', access: 'read', password: undefined },
        ],
      },
    ]);
  });

  test('when they change: as the same resource, or CloudFormation would delete the one before', async () => {
    const { answer, calls } = await answerTo(request('Update', 'LedgerDatabaseSetUp-users'));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'LedgerDatabaseSetUp-users' });
    expect(calls).toHaveLength(1);
  });

  test('when they go: nothing is done, even where nothing can be read any more', async () => {
    const gone = async (): Promise<never> => Promise.reject(new Error('gone'));
    const { answer } = await answerTo(request('Delete', 'LedgerDatabaseSetUp-users'), { secret: gone, invoke: gone });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'LedgerDatabaseSetUp-users' });
  });

  test('when a role that was just made is refused at first', async () => {
    let refusals = 3;
    const secret = async (arn: string): Promise<string> =>
      refusals-- > 0 ? Promise.reject(new Error('AccessDeniedException')) : (SECRETS[arn] ?? '');
    expect((await answerTo(request('Create'), { secret })).answer.Status).toBe('SUCCESS');
  });

  test.each<[string, Partial<World>, RegExp]>([
    [
      'the worker says why',
      { invoke: async (): Promise<Outcome> => ({ done: false, reason: 'permission denied' }) },
      /ledger.*permission denied/,
    ],
    [
      'a migration does not fit',
      { invoke: async (): Promise<Outcome> => ({ done: false, during: 'migrations', reason: '0002-totals.sql failed' }) },
      /^The migrations of ledger could not be applied: 0002-totals\.sql failed$/,
    ],
    ['the worker says nothing', { invoke: async (): Promise<Outcome> => ({ done: false }) }, /no reason was given/],
    ['the worker cannot be called', { invoke: async () => Promise.reject(new Error('no road')) }, /no road/],
    ['a secret cannot be read', { secret: async () => Promise.reject(new Error('AccessDeniedException')) }, /AccessDeniedException/],
    // The engine’s own message would quote the text.
    ['a secret is no JSON', { secret: async () => PASSWORD }, /a secret is not JSON/],
    ['a secret is JSON of another kind', { secret: async () => 'null' }, /could not be made/],
    ['a reason is long', { invoke: async () => Promise.reject(new Error('x'.repeat(9000))) }, /xxx/],
  ])('when it fails: %s', async (_, changed, reason) => {
    const { answer } = await answerTo(request('Create'), changed);
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(reason);
  });
});

describe('what the provider does in the world', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKID');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  interface Seen {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }

  /** Stands in for AWS, and lets requests to this machine through. */
  function aws(status: number, answered: unknown, headers: Readonly<Record<string, string>> = {}): readonly Seen[] {
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      if (url.startsWith('http://127.0.0.1')) return real(url, init);
      return Response.json({ SecretString: SECRETS[(JSON.parse(String(init.body)) as { SecretId: string }).SecretId] });
    });
    const seen: Seen[] = [];
    lambda.answer = ({ host, path, headers: sent }, tell) =>
      Object.assign(new EventEmitter(), {
        setSocketKeepAlive: (on: boolean) => expect(on).toBe(true),
        end(body: string) {
          seen.push({ url: `https://${host}${path}`, headers: sent, body });
          const response = Object.assign(new EventEmitter(), { statusCode: status, headers });
          tell(response);
          response.emit('data', Buffer.from(JSON.stringify(answered)));
          response.emit('end');
        },
      });
    return seen;
  }

  /** Where CloudFormation waits: a signed address that takes a body without a content type. */
  async function waiting(refusals = 0) {
    const got: { readonly type: string | undefined; readonly body: Answer }[] = [];
    const server = createServer(async (message, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      if (refusals-- > 0) return response.writeHead(503).end();
      got.push({ type: message.headers['content-type'], body: JSON.parse(Buffer.concat(chunks).toString()) as Answer });
      return response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?signed`,
      got,
      close: () => new Promise((resolve) => server.close(resolve)),
    };
  }

  test('it reads secrets, calls the worker and answers, all signed', async () => {
    const [seen, there] = [aws(200, { done: true }), await waiting(1)];
    await handler({ ...request('Create'), ResponseURL: there.url });
    await there.close();
    expect(there.got).toMatchObject([{ type: '', body: { Status: 'SUCCESS' } }]);
    const [call] = seen;
    expect(call?.url).toBe('https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/worker/invocations');
    expect(call?.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/lambda\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    expect((JSON.parse(call?.body ?? '') as Work).master).toEqual(MASTER);
  });

  test('a worker it may not call is a failure that says so', async () => {
    const denied: World['invoke'] = async () => Promise.reject(new Error('AccessDenied: the worker may not be called'));
    const { answer } = await answerTo(request('Create'), { invoke: denied });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('may not be called') as string });
  });

  test('a worker that crashed is a failure that quotes nothing of it', async () => {
    aws(200, { errorMessage: PASSWORD }, { 'x-amz-function-error': 'Unhandled' });
    const there = await waiting();
    await handler({ ...request('Create'), ResponseURL: there.url });
    await there.close();
    expect(there.got).toMatchObject([{ body: { Status: 'FAILED' } }]);
    expect(JSON.stringify(there.got)).not.toContain(PASSWORD);
  });
});

test('the worker’s own answer holds no secret, whatever the server says', async () => {
  try {
    vi.doMock('pg', () => ({
      default: {
        Client: class {
          on = (): void => undefined;
          connect = async (): Promise<void> => undefined;
          end = async (): Promise<void> => undefined;
          query = async (sql: string): Promise<object> =>
            sql.startsWith('SELECT')
              ? { rows: [{ id: 1 }] }
              : Promise.reject(new Error(`syntax error near ${sql} ${MASTER.password} ${PASSWORD}`));
        },
      },
    }));
    const answer = await worker(
      {
        engine: 'postgres',
        host: 'db.example',
        port: 5432,
        database: 'ledger',
        master: MASTER,
        users: [{ name: 'app', access: 'write', password: PASSWORD }],
      },
      { getRemainingTimeInMillis: () => 60_000 },
    );
    expect(answer).toEqual({ done: false, during: 'users', reason: 'syntax error near BEGIN … …' });
  } finally {
    vi.doUnmock('pg');
  }
});
