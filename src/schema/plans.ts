import { routeKey } from './routes.ts';
import { count, interpolatedText, keyed, list, map, nameOf, object, rate, required, text } from './kit.ts';
import { NAME } from './names.ts';
import { tags } from './function.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html';

const throttle = object(
  'How many requests each key may make.',
  {
    rate: required(rate('The steady-state rate per second.', { per: ['second'], from: 0, to: 1e6, also: ['rateLimit', 'RateLimit'] })),
    burst: required(count('The burst limit.', { from: 0, to: 1e6, also: ['burstLimit', 'BurstLimit'] })),
  },
  { aws: 'AWS::ApiGateway::UsagePlan Throttle', also: ['Throttle'] },
);

export const plan = object(
  'A usage plan: what holders of its API keys may use, across REST APIs. Keys count and limit requests; they do not authorize.',
  {
    description: interpolatedText('What the plan is for.', { also: ['Description'] }),
    apis: required(
      list('The APIs it covers.', nameOf('A REST API.', 'apis'), {
        single: true,
        min: 1,
        aws: 'AWS::ApiGateway::UsagePlan ApiStages',
        also: ['ApiStages', 'apiStages'],
      }),
    ),
    quota: rate('How many requests each key may make in a day, a week or a month.', {
      per: ['day', 'week', 'month'],
      aws: 'AWS::ApiGateway::UsagePlan Quota',
      also: ['Quota', 'limit'],
    }),
    throttle,
    routes: keyed('Limits for single routes, by API.', ['apis'], map('Limits by route.', routeKey, throttle)),
    keys: list(
      'The keys; AWS generates their values.',
      text('A key’s name.', { pattern: `^${NAME}$`, means: 'a name: lowercase letters, digits and single hyphens' }),
      { single: true, min: 1, aws: 'AWS::ApiGateway::ApiKey', also: ['apiKeys', 'ApiKeys', 'ApiKey'] },
    ),
    tags,
  },
  { id: 'plan', aws: 'AWS::ApiGateway::UsagePlan', page: PAGE },
);
