import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startAws, type FakeAws } from '../aws/aws.ts';
import { sourceTool, terminalIn } from '../cli/terminal-double.ts';
import { clockOf } from './deployer.ts';

let aws: FakeAws;
let folder: string;

beforeEach(async () => {
  aws = await startAws({ region: 'eu-central-1', pace: 'stopped', start: new Date('2026-11-24T10:00:00Z') });
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  folder = mkdtempSync(join(tmpdir(), 'eventsystem-siblings-'));
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIATEST';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret-value';
});

afterEach(async () => {
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  await aws.close();
  rmSync(folder, { recursive: true });
});

/** A command as somebody types it, and all it said. */
async function eventsystem(...words: string[]) {
  aws.calls.clear();
  const terminal = { ...terminalIn(folder), clock: clockOf(aws) };
  const bucket = ['remove', 'attach', 'recover', 'outputs', 'apply'].includes(words[0] ?? '') ? [] : ['--artifact-bucket', 'artifacts'];
  const code = await main([...words, ...bucket, '--endpoint', aws.url], terminal, sourceTool);
  return { code, ...terminal.said, all: terminal.said.out + terminal.said.err };
}

/** The system’s file; `more` is added to it. */
function system(more = '', stacks = 'lifetimes'): void {
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = async () => ({ batchItemFailures: [] });\n');
  writeFileSync(
    join(folder, 'eventsystem.yml'),
    `name: shop
region: eu-central-1
stacks: ${stacks}
vpc: { zones: 2 }
streams:
  orders: {}
queues:
  late: {}
consumers:
  settle: { from: { stream: orders }, handler: handler.mjs, access: { late: send } }
functions:
  inside: { handler: handler.mjs, vpc: true }
outputs: { Orders: $(orders.arn) }
${more}`,
  );
}

const stacks = ['shop-dev-network', 'shop-dev-data', 'shop-dev'];

describe('a system in three stacks', () => {
  beforeEach(() => system());

  test('is written as three templates', async () => {
    const { code, all } = await eventsystem('diff');
    expect(code, all).toBe(0);
    expect(readdirSync(join(folder, '.eventsystem', 'dev')).sort()).toEqual([
      'assets',
      'bootstrap.template.json',
      'data.template.json',
      'manifest.json',
      'network.template.json',
      'template.json',
      'template.origins.json',
    ]);
    expect(all).toContain('To be made: shop-dev-network');
  });

  test('is deployed in order, left alone, changed, and removed in reverse', async () => {
    const made = await eventsystem('deploy', '--yes');
    expect(made.code, made.all).toBe(0);
    expect(aws.calls.of('ExecuteChangeSet').length).toBe(3);
    for (const name of stacks) expect(aws.stack(name)?.status, name).toBe('CREATE_COMPLETE');
    console.log(made.all);
    const again = await eventsystem('deploy', '--yes');
    expect(again.code, again.all).toBe(0);
    expect(aws.calls.mutations()).toEqual([]);
    const removed = await eventsystem('remove', '--yes');
    console.log(removed.all);
    expect(removed.code, removed.all).toBe(0);
    for (const name of stacks) expect(aws.stack(name), name).toBeUndefined();
  });
});

describe('five hundred functions', () => {
  /** Each with a route and an alarm; `more` is added to the file. */
  function many(count: number, more = ''): void {
    const names = Array.from({ length: count }, (_, index) => `f${index}`);
    writeFileSync(join(folder, 'handler.mjs'), "export const handler = async () => ({ statusCode: 200, body: 'ok' });\n");
    writeFileSync(
      join(folder, 'eventsystem.yml'),
      `name: big
region: eu-central-1
streams: { orders: {} }
topics: { ops: {} }
alarms: { notify: ops, throttles: none }
functions:
${names.map((name) => `  ${name}: { handler: handler.mjs, access: { orders: write } }\n`).join('')}
apis:
  shop:
    type: rest
    authorizer: none
    routes:
${names.map((name) => `      GET /${name}: { function: ${name} }\n`).join('')}
outputs: { Url: $(shop.url) }
${more}`,
    );
  }

  test('are deployed, left alone, changed without a zip being sent, and removed', { timeout: 300_000 }, async () => {
    many(500);
    let t = Date.now();
    const lap = (w: string) => {
      console.log(w, Date.now() - t);
      t = Date.now();
    };
    const made = await eventsystem('deploy', '--yes');
    lap('deploy');
    expect(made.code, made.all.slice(-3000)).toBe(0);
    console.log(aws.calls.of('ExecuteChangeSet').map(({ params }) => params['StackName']));
    expect((await eventsystem('deploy', '--yes')).code).toBe(0);
    lap('again');
    console.log(aws.calls.all.map(({ action }) => action).join(' '));
    many(500, 'tags: { team: other }\n');
    const c = await eventsystem('deploy', '--yes');
    lap('changed');
    expect(c.code, c.all.slice(-3000)).toBe(0);
    const gone = await eventsystem('remove', '--yes');
    lap('remove');
    expect(gone.code, gone.all.slice(-3000)).toBe(0);
  });
});
