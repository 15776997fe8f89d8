import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { api, database, fn, stream } from '../../src/runtime/index.ts';
import { rdsToken } from '../../src/runtime/rds-token.ts';
import { signature } from '../../src/runtime/signature.ts';

const parts = (token: string) => {
  const url = new URL(`https://${token}`);
  return { host: url.host, path: url.pathname, query: Object.fromEntries(url.searchParams) };
};

describe('a token of IAM authentication', () => {
  // https://github.com/boto/botocore/blob/develop/tests/unit/test_signers.py
  test('is the one botocore makes', () => {
    const token = rdsToken(
      { host: 'prod-instance.us-east-1.rds.amazonaws.com', port: 3306, user: 'someusername' },
      {
        credentials: { accessKeyId: 'akid', secretAccessKey: 'skid', sessionToken: undefined },
        region: 'us-east-1',
        now: new Date('2016-11-07T17:39:33Z'),
      },
    );
    expect(parts(token)).toEqual(
      parts(
        'prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=someusername&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20161107T173933Z&X-Amz-SignedHeaders=host&X-Amz-Expires=900&X-Amz-Credential=akid%2F20161107%2Fus-east-1%2Frds-db%2Faws4_request&X-Amz-Signature=d1138cdbc0ca63eec012ec0fc6c2267e03642168f5884a7795320d4c18374c61',
      ),
    );
  });

  // https://github.com/paws-r/paws/blob/main/paws/tests/testthat/test_rds_custom.R
  test('is the one of paws with a session’s token', () => {
    const token = rdsToken(
      { host: 'prod-instance.us-east-1.rds.amazonaws.com', port: 3306, user: 'mysqlUser' },
      {
        credentials: { accessKeyId: 'AKIA', secretAccessKey: 'SECRET', sessionToken: 'SESSION' },
        region: 'us-west-2',
        now: new Date('2025-01-01T00:00:01Z'),
      },
    );
    expect(token).toBe(
      'prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=mysqlUser&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20250101%2Fus-west-2%2Frds-db%2Faws4_request&X-Amz-Date=20250101T000001Z&X-Amz-Expires=900&X-Amz-Security-Token=SESSION&X-Amz-SignedHeaders=host&X-Amz-Signature=4e4ce10c7b3710decae757df60ba2519348dcb4db802f15646dce1bf5e17c3ed',
    );
  });

  test('escapes what a session’s token holds', () => {
    const token = rdsToken(
      { host: 'h.example', port: 5432, user: 'app' },
      { credentials: { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: "a+/=b!'()*" }, region: 'eu-central-1', now: new Date(0) },
    );
    expect(token).toContain('X-Amz-Security-Token=a%2B%2F%3Db%21%27%28%29%2A&');
  });
});

// AWS’s Signature Version 4 test suite: get-vanilla and post-vanilla.
test.each([
  ['GET', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['POST', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
] as const)('a signed %s is the one of AWS’s test suite', (method, expected) => {
  const request = { method, path: '/', query: '', headers: { 'x-amz-date': '20150830T123600Z', host: 'example.amazonaws.com' }, body: '' };
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: undefined };
  expect(signature(request, { credentials, region: 'us-east-1', service: 'service', now: new Date('2015-08-30T12:36:00Z') })).toBe(
    expected,
  );
});

describe('what a function was granted', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test('is found by its name', () => {
    vi.stubEnv('STREAM_ORDERS_EU', 'shop-prod-OrdersEu');
    vi.stubEnv('FUNCTION_ADMIN', 'shop-prod-Admin');
    expect(stream('orders-eu')).toBe('shop-prod-OrdersEu');
    expect(fn('admin')).toBe('shop-prod-Admin');
    vi.stubEnv('API_ROOM', 'https://abc.execute-api.eu-central-1.amazonaws.com/live');
    expect(api('room')).toBe('https://abc.execute-api.eu-central-1.amazonaws.com/live');
  });

  test('what was not is told with the line to write', () => {
    expect(() => stream('orders')).toThrow('access: { orders: write }');
    expect(() => fn('admin')).toThrow('access: { admin: invoke }');
    expect(() => database('ledger')).toThrow('access: { ledger: connect }');
  });

  test('a database comes as drivers take it', async () => {
    vi.stubEnv('DATABASE_LEDGER', 'aurora-postgresql://app@ledger.abc.eu-central-1.rds.amazonaws.com:5432/ledger_db?auth=iam');
    vi.useFakeTimers({ now: new Date('2026-11-01T10:00:00Z') });
    const { password, ...rest } = database('ledger');
    expect(rest).toEqual({
      engine: 'aurora-postgresql',
      host: 'ledger.abc.eu-central-1.rds.amazonaws.com',
      port: 5432,
      user: 'app',
      database: 'ledger_db',
      ssl: { rejectUnauthorized: true, verifyIdentity: true },
    });
    const token = await password();
    expect(token).toMatch(
      /^ledger\.abc\.eu-central-1\.rds\.amazonaws\.com:5432\/\?Action=connect&DBUser=app&.*%2Feu-central-1%2Frds-db%2F/,
    );
    vi.setSystemTime(new Date('2026-11-01T10:20:00Z'));
    expect(await password()).not.toBe(token);
  });

  test('outside of Lambda the missing credentials are named', async () => {
    vi.stubEnv('DATABASE_LEDGER', 'postgres://app@localhost:5432/ledger?auth=iam');
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    await expect(database('ledger').password()).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });

  describe('with a secret', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ledger-AbCdEf';
    const answers = (...given: (() => Response)[]) => {
      const asked = vi.fn(async (_url: string, _init: RequestInit) => (given.length > 1 ? given.shift() : given[0])?.() ?? new Response());
      vi.stubGlobal('fetch', asked);
      return asked;
    };
    const secret = (text: string) => () => Response.json({ ARN: arn, SecretString: text });
    beforeEach(() => {
      vi.stubEnv('DATABASE_LEDGER', 'mysql://app@db.internal:3306/ledger?auth=secret');
      vi.stubEnv('DATABASE_LEDGER_SECRET', arn);
    });

    test('the password is read from Secrets Manager and kept for five minutes', async () => {
      vi.useFakeTimers({ now: 0 });
      const asked = answers(secret('{"username":"app","password":"first"}'), secret('{"username":"app","password":"second"}'));
      const { password } = database('ledger');
      expect(await password()).toBe('first');
      expect(await password()).toBe('first');
      expect(asked).toHaveBeenCalledTimes(1);
      const [url, init] = asked.mock.calls[0] ?? [];
      expect(url).toBe('https://secretsmanager.eu-west-1.amazonaws.com/');
      expect(init?.body).toBe(JSON.stringify({ SecretId: arn }));
      const headers = init?.headers as Record<string, string>;
      expect(headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
      expect(headers['authorization']).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/19700101\/eu-west-1\/secretsmanager\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
      );
      vi.setSystemTime(301_000);
      expect(await password()).toBe('second');
    });

    test('throttling is tried again, a refusal is not', async () => {
      const throttled = answers(() => new Response('{"__type":"ThrottlingException"}', { status: 400 }), secret('{"password":"p"}'));
      expect(await database('ledger').password()).toBe('p');
      expect(throttled).toHaveBeenCalledTimes(2);
      const refused = answers(() => new Response('{"__type":"AccessDeniedException"}', { status: 400 }));
      const { password } = database('ledger');
      await expect(password()).rejects.toThrow('AccessDeniedException');
      expect(refused).toHaveBeenCalledTimes(1);
      answers(secret('{"password":"later"}'));
      expect(await password()).toBe('later');
    });

    test('no piece of a secret gets into an error', async () => {
      answers(secret('hunter2'));
      const failure = await database('ledger').password().catch(String);
      expect(failure).toContain('not JSON');
      expect(failure).not.toContain('hunter');
    });
  });
});
