import { flag, list, nameOf, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const association = (property: string) =>
  `AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.${property}`;

/** The points of CloudFront’s work, by AWS’s own words. */
const events = {
  'viewer-request': 'When a request arrives, before the cache: every request.',
  'origin-request': 'Before a request to the origin: only on cache misses.',
  'origin-response': 'After the origin’s response, before it is cached.',
  'viewer-response': 'Before the response is sent: every response.',
} as const;

export type EdgeEvent = keyof typeof events;

const isViewer = (event: unknown): boolean => event === 'viewer-request' || event === 'viewer-response';

export const distribution = {
  value: nameOf(
    'A distribution: replicas of the function run near the viewer (Lambda@Edge). The stack must be in us-east-1. When the stack is deleted, the function and its versions stay: they can be deleted some hours later, when the replicas are gone. So do the log groups that the replicas created in other regions.',
    'distributions',
    {
      aws: association('LambdaFunctionARN'),
      page: `${PAGE}/lambda-at-the-edge.html`,
      also: ['CloudFront', 'cloudFront', 'edgeLambdas', 'EdgeFunction', 'LambdaFunctionAssociations'],
    },
  ),
  options: {
    at: required(
      list('At which event: one, or several.', word('A CloudFront event.', events), {
        single: true,
        min: 1,
        aws: association('EventType'),
        page: `${PAGE}/lambda-cloudfront-trigger-events.html`,
        also: ['EventType', 'eventType'],
      }),
    ),
    paths: list(
      'For which `paths` of the distribution; `default` stands for all others.',
      text('A pattern, as in the distribution.', {
        pattern: '^([/*].*|default)$',
        means: 'a path of the distribution, or default',
        examples: ['/api/*', 'default'],
      }),
      {
        single: true,
        min: 1,
        page: `${PAGE}/DownloadDistValuesCacheBehavior.html`,
        also: ['pathPattern', 'PathPattern', 'behavior', 'path'],
        usually: 'default',
      },
    ),
    includeBody: flag('At request events: the function also gets the body, up to 40 KB (viewer) or 1 MB (origin).', {
      aws: association('IncludeBody'),
      page: `${PAGE}/lambda-include-body-access.html`,
      also: ['IncludeBody'],
    }),
    as,
  },
  polling: {
    delivery: 'push',
    caller: 'CloudFront invokes a replica of the function in the region nearest to the viewer.',
    permission: 'replication',
    invocation: 'sync',
    concurrency: 'One invocation per request at that event; every region has its own limit.',
    ordering: 'None.',
    retries: 'None: the viewer gets the error.',
    failure: 'The viewer gets a 502, or a 503 if it was throttled; logs and metrics are in the region that ran it.',
    page: `${PAGE}/lambda-edge-how-it-works.html`,
  },
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge */
  settles: ({ at }: { readonly [key: string]: unknown }) => ({
    architecture: 'x86_64',
    ...(Array.isArray(at) && at.some(isViewer) ? { memory: 128, timeout: 5 } : { timeout: 30 }),
  }),
} as const;
