import { described, isCustom } from '../template/types.ts';
import type { Tree } from '../tree.ts';
import type { Cloud } from './cloud.ts';
import type { Stack } from './stack.ts';

export interface Identity {
  readonly identifier: string;
  readonly physicalId: string;
  /** Whether the template says the name, so that it may be taken. */
  readonly given: boolean;
}

/** The name a resource gets: what the template says, else the stack’s name, its own and twelve signs. */
export function identityOf(cloud: Cloud, stack: Stack, logicalId: string, type: string, properties: Tree): Identity {
  const made = madeName(cloud, stack, logicalId, type, properties);
  if (
    type === 'AWS::S3::Bucket' &&
    typeof properties['BucketNamePrefix'] === 'string' &&
    properties['BucketNamespace'] === 'account-regional'
  ) {
    const name = `${properties['BucketNamePrefix']}-${stack.account}-${stack.region}-an`;
    return { identifier: name, physicalId: name, given: true };
  }
  const { id } = described(type);
  const written = id.filter((part) => part in described(type).properties);
  const given =
    typeof properties[NAMED_BY[type] ?? ''] === 'string' ||
    (id.length > 0 && written.length === id.length && id.every((part) => typeof properties[part] === 'string'));
  const parts = id.map((part) => (typeof properties[part] === 'string' ? String(properties[part]) : idFrom(part, type, made, stack)));
  const physicalId = parts.at(-1) ?? made;
  return { identifier: parts.length > 0 ? parts.join('|') : physicalId, physicalId, given };
}

/** Types whose name is no part of their identifier: it is in the address or the ARN that the service makes of it. */
const NAMED_BY: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** What the service says of the thing’s name when it is read, also where it made the name up. */
export function namesOf(type: string, { identifier, physicalId }: Pick<Identity, 'identifier' | 'physicalId'>): Tree {
  const by = NAMED_BY[type];
  if (by !== undefined) return { [by]: type === 'AWS::SecretsManager::Secret' ? nameIn(physicalId).slice(0, -7) : nameIn(physicalId) };
  const { id, properties } = described(type);
  const [part = ''] = id;
  return id.length === 1 && part in properties ? { [part]: identifier } : {};
}

const PREFIXES: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'vpc',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::SecurityGroup': 'sg',
  'AWS::EC2::SecurityGroupIngress': 'sgr',
  'AWS::EC2::SecurityGroupEgress': 'sgr',
  'AWS::EC2::RouteTable': 'rtb',
  'AWS::EC2::InternetGateway': 'igw',
  'AWS::EC2::NatGateway': 'nat',
  'AWS::EC2::EIP': 'eipalloc',
  'AWS::EC2::VPCEndpoint': 'vpce',
  'AWS::EC2::FlowLog': 'fl',
};

function madeName(cloud: Cloud, stack: Stack, logicalId: string, type: string, properties: Tree): string {
  if (isCustom(type)) return `${stack.name}-${logicalId}-${cloud.suffix()}`;
  const prefix = PREFIXES[type];
  if (prefix) return `${prefix}-0${cloud.hex(16)}`;
  if (type === 'AWS::KMS::Key' || type === 'AWS::Lambda::EventSourceMapping') return cloud.uuid();
  if (type.startsWith('AWS::ApiGateway')) return cloud.hex(10);
  if (type === 'AWS::Cognito::UserPool') return `${stack.region}_${cloud.suffix().slice(0, 9)}`;
  const written = properties[NAMED_BY[type] ?? ''];
  if (typeof written === 'string') return written;
  const name = `${stack.name}-${logicalId}-${cloud.suffix()}${properties['FifoQueue'] === true || properties['FifoTopic'] === true ? '.fifo' : ''}`;
  return /^AWS::(S3|RDS|DocDB|ElastiCache)::/.test(type) ? name.toLowerCase() : name;
}

function idFrom(part: string, type: string, made: string, stack: Stack): string {
  if (type === 'AWS::SQS::Queue') return `https://sqs.${stack.region}.amazonaws.com/${stack.account}/${made}`;
  return part.endsWith('Arn') || type === 'AWS::SecretsManager::Secret' ? arnOf(type, made, stack) : made;
}

const nameIn = (physicalId: string): string => physicalId.split('/').at(-1)?.split(':').at(-1) ?? physicalId;

/** ARNs as the services write them; others after the same pattern. */
const ARNS: Readonly<Record<string, (name: string, where: string, account: string) => string>> = {
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::IAM::Role': (name, _, account) => `arn:aws:iam::${account}:role/${name}`,
  'AWS::IAM::ManagedPolicy': (name, _, account) => `arn:aws:iam::${account}:policy/${name}`,
  'AWS::Lambda::Function': (name, where) => `arn:aws:lambda:${where}:function:${name}`,
  'AWS::SQS::Queue': (name, where) => `arn:aws:sqs:${where}:${name}`,
  'AWS::SNS::Topic': (name, where) => `arn:aws:sns:${where}:${name}`,
  'AWS::DynamoDB::Table': (name, where) => `arn:aws:dynamodb:${where}:table/${name}`,
  'AWS::Logs::LogGroup': (name, where) => `arn:aws:logs:${where}:log-group:${name}:*`,
  'AWS::SecretsManager::Secret': (name, where) => `arn:aws:secretsmanager:${where}:secret:${name}-AbCdEf`,
  'AWS::StepFunctions::StateMachine': (name, where) => `arn:aws:states:${where}:stateMachine:${name}`,
  'AWS::Events::EventBus': (name, where) => `arn:aws:events:${where}:event-bus/${name}`,
  'AWS::Events::Rule': (name, where) => `arn:aws:events:${where}:rule/${name}`,
};

export function arnOf(type: string, physicalId: string, { region, account }: Pick<Stack, 'region' | 'account'>): string {
  const name = nameIn(physicalId);
  const [, service = '', kind = ''] = type.split('::');
  const known = ARNS[type];
  return known
    ? known(name, `${region}:${account}`, account)
    : `arn:aws:${service.toLowerCase()}:${region}:${account}:${kind.toLowerCase()}/${name}`;
}

/** Attributes that are not the properties of the same name. */
export function attributesOf(type: string, physicalId: string, stack: Stack): Readonly<Record<string, string>> {
  const host = `${nameIn(physicalId).toLowerCase()}.${stack.region}.amazonaws.com`;
  return Object.fromEntries(described(type).attributes.map((name) => [name, attributeOf(name, type, physicalId, host, stack)]));
}

function attributeOf(name: string, type: string, physicalId: string, host: string, stack: Stack): string {
  if (name === 'StreamArn') return `${arnOf(type, physicalId, stack)}/stream/2026-01-01T00:00:00.000`;
  if (name.endsWith('Arn')) return physicalId.startsWith('arn:') ? physicalId : arnOf(type, physicalId, stack);
  if (name.endsWith('Port')) return '5432';
  if (name === 'QueueName' || name === 'TopicName') return nameIn(physicalId);
  if (name === 'ApiEndpoint') return `https://${physicalId}.execute-api.${stack.region}.amazonaws.com`;
  if (name === 'FunctionUrl') return `https://${nameIn(physicalId).toLowerCase()}.lambda-url.${stack.region}.on.aws/`;
  if (/Address$|DomainName$|Endpoint$/.test(name)) return host;
  if (/Id$|Name$|Url$/.test(name)) return physicalId;
  return `${physicalId}-${name}`;
}
