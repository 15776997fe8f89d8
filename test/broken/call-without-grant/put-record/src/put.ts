import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';

const kinesis = new KinesisClient({});

export default async () => kinesis.send(new PutRecordCommand({ StreamName: 'orders', Data: new Uint8Array(), PartitionKey: '1' }));
