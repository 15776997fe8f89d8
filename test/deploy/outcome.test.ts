import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { oneLine, operatorAt } from '../../src/cli/deployment/operator.ts';
import { deployerPolicy } from '../../src/deploy/deployer-policy.ts';
import { interruptions } from '../../src/deploy/interruption.ts';
import { bench, closeAll, first, type Bench } from './bench.ts';
import { clockOf } from './deployer.ts';
import { sourceTool, terminalIn } from '../cli/terminal-double.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventsystem-outcome-'));
  writeFileSync(join(folder, 'eventsystem.yml'), 'name: shop\ntopics: { news: {} }\nqueues: { orders: {} }\n');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA1');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-value');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await closeAll();
});

async function eventsystem(b: Bench, words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const terminal = { ...terminalIn(folder, { environment }), clock: clockOf(b.aws) };
  const code = await main([...words, '--region', b.aws.region, '--endpoint', b.aws.url], terminal, sourceTool);
  return { code, ...terminal.said };
}

const DEPLOY = ['deploy', '--artifact-bucket', 'artifacts'];

describe('with --json', () => {
  test.each([
    [[...DEPLOY, '--yes'], 0],
    [DEPLOY, 3],
    [['diff', '--artifact-bucket', 'artifacts'], 0],
    [['plan', '--artifact-bucket', 'artifacts'], 0],
    [['status'], 0],
    [['outputs'], 4],
    [['attach'], 4],
    [['recover'], 4],
    [['rollback', '--artifact-bucket', 'artifacts', '--yes'], 4],
    [['remove', '--yes'], 0],
    [['gc', '--artifact-bucket', 'artifacts', '--yes'], 0],
    [['doctor', '--artifact-bucket', 'artifacts'], 4],
    [['bootstrap', '--yes'], 0],
    [['deploy', '--stage', 'nowhere', '--yes'], 2],
  ] as const)('%j is one document on standard output, and its exit code %i', async (words, exit) => {
    const b = await bench();
    const { code, out } = await eventsystem(b, [...words, '--json']);
    expect(code, out).toBe(exit);
    const data = JSON.parse(out) as { readonly ok: boolean; readonly exit?: number };
    expect(data.ok).toBe(exit === 0);
    if (exit !== 0 && words[0] !== 'doctor') expect(data.exit).toBe(exit);
    expect(out).not.toContain('secret-value');
  });

  test('what has to be approved comes with what was looked at', async () => {
    const b = await bench();
    const { out } = await eventsystem(b, [...DEPLOY, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      code: 'approval-needed',
      ends: 'approval',
      review: { stack: 'shop-dev', first: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/), changes: expect.any(Array) },
    });
  });
});

test('GitHub shows a failure at its line, and takes nothing of AWS’s for a command', async () => {
  const b = await bench();
  b.aws.resource('OrdersQueue').fails('CREATE', 'no\n::set-env name=PATH::evil 100%');
  const { code, out, err } = await eventsystem(b, [...DEPLOY, '--yes'], { GITHUB_ACTIONS: 'true' });
  expect(code, err).toBe(5);
  const commands = out.split('\n').filter((line) => /^\s*::/.test(line));
  expect(commands.length).toBe(1);
  expect(commands[0]).toMatch(
    /^::error file=eventsystem\.yml,line=3,col=\d+,title=creation-rolled-back::shop-dev was not created.*%0A.*100%25/,
  );
  expect(err.split('\n').filter((line) => /^\s*::/.test(line))).toEqual([]);
});

test('a line is one line, whatever it holds', () => {
  expect(oneLine('a\r\n  b')).toBe('a b');
  expect(oneLine('  ::error::x')).toBe('  : :error::x');
  expect(oneLine('##[group]x')).toBe('# #[group]x');
  expect(oneLine('\u001B[2Jx')).toBe('\u{FFFD}[2Jx');
});

test('lines that live fit the terminal, are wiped before others are told, and wait while somebody is asked', async () => {
  const interruption = interruptions();
  const answers: string[] = [];
  const terminal = { ...terminalIn('.', { interactive: true, answers }), width: 20 };
  const operator = operatorAt(terminal, terminal.err, interruption);
  operator.live(() => ['1 of 2 done', '  a line that is longer than that']);
  expect(terminal.said.err).toBe('1 of 2 done\n  a line that is lo');
  operator.say('told');
  expect(terminal.said.err).toContain('\r\u001B[K\u001B[1A\u001B[Ktold\n1 of 2 done');
  terminal.said.err = '';
  const slow = operatorAt({ ...terminal, ask: () => new Promise(() => undefined) }, terminal.err, interruption);
  const answer = slow.ask('Go on? ');
  slow.say('meanwhile');
  slow.live(() => ['never']);
  expect(terminal.said.err).toBe('');
  interruption.raise('SIGINT');
  expect(await answer).toBeUndefined();
  expect(terminal.said.err).toBe('\nmeanwhile\n');
  operator.end();
  slow.end();
});

test('the policy that is printed allows what a deployment calls, and plans of this tool alone', async () => {
  const b = await bench();
  await b.deploy();
  const facts = { partition: 'aws', account: b.aws.account, region: b.aws.region, prefix: 'shop-', bucket: 'artifacts' };
  const { Statement: statements } = deployerPolicy({ ...facts, role: 'arn:aws:iam::1:role/x' }) as {
    readonly Statement: readonly { readonly Action: string | readonly string[]; readonly Condition?: object; readonly Sid: string }[];
  };
  const allowed = new Set(statements.flatMap(({ Action: actions }) => actions));
  const called = b.aws.calls.all.filter(({ service }) => service !== 's3').map(({ service, action }) => `${service}:${action}`);
  expect([...new Set(called)].filter((one) => !allowed.has(one))).toEqual([]);
  expect(statements.find(({ Sid: id }) => id === 'Plan')?.Condition).toEqual({
    StringLike: {
      'cloudformation:ChangeSetName': 'eventsystem-*',
      'cloudformation:TemplateUrl': `https://s3.${b.aws.region}.amazonaws.com/artifacts/templates/*`,
    },
    StringEquals: { 'cloudformation:RoleArn': 'arn:aws:iam::1:role/x' },
  });
  const { params } = b.aws.calls.of('CreateChangeSet')[0] ?? {};
  expect(String(params?.['TemplateURL'])).toMatch(new RegExp(`^https://s3\\.${b.aws.region}\\.amazonaws\\.com/artifacts/templates/`));
  expect(first.system).toBe('shop');
});

test('where it goes, and as whom, is told before the review', async () => {
  const b = await bench();
  for (const words of [['diff'], ['plan'], ['deploy', '--yes'], ['remove', '--yes']]) {
    const bucket = words[0] === 'remove' ? [] : ['--artifact-bucket', 'artifacts'];
    const { out, err } = await eventsystem(b, [...words, ...bucket]);
    const where = out.indexOf(`Account ${b.aws.account}, ${b.aws.region}, as arn:aws:sts::`);
    expect(where, out + err).toBeGreaterThanOrEqual(0);
    expect(where).toBeLessThan(out.search(/To be (created|removed)/));
  }
});

test('options that exclude each other are refused before AWS is asked', async () => {
  const b = await bench();
  const { code, err } = await eventsystem(b, [...DEPLOY, '--yes', '--ephemeral', '--no-rollback']);
  expect(code).toBe(64);
  expect(err).toContain('use only one of them');
  expect(b.aws.calls.all).toEqual([]);
});

test('what is printed for other programs is alone on standard output', async () => {
  const b = await bench();
  const policy = await eventsystem(b, ['bootstrap', '--print-policy']);
  expect(JSON.parse(policy.out)).toMatchObject({ Version: '2012-10-17' });
  expect(policy.err).toContain('instead of AWS');
  expect((await eventsystem(b, [...DEPLOY, '--yes'])).code).toBe(0);
  expect((await eventsystem(b, ['outputs'])).out).not.toContain('instead of AWS');
  expect(readFileSync(join(folder, '.eventsystem', 'outputs', 'dev.json'), 'utf8')).toBe('{}\n');
});
