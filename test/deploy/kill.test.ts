import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws/aws.ts';

/** The program itself, as a process that can be killed. */
function eventsystem(
  folder: string,
  aws: FakeAws,
  words: readonly string[] = ['deploy', '--yes', '--artifact-bucket', 'artifacts'],
): { readonly ended: Promise<number | null>; kill(): void; readonly said: string[] } {
  const child = spawn(process.execPath, [resolve('bin/eventsystem.cjs'), ...words, '--region', 'eu-west-1', '--endpoint', aws.url], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'secret-value', CI: '1' },
  });
  const said: string[] = [];
  child.stdout.on('data', (data: Buffer) => said.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  return { said, kill: () => void child.kill('SIGKILL'), ended: new Promise((done) => child.on('close', done)) };
}

/** What the journal says, as it lies on the disk: of the stack whose name ends so. */
function phase(folder: string, end = ''): string | undefined {
  const journals = join(folder, '.eventsystem', 'deploy');
  const file = existsSync(journals) ? readdirSync(journals).find((name) => name.endsWith(`${end}.json`)) : undefined;
  return file === undefined ? undefined : (JSON.parse(readFileSync(join(journals, file), 'utf8')) as { readonly phase: string }).phase;
}

/** Everything that was written into the project’s own folder. */
function writtenIn(folder: string): string {
  return readdirSync(join(folder, '.eventsystem'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
    .join('\n');
}

const steps = [
  ['uploading', 'GetBucketEncryption', 'before'],
  ['proposing', 'CreateChangeSet', 'before'],
  ['proposing', 'CreateChangeSet', 'after'],
  ['proposed', 'DescribeChangeSet', 'before'],
  ['executing', 'ExecuteChangeSet', 'before'],
  ['executing', 'ExecuteChangeSet', 'after'],
  ['executing', 'DescribeStackEvents', 'before'],
] as const;

test.concurrent.each(steps)(
  'kill -9 when the journal says “%s” and %s hangs (%s): the next run converges',
  { timeout: 90_000 },
  async (when, action, heard) => {
    const aws = await startAws();
    aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-kill-'));
    const name = `k${steps.findIndex((one) => one[0] === when && one[1] === action && one[2] === heard)}`;
    writeFileSync(join(folder, 'eventsystem.yml'), `name: ${name}\nqueues: { orders: {} }\n`);
    try {
      const hanging = aws.fault({ action, kind: 'stall', when: heard });
      const dying = eventsystem(folder, aws);
      for (let waits = 0; hanging.hits === 0 && waits < 400; waits++) await new Promise((done) => setTimeout(done, 25));
      expect(hanging.hits, dying.said.join('')).toBeGreaterThan(0);
      expect(phase(folder)).toBe(when);
      dying.kill();
      expect(await dying.ended).toBe(null);
      aws.calm();
      const again = eventsystem(folder, aws);
      expect(await again.ended, again.said.join('')).toBe(0);
      expect(aws.stack(`${name}-dev`)?.status).toBe('CREATE_COMPLETE');
      expect(aws.stack(`${name}-dev`)?.changeSets.filter(({ executionStatus }) => executionStatus === 'AVAILABLE')).toEqual([]);
      // What the dead one ordered without being heard never happened.
      const heardOrders =
        heard === 'before' && action === 'ExecuteChangeSet' ? aws.calls.of('ExecuteChangeSet').slice(1) : aws.calls.of('ExecuteChangeSet');
      expect(heardOrders.length).toBe(1);
      expect([...dying.said, ...again.said, writtenIn(folder)].join('')).not.toContain('secret-value');
    } finally {
      rmSync(folder, { recursive: true });
      await aws.close();
    }
  },
);

/** Every phase that the journal knows is one that a process is killed in: a new one needs its line above. */
test('no phase of the journal is left out', () => {
  const source = readFileSync('src/deploy/journal.ts', 'utf8');
  const phases = /readonly phase: ([^;]+);/.exec(source)?.[1]?.match(/'(\w+)'/g) ?? [];
  expect(new Set(phases.map((one) => one.slice(1, -1)))).toEqual(new Set([...steps.map(([phase_]) => phase_), 'removing']));
});

test.concurrent.each([
  ['before', 1],
  ['after', 0],
] as const)('kill -9 while DeleteStack hangs (%s): the next run converges', { timeout: 90_000 }, async (heard, more) => {
  const aws = await startAws();
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-kill-'));
  writeFileSync(join(folder, 'eventsystem.yml'), 'name: gone\ntopics: { orders: {} }\n');
  try {
    expect(await eventsystem(folder, aws).ended).toBe(0);
    const hanging = aws.fault({ action: 'DeleteStack', kind: 'stall', when: heard });
    const dying = eventsystem(folder, aws, ['remove', '--yes']);
    for (let waits = 0; hanging.hits === 0 && waits < 400; waits++) await new Promise((done) => setTimeout(done, 25));
    expect(phase(folder)).toBe('removing');
    dying.kill();
    expect(await dying.ended).toBe(null);
    aws.calm();
    const again = eventsystem(folder, aws, ['remove', '--yes']);
    expect(await again.ended, again.said.join('')).toBe(0);
    expect(aws.stack('gone-dev')).toBeUndefined();
    expect(aws.calls.count('DeleteStack')).toBe(1 + more);
  } finally {
    rmSync(folder, { recursive: true });
    await aws.close();
  }
});
/** In the middle of three stacks: the first is deployed, the second has been ordered or not, the third is only a plan or not even that. */
const between = [
  ['proposed', 'DescribeChangeSet', 2, 'before'],
  ['executing', 'ExecuteChangeSet', 2, 'before'],
  ['executing', 'ExecuteChangeSet', 2, 'after'],
] as const;

test.concurrent.each(between)(
  'kill -9 on the second of three stacks when the journal says “%s” and %s hangs: the next run converges',
  { timeout: 90_000 },
  async (when, action, call, heard) => {
    const aws = await startAws();
    aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-kill-'));
    writeFileSync(join(folder, 'a.mjs'), 'export const handler = async () => undefined;\n');
    writeFileSync(
      join(folder, 'eventsystem.yml'),
      'name: several\nstacks: lifetimes\nvpc: { zones: 2 }\nqueues: { orders: {} }\nfunctions: { a: { handler: a.mjs, vpc: true, access: { orders: send } } }\n',
    );
    const names = ['several-dev-network', 'several-dev-data', 'several-dev'];
    try {
      const hanging =
        action === 'ExecuteChangeSet'
          ? aws.fault({ action, kind: 'stall', when: heard, call })
          : aws.fault({
              action,
              kind: 'stall',
              when: heard,
              where: ({ params }) => String(params['ChangeSetName']).includes('several-dev-data'),
            });
      const dying = eventsystem(folder, aws);
      for (let waits = 0; hanging.hits === 0 && waits < 800; waits++) await new Promise((done) => setTimeout(done, 25));
      expect(hanging.hits, dying.said.join('')).toBeGreaterThan(0);
      expect(phase(folder, 'several-dev-data')).toBe(when);
      dying.kill();
      expect(await dying.ended).toBe(null);
      aws.calm();
      const again = eventsystem(folder, aws);
      expect(await again.ended, again.said.join('')).toBe(0);
      for (const name of names) {
        expect(aws.stack(name)?.status, name).toBe('CREATE_COMPLETE');
        expect(aws.stack(name)?.changeSets.filter(({ executionStatus }) => executionStatus === 'AVAILABLE')).toEqual([]);
      }
      const orders = aws.calls.of('ExecuteChangeSet').map(({ params }) => String(params['StackName']).split('/')[1]);
      // What the dead one ordered without being heard never happened.
      const unheard = action === 'ExecuteChangeSet' && heard === 'before' ? ['several-dev-data'] : [];
      expect([...orders].sort()).toEqual([...names, ...unheard].sort());
    } finally {
      rmSync(folder, { recursive: true });
      await aws.close();
    }
  },
);
