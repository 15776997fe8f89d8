import { adopt } from './adopt.ts';
import { deletion, deletionProtection, kmsKey } from './data.ts';
import { tags } from './function.ts';
import { asked, count, duration, flag, forms, interpolatedText, list, map, object, or, required, text, word } from './kit.ts';
import { FREE_NAME } from './names.ts';
import { policy } from './policy.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';

const tableOf = (property: string) => `AWS::DynamoDB::Table ${property}`;

const attributeName = (doc: string) => text(doc, { pattern: '^[A-Za-z0-9_.:#-]{1,255}$', means: 'the name of an attribute' });

/** An attribute that makes up a key: its name, of type string; or its name and its type. */
const keyAttribute = (doc: string, also: readonly string[]) =>
  forms(
    doc,
    {
      text: attributeName('Its name; its values are strings.'),
      object: object('Its name and its type.', {
        name: required(attributeName('Its name.')),
        type: or(
          word('Its type.', { string: 'Text.', number: 'Numbers.', binary: 'Bytes.' }, { also: ['AttributeType', 'S', 'N', 'B'] }),
          'string',
        ),
      }),
    },
    { aws: tableOf('KeySchema'), page: `${PAGE}/HowItWorks.CoreComponents.html`, also },
  );

const throughput = (doc: string, also: readonly string[]) =>
  object(
    doc,
    {
      read: required(count('Read units a second.', { from: 1, to: 1e6 })),
      write: required(count('Write units a second.', { from: 1, to: 1e6 })),
    },
    { aws: tableOf('ProvisionedThroughput'), page: `${PAGE}/provisioned-capacity-mode.html`, also },
  );

const index = object(
  'An index: the same items, found by another key.',
  {
    key: keyAttribute('The partition key. A local index keeps the table’s.', ['partitionKey', 'HASH', 'KeySchema']),
    sort: keyAttribute('The sort key.', ['sortKey', 'RANGE']),
    local: flag('A local index: the table’s partition key with another sort key. It can only be made with the table.', {
      aws: tableOf('LocalSecondaryIndexes'),
      page: `${PAGE}/LSI.html`,
      also: ['LocalSecondaryIndexes', 'lsi'],
    }),
    project: forms(
      'What of an item is in the index.',
      {
        text: word('All of it, or the keys.', { all: 'All attributes.', keys: 'The keys.' }),
        list: list('The keys and these attributes.', attributeName('An attribute.'), { min: 1, max: 100 }),
      },
      { aws: tableOf('GlobalSecondaryIndexes.Projection'), also: ['Projection', 'projectionType', 'NonKeyAttributes'], usually: 'all' },
    ),
    capacity: throughput('Provisioned capacity of the index.', ['ProvisionedThroughput']),
  },
  { aws: tableOf('GlobalSecondaryIndexes'), page: `${PAGE}/GSI.html` },
);

export const table = object(
  'A DynamoDB table: items found by a key.',
  {
    key: asked(keyAttribute('The partition key.', ['partitionKey', 'HASH', 'KeySchema', 'hashKey', 'AttributeDefinitions'])),
    sort: keyAttribute('The sort key.', ['sortKey', 'RANGE', 'rangeKey']),
    indexes: map(
      'Indexes by name.',
      text('An index', { pattern: `^(?=.{3,})${FREE_NAME}$`, means: 'a name of three characters or more' }),
      index,
      {
        fixed: true,
        also: ['GlobalSecondaryIndexes', 'globalIndexes', 'gsi', 'localIndexes', 'LocalSecondaryIndexes'],
      },
    ),
    ttl: {
      ...attributeName('The attribute with the time, in seconds since 1970, when an item may go.'),
      aws: tableOf('TimeToLiveSpecification'),
      page: `${PAGE}/TTL.html`,
      also: ['TimeToLiveSpecification', 'timeToLiveAttribute'],
    },
    stream: word(
      'What the table’s stream holds of each change. On by itself where something reads it.',
      {
        'new-and-old': 'The item before and after.',
        new: 'The item after.',
        old: 'The item before.',
        keys: 'Its keys.',
      },
      {
        aws: tableOf('StreamSpecification.StreamViewType'),
        page: `${PAGE}/Streams.html`,
        also: ['StreamSpecification', 'StreamViewType', 'NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY'],
        usually: 'new-and-old where something reads it',
      },
    ),
    capacity: throughput('Provisioned capacity. On demand without it: each request is paid.', [
      'ProvisionedThroughput',
      'BillingMode',
      'billing',
    ]),
    maxThroughput: object(
      'On demand: the most a second, which keeps the bill bounded.',
      { read: count('Read units.', { from: 1 }), write: count('Write units.', { from: 1 }) },
      { aws: tableOf('OnDemandThroughput'), page: `${PAGE}/on-demand-capacity-mode-max-throughput.html`, also: ['OnDemandThroughput'] },
    ),
    warmThroughput: object(
      'What the table takes a second at once.',
      { read: count('Read units.', { from: 1 }), write: count('Write units.', { from: 1 }) },
      { aws: tableOf('WarmThroughput'), also: ['WarmThroughput'] },
    ),
    pointInTime: forms(
      'Whether the table can be put back to any moment of the last 35 days, or of so many. It costs by the size.',
      {
        flag: flag('Whether it can.'),
        text: duration('The last so many days.', { from: 86_400, to: 35 * 86_400, examples: ['7 days'] }),
      },
      {
        aws: tableOf('PointInTimeRecoverySpecification'),
        page: `${PAGE}/Point-in-time-recovery.html`,
        also: ['PointInTimeRecoverySpecification', 'pointInTimeRecovery', 'backups'],
        usually: 'true',
      },
    ),
    class: word(
      'What storage and requests cost.',
      { standard: 'For most tables.', infrequent: 'Cheaper to store, dearer to use.' },
      { aws: tableOf('TableClass'), page: `${PAGE}/HowItWorks.TableClasses.html`, also: ['TableClass'], usually: 'standard' },
    ),
    insights: flag('Which keys are used most. It costs.', {
      aws: tableOf('ContributorInsightsSpecification'),
      also: ['ContributorInsightsSpecification', 'contributorInsights'],
    }),
    encryption: kmsKey('the items', tableOf('SSESpecification.KMSMasterKeyId')),
    policy: policy('AWS::DynamoDB::Table ResourcePolicy'),
    tags,
    ...sharing,
    physicalName: text('The table’s name in AWS. One is made up without it, and then AWS can replace the table.', {
      pattern: '^[a-zA-Z0-9_.-]{3,255}$',
      means: '3 to 255 letters, digits and _.-',
      aws: tableOf('TableName'),
      also: ['TableName', 'tableName'],
    }),
    existing: interpolatedText('The name or the ARN of a table that exists, instead of making one.', {
      also: ['arn', 'Arn', 'fromTableArn'],
    }),
    adopt: adopt('The name or the ARN of a table', {
      pattern: '^(arn:[^:]+:dynamodb:[^:]*:[^:]*:table/.+|[^:]+)$',
      means: 'the name or the ARN of a table',
      examples: ['orders'],
    }),
    existingStream: interpolatedText('The ARN of the stream of a table that exists.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a table’s stream',
      also: ['StreamArn', 'tableStreamArn', 'LatestStreamArn'],
    }),
    deletion,
    deletionProtection,
  },
  { id: 'table', aws: 'AWS::DynamoDB::Table', page: `${PAGE}/Introduction.html` },
);
