// What this example uses of the SDK, which Lambda brings along. A system of your own installs the package for its types.
declare module '@aws-sdk/client-kinesis' {
  export class PutRecordCommand {
    constructor(input: { StreamName: string; PartitionKey: string; Data: Uint8Array });
  }
  export class KinesisClient {
    constructor(config: object);
    send(command: PutRecordCommand): Promise<{ SequenceNumber?: string }>;
  }
}
