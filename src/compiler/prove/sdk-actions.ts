import type { Catalogue } from '../cloud/catalogue.ts';
import type { SdkCall } from '../cloud/sdk-call.ts';

/** The IAM action a command needs; nothing where it needs none, or where it cannot be told from the command alone. */
export function actionOf({ service, command }: SdkCall, catalogue: Catalogue): string | undefined {
  const client = service.replace(/^@aws-sdk\/(client|lib)-/, '');
  const prefix = Object.hasOwn(prefixes, client) ? (prefixes[client] ?? client) : client;
  const operation = command.replace(/Command$/, '');
  const renamed = `${prefix}:${operation}`;
  const names = Object.hasOwn(actions, renamed) ? actions[renamed] : operation;
  if (names === undefined || names === '') return undefined;
  const known = catalogue.actions(prefix)?.actions;
  return known && Object.hasOwn(known, names) ? `${prefix}:${names}` : undefined;
}

/** Clients whose IAM prefix is another word. */
const prefixes: Readonly<Record<string, string>> = {
  'bedrock-runtime': 'bedrock',
  'cloudwatch-logs': 'logs',
  'cognito-identity-provider': 'cognito-idp',
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  'iot-data-plane': 'iot',
  lambda: 'lambda',
  'secrets-manager': 'secretsmanager',
  sesv2: 'ses',
  sfn: 'states',
};

/** Operations whose IAM action has another name, and those that need none. */
const actions: Readonly<Record<string, string>> = {
  'bedrock:Converse': 'InvokeModel',
  'bedrock:ConverseStream': 'InvokeModelWithResponseStream',
  'dynamodb:BatchGet': 'BatchGetItem',
  'dynamodb:BatchWrite': 'BatchWriteItem',
  'dynamodb:Delete': 'DeleteItem',
  'dynamodb:Get': 'GetItem',
  'dynamodb:Put': 'PutItem',
  'dynamodb:TransactGet': 'GetItem',
  'dynamodb:TransactGetItems': 'GetItem',
  'dynamodb:TransactWrite': '',
  'dynamodb:TransactWriteItems': '',
  'dynamodb:Update': 'UpdateItem',
  'lambda:Invoke': 'InvokeFunction',
  'lambda:InvokeWithResponseStream': 'InvokeFunction',
  's3:CompleteMultipartUpload': 'PutObject',
  's3:CopyObject': 'PutObject',
  's3:CreateMultipartUpload': 'PutObject',
  's3:DeleteObjects': 'DeleteObject',
  's3:HeadBucket': 'ListBucket',
  's3:HeadObject': 'GetObject',
  's3:ListObjects': 'ListBucket',
  's3:ListObjectsV2': 'ListBucket',
  's3:UploadPart': 'PutObject',
  'sns:PublishBatch': 'Publish',
  'sqs:DeleteMessageBatch': 'DeleteMessage',
  'sqs:SendMessageBatch': 'SendMessage',
  'sts:GetCallerIdentity': '',
};
