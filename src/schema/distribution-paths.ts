import { duration, flag, forms, interpolatedText, list, map, object, or, required, text, word } from './kit.ts';
import { origin } from './distribution-origins.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const behaviour = (property: string) => `AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.${property}`;

const header = text('A header.', { pattern: '^[A-Za-z0-9_-]{1,256}$', means: 'the name of a header' });
const named = text('A name; `*` stands for some characters.', { pattern: '^[^\\s,]{1,128}$', means: 'a name' });

const some = (what: string, also: readonly string[]) =>
  forms(
    `${what}: \`true\` for all, or a list of names.`,
    {
      flag: flag('`true`: all of them.'),
      list: list('These.', named, { min: 1 }),
      object: object('All but some.', { except: required(list('Not these.', named, { single: true, min: 1 })) }),
    },
    { also },
  );

const day = ['1 day', '5 minutes'] as const;

const ownCache = object('What makes an answer another one, and how long it is kept.', {
  ttl: duration('How long an answer is kept that does not say so itself. A day unless said otherwise.', {
    to: 315_360_000,
    examples: day,
    aws: 'AWS::CloudFront::CachePolicy CachePolicyConfig.DefaultTTL',
    also: ['DefaultTTL', 'defaultTtl'],
  }),
  min: or(
    duration('The least time it is kept, whatever it says.', {
      to: 315_360_000,
      examples: day,
      aws: 'AWS::CloudFront::CachePolicy CachePolicyConfig.MinTTL',
      also: ['MinTTL', 'minTtl'],
    }),
    0,
  ),
  max: duration('The most time it is kept, whatever it says. A year unless said otherwise.', {
    to: 315_360_000,
    examples: day,
    aws: 'AWS::CloudFront::CachePolicy CachePolicyConfig.MaxTTL',
    also: ['MaxTTL', 'maxTtl'],
  }),
  query: some('Parameters of the query that make another answer', ['QueryStringsConfig', 'QueryStringBehavior', 'queryStringBehavior']),
  headers: list('Headers that make another answer.', header, {
    single: true,
    min: 1,
    also: ['HeadersConfig', 'HeaderBehavior', 'headerBehavior'],
  }),
  cookies: some('Cookies that make another answer', ['CookiesConfig', 'CookieBehavior', 'cookieBehavior']),
});

const ownRequest = object('What of a request the origin is told, besides what makes another answer.', {
  headers: forms(
    'Headers.',
    {
      text: word('All of them.', { all: 'All headers of the request.' }),
      list: list('These.', header, { min: 1 }),
      object: object('All but some.', { except: required(list('Not these.', header, { single: true, min: 1 })) }),
    },
    { also: ['HeadersConfig', 'headerBehavior'] },
  ),
  query: some('Parameters of the query', ['QueryStringsConfig', 'queryStringBehavior']),
  cookies: some('Cookies', ['CookiesConfig', 'cookieBehavior']),
});

const ownHeaders = object(
  'Headers CloudFront adds to answers or takes out of them. What keeps browsers safe is added unless `security: false`.',
  {
    set: map(
      'Headers that are added, also over the origin’s own.',
      text('A header', { pattern: '^[A-Za-z0-9-]{1,256}$', means: 'the name of a header' }),
      interpolatedText('Its value.', { max: 1783 }),
      {
        aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.CustomHeadersConfig',
        also: ['CustomHeadersConfig', 'customHeadersBehavior'],
      },
    ),
    remove: list('Headers of the origin that are taken out.', header, {
      single: true,
      min: 1,
      aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.RemoveHeadersConfig',
      also: ['RemoveHeadersConfig', 'removeHeaders'],
    }),
    security: or(
      flag('HTTPS for a year (Strict-Transport-Security), no guessing of types, no frames from elsewhere, a short referrer.', {
        aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig',
        also: ['SecurityHeadersConfig', 'securityHeadersBehavior'],
      }),
      true,
    ),
    contentSecurityPolicy: text('What a page may load, as browsers read it.', {
      aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy',
      also: ['ContentSecurityPolicy', 'csp'],
      examples: ["default-src 'self'"],
    }),
    cors: list(
      'Origins whose pages may read the answers: `https://shop.example`, or `*`.',
      text('An origin.', { pattern: '^(\\*|https?://[A-Za-z0-9.*:-]+)$', means: 'an origin such as https://shop.example' }),
      {
        single: true,
        min: 1,
        aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.CorsConfig',
        also: ['CorsConfig', 'corsBehavior', 'AccessControlAllowOrigins'],
      },
    ),
    serverTiming: flag('A header that tells how CloudFront came to each answer.', {
      aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.ServerTimingHeadersConfig',
      also: ['ServerTimingHeadersConfig'],
    }),
  },
);

/** How requests are answered: for all paths, and for some of them again. */
export const answering = {
  cache: forms(
    'What is kept at the edge, and for how long: a policy of AWS’s, or settings of your own. A bucket’s objects are, what functions and APIs answer is not unless said otherwise.',
    {
      text: word('A policy of AWS’s.', {
        optimized: 'A day unless the answer says otherwise; no query, headers or cookies make another answer (CachingOptimized).',
        uncompressed: 'The same for what does not compress (CachingOptimizedForUncompressedObjects).',
        none: 'Nothing is kept (CachingDisabled).',
        'origin-headers': 'As long as the answer says; headers and cookies make another answer (UseOriginCacheControlHeaders).',
        'origin-headers-and-query': 'The same, and the query makes another one (UseOriginCacheControlHeaders-QueryStrings).',
      }),
      object: ownCache,
    },
    {
      aws: behaviour('CachePolicyId'),
      page: `${PAGE}/using-managed-cache-policies.html`,
      also: ['CachePolicyId', 'cachePolicy', 'CachePolicy', 'caching'],
      usually: 'optimized (none before an API or an address)',
    },
  ),
  request: forms(
    'What of a request the origin is told: a policy of AWS’s, or settings of your own.',
    {
      text: word('A policy of AWS’s.', {
        none: 'Nothing but what makes another answer.',
        all: 'Everything, also the host that was asked for (AllViewer).',
        'all-but-host': 'Everything but the host (AllViewerExceptHostHeader).',
        'all-and-cloudfront': 'Everything, and what CloudFront knows of the caller (AllViewerAndCloudFrontHeaders-2022-06).',
        'cors-bucket': 'What a bucket needs to answer web pages (CORS-S3Origin).',
        'cors-origin': 'What another origin needs to answer web pages (CORS-CustomOrigin).',
        'user-agent-and-referer': 'Which program asks and from which page (UserAgentRefererHeaders).',
        host: 'The host that was asked for (HostHeaderOnly).',
      }),
      object: ownRequest,
    },
    {
      aws: behaviour('OriginRequestPolicyId'),
      page: `${PAGE}/using-managed-origin-request-policies.html`,
      also: ['OriginRequestPolicyId', 'originRequestPolicy', 'OriginRequestPolicy', 'forward'],
      usually: 'none (all-but-host before an API or an address)',
    },
  ),
  headers: forms(
    'Headers CloudFront adds to answers: a policy of AWS’s, or settings of your own.',
    {
      text: word('A policy of AWS’s.', {
        none: 'None.',
        security: 'What keeps browsers safe (SecurityHeadersPolicy).',
        cors: 'Any page may read (SimpleCORS).',
        'cors-preflight': 'Any page may read and write (CORS-With-Preflight).',
        'cors-and-security': 'Both (CORS-and-SecurityHeadersPolicy).',
        'cors-preflight-and-security': 'Both (CORS-with-preflight-and-SecurityHeadersPolicy).',
      }),
      object: ownHeaders,
    },
    {
      aws: behaviour('ResponseHeadersPolicyId'),
      page: `${PAGE}/using-managed-response-headers-policies.html`,
      also: ['ResponseHeadersPolicyId', 'responseHeadersPolicy', 'responseHeaders'],
      usually: 'security',
    },
  ),
  methods: word(
    'Which methods are let through.',
    { read: 'GET and HEAD.', 'read-and-options': 'GET, HEAD and OPTIONS.', all: 'Also PUT, POST, PATCH and DELETE.' },
    {
      aws: behaviour('AllowedMethods'),
      page: `${PAGE}/DownloadDistValuesCacheBehavior.html`,
      also: ['AllowedMethods', 'allowedMethods'],
      usually: 'read (all before an API, read before an address that is signed for)',
    },
  ),
  protocol: word(
    'What becomes of a request over plain HTTP.',
    { 'redirect-to-https': 'It is sent to HTTPS.', 'https-only': 'It is refused.', 'allow-all': 'It is answered.' },
    {
      aws: behaviour('ViewerProtocolPolicy'),
      page: `${PAGE}/using-https-viewers-to-cloudfront.html`,
      also: ['ViewerProtocolPolicy', 'viewerProtocolPolicy'],
      usually: 'redirect-to-https',
    },
  ),
  compress: flag('Texts are compressed on the way to whoever takes them so.', {
    aws: behaviour('Compress'),
    page: `${PAGE}/ServingCompressedFiles.html`,
    also: ['Compress'],
    usually: 'true',
  }),
  keyGroups: list(
    'Only requests are answered that were signed with a key of one of these groups.',
    interpolatedText('The id of a key group.', { pattern: '^([A-Za-z0-9-]+|.*\\$\\(.+)$', means: 'the id of a key group' }),
    {
      single: true,
      min: 1,
      max: 4,
      aws: behaviour('TrustedKeyGroups'),
      page: `${PAGE}/private-content-trusted-signers.html`,
      also: ['TrustedKeyGroups', 'trustedKeyGroups'],
    },
  ),
  realtimeLogs: interpolatedText('The ARN of a configuration of real-time logs.', {
    pattern: '^(arn:|.*\\$\\().+',
    means: 'the ARN of a configuration of real-time logs',
    aws: behaviour('RealtimeLogConfigArn'),
    page: `${PAGE}/real-time-logs.html`,
    also: ['RealtimeLogConfigArn', 'realtimeLogConfig'],
  }),
};

export const paths = map(
  'Paths that are answered in another way. The more exact pattern wins, wherever it stands: the one with the longer beginning before its first `*`.',
  text('A pattern', {
    pattern: '^[/*][A-Za-z0-9_.*$/~"\'@:+&?-]{0,126}$',
    means: 'a pattern of paths such as /api/* or *.jpg',
    examples: ['/api/*', '*.jpg'],
  }),
  object(
    'How requests to these paths are answered; what is not said is as CloudFront answers by itself, not as the other paths are.',
    { origin: { ...origin, doc: 'Another origin for these paths.' }, ...answering },
    { empty: true },
  ),
  {
    aws: 'AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors',
    page: `${PAGE}/DownloadDistValuesCacheBehavior.html`,
    also: ['CacheBehaviors', 'additionalBehaviors', 'behaviors', 'pathPattern', 'PathPattern'],
  },
);
