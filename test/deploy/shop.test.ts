import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws/aws.ts';
import { typed } from './program.ts';

let aws: FakeAws;
let folder: string;

beforeAll(async () => {
  aws = await startAws({ region: 'eu-central-1', pace: 'stopped', start: new Date('2026-11-24T10:00:00Z') });
  folder = mkdtempSync(join(tmpdir(), 'eventsystem-shop-'));
  cpSync('examples/shop', folder, { recursive: true, filter: (path) => !path.includes('.eventsystem') });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});

afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

/** A command as somebody types it, and all it said. */
async function eventsystem(...words: string[]) {
  aws.calls.clear();
  return typed(aws, folder, words);
}

/** The shop, from the README’s words alone. */
describe('the shop', () => {
  test('there is no place for code yet', async () => {
    const { code, err } = await eventsystem('deploy', '--yes');
    expect(code, err).toBe(4);
    expect(err).toContain('error[not-bootstrapped]');
    expect(err).toContain('eventsystem bootstrap');
    expect(aws.calls.mutations()).toEqual([]);
  });

  test('bootstrap makes it, once', async () => {
    const made = await eventsystem('bootstrap', '--yes');
    expect(made.code, made.all).toBe(0);
    expect(made.out).toMatch(/Code for eu-central-1 goes to \S+/);
    const again = await eventsystem('bootstrap', '--yes');
    expect(again.code, again.all).toBe(0);
    expect(aws.calls.mutations()).toEqual([]);
  });

  test('diff shows what would be made, and makes nothing', async () => {
    const { code, out, all } = await eventsystem('diff');
    expect(code, all).toBe(0);
    expect(out).toContain('+ databases.ledger');
    expect(out).toContain('eventsystem.yml:');
    expect(aws.stack('shop-dev')).toBeUndefined();
  });

  test('deploy makes it', async () => {
    const { code, out, all } = await eventsystem('deploy', '--yes');
    expect(code, all).toBe(0);
    expect(out).toContain('To be created: shop-dev');
    expect(out).toContain('Fixed costs: about $');
    expect(out).toContain('shop-dev is deployed.');
    expect(aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
    expect(all).not.toContain('secret-value');
  });

  test('again, and nothing is done with three calls', async () => {
    const { code, out, all } = await eventsystem('deploy', '--yes');
    expect(code, all).toBe(0);
    expect(out).toContain('is up to date; nothing was changed');
    expect(aws.calls.all.map(({ action }) => action)).toEqual(['GetCallerIdentity', 'DescribeStacks', 'GetTemplate']);
  });

  test('a change is shown by its lines, and made', async () => {
    const path = join(folder, 'eventsystem.yml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('db.t4g.micro', 'db.t4g.small').replace('team: checkout', 'team: shop'));
    const { code, out, all } = await eventsystem('deploy', '--yes');
    expect(code, all).toBe(0);
    expect(out).toMatch(
      /~ databases\.ledger +eventsystem\.yml:13 {2}database instance\n +LedgerDatabase DBInstanceClass: db\.t4g\.micro → db\.t4g\.small/,
    );
    expect(out).toMatch(/~ tags of \d+ resources: checkout → shop/);
    expect(out).toContain('Fixed costs rise: about $');
  });

  test('status tells how it stands, outputs what it tells', async () => {
    const status = await eventsystem('status');
    expect(status.code, status.all).toBe(0);
    expect(status.out).toContain('shop-dev in eu-central-1 is deployed');
    expect(status.out).toContain('Deployments, latest first:');
    expect((await eventsystem('outputs')).code).toBe(0);
    expect((await eventsystem('attach')).code).toBe(0);
    const doctor = await eventsystem('doctor');
    expect(doctor.code, doctor.all).toBe(0);
    expect(doctor.out).toContain('✓ artifact bucket');
  });

  test('rollback deploys what was before', async () => {
    const { code, out, all } = await eventsystem('rollback', '--yes');
    expect(code, all).toBe(0);
    expect(out).toContain('~ databases.ledger');
  });

  test('a plan is carried out as it was written, and only so', async () => {
    const planned = await eventsystem('plan', '-o', 'plan.json');
    expect(planned.code, planned.all).toBe(0);
    const file = join(folder, 'plan.json');
    const applied = await eventsystem('apply', 'plan.json', '--yes');
    expect(applied.code, applied.all).toBe(0);
    const again = await eventsystem('apply', 'plan.json', '--yes');
    expect(again.code, again.all).toBe(7);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"digest": "', '"digest": "0'));
    expect((await eventsystem('apply', 'plan.json', '--yes')).err).toContain('error[plan-file]');
  });

  test('gc marks what nothing uses, asks before it deletes, and leaves what a rollback needs', async () => {
    const young = await eventsystem('gc');
    expect(young.code, young.all).toBe(0);
    expect(young.out).toContain('Nothing has been unused for 30 days');
    const name = [...aws.cloud.store.buckets.keys()].find((one) => one.startsWith('eventsystem-bootstrap')) ?? '';
    aws.bucket(name)?.put('assets/stray.zip', Buffer.from('stray'), aws.clock.date());
    aws.clock.advance(40 * 86_400_000);
    const marked = await eventsystem('gc');
    expect(marked.code, marked.all).toBe(0);
    expect(marked.out).toMatch(/^1 artifact \(1 KiB\) in eventsystem-bootstrap-\S+ is no longer used and now marked\./m);
    expect((await eventsystem('gc')).out).toMatch(/1 artifact \(1 KiB\) is already marked; the first can be deleted on \d{4}-\d\d-\d\d\./);
    aws.clock.advance(31 * 86_400_000);
    const asked = await eventsystem('gc');
    expect(asked.code, asked.all).toBe(3);
    expect(aws.calls.count('DeleteObjects')).toBe(0);
    expect((await eventsystem('gc', '--yes')).out).toContain('Deleted 1 artifact (1 KiB) in ');
    expect((await eventsystem('rollback', '--yes')).code).toBe(0);
  });

  test('remove tells what it leaves, and asks', { timeout: 120_000 }, async () => {
    const asked = await eventsystem('remove');
    expect(asked.code).toBe(3);
    const { code, out, all } = await eventsystem('remove', '--yes');
    expect(code, all).toBe(0);
    expect(out).toContain('shop-dev is removed.');
    expect(out).toContain('A snapshot of each of these remains');
    expect(out).toMatch(/`adopt: shop-dev-OrdersStream-\w+` at streams\.orders \(eventsystem\.yml:16\)/);
    expect(aws.stack('shop-dev')).toBeUndefined();
    const again = await eventsystem('remove', '--yes');
    expect(again.code, again.all).toBe(0);
  });

  test('--json says it as data', async () => {
    const { code, out } = await eventsystem('remove', '--json', '--yes');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ ok: true, removed: false, stack: 'shop-dev' });
    const refused = await eventsystem('deploy', '--json', '--region', 'us-east-1', '--yes');
    expect(refused.code).toBe(8);
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, code: 'region-differs', exit: 8 });
  });

  test('an error in the file ends before AWS is asked', async () => {
    writeFileSync(join(folder, 'eventsystem.yml'), 'name: shop\nstreems: {}\n');
    const { code, out } = await eventsystem('deploy', '--yes');
    expect(code).toBe(2);
    expect(out).toContain('unknown-key');
    expect(aws.calls.all).toEqual([]);
  });
});
