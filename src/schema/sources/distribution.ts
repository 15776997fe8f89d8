import { flag, list, nameOf, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const association = (property: string) =>
  `AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.${property}`;

/** The points of CloudFront’s work, by AWS’s own words. */
const events = {
  'viewer-request': 'When a request comes in, before the cache: every request.',
  'origin-request': 'Before the origin is asked: what the cache does not have.',
  'origin-response': 'After the origin answered, before the cache keeps it.',
  'viewer-response': 'Before the answer goes out: every one.',
} as const;

export type EdgeEvent = keyof typeof events;

const isViewer = (event: unknown): boolean => event === 'viewer-request' || event === 'viewer-response';

export const distribution = {
  value: nameOf(
    'A distribution: copies of the function run near to whoever asks (Lambda@Edge). The stack must be in us-east-1. When the stack goes, the function and its versions stay: they can be deleted some hours later, when the copies are gone. So do the log groups the copies made in other regions.',
    'distributions',
    {
      aws: association('LambdaFunctionARN'),
      page: `${PAGE}/lambda-at-the-edge.html`,
      also: ['CloudFront', 'cloudFront', 'edgeLambdas', 'EdgeFunction', 'LambdaFunctionAssociations'],
    },
  ),
  options: {
    at: required(
      list('At which point: one, or several.', word('A point of CloudFront’s work.', events), {
        single: true,
        min: 1,
        aws: association('EventType'),
        page: `${PAGE}/lambda-cloudfront-trigger-events.html`,
        also: ['EventType', 'eventType'],
      }),
    ),
    paths: list(
      'For which `paths` of the distribution; `default` stands for those that are not listed there.',
      text('A pattern, as the distribution has it.', {
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
    includeBody: flag('At a request: the function gets its body too, up to 40 KB (viewer) or 1 MB (origin).', {
      aws: association('IncludeBody'),
      page: `${PAGE}/lambda-include-body-access.html`,
      also: ['IncludeBody'],
    }),
    as,
  },
  polling: {
    delivery: 'push',
    caller: 'CloudFront calls a copy of the function in the region nearest to whoever asks.',
    permission: 'replication',
    invocation: 'sync',
    concurrency: 'One call for each request at that point; every region has a limit of its own.',
    ordering: 'None.',
    retries: 'None: whoever asks gets the error.',
    failure: 'Whoever asks gets a 502, or a 503 where it was throttled; logs and metrics are in the region that ran it.',
    page: `${PAGE}/lambda-edge-how-it-works.html`,
  },
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge */
  settles: ({ at }: { readonly [key: string]: unknown }) => ({
    architecture: 'x86_64',
    ...(Array.isArray(at) && at.some(isViewer) ? { memory: 128, timeout: 5 } : { timeout: 30 }),
  }),
} as const;
