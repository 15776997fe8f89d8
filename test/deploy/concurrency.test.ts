import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { journalIn, type Entry } from '../../src/deploy/journal.ts';
import type { PlanFile } from '../../src/deploy/plan.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { bench, closeAll, expectEnd, expectOneExecution, expectUntouched, first, second, shipmentOf, type Bench } from './bench.ts';
import { deployer, storyOf, type Deployer, type Ended } from './deployer.ts';

afterEach(closeAll);

class Killed extends Error {}

/** Section F of deploy.md: crashes, signals, and two people at once. */
describe('crashes', () => {
  const phases: readonly Entry['phase'][] = ['uploading', 'proposing', 'proposed', 'executing'];
  test.each(phases.flatMap((phase) => [['made', phase] as const, ['changed', phase] as const]))(
    'F1–F12 killed when it is %s, after the journal says “%s”',
    async (what, phase) => {
      const b = await bench();
      if (what === 'changed') await b.ready();
      const goal = what === 'changed' ? second : first;
      b.ada.journal.onWrite = (entry) => {
        if (entry.phase === phase) throw new Killed();
      };
      await expect(b.deploy({}, goal)).rejects.toThrow(Killed);
      delete b.ada.journal.onWrite;
      expectEnd(await b.deploy({}, goal), 'done', b);
      expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
      expect(b.aws.stack('shop-dev')?.changeSets.filter(({ executionStatus }) => executionStatus === 'AVAILABLE') ?? []).toEqual([]);
    },
  );

  const calls = ['PutObject', 'CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DescribeStackEvents', 'DescribeStacks'];
  test.each(calls)('killed when AWS has just done %s', async (action) => {
    const b = await bench();
    await b.ready();
    let killed = false;
    // Nobody hears the answer any more, and the process is gone: what it would have done next never happens.
    b.aws.fault({ action, kind: 'reset', when: 'after', call: 1 });
    b.aws.fault({ action: '*', kind: 'meanwhile', act: () => void (killed ||= b.aws.calls.count(action) > 0) });
    const dying = deployer(b.aws, { journal: b.ada.journal });
    const first_ = dying.deploy(second, {}, {});
    await first_;
    b.aws.calm();
    expect(killed).toBe(true);
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(new Set(b.aws.calls.of('ExecuteChangeSet').map(({ params }) => params['ClientRequestToken'])).size).toBe(1);
  });

  test('killed while it is executed: the next run watches, and does not start anew', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').takes(120_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGTERM') });
    expectEnd(await b.deploy({}, second), 'detached', b, 'detached');
    const again = deployer(b.aws, { journal: b.ada.journal });
    const ended = await again.deploy(second);
    expect(ended.ends, storyOf(ended, again)).toBe('done');
    expect(again.said.join('\n')).toContain('Your earlier run is still deploying shop-dev');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
  });

  test('F19 a journal that cannot be read is no journal', async () => {
    const b = await bench();
    b.ada.journal.entry = { version: 2, nonsense: true } as never;
    expectEnd(await b.deploy(), 'done', b);
  });

  test('F19 a journal on the disk that is damaged, or of another version or stack, is told and not believed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eventsystem-journal-'));
    const path = join(folder, 'x.json');
    for (const text of ['{"version":1,', '[]', '{"version":2,"stack":"shop-dev"}', '{"version":1,"stack":"other"}']) {
      writeFileSync(path, text);
      const told: string[] = [];
      expect(journalIn(path, 'shop-dev', (line) => void told.push(line)).read()).toBeUndefined();
      expect(told.join()).toContain('the state is read from AWS');
    }
    rmSync(folder, { recursive: true });
  });

  test('F20 a journal of a stack that was deleted and made anew', async () => {
    const b = await bench();
    await b.ready();
    b.ada.journal.entry = {
      version: 1,
      run: 'x',
      stack: 'shop-dev',
      phase: 'executing',
      stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-dev/other',
      token: 't',
    };
    expectEnd(await b.deploy({}, second), 'done', b);
  });

  test('F21 the clock of this machine is a day off', async () => {
    for (const ahead of [86_400_000, -86_400_000]) {
      const b = await bench({ ahead });
      expectEnd(await b.deploy(), 'done', b);
      expectEnd(await b.deploy({}, second), 'done', b);
      // Each event once, and none of the deployment before.
      expect(b.ada.said.filter((line) => line.includes('topic News')).map((line) => line.slice(11, 32).trim())).toEqual([
        'CREATE_IN_PROGRESS',
        'CREATE_COMPLETE',
      ]);
      expect(b.ada.said.filter((line) => line.includes('queue More') && line.includes('CREATE_COMPLETE')).length).toBe(1);
    }
  });
});

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('F13 %s before anything is planned', async (signal) => {
    const b = await bench();
    b.aws.fault({ action: 'HeadObject', call: 1, kind: 'meanwhile', act: () => b.ada.interruption.raise(signal) });
    expectEnd(await b.deploy(), signal === 'SIGINT' ? 'interrupted' : 'terminated', b, 'interrupted');
    expectUntouched(b);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('F13 SIGINT while CloudFormation plans: the plan and its stack are taken back', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeChangeSet', call: 1, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    expectEnd(await b.deploy(), 'interrupted', b, 'interrupted');
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('F13 SIGINT while it is executed: a person may keep watching', async () => {
    const b = await bench({ present: true, answers: ['k'] });
    b.aws.resource('Orders').takes(60_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.asked.join()).toContain('[k]eep watching');
  });

  test('F13 SIGINT at a question is no answer: the plan and its stack are taken back', async () => {
    const b = await bench({ present: true });
    b.ada.onAsk = () => b.ada.interruption.raise('SIGINT');
    expectEnd(await b.deploy({ yes: false }), 'interrupted', b, 'interrupted');
    expect(b.ada.asked).toEqual(['Deploy shop-dev? [y/N] ']);
    expectUntouched(b);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('F13 SIGINT while AWS does not answer: the call is given up', async () => {
    const b = await bench();
    const stalled = b.aws.fault({ action: 'DescribeStacks', kind: 'stall' });
    const deploying = b.deploy();
    while (stalled.hits === 0) await new Promise((done) => setTimeout(done, 5));
    b.ada.interruption.raise('SIGINT');
    expectEnd(await deploying, 'interrupted', b, 'interrupted');
    expect(stalled.hits).toBe(1);
    expectUntouched(b);
  });

  test('F13 SIGINT twice while CloudFormation plans: what is left is told', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeChangeSet', call: 1, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    b.aws.fault({ action: 'DeleteChangeSet', kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    b.aws.fault({ action: 'DeleteChangeSet', kind: 'stall' });
    expectEnd(await b.deploy(), 'interrupted', b, 'interrupted', { leaves: true });
    expect(b.ada.said.join('\n')).toMatch(/Left over: the change set arn:aws:cloudformation:\S+ could not be deleted/);
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  test('F13 SIGINT while the order is under way: it is finished, and a person decides', async () => {
    const b = await bench({ present: true, answers: ['d'] });
    b.aws.fault({ action: 'ExecuteChangeSet', call: 1, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    expectEnd(await b.deploy(), 'detached', b, 'detached');
    expect(b.ada.asked.join()).toContain('(CREATE_IN_PROGRESS)');
    expectOneExecution(b);
    b.aws.clock.settle();
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
  });

  test('F13 SIGINT while it is executed: a person may have it cancelled', async () => {
    const b = await bench({ present: true, answers: ['c'] });
    await b.ready();
    b.aws.resource('Orders').takes(60_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    expectEnd(await b.deploy({}, second), 'rolledBack', b, 'cancelled');
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(b.aws.calls.count('CancelUpdateStack')).toBe(1);
  });

  test('F13 a creation is cancelled by deleting it, and only after a yes', async () => {
    const b = await bench({ present: true, answers: ['c', 'y'] });
    b.aws.resource('Orders').takes(60_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    expectEnd(await b.deploy(), 'rolledBack', b, 'cancelled');
    expect(b.aws.stack('shop-dev')).toBeUndefined();
    const more = await bench({ present: true, answers: ['c', 'n'] });
    more.aws.resource('Orders').takes(60_000);
    more.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => more.ada.interruption.raise('SIGINT') });
    expectEnd(await more.deploy(), 'done', more);
    expect(more.aws.calls.count('DeleteStack')).toBe(0);
  });

  test('F13 SIGINT twice while it is executed: it goes on without us', async () => {
    const b = await bench({ present: true, answers: ['k'] });
    b.aws.resource('Orders').takes(60_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: [2, 4], kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGINT') });
    expectEnd(await b.deploy(), 'detached', b, 'detached');
    expect(b.aws.calls.mutations().map(({ action }) => action)).not.toContain('CancelUpdateStack');
  });

  test('F14 SIGTERM in CI while it is executed: nothing is cancelled', async () => {
    const b = await bench();
    b.aws.resource('Orders').takes(60_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGTERM') });
    expectEnd(await b.deploy(), 'detached', b, 'detached');
    expect(b.aws.calls.count('DeleteStack')).toBe(0);
  });
});

/** Calls that are held are answered late. */
const patient = { timeouts: { connect: 5000, request: 60_000 } };

/** Something that is waited for. */
function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((done) => (give = done));
  return { given, give };
}

/** Both have a plan, and Bob is about to order his: gives how he ends, and what lets him go on. */
function bothPlanned(b: Bench, bob: Deployer, goal: Shipment): { readonly ended: Promise<Ended>; readonly go: () => void } {
  const [atOrder, mayGo] = [signal(), signal()];
  const ended = signal();
  let his: Promise<Ended> | undefined;
  b.aws.fault({
    action: 'CreateChangeSet',
    call: 1,
    kind: 'meanwhile',
    act: async () => {
      his = bob.deploy(goal, {}, patient);
      ended.give();
      await atOrder.given;
    },
  });
  b.aws.fault({ action: 'ExecuteChangeSet', call: 1, kind: 'meanwhile', act: () => (atOrder.give(), mayGo.given) });
  return { ended: ended.given.then(() => his as Promise<Ended>), go: mayGo.give };
}

describe('two at once', () => {
  test('F16 the same content, and both have a plan: one executes it, the other is told', async () => {
    const b = await bench();
    await b.ready();
    const bob = deployer(b.aws, { author: 'bob@2' });
    const his = bothPlanned(b, bob, second);
    expectEnd(await b.deploy({}, second, patient), 'done', b);
    his.go();
    expectEnd(await his.ended, 'conflict', { ...b, ada: bob }, 'changed-meanwhile');
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
    // Nothing is left to be done for him.
    expect(await bob.deploy(second)).toMatchObject({ ends: 'done', shipped: { unchanged: true } });
  });

  test('F16 the same content, and one is done before the other has a plan: there is nothing to do', async () => {
    const b = await bench();
    await b.ready();
    const bob = deployer(b.aws, { author: 'bob@2' });
    let his: Ended | undefined;
    b.aws.fault({ action: 'CreateChangeSet', call: 1, kind: 'meanwhile', act: async () => void (his = await bob.deploy(second)) });
    const ended = await b.deploy({}, second, patient);
    expect(his).toMatchObject({ ends: 'done', shipped: { unchanged: false } });
    expectEnd(ended, 'done', b);
    expect(ended).toMatchObject({ shipped: { unchanged: true } });
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('F17 other content: the later one is told, and executes nothing on what was not seen', async () => {
    const b = await bench();
    await b.ready();
    const bob = deployer(b.aws, { author: 'bob@2' });
    const his = bothPlanned(b, bob, shipmentOf({ ...first.target.template.Resources, His: { Type: 'AWS::SQS::Queue' } }));
    expectEnd(await b.deploy({}, second, patient), 'done', b);
    his.go();
    const lost = await his.ended;
    expectEnd(lost, 'conflict', { ...b, ada: bob }, 'changed-meanwhile');
    // By whom: the token of her run is the one that the stack’s last operation has.
    expect('stop' in lost && lost.stop.message).toContain(`eventsystem-execute-${b.ada.runs.at(-1)}`);
    expect([...(b.aws.stack('shop-dev')?.resources.keys() ?? [])].sort()).toEqual(['More', 'News', 'Orders']);
    expect(b.aws.stack('shop-dev')?.resources.get('Orders')?.properties).toMatchObject({ DelaySeconds: 5 });
  });

  describe('F18 both make it for the first time', () => {
    const others = shipmentOf({ Other: { Type: 'AWS::SQS::Queue' } });
    test('who orders second is told, and deletes nothing of the other', async () => {
      const b = await bench();
      const bob = deployer(b.aws, { author: 'bob@2' });
      const his = bothPlanned(b, bob, others);
      expectEnd(await b.deploy({}, first, patient), 'done', b);
      his.go();
      const lost = await his.ended;
      expectEnd(lost, 'conflict', { ...b, ada: bob }, 'changed-meanwhile');
      expect('stop' in lost && lost.stop.message).toContain('shop-dev was changed by ');
      expect([...(b.aws.stack('shop-dev')?.resources.keys() ?? [])].sort()).toEqual(['News', 'Orders']);
      expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
      expect(b.aws.calls.count('DeleteStack')).toBe(0);
      // His order was one, of his own plan, and it was refused.
      expect(b.aws.calls.of('ExecuteChangeSet').length).toBe(2);
    });

    test('who plans while the other one has it made sees the difference to what is there now', async () => {
      const b = await bench();
      const bob = deployer(b.aws, { author: 'bob@2' });
      let his: Ended | undefined;
      b.aws.fault({ action: 'CreateChangeSet', call: 1, kind: 'meanwhile', act: async () => void (his = await bob.deploy(others)) });
      const ended = await b.deploy({}, first, patient);
      expect(his?.ends).toBe('done');
      // His queue would be lost, and nobody has approved that.
      expectEnd(ended, 'approval', b, 'approval-needed');
      expect('stop' in ended && ended.stop.message).toContain('--approve-destroy Other');
      expect([...(b.aws.stack('shop-dev')?.resources.keys() ?? [])]).toEqual(['Other']);
      expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
    });

    test('who comes while the other one’s plan waits is told whose it is, and leaves it', async () => {
      const b = await bench();
      const bob = deployer(b.aws, { author: 'bob@2' });
      let mine: Ended | undefined;
      b.aws.fault({ action: 'ExecuteChangeSet', call: 1, kind: 'meanwhile', act: async () => void (mine = await b.deploy()) });
      expectEnd(await bob.deploy(others, {}, patient), 'done', { ...b, ada: bob });
      expectEnd(mine as Ended, 'conflict', b, 'change-set-of-others');
      expect(mine && 'stop' in mine && mine.stop.message).toMatch(/eventsystem-\S+ by bob@2 made \d+ s ago/);
      expect([...(b.aws.stack('shop-dev')?.resources.keys() ?? [])]).toEqual(['Other']);
      expect(b.aws.calls.count('DeleteChangeSet')).toBe(0);
    });

    test('who comes while it is being made is told so', async () => {
      const b = await bench();
      const bob = deployer(b.aws, { author: 'bob@2' });
      b.aws.resource('Other').takes(60_000);
      let mine: Ended | undefined;
      b.aws.fault({ action: 'DescribeStackEvents', call: 1, kind: 'meanwhile', act: async () => void (mine = await b.deploy()) });
      expectEnd(await bob.deploy(others, {}, patient), 'done', { ...b, ada: bob });
      expectEnd(mine as Ended, 'conflict', b, 'stack-busy');
      expect(b.aws.calls.count('CreateChangeSet')).toBe(1);
    });

    test('who takes a plan back leaves the stack to the other one', async () => {
      const b = await bench();
      const bob = deployer(b.aws, { author: 'bob@2' });
      const [atOrder, atWithdrawal, mayOrder] = [signal(), signal(), signal()];
      let his: Promise<Ended> | undefined;
      b.aws.fault({
        action: 'CreateChangeSet',
        call: 1,
        kind: 'meanwhile',
        act: async () => {
          his = bob.deploy(others, { yes: false }, patient);
          await atWithdrawal.given;
        },
      });
      b.aws.fault({ action: 'DeleteChangeSet', call: 1, kind: 'meanwhile', act: () => (atWithdrawal.give(), atOrder.given) });
      b.aws.fault({ action: 'ExecuteChangeSet', call: 1, kind: 'meanwhile', act: () => (atOrder.give(), mayOrder.given) });
      const mine = b.deploy({}, first, patient);
      await atOrder.given;
      expect((await his)?.ends).toBe('approval');
      expect(b.aws.stack('shop-dev')?.status).toBe('REVIEW_IN_PROGRESS');
      expect(b.aws.calls.count('DeleteStack')).toBe(0);
      mayOrder.give();
      expectEnd(await mine, 'done', b);
      expect([...(b.aws.stack('shop-dev')?.resources.keys() ?? [])].sort()).toEqual(['News', 'Orders']);
    });
  });

  test('another’s fresh plan for a stack that stands is told, and ends with the execution', async () => {
    const b = await bench();
    await b.ready();
    const bob = deployer(b.aws, { author: 'bob@2' });
    const { prepare } = await import('../../src/deploy/plan.ts');
    const { standingStack } = await import('../../src/deploy/standing.ts');
    const { defaults } = await import('./deployer.ts');
    const run = await bob.session();
    const planned = await prepare(run, second, { ...defaults, onReview: () => undefined }, await standingStack(run, 'shop-dev'));
    b.aws.clock.advance(300_000);
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(b.ada.said.join('\n')).toMatch(/^bob@2 also has a plan for shop-dev, made 5 min \d+ s ago \(eventsystem-\S+\)\./m);
    const { apply } = await import('../../src/deploy/plan.ts');
    const applying = apply(await bob.session(), planned?.file as PlanFile, { ...defaults, onReview: () => undefined });
    await expect(applying).rejects.toMatchObject({ ends: 'conflict' });
    // An old one, and one’s own, are not worth a word.
    b.ada.said.length = 0;
    await prepare(
      await b.ada.session(),
      first,
      { ...defaults, destroy: ['More'], onReview: () => undefined },
      await standingStack(run, 'shop-dev'),
    );
    expectEnd(await b.deploy({ destroy: ['More'] }, first), 'done', b);
    expect(b.ada.said.join()).not.toContain('has a plan');
  });

  test('another’s fresh plan for a first deployment is respected, a forgotten one is not', async () => {
    const b = await bench();
    b.aws.someone.makesChangeSet({
      stack: 'shop-dev',
      template: first.target.template as never,
      parameters: { ArtifactBucket: 'artifacts' },
      name: 'theirs',
    });
    expectEnd(await b.deploy(), 'conflict', b, 'change-set-of-others');
    expect(b.aws.stack('shop-dev')?.changeSets.length).toBe(1);
  });
});
