import { address, logicalId, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { ref, region, stackName, text, type Value } from '../cloud/value.ts';
import { askedAs, behavioursOf, methodsOf, type Behaviour, type Distribution } from './distribution-paths.ts';
import type { Context, Piece } from './meaning.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHE: Readonly<Record<string, string>> = {
  optimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  uncompressed: 'b2884449-e4de-46a7-ac36-70bc7f1ddd6d',
  none: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  'origin-headers': '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
  'origin-headers-and-query': '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const REQUEST: Readonly<Record<string, string | undefined>> = {
  none: undefined,
  all: '216adef6-5c7f-47e4-b989-5492eafa07d3',
  'all-but-host': 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  'all-and-cloudfront': '33f36d7e-f396-46d9-90e0-52428a34d9dc',
  'cors-bucket': '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
  'cors-origin': '59781a5b-3903-41f3-afcb-af62929ccde1',
  'user-agent-and-referer': 'acba4595-bd28-49b8-b9fe-13317c0390fa',
  host: 'bf0718e1-ba1e-49d1-88b1-f726733018ae',
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const HEADERS: Readonly<Record<string, string | undefined>> = {
  none: undefined,
  security: '67f7725c-6f97-4210-82d7-5512b31e9d03',
  cors: '60669652-455b-4ae9-85a4-c4c02393f86c',
  'cors-preflight': '5cc3b908-e619-4b99-88e5-2cf7f45965bd',
  'cors-and-security': 'e61eb60c-9c35-4d20-a928-2b84e02af89c',
  'cors-preflight-and-security': 'eaab4381-ed33-4a86-88ca-d9558dc6cd63',
};

const cacheAddress = ({ names }: Behaviour): Address<'AWS::CloudFront::CachePolicy'> =>
  address('AWS::CloudFront::CachePolicy', names, 'CachePolicy');
const requestAddress = ({ names }: Behaviour): Address<'AWS::CloudFront::OriginRequestPolicy'> =>
  address('AWS::CloudFront::OriginRequestPolicy', names, 'RequestPolicy');
const headersAddress = ({ names }: Behaviour): Address<'AWS::CloudFront::ResponseHeadersPolicy'> =>
  address('AWS::CloudFront::ResponseHeadersPolicy', names, 'HeadersPolicy');

const isBucket = ({ origin }: Behaviour): boolean => askedAs(origin) === 'bucket';

export const cacheOf = (behaviour: Behaviour) => behaviour.settings.cache ?? (isBucket(behaviour) ? 'optimized' : 'none');
export const requestOf = (behaviour: Behaviour) => behaviour.settings.request ?? (isBucket(behaviour) ? 'none' : 'all-but-host');
const headersOf = (behaviour: Behaviour) => behaviour.settings.headers ?? 'security';

/** Which policies a behaviour has: AWS’s by their ids, its own by theirs. */
export function policiesOf(behaviour: Behaviour): { readonly [property: string]: Value } {
  const cache = cacheOf(behaviour);
  const request = requestOf(behaviour);
  const headers = headersOf(behaviour);
  const told = typeof request === 'string' ? REQUEST[request] : ref(requestAddress(behaviour));
  const added = typeof headers === 'string' ? HEADERS[headers] : ref(headersAddress(behaviour));
  return {
    CachePolicyId: typeof cache === 'string' ? (CACHE[cache] ?? '') : ref(cacheAddress(behaviour)),
    ...(told !== undefined && { OriginRequestPolicyId: told }),
    ...(added !== undefined && { ResponseHeadersPolicyId: added }),
  };
}

type Own<K extends 'cache' | 'request' | 'headers'> = Extract<NonNullable<Behaviour['settings'][K]>, object>;

/** The policies a distribution brings along. */
export function policyParts(distribution: Distribution, context: Context): readonly Part[] {
  return behavioursOf(distribution).flatMap((behaviour) => {
    const from = { because: behaviour.written.key ?? distribution.place, path: distribution.path };
    const { cache, request, headers } = behaviour.settings;
    const compress = behaviour.settings.compress ?? true;
    return [
      ...(typeof cache === 'object'
        ? [resource(cacheAddress(behaviour), { CachePolicyConfig: cacheConfig(cache, compress, cacheAddress(behaviour)) } as never, from)]
        : []),
      ...(typeof request === 'object'
        ? [
            resource(
              requestAddress(behaviour),
              { OriginRequestPolicyConfig: requestConfig(request, requestAddress(behaviour)) } as never,
              from,
            ),
          ]
        : []),
      ...(typeof headers === 'object'
        ? [resource(headersAddress(behaviour), { ResponseHeadersPolicyConfig: headersConfig(headers, behaviour, context) } as never, from)]
        : []),
    ];
  });
}

/** CloudFormation wants a name for each, which is one in the whole account. */
export const policyName = (of: Address): Piece => text(stackName, `-${logicalId(of)}-`, region);

/** Every policy of its own, for its name. */
export const ownPolicies = (distribution: Distribution): readonly Address[] =>
  behavioursOf(distribution).flatMap((behaviour) => [
    ...(typeof behaviour.settings.cache === 'object' ? [cacheAddress(behaviour)] : []),
    ...(typeof behaviour.settings.request === 'object' ? [requestAddress(behaviour)] : []),
    ...(typeof behaviour.settings.headers === 'object' ? [headersAddress(behaviour)] : []),
  ]);

const DAY = 86_400;
const YEAR = 31_536_000;

/** How long answers are kept: at least, usually, at most. */
export function timesOf({ min, ttl, max }: Own<'cache'>): { readonly min: number; readonly usual: number; readonly max: number } {
  const most = max ?? Math.max(YEAR, min, ttl ?? 0);
  return { min, usual: ttl ?? Math.min(Math.max(DAY, min), most), max: most };
}

function cacheConfig(own: Own<'cache'>, compress: boolean, of: Address): Value {
  const { min, usual, max } = timesOf(own);
  return {
    Name: policyName(of),
    MinTTL: min,
    DefaultTTL: usual,
    MaxTTL: max,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingBrotli: compress,
      EnableAcceptEncodingGzip: compress,
      HeadersConfig: own.headers ? { HeaderBehavior: 'whitelist', Headers: [...own.headers] } : { HeaderBehavior: 'none' },
      QueryStringsConfig: some('QueryString', own.query),
      CookiesConfig: some('Cookie', own.cookies),
    },
  };
}

function requestConfig({ headers, query, cookies }: Own<'request'>, of: Address): Value {
  const told =
    headers === undefined
      ? { HeaderBehavior: 'none' }
      : headers === 'all'
        ? { HeaderBehavior: 'allViewer' }
        : 'except' in headers
          ? { HeaderBehavior: 'allExcept', Headers: [...headers.except] }
          : { HeaderBehavior: 'whitelist', Headers: [...headers] };
  return {
    Name: policyName(of),
    HeadersConfig: told,
    QueryStringsConfig: some('QueryString', query),
    CookiesConfig: some('Cookie', cookies),
  };
}

type Some = Own<'cache'>['query'];

/** `QueryStringBehavior`, and `QueryStrings` where not all or none are meant. */
function some(what: 'QueryString' | 'Cookie', said: Some): Value {
  if (said === undefined || typeof said === 'boolean') return { [`${what}Behavior`]: said ? 'all' : 'none' };
  return 'except' in said
    ? { [`${what}Behavior`]: 'allExcept', [`${what}s`]: [...said.except] }
    : { [`${what}Behavior`]: 'whitelist', [`${what}s`]: [...said] };
}

function headersConfig(own: Own<'headers'>, behaviour: Behaviour, context: Context): Value {
  const { set, remove, security, contentSecurityPolicy, cors, serverTiming } = own;
  return {
    Name: policyName(headersAddress(behaviour)),
    ...((security || contentSecurityPolicy !== undefined) && {
      SecurityHeadersConfig: {
        ...(security && SECURITY),
        ...(contentSecurityPolicy !== undefined && {
          ContentSecurityPolicy: { ContentSecurityPolicy: contentSecurityPolicy, Override: true },
        }),
      },
    }),
    ...(set && {
      CustomHeadersConfig: {
        Items: Object.entries(set).map(([Header, value]) => ({ Header, Value: context.text(value), Override: true })),
      },
    }),
    ...(remove && { RemoveHeadersConfig: { Items: remove.map((Header) => ({ Header })) } }),
    ...(cors && {
      CorsConfig: {
        AccessControlAllowCredentials: false,
        AccessControlAllowHeaders: { Items: ['*'] },
        AccessControlAllowMethods: { Items: methodsOf(behaviour) === 'all' ? ['ALL'] : ['GET', 'HEAD', 'OPTIONS'] },
        AccessControlAllowOrigins: { Items: [...cors] },
        OriginOverride: true,
      },
    }),
    ...(serverTiming && { ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 100 } }),
  };
}

/** As in AWS’s own policy: what the origin says of itself stands. */
const SECURITY = {
  ContentTypeOptions: { Override: true },
  FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
  ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
  StrictTransportSecurity: { AccessControlMaxAgeSec: YEAR, Override: false },
} as const;
