import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { historyOf } from '../../src/cli/deployment/history.ts';
import type { History } from '../../src/deploy/world.ts';
import { startAws, type FakeAws } from '../aws/aws.ts';
import { bench, closeAll, expectEnd, first, second, shipmentOf, type Bench } from './bench.ts';
import { deployer, type Deployer } from './deployer.ts';
import { typed } from './program.ts';

afterEach(closeAll);

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];

/** Somebody whose code is of this commit, and stands so to every other. */
const at = (b: Bench, commit: string, relation: Awaited<ReturnType<History['relation']>> = 'contained', more = {}): Deployer =>
  deployer(b.aws, { history: { commit, relation: async () => relation }, ...more });

const recordsIn = (aws: FakeAws): readonly Readonly<Record<string, unknown>>[] =>
  (aws.bucket('artifacts')?.objects() ?? [])
    .filter(({ key }) => key.startsWith('deployments/'))
    .map(({ body }) => JSON.parse(body.toString()) as Readonly<Record<string, unknown>>);

/** §1.17 of deploy.md: older code; §1.6: what a plan says of where it is from. */
describe('code that is older than what stands', () => {
  test('plan and record say the version, the author and the commit; the template does not', async () => {
    const b = await bench();
    expectEnd(await at(b, `${A}+`).deploy(first), 'done', b);
    const { params } = b.aws.calls.of('CreateChangeSet')[0] ?? {};
    expect(JSON.parse(String(params?.['Description']))).toEqual({
      v: 1,
      tool: 'eventsystem',
      version: '1.2.3',
      run: expect.stringMatching(/^[0-9a-f]{8}$/),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      author: 'ada@1',
      git: `${A}+`,
    });
    expect(recordsIn(b.aws)).toMatchObject([{ by: '1.2.3', commit: `${A}+`, author: 'ada@1' }]);
    const templates =
      b.aws
        .bucket('artifacts')
        ?.objects()
        .filter(({ key }) => key.startsWith('templates/')) ?? [];
    expect(templates.map(({ body }) => /aaaa|1\.2\.3|ada@1/.test(body.toString()))).toEqual([false]);
  });

  test.each([
    ['older', 'is older'],
    ['apart', 'does not contain'],
  ] as const)('%s: refused on a protected stage before anything is changed', async (relation, says) => {
    const b = await bench();
    const on = { stage: { name: 'prod', protected: true, account: b.aws.account }, allowEndpoint: true };
    const prod = (of: typeof first) => ({ ...of, target: { ...of.target, protected: true } });
    expectEnd(await at(b, B).deploy(prod(first), {}, on), 'done', b);
    b.aws.calls.clear();
    const eve = at(b, A, relation, { author: 'eve@2' });
    const ended = await eve.deploy(prod(second), {}, on);
    expectEnd(ended, 'conflict', { ...b, ada: eve }, 'older-code');
    expect('stop' in ended && ended.stop.message).toMatch(
      new RegExp(`commit b{10} by ada@1.*a{10}.*${says}|commit b{10} by ada@1, which this code \\(a{10}\\) ${says}`),
    );
    expect('stop' in ended && ended.stop.next).toContain('--allow-downgrade');
    expect(b.aws.calls.mutations()).toEqual([]);
    expectEnd(await eve.deploy(prod(second), { older: 'let' }, on), 'done', { ...b, ada: eve });
    expect(recordsIn(b.aws).at(-1)).toMatchObject({ commit: A, author: 'eve@2' });
  });

  test('older is refused on every stage; a branch of one’s own is only told on one that is not protected', async () => {
    const b = await bench();
    expectEnd(await at(b, B).deploy(first), 'done', b);
    expectEnd(await at(b, A, 'older').deploy(second), 'conflict', b, 'older-code');
    const apart = at(b, A, 'apart');
    expectEnd(await apart.deploy(second), 'done', b);
    expect(apart.said.join('\n')).toContain(`Warning: shop-dev was deployed from commit ${B.slice(0, 10)} by ada@1, which this code`);
  });

  test('at a terminal it is asked', async () => {
    const b = await bench();
    expectEnd(await at(b, B).deploy(first), 'done', b);
    const no = at(b, A, 'older', { present: true, answers: ['n'] });
    expectEnd(await no.deploy(second), 'approval', { ...b, ada: no }, 'declined');
    expect(no.asked).toEqual([expect.stringMatching(/is older\. Continue\? \[y\/N\] $/)]);
    const yes = at(b, A, 'older', { present: true, answers: ['y'] });
    expectEnd(await yes.deploy(second), 'done', { ...b, ada: yes });
  });

  test('a shallow clone cannot tell: it says so, and goes on', async () => {
    const b = await bench();
    expectEnd(await at(b, B).deploy(first), 'done', b);
    const shallow = at(b, A, 'unknown');
    expectEnd(await shallow.deploy(second), 'done', { ...b, ada: shallow });
    expect(shallow.said.join('\n')).toMatch(/^Cannot tell .*: the clone is shallow.*fetch-depth: 0/m);
  });

  test('nothing is held up where the commit is the same, or contained, or not known, or somebody else has deployed since', async () => {
    const b = await bench();
    expectEnd(await at(b, B).deploy(first), 'done', b);
    expectEnd(await at(b, `${B}+`, 'older').deploy(second), 'done', b);
    expectEnd(await at(b, A).deploy(first, { destroy: ['More'] }), 'done', b);
    expectEnd(await b.deploy({}, second), 'done', b);
    // What stands now is of no known commit.
    expectEnd(await at(b, A, 'older').deploy(first, { destroy: ['More'] }), 'done', b);
    expectEnd(await at(b, B).deploy(second), 'done', b);
    b.aws.someone.deploys({
      stack: 'shop-dev',
      parameters: { ArtifactBucket: 'artifacts' },
      template: {
        Parameters: { ArtifactBucket: { Type: 'String' } },
        Resources: { Orders: { Type: 'AWS::SQS::Queue' }, News: { Type: 'AWS::SNS::Topic' } },
      },
    });
    expectEnd(await at(b, A, 'older').deploy(second), 'done', b);
  });

  test('who may not read the records is told, and goes on', async () => {
    const b = await bench();
    expectEnd(await at(b, B).deploy(first), 'done', b);
    b.aws.fault({ action: 'ListObjectsV2', kind: 'accessDenied' });
    const eve = at(b, A, 'older');
    expectEnd(await eve.deploy(second), 'done', { ...b, ada: eve });
    expect(eve.said.join('\n')).toMatch(/^Cannot tell .*s3:ListBucket/m);
  });

  test('where nothing changes, neither git nor the bucket is asked', async () => {
    const b = await bench();
    let asked = 0;
    const history = { commit: A, relation: async () => 'older' as const };
    const ada = deployer(b.aws, { history });
    expectEnd(await ada.deploy(first), 'done', b);
    b.aws.calls.clear();
    const run = await ada.session();
    const { ship } = await import('../../src/deploy/ship.ts');
    const { defaults } = await import('./deployer.ts');
    const world = { ...run.world, history: async () => (asked++, history) };
    await ship({ ...run, world }, first, { ...defaults, onReview: () => undefined });
    expect(asked).toBe(0);
    expect(b.aws.calls.all.map(({ action }) => action)).toEqual(['GetCallerIdentity', 'DescribeStacks', 'GetTemplate']);
  });

  test('what has something to take in is looked at first', async () => {
    const b = await bench();
    expectEnd(await at(b, B).deploy(first), 'done', b);
    b.aws.someone.makes('AWS::SNS::Topic', 'arn:aws:sns:eu-west-1:123456789012:old', { TopicName: 'old' });
    b.aws.calls.clear();
    const adopting = shipmentOf(
      { ...first.target.template.Resources, Old: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain', Properties: { TopicName: 'old' } } },
      {
        adopts: [
          { id: 'Old', type: 'AWS::SNS::Topic', path: 'topics.old', identifier: { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:old' } },
        ],
      },
    );
    expectEnd(await at(b, A, 'older').deploy(adopting), 'conflict', b, 'older-code');
    expect(b.aws.calls.mutations()).toEqual([]);
  });
});

describe('git', () => {
  let folder: string;
  let aws: FakeAws;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'eventsystem-git-'));
    aws = await startAws({ region: 'eu-central-1', pace: 'stopped' });
    aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
    return async () => {
      await aws.close();
      rmSync(folder, { recursive: true });
    };
  });

  const git = (...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main', ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();

  /** The system with these queues, as a commit. */
  function commit(...queues: string[]): string {
    writeFileSync(join(folder, '.gitignore'), '.eventsystem\n');
    writeFileSync(
      join(folder, 'eventsystem.yml'),
      `name: shop\nregion: eu-central-1\nqueues: { ${queues.map((one) => `${one}: { deletion: delete }`).join(', ')} }\n`,
    );
    git('add', '-A');
    git('commit', '-qm', queues.join(' '));
    return git('rev-parse', 'HEAD');
  }

  const eventsystem = (...words: string[]) => typed(aws, folder, [...words, '--artifact-bucket', 'artifacts']);

  test('tells what contains what, and what it cannot tell', async () => {
    expect(await historyOf(folder)).toBeUndefined();
    git('init', '-q');
    expect(await historyOf(folder)).toBeUndefined();
    const one = commit('one');
    const two = commit('one', 'two');
    const now = await historyOf(folder);
    expect(now?.commit).toBe(two);
    expect(await now?.relation(one)).toBe('contained');
    writeFileSync(join(folder, 'eventsystem.yml'), 'changed\n');
    expect((await historyOf(folder))?.commit).toBe(`${two}+`);
    git('checkout', '-q', '-f', one);
    expect(await (await historyOf(folder))?.relation(two)).toBe('older');
    const three = commit('three');
    expect(await (await historyOf(folder))?.relation(two)).toBe('apart');
    // A commit that nobody has pulled is not contained in a whole clone.
    expect(await (await historyOf(folder))?.relation('0'.repeat(40))).toBe('apart');
    const clone = mkdtempSync(join(tmpdir(), 'eventsystem-clone-'));
    git('branch', 'three', three);
    git('clone', '-q', '--depth', '1', '--branch', 'three', `file://${folder}`, clone);
    expect(await (await historyOf(clone))?.relation(one)).toBe('unknown');
    rmSync(clone, { recursive: true });
  });

  test('a colleague who has not pulled is stopped, and may insist; a rollback is what it is', async () => {
    git('init', '-q');
    const old = commit('one');
    expect((await eventsystem('deploy', '--yes')).code).toBe(0);
    commit('one', 'two');
    expect((await eventsystem('deploy', '--yes')).code).toBe(0);
    expect((await eventsystem('status')).out).toMatch(
      new RegExp(`Deployments, latest first:\\n  \\S+  by \\S+, commit ${git('rev-parse', 'HEAD').slice(0, 10)}\\n  \\S+\\n`),
    );
    git('checkout', '-q', old);
    aws.calls.clear();
    const refused = await eventsystem('deploy', '--yes', '--approve-destroy', 'TwoQueue');
    expect(refused.code, refused.all).toBe(7);
    expect(refused.err).toContain('error[older-code]');
    const planned = await eventsystem('plan');
    expect(planned.code, planned.all).toBe(7);
    expect(aws.calls.mutations()).toEqual([]);
    const looked = await eventsystem('diff');
    expect(looked.code, looked.all).toBe(0);
    expect(looked.out).toMatch(/^Warning: shop-dev was deployed from commit \w{10} by \S+, and this code \(\w{10}\) is older\.$/m);
    expect((await eventsystem('deploy', '--yes', '--approve-destroy', 'TwoQueue', '--allow-downgrade')).code).toBe(0);
    git('checkout', '-q', 'main');
    const back = await eventsystem('deploy', '--yes');
    expect(back.code, back.all).toBe(0);
    // What is rolled back to is of the older commit; the newer one contains it.
    expect((await eventsystem('rollback', '--yes', '--approve-destroy', 'TwoQueue')).code).toBe(0);
    expect(recordsIn(aws).at(-1)).toMatchObject({ commit: old });
    expect((await eventsystem('deploy', '--yes')).code).toBe(0);
  });

  test('a system of several stacks is looked at as one', async () => {
    git('init', '-q');
    const several = (): void => {
      const text = `${readFileSync(join(folder, 'eventsystem.yml'), 'utf8')}stacks: lifetimes\ntopics: { news: {} }\n`;
      writeFileSync(join(folder, 'eventsystem.yml'), text);
      git('commit', '-qam', 'several');
    };
    commit('one');
    several();
    const old = git('rev-parse', 'HEAD');
    expect((await eventsystem('deploy', '--yes')).code).toBe(0);
    commit('one', 'two');
    several();
    const made = await eventsystem('deploy', '--yes');
    expect(made.code, made.all).toBe(0);
    git('checkout', '-q', old);
    aws.calls.clear();
    const refused = await eventsystem('deploy', '--yes', '--approve-destroy', 'TwoQueue');
    expect(refused.code, refused.all).toBe(7);
    expect(refused.err).toContain('error[older-code]');
    expect(aws.calls.mutations()).toEqual([]);
  });
});
