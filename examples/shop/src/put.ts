import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { stream } from 'eventsystem/runtime';

const kinesis = new KinesisClient({});

/** Puts a record into a stream of this system; records of one key stay in order. Gives the record’s number. */
export async function put(name: 'orders' | 'settled', key: string, data: object): Promise<string> {
  const { SequenceNumber = '' } = await kinesis.send(
    new PutRecordCommand({ StreamName: stream(name), PartitionKey: key, Data: Buffer.from(JSON.stringify(data)) }),
  );
  return SequenceNumber;
}
