/**
 * What ships inside functions: `import { records, database } from 'eventsystem/runtime'`. Each export stands alone, so
 * that a bundle holds only what its handler uses. Nothing here depends on a package.
 */
export { allow, deny, simple, unauthorized } from './authorizer.ts';
export type {
  AuthorizerContext,
  HttpRequestAuthorizerEvent,
  Policy,
  PolicyOptions,
  RequestAuthorizerEvent,
  Route,
  SimpleAnswer,
  TokenAuthorizerEvent,
} from './authorizer.ts';
export type { BatchAnswer } from './contract.ts';
export { database } from './database.ts';
export type { Database, Engine } from './database.ts';
export { changes } from './dynamodb.ts';
export type { AttributeValue, Change, DynamoEvent, DynamoRecord } from './dynamodb.ts';
export { records } from './kinesis.ts';
export type { Each, KinesisEvent, KinesisRecord, RecordsOptions } from './kinesis.ts';
export { api, bucket, bus, fn, machine, queue, secret, setting, stream, table, topic } from './reach.ts';
export { messages } from './sqs.ts';
export type { EachMessage, MessagesOptions, SqsEvent, SqsMessage } from './sqs.ts';
export { windows } from './windows.ts';
export type { Window, WindowEvent, WindowAnswer, WindowsOptions } from './windows.ts';
