import type { Template } from '../compiler/emit/emit.ts';
import type { Json } from '../compiler/emit/render.ts';

/** Something that is open to more than before. */
export interface Widening {
  /** The logical id. */
  readonly id: string;
  readonly what: string;
}

type Bag = { readonly [key: string]: Json };

/**
 * What a template opens that the one before it did not: permissions, ports, public addresses, routes without a lock. Read from the
 * two templates, so that it holds for raw sections and overrides too.
 */
export function wideningsOf(before: Template | undefined, after: Template): readonly Widening[] {
  const had = new Set(before ? opened(before).map(key) : []);
  return opened(after).filter((one) => !had.has(key(one)));
}

const key = ({ id, what }: Widening): string => `${id}\0${what}`;

function opened({ Resources: resources }: Template): readonly Widening[] {
  return Object.entries(resources).flatMap(([id, { Type: type, Properties: properties = {} }]) => {
    const open = Object.hasOwn(openings, type) ? openings[type] : undefined;
    return (open?.(properties as Bag) ?? []).map((what) => ({ id, what }));
  });
}

const openings: Readonly<Record<string, (properties: Bag) => readonly string[]>> = {
  'AWS::IAM::Role': ({ Policies: policies, ManagedPolicyArns: managed, AssumeRolePolicyDocument: trust }) => [
    ...list(policies).flatMap((policy) => allowed(bag(policy)['PolicyDocument'])),
    ...list(managed).map((arn) => `has the managed policy ${shown(arn)}`),
    ...trusted(trust),
  ],
  'AWS::IAM::Policy': ({ PolicyDocument: policy }) => allowed(policy),
  'AWS::IAM::ManagedPolicy': ({ PolicyDocument: policy }) => allowed(policy),
  'AWS::S3::BucketPolicy': ({ PolicyDocument: policy }) => [...admitted(policy), ...unlocked(policy)],
  'AWS::SQS::QueuePolicy': ({ PolicyDocument: policy }) => [...admitted(policy), ...unlocked(policy)],
  'AWS::SNS::TopicPolicy': ({ PolicyDocument: policy }) => [...admitted(policy), ...unlocked(policy)],
  'AWS::KMS::Key': ({ KeyPolicy: policy }) => admitted(policy),
  'AWS::SecretsManager::ResourcePolicy': ({ ResourcePolicy: policy }) => admitted(policy),
  'AWS::EC2::VPCEndpoint': ({ PolicyDocument: policy }) => admitted(policy),
  'AWS::EC2::SecurityGroup': ({ SecurityGroupIngress: rules }) => list(rules).map((rule) => port(bag(rule))),
  'AWS::EC2::SecurityGroupIngress': (rule) => [port(rule)],
  'AWS::Lambda::Permission': ({ Principal: who, SourceArn: source, SourceAccount: account, FunctionUrlAuthType: auth }) => [
    `may be called by ${shown(who)}${source === undefined ? '' : ` for ${shown(source)}`}${account === undefined ? '' : ` of ${shown(account)}`}${auth === 'NONE' ? ', without a signature' : ''}`,
  ],
  'AWS::Lambda::Url': ({ AuthType: auth }) => (auth === 'NONE' ? ['has a function URL that anyone can call'] : []),
  'AWS::RDS::DBInstance': ({ PubliclyAccessible: open }) => (open === true ? ['is publicly accessible'] : []),
  'AWS::S3::Bucket': ({ PublicAccessBlockConfiguration: block }) =>
    ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
      .filter((name) => bag(block)[name] === false)
      .map((name) => `turns off ${name}`),
  'AWS::ApiGateway::RestApi': ({ Body: body }) => routes(body),
  'AWS::ApiGatewayV2::Api': ({ Body: body }) => routes(body),
  'AWS::ApiGateway::Method': ({ AuthorizationType: kind, HttpMethod: method, ApiKeyRequired: locked }) =>
    (kind === undefined || kind === 'NONE') && locked !== true && method !== 'OPTIONS'
      ? [`${shown(method)} requires no authorization`]
      : [],
  'AWS::ApiGatewayV2::Route': ({ AuthorizationType: kind = 'NONE', RouteKey: route }) =>
    kind === 'NONE' && route !== '$disconnect' && route !== '$default' ? [`${shown(route)} requires no authorization`] : [],
};

/** A line for each action on each resource. */
function allowed(policy: Json | undefined): readonly string[] {
  return statements(policy)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .flatMap(({ Action: actions, NotAction: all, Resource: resources, NotResource: others, Condition: condition }) => {
      const when = condition === undefined ? '' : ` when ${shown(condition)}`;
      const on = others === undefined ? list(resources).map(shown) : [`all but ${shown(others)}`];
      const may = all === undefined ? list(actions).map(shown) : [`all but ${shown(all)}`];
      return may.flatMap((action) => on.map((resource) => `may ${action} on ${resource}${when}`));
    });
}

function trusted(policy: Json | undefined): readonly string[] {
  return statements(policy)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .map(
      ({ Principal: who, Condition: condition }) =>
        `can be assumed by ${shown(who)}${condition === undefined ? '' : ` when ${shown(condition)}`}`,
    );
}

/** Who is let in by a resource’s own policy. */
function admitted(policy: Json | undefined): readonly string[] {
  return statements(policy)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .map(
      ({ Principal: who, Action: actions, Condition: condition }) =>
        `lets ${shown(who)} call ${list(actions).map(shown).join(', ')}${condition === undefined ? '' : ` when ${shown(condition)}`}`,
    );
}

/** A denial that is not there opens as much as a permission that is: what is sent without TLS. */
function unlocked(policy: Json | undefined): readonly string[] {
  const denied = statements(policy).some(
    ({ Effect: effect, Condition: condition }) => effect === 'Deny' && JSON.stringify(condition ?? '').includes('aws:SecureTransport'),
  );
  return denied ? [] : ['accepts requests without TLS'];
}

/** Operations of an OpenAPI document that nothing locks; a preflight is meant to be open. */
function routes(body: Json | undefined): readonly string[] {
  return Object.entries(bag(bag(body)['paths'])).flatMap(([path, methods]) =>
    Object.entries(bag(methods))
      .filter(([method]) => method !== 'options' && method !== 'parameters')
      .filter(([, operation]) => {
        const locks = bag(operation)['security'];
        return list(locks).length === 0 && bag(bag(operation)['x-amazon-apigateway-auth'])['type'] !== 'AWS_IAM';
      })
      .map(([method]) => `${method === 'x-amazon-apigateway-any-method' ? 'ANY' : method.toUpperCase()} ${path} requires no authorization`),
  );
}

function port({
  IpProtocol: protocol,
  FromPort: from,
  ToPort: to,
  CidrIp: v4,
  CidrIpv6: v6,
  SourceSecurityGroupId: group,
  SourcePrefixListId: prefix,
}: Bag): string {
  const ports =
    protocol === '-1' || protocol === -1 ? 'every port' : from === to ? `port ${shown(from)}` : `ports ${shown(from)}–${shown(to)}`;
  return `allows traffic from ${shown(v4 ?? v6 ?? group ?? prefix)} on ${ports}`;
}

function statements(policy: Json | undefined): readonly Bag[] {
  return list(bag(policy)['Statement']).map(bag);
}

function list(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function bag(value: Json | undefined): Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}

/** A value as a person reads it: what CloudFormation computes is named. */
function shown(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  const one = bag(value);
  if (typeof one['Ref'] === 'string') return one['Ref'];
  const attribute = one['Fn::GetAtt'];
  if (attribute !== undefined) return list(attribute).join('.');
  const text = one['Fn::Sub'];
  if (text !== undefined) return String(list(text)[0]);
  return JSON.stringify(value ?? null);
}
