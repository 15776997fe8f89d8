import { resource } from '../cloud/part.ts';
import { attribute, ref, text, type Value } from '../cloud/value.ts';
import type { EdgeCall } from './demand.ts';
import { acceptances, certificateOf, deliverySourceArn, domainParts, logParts } from './distribution-domain.ts';
import { distributionAddress, distributionArn, groupsOf, originParts, originsOf } from './distribution-origins.ts';
import { behavioursOf, methodsOf, originsIn, targetId, type Behaviour, type Distribution } from './distribution-paths.ts';
import { policiesOf, policyParts } from './distribution-policies.ts';
import { verifyDistribution } from './distribution-rules.ts';
import { specOf } from './function-spec.ts';
import { versionAddress } from './function-version.ts';
import type { Demand } from './demand.ts';
import type { Context, Meaning, Piece } from './meaning.ts';
import { tagList } from './tags.ts';

function hostOf(distribution: Distribution, context: Context): Piece {
  const [first] = distribution.settings.domain?.name ?? [];
  return first ? context.text(first) : attribute(distributionAddress(distribution), 'DomainName');
}

/** A CloudFront distribution. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-distribution.html */
export const distributions: Meaning<'distributions'> = {
  service: 'cloudfront',
  arn: distributionArn,
  attributes: {
    '': hostOf,
    id: (distribution) => ref(distributionAddress(distribution)),
    arn: distributionArn,
    domain: hostOf,
    url: (distribution, context) => text('https://', hostOf(distribution, context)),
  },
  verify: verifyDistribution,
  demands: bucketDemands,

  expand(distribution, context) {
    const { settings, path, place: because } = distribution;
    return [
      resource(
        distributionAddress(distribution),
        { DistributionConfig: configOf(distribution, context), ...tagList(settings.tags, context) } as never,
        { because, path, accepted: acceptances(distribution) },
      ),
      ...originParts(distribution, context),
      ...policyParts(distribution, context),
      ...domainParts(distribution, context),
      ...logParts(distribution, context),
    ];
  },
};

/** Buckets stay closed: each admits the distributions it stands behind, and whoever brings their log lines. */
function bucketDemands(distribution: Distribution): readonly Demand[] {
  const { logs } = distribution.settings;
  const served = originsIn(distribution).flatMap(({ origin, written }): readonly Demand<'buckets'>[] => {
    if (origin.kind !== 'bucket') return [];
    const prefix = origin.path === undefined ? '' : `${origin.path.slice(1)}/`;
    return [
      {
        on: origin.bucket,
        need: { need: 'served', by: distributionArn(distribution), prefix },
        because: written?.place ?? distribution.place,
      },
    ];
  });
  const keyOf = ({ on, need }: Demand<'buckets'>) => `${on.name} ${'prefix' in need ? (need.prefix ?? '') : ''}`;
  const delivered: readonly Demand<'buckets'>[] = logs
    ? [
        {
          on: logs.bucket,
          need: { need: 'delivered', by: deliverySourceArn(distribution) },
          because: distribution.written.at('logs').place,
        },
      ]
    : [];
  return [...new Map(served.map((one) => [keyOf(one), one])).values(), ...delivered];
}

function configOf(distribution: Distribution, context: Context): Value {
  const { settings } = distribution;
  const [first, ...others] = behavioursOf(distribution);
  const calls = context.demandsOn(distribution).map(({ need }) => need);
  const rootObject = settings.rootObject ?? (first.origin.kind === 'bucket' ? 'index.html' : undefined);
  return {
    Enabled: settings.enabled,
    ...(settings.description && { Comment: context.text(settings.description) }),
    HttpVersion: settings.httpVersion,
    IPV6Enabled: settings.ipv6,
    PriceClass: `PriceClass_${settings.priceClass === 'all' ? 'All' : settings.priceClass.replace('class-', '')}`,
    ...(rootObject !== undefined && { DefaultRootObject: rootObject }),
    ...certificateOf(distribution, context),
    ...(settings.waf && { WebACLId: context.text(settings.waf) }),
    Restrictions: { GeoRestriction: countriesOf(settings) },
    ...errorsOf(settings),
    Origins: originsOf(distribution, context),
    ...groupsOf(distribution),
    DefaultCacheBehavior: behaviourOf(first, calls, context),
    ...(others.length > 0 && {
      CacheBehaviors: others.map((one): Value => ({ PathPattern: one.pattern ?? '', ...behaviourOf(one, calls, context) })),
    }),
  };
}

const METHODS = {
  read: ['GET', 'HEAD'],
  'read-and-options': ['GET', 'HEAD', 'OPTIONS'],
  all: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
} as const;

function behaviourOf(behaviour: Behaviour, calls: readonly EdgeCall[], context: Context): { readonly [property: string]: Value } {
  const { settings, pattern } = behaviour;
  const own = calls.filter(({ paths }) => paths.includes(pattern ?? 'default')).sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    TargetOriginId: targetId(behaviour),
    ViewerProtocolPolicy: settings.protocol ?? 'redirect-to-https',
    AllowedMethods: METHODS[methodsOf(behaviour)],
    Compress: settings.compress ?? true,
    ...policiesOf(behaviour),
    ...(settings.keyGroups && { TrustedKeyGroups: settings.keyGroups.map((one) => context.text(one)) }),
    ...(settings.realtimeLogs && { RealtimeLogConfigArn: context.text(settings.realtimeLogs) }),
    ...(own.length > 0 && {
      LambdaFunctionAssociations: own.map(({ at, fn, includeBody }) => ({
        EventType: at,
        LambdaFunctionARN: ref(versionAddress(fn, specOf(fn, context), context)),
        ...(includeBody && { IncludeBody: true }),
      })),
    }),
  };
}

type Settings = Distribution['settings'];

function countriesOf({ countries }: Settings): Value {
  const listed = countries?.allow ?? countries?.deny;
  return listed ? { RestrictionType: countries?.allow ? 'whitelist' : 'blacklist', Locations: [...listed] } : { RestrictionType: 'none' };
}

function errorsOf({ errors }: Settings): { readonly CustomErrorResponses?: Value } {
  if (!errors) return {};
  return {
    CustomErrorResponses: Object.entries(errors).map(([code, said]) => {
      const { page, status, cache } = typeof said === 'string' ? { page: said, status: undefined, cache: undefined } : said;
      return {
        ErrorCode: Number(code),
        ...(page !== undefined && { ResponsePagePath: page, ResponseCode: Number(status ?? code) }),
        ...(cache !== undefined && { ErrorCachingMinTTL: cache }),
      };
    }),
  };
}
