import { address, logicalId } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { account, addressesIn, arn, attribute, partition, region, text, urlSuffix, type Value } from '../cloud/value.ts';
import type { Text, Thing } from '../resolve/model.ts';
import { keeping } from './keeping.ts';
import type { Context, Piece, Statement, SystemMeaning } from './meaning.ts';
import { tagList } from './tags.ts';

const systemKey = address('AWS::KMS::Key', [], 'SystemKey');

/**
 * The key that encrypts something: as said, else in a strict system the system’s own. What exists already has a key of
 * its own, which the file would have to say.
 */
export function keyOf(settings: { readonly existing?: unknown }, said: Text | undefined, context: Context): Piece | undefined {
  if (said) return context.text(said);
  return context.model.strict && settings.existing === undefined ? attribute(systemKey, 'Arn') : undefined;
}

/** The same as the property of what nobody could have made before: log groups, secrets. */
export const systemKeyId = (said: Text | undefined, context: Context): { readonly KmsKeyId?: Piece } => {
  const key = keyOf({}, said, context);
  return key === undefined ? {} : { KmsKeyId: key };
};

/** Leave to use a key, through one service alone. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
export function usingKey(key: Piece | undefined, service: string, ...actions: readonly string[]): readonly Statement[] {
  if (key === undefined || actions.length === 0) return [];
  return [{ actions, on: [key], when: { StringEquals: { 'kms:ViaService': text(service, '.', region, '.', urlSuffix) } } }];
}

/** The one key of a strict system, made when something asks for it; its policy admits the services that something needs it for. */
export const encryption: SystemMeaning = {
  follow(parts, context) {
    const users = parts.flatMap((part) => (part.part === 'resource' && names(part.properties as Value) ? [part.address.type] : []));
    if (users.length === 0) return [];
    const { place: because } = context.model.root.at('strict');
    return [
      resource(
        systemKey,
        {
          Description: text('What ', context.model.stack, ' encrypts') as string,
          EnableKeyRotation: true,
          PendingWindowInDays: 30,
          KeyPolicy: { Version: '2012-10-17', Statement: [ADMINISTRATION, ...admitted(new Set(users), context)] },
          ...tagList(undefined, context),
        },
        // Without the key, what stays is unreadable.
        { because, path: 'strict', ...keeping({}, context.model) },
      ),
    ];
  },
};

const names = (value: Value): boolean => addressesIn(value).some((to) => logicalId(to) === logicalId(systemKey));

/** IAM decides who else may use it. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const ADMINISTRATION = {
  Sid: 'Account',
  Effect: 'Allow',
  Principal: { AWS: text('arn:', partition, ':iam::', account, ':root') },
  Action: 'kms:*',
  Resource: '*',
} satisfies Value;

function admitted(users: ReadonlySet<string>, context: Context): readonly Value[] {
  return [...(users.has('AWS::Logs::LogGroup') ? [forLogs] : []), ...forTopics(context), ...forBuckets(context)];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const forLogs: Value = {
  Sid: 'Logs',
  Effect: 'Allow',
  Principal: { Service: text('logs.', region, '.', urlSuffix) },
  Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  Resource: '*',
  Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', 'log-group:*') } },
};

/** Services that publish to topics of this system. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
function forTopics(context: Context): readonly Value[] {
  const encrypted = context.model.all('topics').filter(isOurs);
  const services = encrypted.flatMap((topic) => context.demandsOn(topic).map(({ need }) => need.service));
  return [...new Set(services)].sort().map((service) => ({
    Sid: `Topics${service.replaceAll(/[^a-z0-9]/g, '')}`,
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    // What EventBridge asks of KMS carries neither account nor source: a condition would lose every event.
    ...(service !== 'events' && { Condition: { StringEquals: { 'aws:SourceAccount': account } } }),
  }));
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#create-oac-overview-s3 */
function forBuckets(context: Context): readonly Value[] {
  const needs = new Set(
    context.model
      .all('buckets')
      .filter(isOurs)
      .flatMap((bucket) => context.demandsOn(bucket).map(({ need }) => need.need)),
  );
  return [
    ...(needs.has('served')
      ? [
          {
            Sid: 'CloudFront',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { ArnLike: { 'aws:SourceArn': text('arn:', partition, ':cloudfront::', account, ':distribution/*') } },
          },
        ]
      : []),
    ...(needs.has('delivered')
      ? [
          {
            Sid: 'DeliveredLogs',
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: 'kms:GenerateDataKey*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ]
      : []),
  ];
}

/** Whether the system’s key encrypts it. */
const isOurs = ({ settings, written }: Thing<'topics' | 'buckets'>): boolean => !written.broken && !settings.existing && !settings.key;
