import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { arn, attribute, ref, text, type Value } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { adopting, nameInAws } from './adoption.ts';
import { existing } from './existing.ts';
import { deletionProtected, keeping } from './keeping.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';
import { attributesOf, globalIndexes, keySchema, localIndexes } from './table-keys.ts';
import { verifyTable } from './table-rules.ts';
import { keyOf, usingKey } from './system-key.ts';
import { tagList } from './tags.ts';

export type Table = Thing<'tables'>;

export const tableAddress = ({ name }: Table): Address<'AWS::DynamoDB::Table'> => address('AWS::DynamoDB::Table', { name, word: 'Table' });

export function tableArn(table: Table, context: Context): Piece {
  const found = existing(table.settings.existing, context);
  return found ? (found.arn ?? arn('dynamodb', text('table/', found.name))) : attribute(tableAddress(table), 'Arn');
}

export function tableName(table: Table, context: Context): Piece {
  return existing(table.settings.existing, context)?.name ?? ref(tableAddress(table));
}

/** The stream of its changes; of a table that exists, the one the file names. */
export function tableStreamArn(table: Table, context: Context): Piece {
  const { existingStream } = table.settings;
  return existingStream ? context.text(existingStream) : attribute(tableAddress(table), 'StreamArn');
}

/** The indexes of a table, each by its ARN; of one that exists every index is meant, for they are not known. */
function indexArns(table: Table, context: Context): readonly Piece[] {
  const names = table.settings.existing ? ['*'] : Object.keys(table.settings.indexes ?? {}).sort();
  return names.map((name) => text(tableArn(table, context), `/index/${name}`));
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html */
export function tableKey({ settings }: Table, context: Context): Allowance['statements'] {
  return usingKey(keyOf(settings, settings.encryption, context), 'dynamodb', 'kms:Decrypt');
}

const UNKNOWN_INDEXES = [
  { rule: 'AwsSolutions-IAM5', reason: 'The table exists already, and its indexes are not known; all of them are of this table.' },
];

function allowance(actions: readonly string[], onIndexes: readonly string[] = []) {
  return (table: Table, _: Use, context: Context): Allowance => {
    const indexes = onIndexes.length > 0 ? indexArns(table, context) : [];
    return {
      statements: [
        { actions, on: [tableArn(table, context)] },
        ...(indexes.length > 0 ? [{ actions: onIndexes, on: indexes, ...(table.settings.existing && { accepted: UNKNOWN_INDEXES }) }] : []),
        ...tableKey(table, context),
      ],
      variables: [{ name: variableOf('table', table.called), value: tableName(table, context) }],
    };
  };
}

const deleting = allowance(['dynamodb:DeleteItem']);
const deletingMany = allowance(['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem']);

/** A batch of writes may hold deletions, so it takes leave for both. */
function deletion(table: Table, use: Use, context: Context): Allowance {
  const verbs = use.fn.settings.access?.find(({ thing }) => thing === table)?.written.value;
  return (Array.isArray(verbs) && verbs.includes('write') ? deletingMany : deleting)(table, use, context);
}

const VIEWS = { 'new-and-old': 'NEW_AND_OLD_IMAGES', new: 'NEW_IMAGE', old: 'OLD_IMAGE', keys: 'KEYS_ONLY' } as const;

/** A DynamoDB table. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const tables: Meaning<'tables'> = {
  service: 'dynamodb',
  arn: tableArn,
  attributes: { '': tableName, name: tableName, arn: tableArn, streamArn: tableStreamArn },
  access: {
    read: allowance(['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'], ['dynamodb:Query']),
    write: allowance(['dynamodb:PutItem', 'dynamodb:UpdateItem']),
    delete: deletion,
    scan: allowance(['dynamodb:Scan'], ['dynamodb:Scan']),
  },
  verify: verifyTable,

  expand(table, context) {
    const { settings, path, place: because } = table;
    if (settings.existing) return [];
    const name = nameInAws(settings, context);
    const key = keyOf(settings, settings.encryption, context);
    const stream = settings.stream ?? (context.demandsOn(table).length > 0 ? 'new-and-old' : undefined);
    return [
      resource(
        tableAddress(table),
        {
          ...(name !== undefined && { TableName: name }),
          AttributeDefinitions: attributesOf(settings),
          KeySchema: keySchema(settings),
          ...globalIndexes(settings),
          ...localIndexes(settings),
          ...(settings.capacity
            ? {
                BillingMode: 'PROVISIONED',
                ProvisionedThroughput: { ReadCapacityUnits: settings.capacity.read, WriteCapacityUnits: settings.capacity.write },
              }
            : { BillingMode: 'PAY_PER_REQUEST' }),
          ...(settings.maxThroughput && { OnDemandThroughput: requestUnits(settings.maxThroughput) }),
          ...(settings.warmThroughput && { WarmThroughput: unitsPerSecond(settings.warmThroughput) }),
          ...(stream !== undefined && { StreamSpecification: { StreamViewType: VIEWS[stream] } }),
          ...(settings.ttl !== undefined && { TimeToLiveSpecification: { AttributeName: settings.ttl, Enabled: true } }),
          PointInTimeRecoverySpecification: pointInTime(settings.pointInTime),
          ...(settings.class === 'infrequent' && { TableClass: 'STANDARD_INFREQUENT_ACCESS' }),
          ...(settings.insights && { ContributorInsightsSpecification: { Enabled: true } }),
          ...(key !== undefined && { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key as string } }),
          ...(settings.policy && {
            ResourcePolicy: { PolicyDocument: { Version: '2012-10-17', Statement: settings.policy.map((one) => context.data(one)) } },
          }),
          DeletionProtectionEnabled: deletionProtected(settings, context.model),
          ...tagList(settings.tags, context),
        },
        {
          because,
          path,
          ...adopting(settings, context, (found) => ({ TableName: found.name })),
          ...keeping(settings, context.model),
          ...(settings.pointInTime === false && { accepted: [{ rule: 'AwsSolutions-DDB3', reason: 'The file turns it off.' }] }),
        },
      ),
    ];
  },
};

interface Throughput {
  readonly read?: number | undefined;
  readonly write?: number | undefined;
}

const requestUnits = ({ read, write }: Throughput) => ({
  ...(read !== undefined && { MaxReadRequestUnits: read }),
  ...(write !== undefined && { MaxWriteRequestUnits: write }),
});

const unitsPerSecond = ({ read, write }: Throughput) => ({
  ...(read !== undefined && { ReadUnitsPerSecond: read }),
  ...(write !== undefined && { WriteUnitsPerSecond: write }),
});

/** On unless the file says no: a table that was damaged by code can be put back. */
function pointInTime(said: boolean | number | undefined): { [key: string]: Value } & { PointInTimeRecoveryEnabled: boolean } {
  if (typeof said === 'number') return { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: said / 86_400 };
  return { PointInTimeRecoveryEnabled: said ?? true };
}
