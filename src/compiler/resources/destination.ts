import { text } from '../cloud/value.ts';
import type { Model, Text, Thing } from '../resolve/model.ts';
import { bucketKey } from './bucket-settings.ts';
import type { Context, Piece, Statement } from './meaning.ts';
import { keyOf, usingKey } from './system-key.ts';

/** Where Lambda sends what came of a call or a batch: something of this system, or an ARN. */
export type Destination = Thing<'queues' | 'topics' | 'buckets' | 'buses' | 'functions' | 'consumers'> | Text;

export type DestinationService = 'sqs' | 'sns' | 's3' | 'events' | 'lambda';

export const isText = (said: Destination): said is Text => 'segments' in said;

export const isNone = (said: Destination): boolean => isText(said) && said.segments[0] === 'none';

/** As it is told in a finding. */
export const nameOfDestination = (said: Destination): string =>
  isText(said) ? said.segments.map((segment) => (typeof segment === 'string' ? segment : '$(…)')).join('') : said.name;

export const destinationArn = (said: Destination, context: Context): Piece => (isText(said) ? context.text(said) : context.arn(said));

const SERVICES: Readonly<Record<string, DestinationService | undefined>> = {
  queues: 'sqs',
  topics: 'sns',
  buckets: 's3',
  buses: 'events',
  functions: 'lambda',
  consumers: 'lambda',
};

const TYPES: Readonly<Record<string, DestinationService | undefined>> = {
  'AWS::SQS::Queue': 'sqs',
  'AWS::SNS::Topic': 'sns',
  'AWS::S3::Bucket': 's3',
  'AWS::Events::EventBus': 'events',
  'AWS::Lambda::Function': 'lambda',
};

/** The service of a destination: its kind, else from its ARN, or from the type of the resource of the file’s own that it refers to. */
export function serviceOfDestination(said: Destination, model: Model): DestinationService | undefined {
  if (!isText(said)) return SERVICES[said.kind];
  const [first] = said.segments;
  if (typeof first === 'string') return /^arn:[^:]*:(sqs|sns|s3|events|lambda):/.exec(first)?.[1] as DestinationService | undefined;
  if (first?.to === 'thing') return SERVICES[first.thing.kind];
  return first?.to === 'resource' ? TYPES[model.settings.resources?.[first.name]?.Type ?? ''] : undefined;
}

/** Whether it is a FIFO queue or topic, which Lambda does not send to. */
export const isFifoDestination = (said: Destination): boolean =>
  isText(said) ? nameOfDestination(said).endsWith('.fifo') : 'fifo' in said.settings && said.settings.fifo === true;

/** What Lambda needs to send there, in the function’s role. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function sendingTo(service: DestinationService, arn: Piece): readonly Statement[] {
  switch (service) {
    case 'sqs':
      return [{ actions: ['sqs:SendMessage'], on: [arn] }];
    case 'sns':
      return [{ actions: ['sns:Publish'], on: [arn] }];
    case 'events':
      return [{ actions: ['events:PutEvents'], on: [arn] }];
    case 'lambda':
      return [{ actions: ['lambda:InvokeFunction'], on: [arn] }];
    case 's3':
      return [
        { actions: ['s3:ListBucket'], on: [arn] },
        {
          actions: ['s3:PutObject'],
          on: [text(arn, '/aws/lambda/*')],
          accepted: [
            { rule: 'AwsSolutions-IAM5', reason: 'Lambda makes up the names of the objects it puts; all of them start with aws/lambda/.' },
          ],
        },
      ];
  }
}

/** Leave to use the key that encrypts a destination of this system. */
export function keyOfDestination(said: Destination | undefined, context: Context): readonly Statement[] {
  if (!said || isText(said)) return [];
  const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
  switch (said.kind) {
    case 'queues': {
      const { key } = (said as Thing<'queues'>).settings;
      return usingKey(key && context.text(key), 'sqs', ...actions);
    }
    case 'topics': {
      const { settings } = said as Thing<'topics'>;
      return usingKey(keyOf(settings, settings.key, context), 'sns', ...actions);
    }
    case 'buckets':
      return usingKey(bucketKey(said as Thing<'buckets'>, context), 's3', ...actions);
    default:
      return [];
  }
}
