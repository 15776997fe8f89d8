import { nameOf, object, raw } from '../kit.ts';
import { redriven } from '../delivery.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/sns/latest/dg';

export const filter = object(
  'Which messages come: by their attributes, or by their body. The rest costs nothing.',
  {
    attributes: raw('Attribute by attribute, the values of which one must match: `{ kind: [placed] }`.', 'object', {
      also: ['FilterPolicy', 'filterPolicy', 'MessageAttributes'],
    }),
    body: raw('The same for the body, which is JSON then.', 'object', { also: ['MessageBody'] }),
  },
  {
    aws: 'AWS::SNS::Subscription FilterPolicy',
    page: `${PAGE}/sns-subscription-filter-policies.html`,
    also: ['FilterPolicy', 'filterPolicy', 'FilterPolicyScope', 'filterPolicyScope'],
  },
);

export const topic = {
  value: nameOf('A topic: SNS calls the function with each message, at once.', 'topics', {
    aws: 'AWS::SNS::Subscription',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
    also: ['SNS', 'sns', 'Topic', 'SnsEventSource'],
  }),
  options: { filter, delivery: redriven('AWS::SNS::Subscription RedrivePolicy'), as },
  polling: {
    delivery: 'push',
    caller: 'SNS calls the function with each message.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One call for each message, up to the function’s concurrency.',
    ordering: 'None.',
    retries: 'SNS tries delivery over hours; what Lambda has taken it tries twice more.',
    failure:
      'What SNS could not deliver goes to `delivery.deadLetter`; what the function could not do, where the function’s own failures go.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
  },
} as const;
