import type { KinesisStreamEvent, KinesisStreamHandler } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { records, windows, type KinesisEvent, type KinesisRecord, type WindowEvent } from '../../src/runtime/index.ts';

function record(data: string | object, sequenceNumber: string): KinesisRecord {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return {
    kinesis: {
      data: Buffer.from(text).toString('base64'),
      partitionKey: 'ada',
      sequenceNumber,
      approximateArrivalTimestamp: 1.5,
      kinesisSchemaVersion: '1.0',
    },
    eventID: `shardId-000000000000:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/orders',
    eventVersion: '1.0',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/settle',
    awsRegion: 'eu-central-1',
  };
}

const batch = (...data: (string | object)[]): KinesisEvent => ({ Records: data.map((one, at) => record(one, `${at + 1}`)) });

/** What Lambda does with an answer: the records it will never give again. */
function done(event: KinesisEvent, answer: { batchItemFailures: readonly { itemIdentifier: string }[] }): readonly string[] {
  const numbers = event.Records.map(({ kinesis }) => kinesis.sequenceNumber);
  const failed = answer.batchItemFailures.map(({ itemIdentifier }) => numbers.indexOf(itemIdentifier));
  return failed.length === 0 ? numbers : numbers.slice(0, Math.min(...failed));
}

const logged = vi.spyOn(console, 'error');
beforeEach(() => void logged.mockImplementation(() => {}));
afterEach(() => void logged.mockReset());

describe('records', () => {
  test('are decoded and handled one after another, in their order', async () => {
    const seen: unknown[] = [];
    const handler = records<{ id: number; name: string }>(async ({ id, name }, { kinesis }) => {
      await new Promise((resolve) => setTimeout(resolve, 5 - id));
      seen.push([id, name, kinesis.partitionKey]);
    });
    const event = batch({ id: 1, name: 'Zoë' }, { id: 2, name: '☕' }, { id: 3, name: '' });
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      [1, 'Zoë', 'ada'],
      [2, '☕', 'ada'],
      [3, '', 'ada'],
    ]);
  });

  test('the first that fails ends the batch, and nothing before it comes again', async () => {
    const handled: number[] = [];
    const handler = records<number>((n) => {
      if (n === 3) throw new Error('no');
      handled.push(n);
    });
    const event = batch('1', '2', '3', '4');
    const answer = await handler(event);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
    expect(handled).toEqual([1, 2]);
    expect(done(event, answer)).toEqual(['1', '2']);
    expect(logged).toHaveBeenCalledWith(expect.stringContaining('3'), expect.objectContaining({ message: 'no' }));
  });

  test('what cannot be decoded or read has failed', async () => {
    expect(await records(() => {})(batch('1', '{'))).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    const strict = records({ read: (data) => (typeof data === 'number' ? data : expect.unreachable()), each: () => {} });
    expect(await strict(batch('1', '"one"'))).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });

  test('are text or bytes where that is asked for', async () => {
    const seen: unknown[] = [];
    await records({ as: 'text', each: (line) => seen.push(line.toUpperCase()) })(batch('no json'));
    await records({ as: 'bytes', each: (bytes) => seen.push(bytes.length) })(batch('é'));
    expect(seen).toEqual(['NO JSON', 2]);
  });

  test('a window’s state goes through', async () => {
    expect(await records(() => {})({ ...batch('1'), state: { total: 7 } })).toEqual({ batchItemFailures: [], state: { total: 7 } });
  });

  test('the types are those of the community', () => {
    const handler = records(() => {});
    expectTypeOf<KinesisStreamEvent>().toExtend<KinesisEvent>();
    expectTypeOf<Awaited<ReturnType<typeof handler>>['batchItemFailures'][number]>().toExtend<{ readonly itemIdentifier: string }>();
    expectTypeOf<Parameters<KinesisStreamHandler>[0]>().toExtend<Parameters<typeof handler>[0]>();
  });
});

describe('windows', () => {
  const event = (data: readonly object[], state: Record<string, unknown>, last = false): WindowEvent => ({
    ...batch(...data),
    state,
    window: { start: '2026-11-01T10:00:00Z', end: '2026-11-01T10:01:00Z' },
    shardId: 'shardId-000000000000',
    isFinalInvokeForWindow: last,
    isWindowTerminatedEarly: false,
  });
  const ended: unknown[] = [];
  const handler = windows<{ total: number }, { amount: number }>({
    start: () => ({ total: 0 }),
    each: ({ total }, { amount }) => {
      if (amount < 0) throw new Error('no');
      return { total: total + amount };
    },
    end: ({ total }, { start }) => ended.push([start, total]),
  });

  test('add up over calls and end once', async () => {
    const first = await handler(event([{ amount: 1 }, { amount: 2 }], {}));
    expect(first).toEqual({ state: { total: 3 }, batchItemFailures: [] });
    expect(await handler(event([], first.state, true))).toEqual({ state: { total: 3 }, batchItemFailures: [] });
    expect(ended).toEqual([['2026-11-01T10:00:00Z', 3]]);
  });

  test('a failure leaves the state as it was: the call fails whole', async () => {
    await expect(handler(event([{ amount: 1 }, { amount: -1 }], { total: 5 }))).rejects.toThrow('no');
  });
});
