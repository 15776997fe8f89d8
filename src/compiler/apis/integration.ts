import { partition, region, text, type Intrinsic, type Value } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { cacheKeyParameters } from './cache.ts';
import { streams } from './extras.ts';
import { functionOf, type Route } from './routes.ts';
import { corsVariables } from './cors.ts';
import { httpIntegration, mockIntegration } from './plain.ts';
import { isStraight, straightIntegration } from './straight/straight.ts';

/** How API Gateway calls a function. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function lambdaUri(fn: Intrinsic): Value {
  return text('arn:', partition, ':apigateway:', region, ':lambda:path/2015-03-31/functions/', fn, '/invocations');
}

/** How it calls one whose answer is passed on while it is written. https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
const streamingUri = (fn: Intrinsic): Value =>
  text('arn:', partition, ':apigateway:', region, ':lambda:path/2021-11-15/functions/', fn, '/response-streaming-invocations');

/** The longest API Gateway waits unless a quota is raised, in seconds. */
export const LONGEST = 29;
/** A stream may take 15 minutes. */
const LONGEST_STREAM = 900;

/** How long API Gateway waits for a route’s answer, in seconds: no longer than the function may take. */
export function patience(route: Route, { model }: Pick<Context, 'model'>): number {
  const said = route.settings.integrationTimeout;
  if (said !== undefined) return said;
  const longest = streams(route) ? LONGEST_STREAM : LONGEST;
  return Math.min(longest, functionOf(route, model)?.fn?.settings.timeout ?? LONGEST);
}

/** What a route leads to, as the body of the API says it. */
export function integrationOf(route: Route, context: Context): { readonly integration: Value; readonly responses: Value } {
  const timeoutInMillis = patience(route, context) * 1000;
  const { settings } = route;
  if (isStraight(settings)) return straightIntegration(route, settings, timeoutInMillis, context);
  if (settings.kind === 'http') return httpIntegration(route, settings, timeoutInMillis, context);
  if (settings.kind === 'mock') return mockIntegration(settings, corsVariables(route.api), context);
  const fn = functionOf(route, context.model);
  // A handler that was refused has no function; nothing is made then.
  if (!fn) return { integration: {}, responses: {} };
  return {
    integration: {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: streams(route) ? streamingUri(fn.arn) : lambdaUri(fn.arn),
      ...(streams(route) && { responseTransferMode: 'STREAM' }),
      ...cacheKeyParameters(route, context.model),
      passthroughBehavior: 'when_no_match',
      timeoutInMillis,
    },
    responses: { default: { description: 'What the function answers' } },
  };
}
