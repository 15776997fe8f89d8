import { choice, count, duration, interpolatedText, list, map, nameOf, nameOr, object, or, required, text, type TypeOf } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const originOf = (property: string) => `AWS::CloudFront::Distribution DistributionConfig.Origins.${property}`;

const path = text('A prefix for the path of every request.', {
  pattern: '^(/[A-Za-z0-9._~-]+)+$',
  means: 'a path such as /public',
  max: 255,
  examples: ['/public'],
  aws: originOf('OriginPath'),
  page: `${PAGE}/DownloadDistValuesOrigin.html`,
  also: ['OriginPath', 'originPath'],
});

const keepAlive = duration('How long CloudFront keeps an idle connection open. 5 seconds by default.', {
  from: 1,
  to: 120,
  aws: originOf('CustomOriginConfig.OriginKeepaliveTimeout'),
  page: `${PAGE}/DownloadDistValuesOrigin.html`,
  also: ['OriginKeepaliveTimeout', 'keepaliveTimeout'],
});

const kinds = {
  bucket: {
    value: nameOf('A bucket. It stays private: its policy allows only this distribution, which signs its requests.', 'buckets', {
      aws: originOf('S3OriginConfig'),
      page: `${PAGE}/private-content-restricting-access-to-s3.html`,
      also: ['S3OriginConfig', 'S3Origin', 'S3BucketOrigin', 's3', 'S3'],
    }),
    options: { path },
  },
  api: {
    value: nameOf('An API of this system; its stage is prefixed to the path.', 'apis', {
      aws: originOf('CustomOriginConfig'),
      page: `${PAGE}/DownloadDistS3AndCustomOrigins.html`,
      also: ['RestApiOrigin', 'HttpApiOrigin', 'apiGateway'],
    }),
    options: { keepAlive },
  },
  url: {
    value: nameOr(
      'A consumer of this system with `from: { url: … }` (requests to one with `url: iam` are signed), or any URL: of a load balancer, of a website.',
      ['consumers'],
      {
        pattern: '^([a-z]([a-z0-9.-]|[A-Z])*|https://.+|.*\\$\\(.+)$',
        means: 'a consumer, or a URL such as https://shop.example',
        examples: ['https://shop.example'],
        aws: originOf('CustomOriginConfig'),
        page: `${PAGE}/private-content-restricting-access-to-lambda.html`,
        also: ['CustomOriginConfig', 'DomainName', 'HttpOrigin', 'FunctionUrlOrigin', 'LoadBalancerV2Origin'],
      },
    ),
    options: { path, keepAlive },
  },
} as const;

const common = {
  headers: map(
    'Headers to add to every request to the origin. Not for secrets: the template and the console show them.',
    text('A header', { pattern: '^[A-Za-z0-9-]{1,256}$', means: 'the name of a header' }),
    interpolatedText('Its value.', { max: 1783 }),
    {
      aws: originOf('OriginCustomHeaders'),
      page: `${PAGE}/add-origin-custom-headers.html`,
      also: ['OriginCustomHeaders', 'customHeaders'],
    },
  ),
  attempts: count('How often CloudFront tries to connect. 3 by default.', {
    from: 1,
    to: 3,
    aws: originOf('ConnectionAttempts'),
    page: `${PAGE}/DownloadDistValuesOrigin.html`,
    also: ['ConnectionAttempts', 'connectionAttempts'],
  }),
  connectTimeout: duration('How long it waits for a connection. 10 seconds by default.', {
    from: 1,
    to: 10,
    aws: originOf('ConnectionTimeout'),
    page: `${PAGE}/DownloadDistValuesOrigin.html`,
    also: ['ConnectionTimeout', 'connectionTimeout'],
  }),
  responseTimeout: duration('How long it waits for a response, and then for each part of it. 30 seconds by default.', {
    from: 1,
    to: 120,
    aws: originOf('CustomOriginConfig.OriginReadTimeout'),
    page: `${PAGE}/DownloadDistValuesOrigin.html`,
    also: ['OriginReadTimeout', 'readTimeout'],
  }),
  shield: text('Origin Shield: a region near the origin with an additional cache. Billed by the request.', {
    pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$',
    means: 'a region such as eu-central-1',
    examples: ['eu-central-1'],
    aws: originOf('OriginShield'),
    page: `${PAGE}/origin-shield.html`,
    also: ['OriginShield', 'OriginShieldRegion', 'originShieldRegion'],
  }),
} as const;

const failover = object(
  'Another origin for when this one fails. Only for GET, HEAD and OPTIONS.',
  {
    origin: required(choice('The other origin.', 'origin', kinds, common, { id: 'failover-origin' })),
    on: or(
      list(
        'The statuses that count as a failure.',
        text('A status.', { pattern: '^(400|403|404|416|429|500|502|503|504)$', means: 'a status such as 503', examples: ['503', '404'] }),
        { single: true, min: 1, also: ['StatusCodes', 'FailoverCriteria', 'fallbackStatusCodes'] },
      ),
      ['500', '502', '503', '504'],
    ),
  },
  {
    aws: 'AWS::CloudFront::Distribution DistributionConfig.OriginGroups',
    page: `${PAGE}/high_availability_origin_failover.html`,
    also: ['OriginGroups', 'OriginGroup', 'fallbackOrigin'],
  },
);

/** Where CloudFront gets what it does not have. */
export const origin = choice(
  'Where CloudFront gets what is not cached: a bucket, an API, or a URL.',
  'origin',
  kinds,
  { ...common, failover },
  { id: 'origin', aws: 'AWS::CloudFront::Distribution DistributionConfig.Origins', page: `${PAGE}/DownloadDistS3AndCustomOrigins.html` },
);

export type Origin = TypeOf<typeof origin>;
