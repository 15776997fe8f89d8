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
      read: required(count('Read capacity units.', { from: 1, to: 1e6 })),
      write: required(count('Write capacity units.', { from: 1, to: 1e6 })),
    },
    { aws: tableOf('ProvisionedThroughput'), page: `${PAGE}/provisioned-capacity-mode.html`, also },
  );

const index = object(
  'An index: the same items, by another key.',
  {
    key: keyAttribute('The partition key. A local index uses the table’s.', ['partitionKey', 'HASH', 'KeySchema']),
    sort: keyAttribute('The sort key.', ['sortKey', 'RANGE']),
    local: flag('A local index: the table’s partition key with another sort key. It can only be created with the table.', {
      aws: tableOf('LocalSecondaryIndexes'),
      page: `${PAGE}/LSI.html`,
      also: ['LocalSecondaryIndexes', 'lsi'],
    }),
    project: forms(
      'Which attributes are in the index.',
      {
        text: word('All attributes, or the keys.', { all: 'All attributes.', keys: 'The keys.' }),
        list: list('The keys and these attributes.', attributeName('An attribute.'), { min: 1, max: 100 }),
      },
      { aws: tableOf('GlobalSecondaryIndexes.Projection'), also: ['Projection', 'projectionType', 'NonKeyAttributes'], usually: 'all' },
    ),
    capacity: throughput('Provisioned capacity of the index.', ['ProvisionedThroughput']),
  },
  { aws: tableOf('GlobalSecondaryIndexes'), page: `${PAGE}/GSI.html` },
);

export const table = object(
  'A DynamoDB table: items by key.',
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
      ...attributeName('The attribute with an item’s expiry time, in seconds since 1970.'),
      aws: tableOf('TimeToLiveSpecification'),
      page: `${PAGE}/TTL.html`,
      also: ['TimeToLiveSpecification', 'timeToLiveAttribute'],
    },
    stream: word(
      'What the table’s stream contains for each change. Turned on automatically if something reads it.',
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
        usually: 'new-and-old if something reads it',
      },
    ),
    capacity: throughput('Provisioned capacity. Without it the table is on-demand, billed per request.', [
      'ProvisionedThroughput',
      'BillingMode',
      'billing',
    ]),
    maxThroughput: object(
      'On-demand: the maximum throughput per second, to limit costs.',
      { read: count('Read units.', { from: 1 }), write: count('Write units.', { from: 1 }) },
      { aws: tableOf('OnDemandThroughput'), page: `${PAGE}/on-demand-capacity-mode-max-throughput.html`, also: ['OnDemandThroughput'] },
    ),
    warmThroughput: object(
      'Warm throughput: what the table can take per second immediately.',
      { read: count('Read units.', { from: 1 }), write: count('Write units.', { from: 1 }) },
      { aws: tableOf('WarmThroughput'), also: ['WarmThroughput'] },
    ),
    pointInTime: forms(
      'Point-in-time recovery: whether the table can be restored to any second of the last 35 days, or of this many. Billed by size.',
      {
        flag: flag('Whether it can.'),
        text: duration('The number of days.', { from: 86_400, to: 35 * 86_400, examples: ['7 days'] }),
      },
      {
        aws: tableOf('PointInTimeRecoverySpecification'),
        page: `${PAGE}/Point-in-time-recovery.html`,
        also: ['PointInTimeRecoverySpecification', 'pointInTimeRecovery', 'backups'],
        usually: 'true',
      },
    ),
    class: word(
      'The table class, which sets what storage and requests cost.',
      { standard: 'For most tables.', infrequent: 'Cheaper to store, more expensive to use.' },
      { aws: tableOf('TableClass'), page: `${PAGE}/HowItWorks.TableClasses.html`, also: ['TableClass'], usually: 'standard' },
    ),
    insights: flag('Contributor Insights: which keys are used most. At extra cost.', {
      aws: tableOf('ContributorInsightsSpecification'),
      also: ['ContributorInsightsSpecification', 'contributorInsights'],
    }),
    encryption: kmsKey('the items', tableOf('SSESpecification.KMSMasterKeyId')),
    policy: policy('AWS::DynamoDB::Table ResourcePolicy'),
    tags,
    ...sharing,
    physicalName: text('The table’s name in AWS. If left out, AWS generates one and can replace the table.', {
      pattern: '^[a-zA-Z0-9_.-]{3,255}$',
      means: '3 to 255 letters, digits and _.-',
      aws: tableOf('TableName'),
      also: ['TableName', 'tableName'],
    }),
    existing: interpolatedText('The name or ARN of an existing table, instead of creating one.', {
      also: ['arn', 'Arn', 'fromTableArn'],
    }),
    adopt: adopt('The name or ARN of a table', {
      pattern: '^(arn:[^:]+:dynamodb:[^:]*:[^:]*:table/.+|[^:]+)$',
      means: 'the name or ARN of a table',
      examples: ['orders'],
    }),
    existingStream: interpolatedText('The ARN of an existing table’s stream.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a table’s stream',
      also: ['StreamArn', 'tableStreamArn', 'LatestStreamArn'],
    }),
    deletion,
    deletionProtection,
  },
  { id: 'table', aws: 'AWS::DynamoDB::Table', page: `${PAGE}/Introduction.html` },
);
