/** A command of the AWS SDK seen in a function’s code. */
export interface SdkCall {
  /** The package: `@aws-sdk/client-kinesis`. */
  readonly service: string;
  /** The command: `PutRecordCommand`. */
  readonly command: string;
  /** The file that imports it, from the project’s folder. */
  readonly file: string;
}
