import { nameOf, object, raw } from '../kit.ts';
import { redriven } from '../delivery.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/sns/latest/dg';

export const filter = object(
  'Which messages are delivered: by their attributes, or by their body. The rest costs nothing.',
  {
    attributes: raw('For each attribute, values of which one must match: `{ kind: [placed] }`.', 'object', {
      also: ['FilterPolicy', 'filterPolicy', 'MessageAttributes'],
    }),
    body: raw('The same for the body, which must be JSON.', 'object', { also: ['MessageBody'] }),
  },
  {
    aws: 'AWS::SNS::Subscription FilterPolicy',
    page: `${PAGE}/sns-subscription-filter-policies.html`,
    also: ['FilterPolicy', 'filterPolicy', 'FilterPolicyScope', 'filterPolicyScope'],
  },
);

export const topic = {
  value: nameOf('A topic: SNS invokes the function with each message, immediately.', 'topics', {
    aws: 'AWS::SNS::Subscription',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
    also: ['SNS', 'sns', 'Topic', 'SnsEventSource'],
  }),
  options: { filter, delivery: redriven('AWS::SNS::Subscription RedrivePolicy'), as },
  polling: {
    delivery: 'push',
    caller: 'SNS invokes the function with each message.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One invocation per message, up to the function’s concurrency.',
    ordering: 'None.',
    retries: 'SNS retries delivery for hours; once Lambda has accepted an event, it retries twice.',
    failure:
      'Messages that SNS could not deliver go to `delivery.deadLetter`; events that the function fails on go to its own failure destination.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
  },
} as const;
