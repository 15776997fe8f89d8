import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Template } from '../../src/compiler/emit/emit.ts';
import { journalIn } from '../../src/deploy/journal.ts';
import { main } from '../../src/cli/main.ts';
import { sourceTool, terminalIn } from '../cli/terminal-double.ts';
import { bench, closeAll, expectEnd, expectUntouched, first, second, shipmentOf, table, type Bench } from './bench.ts';
import { clockOf } from './deployer.ts';

afterEach(closeAll);

/** A stack in a stack; its template lies in the bucket. */
function nesting(b: Bench, inner: Template['Resources'], name = 'inner'): ReturnType<typeof shipmentOf> {
  const key = `templates/${name}.json`;
  b.aws.bucket('artifacts')?.put(key, Buffer.from(JSON.stringify({ Resources: inner })), b.aws.clock.date());
  return shipmentOf({
    Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://s3.${b.aws.region}.amazonaws.com/artifacts/${key}` } },
  });
}

const stackOf = (b: Bench) => {
  const stack = b.aws.stack('shop-dev');
  if (!stack) throw new Error('There is no stack.');
  return stack;
};

describe('nested stacks', () => {
  test('D15 what a nested stack loses has to be approved', async () => {
    const b = await bench();
    await b.ready(nesting(b, { Data: table(), Q: { Type: 'AWS::SQS::Queue' } }));
    const ended = await b.deploy({}, nesting(b, { Q: { Type: 'AWS::SQS::Queue' } }, 'other'));
    expectEnd(ended, 'approval', b, 'approval-needed');
    expect('stop' in ended && ended.stop.message).toContain('Inner/Data');
    expectUntouched(b);
  });

  test('D1 nothing changes, not in the nested stack either', async () => {
    const b = await bench();
    const shipment = nesting(b, { Q: { Type: 'AWS::SQS::Queue' } });
    await b.ready(shipment);
    const ended = await b.deploy({ force: true }, shipment);
    expectEnd(ended, 'done', b);
    expect(ended).toMatchObject({ shipped: { unchanged: true } });
    const reasons = b.aws.cloud.stacks.flatMap(({ changeSets }) => changeSets).map(({ statusReason }) => statusReason ?? '');
    expect(b.aws.calls.of('CreateChangeSet').at(-1)?.params['IncludeNestedStacks']).toBe('true');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
    expect(reasons.filter((one) => one.startsWith('Nested change set'))).toEqual([]);
  });

  test('D1 nothing changes, as the change set of the nested stack says', async () => {
    const b = await bench();
    const shipment = nesting(b, { Q: { Type: 'AWS::SQS::Queue' } });
    await b.ready(shipment);
    const inner = b.aws.cloud.stacks.find(({ name }) => name.startsWith('shop-dev-Inner'));
    b.aws.script.changeSetFailures.push(
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    );
    const child = b.aws.someone.makesChangeSet({
      stack: inner?.name ?? '',
      template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } },
      type: 'UPDATE',
    });
    expect(child.status).toBe('FAILED');
    b.aws.script.changeSetFailures.push(`Nested change set ${child.id} was not successfully created: Currently in FAILED.`);
    const ended = await b.deploy({ force: true }, shipment);
    expectEnd(ended, 'done', b);
    expect(ended).toMatchObject({ shipped: { unchanged: true } });
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  test('E9 the root cause is inside', async () => {
    const b = await bench();
    b.aws.resource('Data').fails('CREATE', 'Subscriber limit exceeded');
    const ended = await b.deploy({}, nesting(b, { Data: table() }));
    expectEnd(ended, 'rolledBack', b, 'creation-rolled-back');
    expect('stop' in ended && ended.stop.details[0]).toContain('Inner/Data');
    expect(b.ada.said.some((line) => line.includes('Inner/Data'))).toBe(true);
  });
});

describe('what else may happen', () => {
  test('A19 a certificate that nobody trusts', async () => {
    const b = await bench({ tls: true });
    const ended = await b.deploy();
    expectEnd(ended, 'transport', b, 'untrusted');
    expect('stop' in ended && ended.stop.next).toContain('NODE_EXTRA_CA_CERTS');
    expect(b.aws.calls.all).toEqual([]);
  });

  test('C19 a journal that cannot be written ends the run before AWS is changed', async () => {
    const b = await bench();
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-journal-'));
    writeFileSync(join(folder, 'deploy'), 'a file where a folder should be');
    const journal = journalIn(join(folder, 'deploy', 'x.json'), 'shop-dev', () => undefined);
    await expect(b.deploy({}, first, { journal: () => journal })).rejects.toMatchObject({ syscall: expect.any(String) });
    expect(b.aws.calls.mutations()).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('D7 a hook refuses the plan', async () => {
    const b = await bench();
    b.aws.scenes.changeSetHook({
      type: 'Our::Security::Hook',
      fails: true,
      reason: 'Queues must be encrypted.',
      remediation: 'Set KmsMasterKeyId.',
    });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'plan-refused');
    expect('stop' in ended && ended.stop.details.join('\n')).toMatch(/Our::Security::Hook[^]*Set KmsMasterKeyId/);
    expectUntouched(b);
  });

  test('D17 what was changed by hand is shown, and overwritten where that is asked for', async () => {
    const b = await bench();
    await b.ready(shipmentOf({ Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } }, Data: table() }));
    b.aws.scenes.drift(stackOf(b), 'Orders', { DelaySeconds: 900 });
    expectEnd(
      await b.deploy(
        { revertDrift: true },
        shipmentOf({ Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } }, Data: table() }),
      ),
      'done',
      b,
    );
    expect(b.ada.reviews[0]?.changes.find(({ id }) => id === 'Orders')?.drift).toBe('MODIFIED');
  });

  test.each(['UNKNOWN', 'UNSUPPORTED'] as const)('D17 what AWS cannot compare (%s) is planned, and told as it is', async (how) => {
    const b = await bench();
    const shipment = (delay: number) =>
      shipmentOf({ Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: delay } }, Data: table() });
    await b.ready(shipment(5));
    b.aws.scenes.drift(stackOf(b), 'Orders', how);
    expectEnd(await b.deploy({ revertDrift: true }, shipment(6)), 'done', b);
    expect(b.ada.reviews[0]?.changes.find(({ id }) => id === 'Orders')?.drift).toBe(how === 'UNKNOWN' ? how : undefined);
  });

  test('D17 a table that was deleted by hand would be made anew, empty: that has to be approved', async () => {
    const b = await bench();
    const shipment = shipmentOf({ Data: table() });
    await b.ready(shipment);
    b.aws.scenes.drift(stackOf(b), 'Data', 'DELETED');
    expectEnd(await b.deploy({ revertDrift: true }, shipment), 'approval', b, 'approval-needed');
    expectUntouched(b);
  });

  test('E20 express: what has not settled is no failure', async () => {
    const b = await bench();
    expectEnd(await b.deploy({ express: true }), 'done', b);
    expect(b.aws.calls.of('CreateChangeSet')[0]?.params['DeploymentConfig']).toMatchObject({ Mode: 'EXPRESS' });
    expect(b.ada.said.join('\n')).toMatch(/Not yet stabilized, because of --express: .*Orders/);
  });

  test('E19 an alarm that rings rolls it back', async () => {
    const b = await bench();
    await b.ready();
    const alarm = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders-old';
    b.aws.resource('Orders').takes(120_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 3, kind: 'meanwhile', act: () => b.aws.scenes.alarmRings(alarm) });
    const ended = await b.deploy({ alarms: [alarm] }, second);
    expectEnd(ended, 'rolledBack', b, 'rolled-back');
    expect('stop' in ended && ended.stop.details.join('\n')).toContain(alarm);
  });

  test('E22 what passes by itself is deployed once more, where that is asked for', async () => {
    const b = await bench();
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-transient-'));
    writeFileSync(join(folder, 'eventsystem.yml'), 'name: shop\nqueues: { orders: {} }\n');
    b.aws.resource('OrdersQueue').fails('CREATE', 'The role defined for the function cannot be assumed by Lambda.', { times: 1 });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA1');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-value');
    const words = ['deploy', '--yes', '--region', b.aws.region, '--artifact-bucket', 'artifacts', '--endpoint', b.aws.url];
    const terminal = { ...terminalIn(folder), clock: clockOf(b.aws) };
    expect(await main([...words, '--retry-transient'], terminal, sourceTool), terminal.said.err).toBe(0);
    expect(terminal.said.out).toContain('deploying once more');
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test('F15 nobody reads what is printed: it is deployed all the same, and the exit code is kept', async () => {
    const b = await bench({ pace: 'next' });
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-pipe-'));
    writeFileSync(join(folder, 'eventsystem.yml'), 'name: pipe\nqueues: { orders: {} }\n');
    const words = ['deploy', '--yes', '--region', b.aws.region, '--artifact-bucket', 'artifacts', '--endpoint', b.aws.url];
    const child = spawn('bash', ['-c', `set -o pipefail; node ${resolve('bin/eventsystem.cjs')} ${words.join(' ')} | head -1`], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'secret-value', CI: '1' },
    });
    const said: string[] = [];
    child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
    expect(await new Promise((done) => child.on('close', done)), said.join('')).toBe(0);
    expect(b.aws.stack('pipe-dev')?.status).toBe('CREATE_COMPLETE');
    rmSync(folder, { recursive: true });
  });
});
