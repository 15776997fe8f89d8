import { spell } from '../compiler/cloud/address.ts';
import type { Template, TemplateResource } from '../compiler/emit/emit.ts';
import { lastPart } from '../compiler/resources/adoption.ts';
import { costsOf } from '../views/cost.ts';
import type { Item } from './inventory.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/** What outlives its stack. */
export interface Kept extends Item {
  readonly as: 'itself' | 'snapshot';
  /** Its ARN, or that of what the snapshot was taken of, where it follows from the name. */
  readonly arn?: string;
  /** The path in the file, and the line: `eventsystem.yml:12`. */
  readonly path?: string;
  readonly line?: string;
  /** US dollars a month, used or not. */
  readonly monthly: number;
  /** What to do, so that it belongs to the system again, or goes. */
  readonly next: string;
}

/** What stands of a thing in the template it was deployed with. */
interface Facts {
  readonly item: Item;
  readonly resource: TemplateResource | undefined;
  readonly path: string | undefined;
  /** Where it is in the file, in a sentence. */
  readonly where: string;
  readonly region: string;
}

/** How something that stays is taken back. */
export function keptOf(
  run: Pick<Run, 'aws' | 'identity'>,
  { origins }: Pick<Target, 'origins'>,
  template: Template | undefined,
  item: Item,
  as: Kept['as'],
): Kept {
  const resource = template?.Resources[item.id];
  const origin = Object.hasOwn(origins, item.id) ? origins[item.id] : undefined;
  const path = origin?.path ?? resource?.Metadata?.eventsystem.path;
  const arn = arnOf(run, item);
  const cost = template && as === 'itself' ? costOf(template, item.id) : 0;
  const line = origin && `${origin.file}:${origin.line}`;
  const where = `${path ?? item.id}${line === undefined ? '' : ` (${line})`}`;
  const facts = { item, resource, path, where, region: run.aws.region };
  return {
    ...item,
    as,
    ...(arn !== undefined && { arn }),
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
    monthly: cost,
    next: as === 'snapshot' ? restored(facts) : (adopted(facts) ?? byItsName(facts) ?? byHand(facts)),
  };
}

/** What it costs alone: what others in the template say of it (how many shards) is looked at with it. */
function costOf(template: Template, id: string): number {
  const all = costsOf(template).reduce((sum, { monthly = 0 }) => sum + monthly, 0);
  const { [id]: _, ...others } = template.Resources;
  return Math.max(0, all - costsOf({ Resources: others }).reduce((sum, { monthly = 0 }) => sum + monthly, 0));
}

/** Kinds that have the word `adopt`: the thing itself by its type and the end of its id, and how it is named there. */
const adoptable: Readonly<Record<string, { readonly type: string; readonly word: string; readonly named?: (physical: string) => string }>> =
  {
    buckets: { type: 'AWS::S3::Bucket', word: 'Bucket' },
    buses: { type: 'AWS::Events::EventBus', word: 'Bus' },
    queues: { type: 'AWS::SQS::Queue', word: 'Queue', named: lastPart },
    secrets: { type: 'AWS::SecretsManager::Secret', word: 'Secret' },
    settings: { type: 'AWS::SSM::Parameter', word: 'Setting', named: () => 'true' },
    streams: { type: 'AWS::Kinesis::Stream', word: 'Stream' },
    tables: { type: 'AWS::DynamoDB::Table', word: 'Table' },
    topics: { type: 'AWS::SNS::Topic', word: 'Topic', named: lastPart },
    userPools: { type: 'AWS::Cognito::UserPool', word: 'Pool' },
  };

function adopted({ item: { id, type, physical }, resource, path = '', where }: Facts): string | undefined {
  const [kind = '', name = '', ...more] = path.split('.');
  const known = Object.hasOwn(adoptable, kind) ? adoptable[kind] : undefined;
  // What is made beside the thing, such as a queue for what failed, has its path and another id.
  if (known?.type !== type || more.length > 0 || id !== `${spell(name)}${known.word}`) return undefined;
  const properties = resource?.Properties ?? {};
  // A user pool’s name is not its identity and may stay; a setting is named by its path.
  const without =
    kind === 'secrets' && 'GenerateSecretString' in properties
      ? ', without `generate`'
      : isNamed(resource) && kind !== 'userPools' && kind !== 'settings'
        ? ', without `physicalName`'
        : '';
  return `To import it again, set \`adopt: ${(known.named ?? String)(physical)}\` at ${where}${without}, and deploy.`;
}

/** CloudFormation finds by its name what has one in the template. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html */
function byItsName({ resource }: Facts): string | undefined {
  return isNamed(resource) ? '`eventsystem deploy --adopt` imports it again by its name.' : undefined;
}

function isNamed(resource: TemplateResource | undefined): boolean {
  const properties = resource?.Properties ?? {};
  // A bucket in the account’s own namespace has a name that eventsystem made up.
  return !('BucketNamespace' in properties) && Object.keys(properties).some((key) => NAMES.test(key));
}

const NAMES = /^(Name|(Bucket|Function|LogGroup|Queue|Table|Topic)Name)$/;

function byHand({ item: { type, physical }, region }: Facts): string {
  const command = Object.hasOwn(deletes, type) ? deletes[type] : undefined;
  if (type === 'AWS::KMS::Key')
    return 'Keep it as long as anything it encrypted: without it, that is lost. A new deployment creates a new key.';
  return `A new deployment creates a new one. Delete this one when it is no longer needed${command === undefined ? ' by hand' : `: \`aws ${command} ${physical} --region ${region}\``}.`;
}

const deletes: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'lambda delete-function --function-name',
  'AWS::Logs::LogGroup': 'logs delete-log-group --log-group-name',
  'AWS::SQS::Queue': 'sqs delete-queue --queue-url',
};

/** CloudFormation makes up the snapshot’s name. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html */
function restored({ item: { type, physical }, where, region }: Facts): string {
  if (!type.startsWith('AWS::RDS::')) return 'Find and restore its snapshot in the service.';
  const of = type === 'AWS::RDS::DBCluster' ? 'cluster' : 'instance';
  const list = `aws rds describe-db-${of === 'cluster' ? 'cluster-' : ''}snapshots --db-${of}-identifier ${physical} --region ${region}`;
  return `\`${list}\` shows the snapshot’s name. Restore it in RDS, then set \`existing: HOST\` at ${where}.`;
}

/** Where the name is all of an ARN that is not known. */
function arnOf({ aws, identity }: Pick<Run, 'aws' | 'identity'>, { type, physical }: Item): string | undefined {
  if (physical.startsWith('arn:')) return physical;
  const form = Object.hasOwn(arns, type) ? arns[type] : undefined;
  if (form === undefined) return undefined;
  const [service = '', before = ''] = form;
  const place = service === 's3' ? ':' : `${aws.region}:${identity.account}`;
  const name = type === 'AWS::SQS::Queue' ? lastPart(physical) : physical.replace(/^\//, '');
  return `arn:${identity.partition}:${service}:${place}:${before}${name}`;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const arns: Readonly<Record<string, readonly [service: string, before: string]>> = {
  'AWS::Cognito::UserPool': ['cognito-idp', 'userpool/'],
  'AWS::DynamoDB::Table': ['dynamodb', 'table/'],
  'AWS::Events::EventBus': ['events', 'event-bus/'],
  'AWS::KMS::Key': ['kms', 'key/'],
  'AWS::Kinesis::Stream': ['kinesis', 'stream/'],
  'AWS::Lambda::Function': ['lambda', 'function:'],
  'AWS::Logs::LogGroup': ['logs', 'log-group:'],
  'AWS::RDS::DBCluster': ['rds', 'cluster:'],
  'AWS::RDS::DBInstance': ['rds', 'db:'],
  'AWS::S3::Bucket': ['s3', ''],
  'AWS::SQS::Queue': ['sqs', ''],
  'AWS::SSM::Parameter': ['ssm', 'parameter/'],
};
