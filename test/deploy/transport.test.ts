import { afterEach, describe, expect, test } from 'vitest';
import type { Fault, Harm } from '../aws/faults.ts';
import { bench, closeAll, expectEnd, expectOneExecution, expectUntouched, first, second } from './bench.ts';

afterEach(closeAll);

/** Section A of deploy.md: what can go wrong on the way. */
describe('transport', () => {
  test('A1 connection refused', async () => {
    const b = await bench();
    await b.aws.close();
    const began = b.aws.clock.now;
    expectEnd(await b.deploy(), 'transport', b, 'unreachable');
    expect(b.aws.clock.now - began).toBeLessThan(31_000);
  });

  test('A2 no such host', async () => {
    const b = await bench();
    const ended = await b.deploy({}, first, { endpoint: 'http://no-such-host.invalid' });
    expectEnd(ended, 'transport', b, 'unreachable');
    expect('stop' in ended && ended.stop.message).toContain('no-such-host.invalid');
    expect('stop' in ended && ended.stop.why).toContain('proxy');
  });

  test('A3 accepted, never answered', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeStacks', kind: 'stall', call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    b.aws.fault({ action: 'DescribeStacks', kind: 'stall' });
    expectEnd(await b.deploy({}, second), 'transport', b, 'unreachable');
  });

  test('A4 stalled within an answer', async () => {
    const b = await bench();
    const stalled = b.aws.fault({ action: 'DescribeChangeSet', kind: 'stall', bytes: 100, call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    expect(stalled.hits).toBe(1);
    expectOneExecution(b);
  });

  test('A5 reset before CreateChangeSet was heard', async () => {
    const b = await bench();
    b.aws.fault({ action: 'CreateChangeSet', kind: 'reset', when: 'before', call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    // It is looked for by its name before it is asked for again, and there is one in the end.
    const story = b.aws.calls.all.map(({ action }) => action);
    const [one = 0, other = 0] = story.flatMap((action, at) => (action === 'CreateChangeSet' ? [at] : []));
    expect(story.slice(one + 1, other)).toContain('DescribeChangeSet');
    expect(b.aws.calls.count('CreateChangeSet')).toBe(2);
    expect(b.aws.stack('shop-dev')?.changeSets.length).toBe(1);
    expectOneExecution(b);
  });

  test('A6 reset after CreateChangeSet was heard', async () => {
    const b = await bench();
    b.aws.fault({ action: 'CreateChangeSet', kind: 'reset', when: 'after', call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    expect(b.aws.calls.count('CreateChangeSet')).toBe(1);
    expect(b.aws.stack('shop-dev')?.changeSets.length).toBe(1);
    expectOneExecution(b);
  });

  test('A7 reset after ExecuteChangeSet was heard', async () => {
    const b = await bench();
    b.aws.fault({ action: 'ExecuteChangeSet', kind: 'reset', when: 'after', call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    expectOneExecution(b);
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
  });

  const calls = [
    'GetCallerIdentity',
    'DescribeStacks',
    'GetTemplate',
    'GetBucketLocation',
    'HeadObject',
    'PutObject',
    'CreateChangeSet',
    'DescribeChangeSet',
    'ExecuteChangeSet',
    'DescribeStackEvents',
    'DescribeEvents',
    'GetBucketEncryption',
    'GetBucketVersioning',
    'GetPublicAccessBlock',
    'ListChangeSets',
  ];

  test('A8 no call of a deployment is left out', async () => {
    const b = await bench();
    await b.ready();
    expectEnd(await b.deploy({}, second), 'done', b);
    const made = new Set(b.aws.calls.all.map(({ action }) => action));
    expect([...made].sort()).toEqual([...calls].sort());
  });

  test.each(calls.flatMap((action) => [500, 502, 503, 504].map((status) => [action, status] as const)))(
    'A8 %s answers %i three times',
    async (action, status) => {
      const b = await bench();
      await b.ready();
      const fault = b.aws.fault({ action, kind: 'status', status, times: 3 });
      expectEnd(await b.deploy({}, second), 'done', b);
      expect(fault.hits).toBe(3);
      expectOneExecution(b);
      expect(b.aws.stack('shop-dev')?.changeSets.filter(({ executionStatus }) => executionStatus === 'EXECUTE_COMPLETE').length).toBe(2);
    },
  );

  test('A9 500 for ever while it is executed', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'ExecuteChangeSet',
      kind: 'meanwhile',
      act: () => void b.aws.fault({ action: ['DescribeStacks', 'DescribeStackEvents'], kind: 'status', status: 500 }),
    });
    const began = b.aws.clock.now;
    const ended = await b.deploy();
    expectEnd(ended, 'detached', b, 'out-of-sight');
    // A quarter of an hour, and the calls of the last look.
    expect(b.aws.clock.now - began).toBeGreaterThan(15 * 60_000);
    expect(b.aws.clock.now - began).toBeLessThan(20 * 60_000);
    expect('stop' in ended && ended.stop.next).toContain('eventsystem attach');
  });

  const harms: readonly (readonly [string, Harm & Pick<Fault, 'when'>])[] = [
    ['A10 500 with a page', { kind: 'html', status: 500 }],
    ['A12 200 with nothing, and nothing was done', { kind: 'empty', when: 'before' }],
    ['A12 200 with nothing, and it was done', { kind: 'empty', when: 'after' }],
    ['A13 200 with another element', { kind: 'rewrite', from: 'CreateChangeSetResult', to: 'OtherResult' }],
    ['A13 200 without a stack', { kind: 'rewrite', from: /<StackId>[^<]*<\/StackId>/, to: '' }],
  ];
  test.each(harms)('%s to CreateChangeSet', async (_, harm) => {
    const b = await bench();
    const fault = b.aws.fault({ action: 'CreateChangeSet', call: 1, ...harm } as Fault);
    expectEnd(await b.deploy(), 'done', b);
    expect(fault.hits).toBe(1);
    expectOneExecution(b);
    expect(b.aws.stack('shop-dev')?.changeSets.length).toBe(1);
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
  });

  test('A11 a portal that wants a login', async () => {
    const b = await bench();
    b.aws.fault({ action: 'GetCallerIdentity', kind: 'html' });
    const ended = await b.deploy();
    expectEnd(ended, 'transport', b, 'stranger');
    expect('stop' in ended && ended.stop.why).toContain('A proxy or captive portal');
    expect(new Set(b.aws.calls.all.map(({ action }) => action))).toEqual(new Set(['GetCallerIdentity']));
  });

  test('A14 the answer to ExecuteChangeSet is cut off', async () => {
    const b = await bench();
    b.aws.fault({ action: 'ExecuteChangeSet', kind: 'truncated', call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    expectOneExecution(b);
  });

  test('A15 the connection ends too early', async () => {
    const b = await bench();
    const short = b.aws.fault({ action: 'DescribeStackEvents', kind: 'short', call: 1 });
    expectEnd(await b.deploy(), 'done', b);
    expect(short.hits).toBe(1);
  });

  const unreadable = { action: 'DescribeStacks', kind: 'rewrite', from: /<CreationTime>[^<]*</, to: '<CreationTime>not-a-date<' } as const;

  test('A16 a time nobody can read, before anything is planned', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault(unreadable);
    expectEnd(await b.deploy({}, second), 'transport', b, 'unanswered');
    expectUntouched(b);
    expect(b.aws.calls.mutations()).toEqual([]);
  });

  test('A16 a time nobody can read, while it is executed', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({ action: 'ExecuteChangeSet', kind: 'meanwhile', act: () => void b.aws.fault(unreadable) });
    expectEnd(await b.deploy({}, second), 'detached', b, 'out-of-sight');
    expectOneExecution(b);
    b.aws.clock.settle();
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('A17 a status nobody knows', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({ action: 'DescribeStacks', kind: 'rewrite', from: /<StackStatus>[^<]*</, to: '<StackStatus>TELEPORT_COMPLETE<' });
    expectEnd(await b.deploy({}, second), 'recovery', b, 'stack-unknown');
    expectUntouched(b);
  });

  test('A17 an action nobody knows is taken for the worst', async () => {
    const b = await bench();
    await b.ready(first);
    b.aws.fault({ action: 'DescribeChangeSet', kind: 'rewrite', from: /<Action>Modify</, to: '<Action>Teleport<' });
    expectEnd(await b.deploy({}, second), 'approval', b, 'approval-needed');
    expectUntouched(b);
  });

  test.each([302, 307])('A18 sent elsewhere by %i', async (status) => {
    const b = await bench();
    b.aws.fault({ action: 'GetCallerIdentity', kind: 'redirect', to: 'http://127.0.0.1:1/', status });
    expectEnd(await b.deploy(), 'transport', b, 'stranger');
    expect(b.aws.calls.count('GetCallerIdentity')).toBe(1);
  });

  test('A20 the network is away for twenty minutes, and back', async () => {
    const b = await bench();
    b.aws.resource('Orders').takes(60_000);
    let gone = Infinity;
    b.aws.fault({ action: 'DescribeStackEvents', call: 2, kind: 'meanwhile', act: () => void (gone = b.aws.clock.now) });
    const away = b.aws.fault({
      action: '*',
      kind: 'reset',
      where: () => b.aws.clock.now > gone && b.aws.clock.now < gone + 20 * 60_000,
    });
    expectEnd(await b.deploy(), 'done', b);
    expect(away.hits).toBeGreaterThan(10);
    expect(b.aws.clock.now - gone).toBeGreaterThan(20 * 60_000);
    expectOneExecution(b);
    // Each event once, and none is missing.
    const lines = b.ada.said.filter((line) => / (queue|topic) /.test(line)).map((line) => line.slice(11, 31).trim() + line.slice(31));
    expect(lines.filter((line) => line.startsWith('CREATE_COMPLETE')).length).toBe(2);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('A20 the network does not come back', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'ExecuteChangeSet',
      when: 'after',
      kind: 'meanwhile',
      act: () => void b.aws.fault({ action: '*', kind: 'reset' }),
    });
    const began = b.aws.clock.now;
    expectEnd(await b.deploy(), 'detached', b, 'out-of-sight');
    expect(b.aws.clock.now - began).toBeLessThan(50 * 60_000);
  });

  test('A21 the laptop slept for two hours, and its token with it', async () => {
    const b = await bench();
    b.aws.resource('Orders').takes(600_000);
    let key = 'AKIA1';
    b.aws.fault({
      action: 'DescribeStackEvents',
      kind: 'meanwhile',
      call: 2,
      act: () => {
        b.aws.clock.advance(7_200_000);
        b.aws.identities.expire('AKIA1');
        key = 'AKIA2';
      },
    });
    const credentials = async () => ({ accessKeyId: key, secretAccessKey: 'secret-value' });
    expectEnd(await b.deploy({}, first, { credentials }), 'done', b);
    expectOneExecution(b);
    expect(b.aws.calls.all.at(-1)?.accessKeyId).toBe('AKIA2');
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
  });

  test('A22 events twice, out of order, and pages that lead in a circle', async () => {
    const b = await bench();
    b.aws.script.eventsShown = ({ events }) => [...events, ...[...events].reverse()];
    b.aws.fault({
      action: 'DescribeStackEvents',
      kind: 'rewrite',
      from: '</StackEvents>',
      to: '</StackEvents><NextToken>again</NextToken>',
      times: 4,
    });
    expectEnd(await b.deploy(), 'done', b);
    const lines = b.ada.said.filter((line) => line.includes('CREATE_'));
    expect(new Set(lines).size).toBe(lines.length);
    // In the order in which they happened, each thing’s beginning before its end.
    const times = lines.map((line) => line.slice(0, 9));
    expect(times).toEqual([...times].sort());
    for (const what of ['queue Orders', 'topic News'])
      expect(lines.filter((line) => line.includes(what)).map((line) => line.slice(11, 31).trim())).toEqual([
        'CREATE_IN_PROGRESS',
        'CREATE_COMPLETE',
      ]);
  });
});
