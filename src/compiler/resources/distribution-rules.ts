import { inTime } from '../../schema/kit.ts';
import { logicalId } from '../cloud/address.ts';
import { problems, type Fix, type Report } from '../diagnostics/problem.ts';
import { choosing, fixing, leaveOut, leavingOut, write } from '../edit/fixes.ts';
import { atTop, into, withItem, withValue, withoutIn } from '../edit/edits.ts';
import type { Written } from '../check/written.ts';
import type { Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { ADDRESS } from './distribution-origins.ts';
import {
  askedAs,
  behavioursOf,
  functionOf,
  isSigned,
  methodsOf,
  originsIn,
  type Behaviour,
  type Distribution,
  type Listed,
} from './distribution-paths.ts';
import { ownPolicies, requestOf, timesOf } from './distribution-policies.ts';
import type { Context } from './meaning.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

/** The times that are written, each at the place its length has. */
function inOrder(times: Readonly<Record<string, unknown>>, place: Place): Fix {
  const written = ['min', 'ttl', 'max'].flatMap((key) => (typeof times[key] === 'number' ? [{ key, seconds: times[key] }] : []));
  const sorted = written.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return choosing(
    fixing(
      'Put the times in order',
      written.flatMap(({ key, seconds }, index) => (sorted[index] === seconds ? [] : into(place, key, inTime(sorted[index] ?? seconds)))),
    ),
  );
}

export const distributionProblems = problems({
  'origin-without-address': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has no URL that CloudFront could call.`,
    why: 'A consumer has a URL only if one of its sources is `url`.',
    fix: ({ from }: { from: Place }) => choosing(fixing('Add `url: iam` to its `from`', withItem(from, '{ url: iam }'))),
    page: `${PAGE}/private-content-restricting-access-to-lambda.html`,
  },
  'origin-not-public': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a private API, which CloudFront cannot reach.`,
    why: 'A private API can only be reached inside a VPC; CloudFront connects over the internet.',
    page: `${PAGE}/DownloadDistS3AndCustomOrigins.html`,
  },
  'origin-address': {
    severity: 'error',
    message: ({ url }: { url: string }) => `\`${url}\` is not a valid origin: write a host, optionally with a port and a path.`,
    why: 'An origin has no query string, fragment, user name or password.',
    fix: ({ url }: { url: string }, place) => {
      const bare = url.replace(/[?#].*$/, '');
      return ADDRESS.test(bare) ? choosing(write(place, bare)) : undefined;
    },
    page: `${PAGE}/DownloadDistValuesOrigin.html`,
  },
  'host-of-another': {
    severity: 'error',
    message: ({ request, what }: { request: string; what: string }) =>
      `\`request: ${request}\` forwards the viewer’s \`Host\`, but ${what} only answers to its own host name.`,
    why: 'The viewer’s `Host` is the distribution’s. API Gateway and Lambda answer 403 to a host they do not know, and requests are signed for the origin’s own.',
    fix: ({ what }: { request: string; what: string }, place) => choosing(write(place, what === 'a bucket' ? 'none' : 'all-but-host')),
    page: `${PAGE}/using-managed-origin-request-policies.html`,
  },
  'bucket-is-read': {
    severity: 'error',
    message: () => 'A bucket behind a distribution is read-only: with `methods: all`, writes would get a 403.',
    why: 'The bucket policy only lets the distribution get objects. Upload to the bucket itself, with presigned URLs.',
    fix: (_: unknown, place) => choosing(write(place, 'read'), write(place, 'read-and-options')),
    page: `${PAGE}/private-content-restricting-access-to-s3.html`,
  },
  'failover-is-read': {
    severity: 'error',
    message: () => 'An origin with a `failover` is read-only, so it cannot have `methods: all`.',
    why: 'CloudFront only fails over for GET, HEAD and OPTIONS.',
    fix: (_: unknown, place) => choosing(write(place, 'read'), write(place, 'read-and-options')),
    page: `${PAGE}/high_availability_origin_failover.html`,
  },
  'body-unhashed': {
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `Requests with a body to \`${name}\` must carry its SHA-256 in \`x-amz-content-sha256\`, which browsers do not send by themselves.`,
    why: 'CloudFront signs the request without reading its body, and Lambda rejects an unsigned body.',
    fix: (_: unknown, place) => choosing(write(place, 'read-and-options')),
    page: `${PAGE}/private-content-restricting-access-to-lambda.html`,
  },
  'way-around-distribution': {
    severity: 'hint',
    message: ({ name }: { name: string }) => `\`${name}\` can be called by anyone at its own URL, bypassing the distribution.`,
    why: 'With `url: iam` only the distribution can call it: CloudFront signs its requests.',
    fix: ({ url }: { url: Place | undefined }) => (url ? choosing(fixing('Write `url: iam`', withValue(url, 'iam'))) : undefined),
    page: `${PAGE}/private-content-restricting-access-to-lambda.html`,
  },
  'times-out-of-order': {
    severity: 'error',
    message: () => '`min`, `ttl` and `max` are out of order: `min` must be the shortest and `max` the longest.',
    why: 'CloudFront rejects a cache policy whose times are not in that order.',
    fix: ({ times }: { times: Readonly<Record<string, unknown>> }, place) => inOrder(times, place),
    page: `${PAGE}/cache-key-understand-cache-policy.html`,
  },
  'kept-for-no-time': {
    severity: 'error',
    message: () => 'With `max: 0 seconds` nothing is ever cached.',
    why: 'CloudFront rejects a cache policy that caches nothing but still has a cache key.',
    fix: (_: unknown, place) => choosing(write(place, 'none')),
    page: `${PAGE}/cache-key-understand-cache-policy.html`,
  },
  'certificate-of-distribution': {
    severity: 'error',
    message: ({ zone }: { zone: boolean }) =>
      zone
        ? 'The certificate of a distribution must be in us-east-1, and this stack is not: set `certificate`.'
        : 'A domain needs a `certificate`, or a `zone` in which one can be validated.',
    why: 'CloudFront only uses certificates from us-east-1, whatever region the rest is in.',
    fix: ({ zone, region }: { zone: boolean; region: Place }) =>
      zone
        ? choosing({ title: 'Add `certificate`' }, fixing('Write `region: us-east-1`', atTop(region.source, 'region', 'us-east-1')))
        : { title: 'Add `certificate`, or `region: us-east-1` to the file and a `zone` to the domain' },
    page: `${PAGE}/cnames-and-https-requirements.html`,
  },
  'certificate-elsewhere': {
    severity: 'error',
    message: ({ region }: { region: string }) => `This certificate is in ${region}; CloudFront needs it in us-east-1.`,
    why: 'CloudFront only uses certificates from us-east-1, whatever region the rest is in.',
    page: `${PAGE}/cnames-and-https-requirements.html`,
  },
  'acl-of-region': {
    severity: 'error',
    message: () => 'This web ACL is regional; a distribution needs one for CloudFront.',
    why: 'A web ACL’s scope is either `REGIONAL` or `CLOUDFRONT`, and WAF does not associate one with resources of the other.',
    page: `${PAGE}/distribution-web-awswaf.html`,
  },
  'allowed-and-denied': {
    severity: 'error',
    message: () => '`countries` takes either `allow` or `deny`.',
    why: 'Allowing some countries already denies all others.',
    fix: (_: unknown, place) =>
      choosing(fixing('Remove `deny`', withoutIn(place, 'deny')), fixing('Remove `allow`', withoutIn(place, 'allow'))),
    page: `${PAGE}/georestrictions.html`,
  },
  'status-without-page': {
    severity: 'error',
    message: () => '`status` needs a `page`.',
    why: 'CloudFront changes the status of an error only together with its error page.',
    fix: leavingOut,
    page: `${PAGE}/GeneratingCustomErrorResponses.html`,
  },
  'logs-outside-us-east-1': {
    severity: 'error',
    message: () => 'A distribution’s logs are delivered from us-east-1, and this stack is not there.',
    why: 'CloudFront’s log delivery must be created in us-east-1; the bucket can be in any region.',
    fix: ({ root }: { root: Place }, place) =>
      choosing(fixing('Write `region: us-east-1`', atTop(root.source, 'region', 'us-east-1')), leaveOut(place)),
    page: `${PAGE}/standard-logging.html`,
  },
  'name-too-long-for-cloudfront': {
    severity: 'error',
    message: ({ name, most, what }: { name: string; most: number; what: string }) =>
      `${what} would be named \`${name}\`, and AWS allows ${most} characters.`,
    why: 'CloudFormation requires a name here, which is made of the stack, this name and the region.',
    fix: () => ({ title: 'Shorten the name of the distribution or of the system' }),
  },
});

/** The longest name of a region. */
const REGION = 'ap-northeast-1';

/** Reports settings of a distribution that its schema cannot rule out. */
export function verifyDistribution(distribution: Distribution, context: Context, report: Report): void {
  for (const behaviour of behavioursOf(distribution)) verifyBehaviour(behaviour, distribution, report);
  for (const listed of originsIn(distribution)) verifyOrigin(listed, distribution.place, report);
  verifyDomain(distribution, context, report);
  verifyNames(distribution, context, report);
  const { settings, written, place } = distribution;
  const { waf, countries, logs, errors } = settings;
  if (waf && /:regional\//.test(literalOf(waf))) report(distributionProblems['acl-of-region'], written.at('waf').place, {});
  if (countries?.allow && countries.deny) report(distributionProblems['allowed-and-denied'], written.at('countries').key ?? place, {});
  if (logs && context.model.region !== 'us-east-1')
    report(distributionProblems['logs-outside-us-east-1'], written.at('logs').key ?? place, { root: rootOf(context) });
  for (const [code, said] of Object.entries(errors ?? {})) {
    if (typeof said === 'string' || said.status === undefined || said.page !== undefined) continue;
    report(distributionProblems['status-without-page'], written.at('errors').parts.get(code)?.parts.get('status')?.place ?? place, {});
  }
}

const literalOf = ({ segments }: Text): string => segments.map((one) => (typeof one === 'string' ? one : '$')).join('');

const WITH_HOST: readonly unknown[] = ['all', 'all-and-cloudfront', 'host'];

function passesHost(request: ReturnType<typeof requestOf>): string | undefined {
  if (typeof request === 'string') return WITH_HOST.includes(request) ? request : undefined;
  const { headers } = request;
  if (headers === 'all') return '{ headers: all }';
  if (headers === undefined) return undefined;
  const hasHost = (names: readonly string[]) => names.some((name) => name.toLowerCase() === 'host');
  const passed = 'except' in headers ? !hasHost(headers.except) : hasHost(headers);
  return passed ? '{ headers: … }' : undefined;
}

const WHAT = { bucket: 'a bucket', api: 'an API', function: 'a function' } as const;

function verifyBehaviour(behaviour: Behaviour, distribution: Distribution, report: Report): void {
  const { origin, settings, written } = behaviour;
  const at = (setting: string): Place => {
    const part = written.parts.get(setting);
    return part?.key ?? part?.place ?? distribution.place;
  };
  const request = passesHost(requestOf(behaviour));
  const asked = [origin, ...(origin.failover ? [origin.failover.origin] : [])].map(askedAs).find((one) => one !== 'address');
  if (request !== undefined && asked !== undefined)
    report(distributionProblems['host-of-another'], at('request'), { request, what: WHAT[asked] });
  if (methodsOf(behaviour) === 'all' && origin.kind === 'bucket') report(distributionProblems['bucket-is-read'], at('methods'), {});
  if (methodsOf(behaviour) === 'all' && origin.failover) report(distributionProblems['failover-is-read'], at('methods'), {});
  const fn = functionOf(origin);
  if (fn && isSigned(origin) && methodsOf(behaviour) === 'all')
    report(distributionProblems['body-unhashed'], at('methods'), { name: fn.name });
  if (typeof settings.cache === 'object') {
    const { min, usual, max } = timesOf(settings.cache);
    if (max === 0) report(distributionProblems['kept-for-no-time'], at('cache'), {});
    else if (min > usual || usual > max) report(distributionProblems['times-out-of-order'], at('cache'), { times: settings.cache });
  }
}

const rootOf = ({ model }: Context): Place => model.root.at('region').key ?? model.root.place;

/** Where a consumer says that it has an address. */
function urlIn(fn: Thing<'consumers'>): Place | undefined {
  const sources: readonly Written[] = [...(fn.written as Written).at('from' as never).parts.values()];
  const url = sources.find((source) => source.parts.has('url'))?.parts.get('url');
  return url?.key ?? url?.place;
}

function verifyOrigin({ origin, written }: Listed, place: Place, report: Report): void {
  const at = written?.parts.get(origin.kind)?.place ?? place;
  if (origin.kind === 'api') {
    const { private: closed } = origin.api.settings;
    if (closed !== undefined && closed !== false) report(distributionProblems['origin-not-public'], at, { name: origin.api.name });
    return;
  }
  const fn = functionOf(origin);
  if (fn) {
    const source = fn.settings.from.find(({ kind }) => kind === 'url');
    if (!source) report(distributionProblems['origin-without-address'], at, { name: fn.name, from: fn.written.at('from').key ?? fn.place });
    else if (!isSigned(origin)) report(distributionProblems['way-around-distribution'], at, { name: fn.name, url: urlIn(fn) });
  } else if (origin.kind === 'url' && 'segments' in origin.url && origin.url.segments.every((one) => typeof one === 'string')) {
    const url = literalOf(origin.url);
    if (!ADDRESS.test(url)) report(distributionProblems['origin-address'], at, { url });
  }
}

function verifyDomain({ settings, written, place }: Distribution, { model }: Context, report: Report): void {
  const { domain } = settings;
  if (!domain) return;
  const at = written.at('domain');
  if (domain.certificate) {
    const [, region] = /^arn:[^:]+:acm:([a-z0-9-]+):/.exec(literalOf(domain.certificate)) ?? [];
    if (region !== undefined && region !== 'us-east-1')
      report(distributionProblems['certificate-elsewhere'], at.parts.get('certificate')?.place ?? place, { region });
  } else if (domain.zone === undefined || model.region !== 'us-east-1') {
    report(distributionProblems['certificate-of-distribution'], at.key ?? place, {
      zone: domain.zone !== undefined,
      region: model.root.at('region').key ?? model.root.place,
    });
  }
}

function verifyNames(distribution: Distribution, { model }: Context, report: Report): void {
  const { name, place, settings } = distribution;
  const region = model.region ?? REGION;
  const judge = (what: string, long: string, most: number) => {
    if (long.length > most) report(distributionProblems['name-too-long-for-cloudfront'], place, { what, name: long, most });
  };
  const origins = originsIn(distribution).map(({ origin }) => origin);
  if (origins.some((one) => isSigned(one) && one.kind === 'url'))
    judge('Its origin access control', `${model.stack}-${name}-lambda-${region}`, 64);
  else if (origins.some((one) => isSigned(one))) judge('Its origin access control', `${model.stack}-${name}-s3-${region}`, 64);
  if (settings.logs) judge('Its log delivery', `${model.stack}-${name}`, 60);
  for (const one of ownPolicies(distribution)) judge('One of its policies', `${model.stack}-${logicalId(one)}-${region}`, 128);
}
