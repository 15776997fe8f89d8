import type { DynamoDBStreamHandler, SQSHandler } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { changes, messages, type DynamoEvent, type SqsEvent } from '../../src/runtime/index.ts';

const logged = vi.spyOn(console, 'error');
beforeEach(() => void logged.mockImplementation(() => {}));
afterEach(() => void logged.mockReset());

const failed = ({ batchItemFailures }: { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('messages', () => {
  const batch = (queue: string, ...sent: readonly (readonly [id: string, body: string, group?: string])[]): SqsEvent => ({
    Records: sent.map(([messageId, body, group]) => ({
      messageId,
      receiptHandle: messageId,
      body,
      attributes: group === undefined ? {} : { MessageGroupId: group },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:${queue}`,
      awsRegion: 'eu-central-1',
    })),
  });

  test('fit where Lambda’s own types are asked for', () => {
    expectTypeOf<Parameters<SQSHandler>[0]>().toExtend<Parameters<ReturnType<typeof messages>>[0]>();
  });

  test('those of a standard queue fail each for itself, whatever group they name', async () => {
    const seen: unknown[] = [];
    const handler = messages((body) => {
      seen.push(body);
      if (body === 2) throw new Error('no');
    });
    const answer = await handler(batch('orders', ['a', '1', 'g'], ['b', '2', 'g'], ['c', '3', 'g'], ['d', 'no JSON', 'g']));
    expect(seen).toEqual([1, 2, 3]);
    expect(failed(answer)).toEqual(['b', 'd']);
  });

  test('those of a standard queue do not wait for each other', async () => {
    const begun: unknown[] = [];
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const running = messages(async (body) => {
      begun.push(body);
      await gate;
    })(batch('orders', ['a', '1'], ['b', '2']));
    await Promise.resolve();
    expect(begun).toEqual([1, 2]);
    release();
    expect(failed(await running)).toEqual([]);
  });

  test('in a FIFO queue nothing of a group overtakes one that failed; other groups go on', async () => {
    const seen: unknown[] = [];
    const handler = messages<number>((body) => {
      seen.push(body);
      if (body === 2) throw new Error('no');
    });
    const answer = await handler(batch('orders.fifo', ['a', '1', 'x'], ['b', '2', 'x'], ['c', '3', 'y'], ['d', '4', 'x'], ['e', '5', 'y']));
    expect(seen.toSorted()).toEqual([1, 2, 3, 5]);
    expect(failed(answer)).toEqual(['b', 'd']);
  });

  test('bodies are text where that is said, and read by what is given', async () => {
    const seen: unknown[] = [];
    await messages({ as: 'text', read: (text) => text.length, each: (length) => seen.push(length) })(batch('orders', ['a', 'four']));
    expect(seen).toEqual([4]);
  });
});

describe('changes', () => {
  const batch = (...records: readonly object[]): DynamoEvent => ({
    Records: records.map((dynamodb, index) => ({ eventName: 'MODIFY', dynamodb: { SequenceNumber: `${index + 1}`, ...dynamodb } })),
  });

  test('fit where Lambda’s own types are asked for', () => {
    expectTypeOf<Parameters<DynamoDBStreamHandler>[0]>().toExtend<Parameters<ReturnType<typeof changes>>[0]>();
  });

  test('are plain values', async () => {
    const seen: unknown[] = [];
    await changes((change) => seen.push(change))(
      batch({
        Keys: { id: { S: 'ada' } },
        NewImage: {
          id: { S: 'ada' },
          age: { N: '36' },
          price: { N: '1.25' },
          large: { N: '12345678901234567890' },
          exact: { N: '0.12345678901234567890' },
          photo: { B: 'AQI=' },
          paid: { BOOL: true },
          gone: { NULL: true },
          tags: { SS: ['a', 'b'] },
          sizes: { NS: ['1', '2'] },
          lines: { L: [{ M: { sku: { S: 'x' } } }] },
        },
      }),
    );
    expect(seen).toEqual([
      {
        change: 'modify',
        keys: { id: 'ada' },
        new: {
          id: 'ada',
          age: 36,
          price: 1.25,
          large: 12_345_678_901_234_567_890n,
          exact: '0.12345678901234567890',
          photo: Buffer.from([1, 2]),
          paid: true,
          gone: null,
          tags: new Set(['a', 'b']),
          sizes: new Set([1, 2]),
          lines: [{ sku: 'x' }],
        },
      },
    ]);
  });

  test('the first that fails ends the batch, and the state of a window is kept', async () => {
    const seen: unknown[] = [];
    const handler = changes<{ id: string }>(({ keys }) => {
      seen.push(keys.id);
      if (keys.id === 'b') throw new Error('no');
    });
    const answer = await handler({ ...batch(...['a', 'b', 'c'].map((id) => ({ Keys: { id: { S: id } } }))), state: { sum: 1 } });
    expect(seen).toEqual(['a', 'b']);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }], state: { sum: 1 } });
  });
});
