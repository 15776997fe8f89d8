import { duration, flag, forms, interpolatedText, list, map, object, or, required, text, word } from './kit.ts';
import { origin } from './distribution-origins.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const behaviour = (property: string) => `AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.${property}`;

const header = text('A header.', { pattern: '^[A-Za-z0-9_-]{1,256}$', means: 'the name of a header' });
const named = text('A name; `*` matches any characters.', { pattern: '^[^\\s,]{1,128}$', means: 'a name' });

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

const ownCache = object('A cache policy: the cache key, and how long responses are cached.', {
  ttl: duration('How long a response without cache headers is cached. A day by default.', {
    to: 315_360_000,
    examples: day,
    aws: 'AWS::CloudFront::CachePolicy CachePolicyConfig.DefaultTTL',
    also: ['DefaultTTL', 'defaultTtl'],
  }),
  min: or(
    duration('The minimum, whatever the response says.', {
      to: 315_360_000,
      examples: day,
      aws: 'AWS::CloudFront::CachePolicy CachePolicyConfig.MinTTL',
      also: ['MinTTL', 'minTtl'],
    }),
    0,
  ),
  max: duration('The maximum, whatever the response says. A year by default.', {
    to: 315_360_000,
    examples: day,
    aws: 'AWS::CloudFront::CachePolicy CachePolicyConfig.MaxTTL',
    also: ['MaxTTL', 'maxTtl'],
  }),
  query: some('Query parameters in the cache key', ['QueryStringsConfig', 'QueryStringBehavior', 'queryStringBehavior']),
  headers: list('Headers in the cache key.', header, {
    single: true,
    min: 1,
    also: ['HeadersConfig', 'HeaderBehavior', 'headerBehavior'],
  }),
  cookies: some('Cookies in the cache key', ['CookiesConfig', 'CookieBehavior', 'cookieBehavior']),
});

const ownRequest = object('What is forwarded to the origin, in addition to the cache key.', {
  headers: forms(
    'Headers.',
    {
      text: word('All of them.', { all: 'All headers of the request.' }),
      list: list('These.', header, { min: 1 }),
      object: object('All but some.', { except: required(list('Not these.', header, { single: true, min: 1 })) }),
    },
    { also: ['HeadersConfig', 'headerBehavior'] },
  ),
  query: some('Query parameters', ['QueryStringsConfig', 'queryStringBehavior']),
  cookies: some('Cookies', ['CookiesConfig', 'cookieBehavior']),
});

const ownHeaders = object(
  'Headers that CloudFront adds to responses or removes from them. Security headers are added unless `security: false`.',
  {
    set: map(
      'Headers to add, overriding the origin’s.',
      text('A header', { pattern: '^[A-Za-z0-9-]{1,256}$', means: 'the name of a header' }),
      interpolatedText('Its value.', { max: 1783 }),
      {
        aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.CustomHeadersConfig',
        also: ['CustomHeadersConfig', 'customHeadersBehavior'],
      },
    ),
    remove: list('Headers of the origin to remove.', header, {
      single: true,
      min: 1,
      aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.RemoveHeadersConfig',
      also: ['RemoveHeadersConfig', 'removeHeaders'],
    }),
    security: or(
      flag(
        'Security headers: HTTPS for a year (Strict-Transport-Security), no MIME sniffing, no framing by other sites, a short referrer.',
        {
          aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig',
          also: ['SecurityHeadersConfig', 'securityHeadersBehavior'],
        },
      ),
      true,
    ),
    contentSecurityPolicy: text('The Content-Security-Policy header.', {
      aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy',
      also: ['ContentSecurityPolicy', 'csp'],
      examples: ["default-src 'self'"],
    }),
    cors: list(
      'CORS: origins whose pages may read the responses, `https://shop.example` or `*`.',
      text('An origin.', { pattern: '^(\\*|https?://[A-Za-z0-9.*:-]+)$', means: 'an origin such as https://shop.example' }),
      {
        single: true,
        min: 1,
        aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.CorsConfig',
        also: ['CorsConfig', 'corsBehavior', 'AccessControlAllowOrigins'],
      },
    ),
    serverTiming: flag('A Server-Timing header that shows how CloudFront handled the request.', {
      aws: 'AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.ServerTimingHeadersConfig',
      also: ['ServerTimingHeadersConfig'],
    }),
  },
);

/** How requests are answered: for all paths, and for some of them again. */
export const answering = {
  cache: forms(
    'What is cached, and for how long: a managed policy, or your own settings. By default a bucket’s objects are cached, responses of functions and APIs are not.',
    {
      text: word('A managed policy.', {
        optimized: 'A day unless the response says otherwise; no query, headers or cookies in the key (CachingOptimized).',
        uncompressed: 'The same without compression (CachingOptimizedForUncompressedObjects).',
        none: 'Nothing is cached (CachingDisabled).',
        'origin-headers': 'As long as the response says; headers and cookies are in the key (UseOriginCacheControlHeaders).',
        'origin-headers-and-query': 'The same, with the query in the key (UseOriginCacheControlHeaders-QueryStrings).',
      }),
      object: ownCache,
    },
    {
      aws: behaviour('CachePolicyId'),
      page: `${PAGE}/using-managed-cache-policies.html`,
      also: ['CachePolicyId', 'cachePolicy', 'CachePolicy', 'caching'],
      usually: 'optimized (none for an API or a URL)',
    },
  ),
  request: forms(
    'What is forwarded to the origin: a managed policy, or your own settings.',
    {
      text: word('A managed policy.', {
        none: 'Only the cache key.',
        all: 'Everything, including the viewer’s host (AllViewer).',
        'all-but-host': 'Everything but the host (AllViewerExceptHostHeader).',
        'all-and-cloudfront': 'Everything, and what CloudFront knows about the viewer (AllViewerAndCloudFrontHeaders-2022-06).',
        'cors-bucket': 'What a bucket needs for CORS (CORS-S3Origin).',
        'cors-origin': 'What another origin needs for CORS (CORS-CustomOrigin).',
        'user-agent-and-referer': 'User agent and referrer (UserAgentRefererHeaders).',
        host: 'The viewer’s host (HostHeaderOnly).',
      }),
      object: ownRequest,
    },
    {
      aws: behaviour('OriginRequestPolicyId'),
      page: `${PAGE}/using-managed-origin-request-policies.html`,
      also: ['OriginRequestPolicyId', 'originRequestPolicy', 'OriginRequestPolicy', 'forward'],
      usually: 'none (all-but-host for an API or a URL)',
    },
  ),
  headers: forms(
    'Headers that CloudFront adds to responses: a managed policy, or your own settings.',
    {
      text: word('A managed policy.', {
        none: 'None.',
        security: 'Security headers (SecurityHeadersPolicy).',
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
    'The allowed methods.',
    { read: 'GET and HEAD.', 'read-and-options': 'GET, HEAD and OPTIONS.', all: 'Also PUT, POST, PATCH and DELETE.' },
    {
      aws: behaviour('AllowedMethods'),
      page: `${PAGE}/DownloadDistValuesCacheBehavior.html`,
      also: ['AllowedMethods', 'allowedMethods'],
      usually: 'read (all for an API, read for a URL with signed requests)',
    },
  ),
  protocol: word(
    'What happens to a request over plain HTTP.',
    { 'redirect-to-https': 'It is redirected to HTTPS.', 'https-only': 'It is rejected.', 'allow-all': 'It is served.' },
    {
      aws: behaviour('ViewerProtocolPolicy'),
      page: `${PAGE}/using-https-viewers-to-cloudfront.html`,
      also: ['ViewerProtocolPolicy', 'viewerProtocolPolicy'],
      usually: 'redirect-to-https',
    },
  ),
  compress: flag('Compresses text for viewers that support it.', {
    aws: behaviour('Compress'),
    page: `${PAGE}/ServingCompressedFiles.html`,
    also: ['Compress'],
    usually: 'true',
  }),
  keyGroups: list(
    'Only serves requests signed with a key of one of these groups.',
    interpolatedText('The ID of a key group.', { pattern: '^([A-Za-z0-9-]+|.*\\$\\(.+)$', means: 'the ID of a key group' }),
    {
      single: true,
      min: 1,
      max: 4,
      aws: behaviour('TrustedKeyGroups'),
      page: `${PAGE}/private-content-trusted-signers.html`,
      also: ['TrustedKeyGroups', 'trustedKeyGroups'],
    },
  ),
  realtimeLogs: interpolatedText('The ARN of a real-time log configuration.', {
    pattern: '^(arn:|.*\\$\\().+',
    means: 'the ARN of a real-time log configuration',
    aws: behaviour('RealtimeLogConfigArn'),
    page: `${PAGE}/real-time-logs.html`,
    also: ['RealtimeLogConfigArn', 'realtimeLogConfig'],
  }),
};

export const paths = map(
  'Paths with other settings. The more specific pattern wins, whatever the order: the one with the longer prefix before its first `*`.',
  text('A pattern', {
    pattern: '^[/*][A-Za-z0-9_.*$/~"\'@:+&?-]{0,126}$',
    means: 'a pattern of paths such as /api/* or *.jpg',
    examples: ['/api/*', '*.jpg'],
  }),
  object(
    'Settings for these paths. What is left out has its default, not the value of the other paths.',
    { origin: { ...origin, doc: 'Another origin for these paths.' }, ...answering },
    { empty: true },
  ),
  {
    aws: 'AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors',
    page: `${PAGE}/DownloadDistValuesCacheBehavior.html`,
    also: ['CacheBehaviors', 'additionalBehaviors', 'behaviors', 'pathPattern', 'PathPattern'],
  },
);
