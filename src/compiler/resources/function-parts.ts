import { deletionProtected } from './keeping.ts';
import { logicalId, type Address } from '../cloud/address.ts';
import { resource, type Part, type Role } from '../cloud/part.ts';
import { account, arn, attribute, Parameter, ref, region, stackName, text, urlSuffix, type Value } from '../cloud/value.ts';
import type { FunctionSettings } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { extraGrants, extraProperties } from './function-extras.ts';
import type { Code, Context, Piece } from './meaning.ts';
import { systemKeyId } from './system-key.ts';
import { tagList } from './tags.ts';
import { undocumented } from './trust.ts';

/** A function that is to be made, whoever asked for it. */
export interface FunctionSpec {
  readonly address: Address<'AWS::Lambda::Function'>;
  readonly role: Address<'AWS::IAM::Role'>;
  readonly logGroup: Address<'AWS::Logs::LogGroup'>;
  readonly code: Code;
  readonly settings: Pick<FunctionSettings, 'runtime' | 'architecture' | 'memory' | 'timeout' | 'recursion'> & Partial<FunctionSettings>;
  readonly inVpc: boolean;
  /** CloudFront calls copies of it in other regions. */
  readonly atEdge?: boolean;
  readonly dependsOn?: readonly Address[];
  readonly because: Place;
  readonly path: string;
}

/** The name of the parameter with the bucket that holds the functions’ code. */
export const ARTIFACT_BUCKET = 'ArtifactBucket';

/** What every function is: the function, its log group, its role, and leave to write its log. */
export function functionParts(spec: FunctionSpec, context: Context): readonly Part[] {
  const { address, role, logGroup, code, settings, inVpc, because, path } = spec;
  const from = { because, path };
  const logs = settings.logs;
  const format = logs?.format ?? 'json';
  // No condition spells the name of one at the edge, which stays when the stack goes and would be in the way of the next.
  const name = spec.atEdge ? undefined : strictName(address, context);
  return [
    resource(
      logGroup,
      {
        ...retention(logs?.retention, context),
        ...(deletionProtected({}, context.model) && { DeletionProtectionEnabled: true }),
        ...systemKeyId(logs?.key, context),
        ...tagList(settings.tags, context),
      },
      // Logs tell what went wrong with a stack that is gone; a stage that is not protected leaves nothing behind.
      { ...from, deletion: context.model.protected ? 'Retain' : 'Delete', replaced: context.model.protected ? 'Retain' : 'Delete' },
    ),
    {
      part: 'role',
      address: role,
      ...trusted(spec, context),
      ...(name !== undefined && { carrier: arn('lambda', text('function:', name)) }),
      ...from,
    },
    resource(
      address,
      {
        ...(name !== undefined && { FunctionName: name }),
        ...(settings.description && { Description: context.text(settings.description) }),
        Runtime: settings.runtime,
        Architectures: [settings.architecture],
        MemorySize: settings.memory,
        Timeout: settings.timeout,
        Handler: code.handler,
        Code: { S3Bucket: new Parameter(ARTIFACT_BUCKET), S3Key: `assets/${code.file}` },
        Role: attribute(role, 'Arn'),
        LoggingConfig: {
          LogGroup: ref(logGroup),
          LogFormat: format === 'json' ? 'JSON' : 'Text',
          ...(format === 'json' && {
            ApplicationLogLevel: (logs?.level ?? 'info').toUpperCase(),
            SystemLogLevel: (logs?.systemLevel ?? 'warn').toUpperCase(),
          }),
        },
        RecursiveLoop: settings.recursion === 'allow' ? 'Allow' : 'Terminate',
        ...(settings.ephemeralStorage !== undefined && { EphemeralStorage: { Size: settings.ephemeralStorage } }),
        ...(settings.reservedConcurrency !== undefined && { ReservedConcurrentExecutions: settings.reservedConcurrency }),
        ...(settings.layers && { Layers: settings.layers.map((layer) => context.text(layer)) }),
        ...(traces(spec, context) && { TracingConfig: { Mode: 'Active' } }),
        ...(settings.key && { KmsKeyArn: context.text(settings.key) }),
        ...extraProperties(spec, context),
        ...(inVpc && { VpcConfig: { SubnetIds: context.network.subnets, SecurityGroupIds: context.network.groupsOf(address) } }),
        ...tagList(settings.tags, context),
      },
      {
        ...from,
        ...(spec.dependsOn?.length && { dependsOn: spec.dependsOn }),
        // A function of which copies are about cannot be deleted: it stays, and costs nothing.
        ...(spec.atEdge && { deletion: 'RetainExceptOnCreate' as const, replaced: 'Retain' as const }),
        accepted: NODE_22_ACCEPTED(settings.runtime),
      },
    ),
    {
      part: 'grant',
      to: role,
      // The group is ours, so the function need not be able to make one.
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      on: [attribute(logGroup, 'Arn')],
      by: 'service',
      insideSandbox: true,
      reason: 'writes its log',
      ...from,
    },
    ...(traces(spec, context)
      ? [
          {
            part: 'grant',
            to: role,
            actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
            on: ['*'],
            by: 'service',
            insideSandbox: true,
            reason: 'sends its traces',
            accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'X-Ray’s actions take no resource.' }],
            ...from,
          } as const,
        ]
      : []),
    ...(inVpc ? interfaces(spec) : []),
    ...(spec.atEdge ? logsElsewhere(spec) : []),
    ...extraGrants(spec, context),
    ...(settings.key ? [environmentKey(spec, context.text(settings.key))] : []),
  ];
}

/** A strict system traces every call; copies at the edge cannot. */
const traces = ({ settings, atEdge }: FunctionSpec, { model }: Context): boolean => settings.tracing ?? (model.strict && atEdge !== true);

/** Who takes the role on. No page says which conditions hold where the copies of a function at the edge run. */
function trusted({ atEdge }: FunctionSpec, context: Context): Pick<Role, 'service' | 'also' | 'trust'> {
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
  if (atEdge) return { service: 'lambda.amazonaws.com', also: ['edgelambda.amazonaws.com'], trust: undocumented(context) };
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html documents the key for AssumeRole.
  return { service: 'lambda.amazonaws.com', trust: { StringEquals: { 'aws:SourceAccount': account } } };
}

/** The copies of a function write to a group of the same name in their own region, and make it. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html */
function logsElsewhere({ role, logGroup, because, path }: FunctionSpec): readonly Part[] {
  const group = arn('logs', text('log-group:', ref(logGroup)), { in: '*' });
  const common = {
    part: 'grant',
    to: role,
    by: 'service',
    insideSandbox: true,
    reason: 'its replicas write their logs',
    accepted: [
      { rule: 'AwsSolutions-IAM5', reason: 'A copy runs in the region nearest to whoever asks; all write to a group of this one name.' },
    ],
    because,
    path,
  } as const;
  return [
    // Logs asks for leave to make a group with the group’s name, and with a stream’s behind it.
    { ...common, actions: ['logs:CreateLogGroup'], on: [group, text(group, ':*')] },
    { ...common, actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [text(group, ':log-stream:*')] },
  ];
}

/** With strict callers a condition must spell the function’s whole name; CloudFormation’s own cannot be known before. */
export function strictName(address: Address, { model }: Context): Piece | undefined {
  return model.settings.roles?.strictCallers === true ? text(stackName, '-', logicalId(address)) : undefined;
}

const NODE_22_ACCEPTED = (runtime: string) =>
  runtime === 'nodejs24.x' ? [] : [{ rule: 'AwsSolutions-L1', reason: 'The file asks for this runtime.' }];

/** The whole numbers of days CloudWatch Logs takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** How long a log is kept, in days: as said, else a month, or a year in a protected stage or a strict system. */
export function retention(said: number | string | undefined, { model }: Context): { readonly RetentionInDays?: number } {
  if (typeof said === 'string') return {};
  return { RetentionInDays: said === undefined ? (model.protected || model.strict ? 365 : 30) : said / 86_400 };
}

const INTERFACE_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
] as const;

/**
 * Leave for Lambda to attach the function to the VPC, and for nobody else: the deny is the one AWS documents for the
 * function’s own code. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function interfaces({ role, because, path }: FunctionSpec): readonly Part[] {
  const common = { part: 'grant', to: role, actions: INTERFACE_ACTIONS, on: ['*'], because, path } as const;
  const accepted = [
    {
      rule: 'AwsSolutions-IAM5',
      reason: 'Lambda checks for these actions on * when it attaches a function to a VPC; the function’s own code is denied them.',
    },
  ];
  return [
    { ...common, by: 'service', reason: 'is attached to the VPC', accepted },
    {
      ...common,
      by: 'code',
      effect: 'Deny',
      when: { ArnLike: { 'lambda:SourceFunctionArn': arn('lambda', 'function:*') } },
      reason: 'leaves ENIs to Lambda',
      accepted,
    },
  ];
}

function environmentKey({ role, because, path }: FunctionSpec, key: Value): Part {
  return {
    part: 'grant',
    to: role,
    actions: ['kms:Decrypt'],
    on: [key],
    when: { StringEquals: { 'kms:ViaService': text('lambda.', region, '.', urlSuffix) } },
    by: 'service',
    reason: 'reads its encrypted environment',
    because,
    path,
  };
}
