import { flag, nameOr, or, raw, required, text } from '../kit.ts';
import { retried } from '../delivery.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

/** What the target receives instead of the event. */
export const input = raw(
  'What the function receives instead of the event: a constant, one part of the event (`$.detail`), or `{ paths: { id: $.detail.id }, template: … }` with `<id>` in the template.',
  'any',
  {
    aws: 'AWS::Events::Rule Targets.Input',
    page: `${PAGE}/eb-transform-target-input.html`,
    also: ['Input', 'InputPath', 'InputTransformer', 'inputPath', 'inputTransformer'],
  },
);

export const busOptions = {
  pattern: required(
    raw('The pattern an event must match: `{ source: [shop], detail-type: [OrderPlaced] }`.', 'object', {
      aws: 'AWS::Events::Rule EventPattern',
      page: `${PAGE}/eb-event-patterns.html`,
      also: ['Pattern', 'EventPattern', 'eventPattern'],
    }),
  ),
  input,
  description: text('What the rule is for.', {
    pattern: '^.{0,512}$',
    means: 'up to 512 characters',
    aws: 'AWS::Events::Rule Description',
    also: ['Description'],
  }),
  enabled: or(flag('Whether the rule is enabled.', { aws: 'AWS::Events::Rule State', also: ['Enabled', 'State'] }), true),
} as const;

export const bus = {
  value: nameOr('A bus, or `default`: EventBridge invokes the function with each event that matches the pattern.', ['buses'], {
    pattern: '^(default|[A-Za-z.]*[a-z0-9-]+|arn:.+)$',
    means: 'the name of a bus, or default',
    examples: ['default'],
    aws: 'AWS::Events::Rule',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchevents.html',
    also: ['EventBridgeRule', 'CloudWatchEvent', 'eventBridge', 'cloudwatchEvent', 'EventBusName', 'eventBus'],
  }),
  options: { ...busOptions, delivery: retried('AWS::Events::Rule Targets.RetryPolicy'), as },
  polling: {
    delivery: 'push',
    caller: 'EventBridge invokes the function with each event that matches the pattern.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One invocation per event, up to the function’s concurrency.',
    ordering: 'None.',
    retries:
      'EventBridge retries delivery as set in `delivery`, for 24 hours by default; once Lambda has accepted an event, it retries twice.',
    failure:
      'Events that EventBridge could not deliver go to `delivery.deadLetter`; events that the function fails on go to its own failure destination.',
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html',
  },
} as const;
