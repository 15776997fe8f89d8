import { text, type Value } from '../cloud/value.ts';
import { jsonOf } from '../cloud/json.ts';
import type { Context } from '../resources/meaning.ts';
import { linkedInDocument } from './links.ts';
import { parametersOf, type Route, type RouteSettings } from './routes.ts';

type Integration = { readonly integration: Value; readonly responses: Value };

type Of<K extends RouteSettings['kind']> = Extract<RouteSettings, { readonly kind: K }>;

/** A backend over HTTP. https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html */
export function httpIntegration({ path, method }: Route, settings: Of<'http'>, timeoutInMillis: number, context: Context): Integration {
  return {
    integration: {
      type: 'http_proxy',
      httpMethod: settings.method ?? method,
      uri: text(context.text(settings.http)),
      ...linkedInDocument(settings, context),
      passthroughBehavior: 'when_no_match',
      requestParameters: Object.fromEntries(
        parametersOf(path).map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
      ),
      timeoutInMillis,
    },
    responses: { default: { description: 'What the backend answers' } },
  };
}

/** An answer of API Gateway’s own. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html */
export function mockIntegration(settings: Of<'mock'>, mark: string, context: Context): Integration {
  const status = String(settings.mock);
  const headers = settings.headers ?? {};
  const body = settings.answer === undefined ? '' : jsonOf(context.data(settings.answer));
  return {
    integration: {
      type: 'mock',
      contentHandling: 'CONVERT_TO_TEXT',
      requestTemplates: { 'application/json': `{"statusCode":${status}}` },
      passthroughBehavior: 'when_no_match',
      responses: {
        default: {
          statusCode: status,
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
          responseTemplates: { 'application/json': text(mark, body) },
        },
      },
    },
    responses: {
      [status]: {
        description: 'An answer without anybody behind it',
        ...(Object.keys(headers).length > 0 && {
          headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }])),
        }),
      },
    },
  };
}
