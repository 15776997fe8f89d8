import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, attribute, partition, ref, region, Select, Split, stackName, text, urlSuffix, type Value } from '../cloud/value.ts';
import { bucketName } from './buckets.ts';
import { stageNameOf } from './api-addresses.ts';
import {
  behavioursOf,
  functionOf,
  isSigned,
  originId,
  originsIn,
  targetId,
  type AnyOrigin,
  type Distribution,
  type Listed,
} from './distribution-paths.ts';
import { urlAddress } from './invocable.ts';
import type { Context, Piece } from './meaning.ts';

export const distributionAddress = ({ name }: Distribution): Address<'AWS::CloudFront::Distribution'> =>
  address('AWS::CloudFront::Distribution', { name, word: 'Distribution' });

/** CloudFront is of no region. */
export const distributionArn = (distribution: Distribution): Piece =>
  text('arn:', partition, ':cloudfront::', account, ':distribution/', ref(distributionAddress(distribution)));

/** What CloudFront signs its requests to a kind of origin with. */
type Signed = 's3' | 'lambda';

const accessAddress = ({ name }: Distribution, type: Signed): Address<'AWS::CloudFront::OriginAccessControl'> =>
  address('AWS::CloudFront::OriginAccessControl', { name, word: 'Distribution' }, type === 's3' ? 'BucketAccess' : 'FunctionAccess');

/** CloudFormation wants a name for it, which is one in the whole account. */
export const accessName = ({ name }: Pick<Distribution, 'name'>, type: string): Piece => text(stackName, `-${name}-${type}-`, region);

const signedAs = (origin: AnyOrigin): Signed | undefined => (isSigned(origin) ? (origin.kind === 'bucket' ? 's3' : 'lambda') : undefined);

/** Every origin as the distribution lists it. */
export function originsOf(distribution: Distribution, context: Context): readonly Value[] {
  return originsIn(distribution).map((one) => originProperties(distribution, one, context));
}

/** Origins that stand in for others. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
export function groupsOf(distribution: Distribution): { readonly OriginGroups?: Value } {
  const Items = behavioursOf(distribution).flatMap((behaviour): readonly Value[] => {
    const { failover } = behaviour.origin;
    if (!behaviour.own || !failover) return [];
    const members = [originId(behaviour), `${originId(behaviour)} failover`];
    return [
      {
        Id: targetId(behaviour),
        FailoverCriteria: { StatusCodes: { Quantity: failover.on.length, Items: failover.on.map(Number) } },
        Members: { Quantity: members.length, Items: members.map((OriginId) => ({ OriginId })) },
      },
    ];
  });
  return Items.length > 0 ? { OriginGroups: { Quantity: Items.length, Items } } : {};
}

function originProperties(distribution: Distribution, { id, origin }: Listed, context: Context): Value {
  const { attempts, connectTimeout, responseTimeout, headers, shield } = origin;
  const { host, path, port } = whereOf(origin, context);
  const signed = signedAs(origin);
  return {
    Id: id,
    DomainName: host,
    ...(path !== '' && { OriginPath: path }),
    ...(attempts !== undefined && { ConnectionAttempts: attempts }),
    ...(connectTimeout !== undefined && { ConnectionTimeout: connectTimeout }),
    ...(headers && {
      OriginCustomHeaders: Object.entries(headers).map(([HeaderName, value]) => ({ HeaderName, HeaderValue: context.text(value) })),
    }),
    ...(shield !== undefined && { OriginShield: { Enabled: true, OriginShieldRegion: shield } }),
    ...(signed && { OriginAccessControlId: attribute(accessAddress(distribution, signed), 'Id') }),
    ...(origin.kind === 'bucket'
      ? { S3OriginConfig: { OriginAccessIdentity: '', ...(responseTimeout !== undefined && { OriginReadTimeout: responseTimeout }) } }
      : {
          CustomOriginConfig: {
            OriginProtocolPolicy: 'https-only',
            OriginSSLProtocols: ['TLSv1.2'],
            ...(port !== undefined && { HTTPSPort: port }),
            ...(responseTimeout !== undefined && { OriginReadTimeout: responseTimeout }),
            ...(origin.keepAlive !== undefined && { OriginKeepaliveTimeout: origin.keepAlive }),
          },
        }),
  };
}

interface Where {
  readonly host: Piece;
  readonly path: Piece;
  readonly port?: number;
}

/** The host of an address that is known at the deployment alone: `https://HOST/…`. */
const hostIn = (url: Piece): Piece => new Select(2, new Split('/', url));

function whereOf(origin: AnyOrigin, context: Context): Where {
  if (origin.kind === 'bucket') {
    // Spelt out: a function that the bucket calls may know the distribution, and must not wait for itself.
    return { host: text(bucketName(origin.bucket, context), '.s3.', region, '.', urlSuffix), path: origin.path ?? '' };
  }
  if (origin.kind === 'api') {
    const { domain } = origin.api.settings;
    const first = domain ? domain.path : stageNameOf(origin.api);
    return { host: context.attribute(origin.api, 'domain'), path: first === undefined || first === '$default' ? '' : `/${first}` };
  }
  const own = origin.path ?? '';
  const fn = functionOf(origin);
  if (fn) return { host: hostIn(attribute(urlAddress(fn), 'FunctionUrl')), path: own };
  const url = 'segments' in origin.url ? context.text(origin.url) : '';
  if (typeof url !== 'string') return { host: hostIn(url), path: own };
  const [, host = '', port, path = ''] = ADDRESS.exec(url) ?? [];
  return { host, path: path + own, ...(port !== undefined && { port: Number(port) }) };
}

/** `https://shop.example:8443/eu/` has a host, a port and a path. */
export const ADDRESS = /^https:\/\/([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?((?:\/[^/?#\s]+)*)\/?$/;

/** What signs, and the leave for a signed request to call a function. */
export function originParts(distribution: Distribution, context: Context): readonly Part[] {
  const { place: because, path } = distribution;
  const from = { because, path };
  const types = new Set(originsIn(distribution).flatMap(({ origin }) => signedAs(origin) ?? []));
  const functions = new Set(originsIn(distribution).flatMap(({ origin }) => (isSigned(origin) ? (functionOf(origin) ?? []) : [])));
  return [
    ...[...types].sort().map((type) =>
      resource(
        accessAddress(distribution, type),
        {
          OriginAccessControlConfig: {
            Name: accessName(distribution, type),
            OriginAccessControlOriginType: type,
            SigningBehavior: 'always',
            SigningProtocol: 'sigv4',
          },
        } as never,
        from,
      ),
    ),
    ...[...functions].sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((fn) => permissions(distribution, fn, context)),
  ];
}

/** Both the address and, through it alone, the function. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html */
function permissions(distribution: Distribution, fn: NonNullable<ReturnType<typeof functionOf>>, context: Context): readonly Part[] {
  const { place: because, path, name } = distribution;
  const names = [
    { name: fn.name, word: 'Function' },
    { name, word: 'Distribution' },
  ] as const;
  const common = {
    FunctionName: context.arn(fn),
    Principal: 'cloudfront.amazonaws.com',
    SourceArn: distributionArn(distribution),
  };
  return [
    resource(
      address('AWS::Lambda::Permission', names, 'UrlPermission'),
      { ...common, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' } as never,
      { because, path },
    ),
    resource(
      address('AWS::Lambda::Permission', names, 'Permission'),
      { ...common, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true } as never,
      { because, path },
    ),
  ];
}
