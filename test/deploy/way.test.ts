import { createServer, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { goesThrough, Tunnel } from '../../src/deploy/aws/tunnel.ts';
import { configuredEndpoints, proxyOf } from '../../src/cli/deployment/surroundings.ts';
import { bench, closeAll, expectEnd, shipmentOf } from './bench.ts';

afterEach(async () => {
  vi.unstubAllEnvs();
  await closeAll();
});

/** A proxy that lets through who knows its password, and remembers where to. */
async function proxy() {
  const asked: IncomingMessage[] = [];
  const server = createServer();
  server.on('connect', (asks: IncomingMessage, socket) => {
    asked.push(asks);
    if (asks.headers['proxy-authorization'] !== `Basic ${Buffer.from('ada:pass word').toString('base64')}`)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const [host = '', port = ''] = (asks.url ?? '').split(':');
    const on = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      on.pipe(socket);
      socket.pipe(on);
    });
    on.on('error', () => socket.destroy());
    socket.on('error', () => on.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { asked, port, close: () => server.close() };
}

const answered = (port: number, agent: Tunnel) =>
  new Promise<number | string | undefined>((done) => {
    const options = { host: '127.0.0.1', port, agent, method: 'POST', rejectUnauthorized: false };
    request(options, ({ statusCode }) => done(statusCode))
      .on('error', ({ message }) => done(message))
      .end('Action=Nothing');
  });

/** §1.0 of deploy.md: the way to AWS. */
describe('a proxy', () => {
  test('is asked for a way through, and TLS is spoken with AWS itself', async () => {
    const b = await bench({ tls: true });
    const { asked, port, close } = await proxy();
    const aws = Number(new URL(b.aws.url).port);
    const agent = new Tunnel({ url: `http://ada:pass%20word@127.0.0.1:${port}` });
    expect(await answered(aws, agent)).toBe(501);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([`CONNECT 127.0.0.1:${aws}`]);
    expect(await answered(aws, new Tunnel({ url: `http://127.0.0.1:${port}` }))).toMatch(/the proxy 127\.0\.0\.1:\d+ returned 407/);
    agent.destroy();
    close();
  });

  test('is the one of HTTPS_PROXY, but for what NO_PROXY lists', () => {
    expect(proxyOf({})).toBeUndefined();
    const found = proxyOf({ https_proxy: 'proxy.example:3128', NO_PROXY: 'internal.example, .amazonaws.com.cn 10.0.0.1:80' });
    expect(found?.url).toBe('http://proxy.example:3128');
    expect(found && goesThrough(found, 'sts.eu-west-1.amazonaws.com')).toBe(true);
    expect(found && goesThrough(found, 'sts.cn-north-1.amazonaws.com.cn')).toBe(false);
    expect(found && goesThrough(found, '10.0.0.1')).toBe(false);
    expect(goesThrough({ except: '*' }, 'x')).toBe(false);
  });
});

test('a server that the profile names is found, as the SDK would take it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-profile-'));
  writeFileSync(
    join(folder, 'config'),
    '[profile local]\nservices = here\n[profile other]\nendpoint_url = http://other.invalid\n[services here]\ncloudformation =\n  endpoint_url = http://here.invalid\n',
  );
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_PROFILE', 'local');
  expect(await configuredEndpoints()).toEqual(['http://here.invalid']);
  vi.stubEnv('AWS_PROFILE', 'other');
  expect(new Set(await configuredEndpoints())).toEqual(new Set(['http://other.invalid']));
  vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
  expect(await configuredEndpoints()).toEqual([]);
  rmSync(folder, { recursive: true });
});

describe('uploads', () => {
  test('a large one has the time it needs', async () => {
    const b = await bench();
    const { aws } = await b.ada.session({ timeouts: { connect: 5000, request: 30_000 } });
    // Fifty megabytes at 100 kB a second.
    expect(aws.timeFor(50_000_000)).toBe(530_000);
  });

  test('C8 each time S3 asks to slow down, half as many are under way', async () => {
    const b = await bench();
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-slow-'));
    const assets = Array.from({ length: 40 }, (_, index) => {
      const file = join(folder, `${index}.zip`);
      writeFileSync(file, `zip ${index}`);
      return { key: `assets/${index}.zip`, file, bytes: `zip ${index}`.length, functions: [] };
    });
    let [now, most, sent] = [0, 0, 0];
    const act = async () => {
      now++;
      if (++sent > 20) most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, 10));
      now--;
    };
    b.aws.fault({ action: 'PutObject', kind: 'meanwhile', act });
    b.aws.fault({ action: 'PutObject', kind: 'throttle', times: 2 });
    expectEnd(await b.deploy({}, { ...shipmentOf({ Orders: { Type: 'AWS::SQS::Queue' } }), assets }), 'done', b);
    expect(most).toBeLessThanOrEqual(2);
    expect(b.aws.bucket('artifacts')?.versions.filter(({ key }) => key.startsWith('assets/')).length).toBe(40);
    rmSync(folder, { recursive: true });
  });
});
