import { address, type Address } from '../cloud/address.ts';
import type { Part } from '../cloud/part.ts';
import { partition, attribute, region, text, urlSuffix, type Value } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context } from '../resources/meaning.ts';
import { undocumented } from '../resources/trust.ts';
import { corsVariables } from './cors.ts';
import type { Api, Route } from './routes.ts';
import { routesOf } from './routes.ts';

type StreamSettings = Extract<Route['settings'], { readonly kind: 'stream' }>;

export const streamRole = ({ name }: Api, stream: Thing<'streams'>): Address<'AWS::IAM::Role'> =>
  address(
    'AWS::IAM::Role',
    [
      { name, word: 'Api' },
      { name: stream.name, word: 'Stream' },
    ],
    'Role',
  );

/** A role for each stream that routes of an API lead to: API Gateway may put one record at a time into it, and nothing else. */
export function streamRoles(api: Api, context: Context): readonly Part[] {
  const first = new Map<Thing<'streams'>, Route>();
  for (const route of routesOf(api))
    if (route.settings.kind === 'stream' && !first.has(route.settings.stream)) first.set(route.settings.stream, route);
  return [...first].flatMap(([stream, { place: because, key }]): readonly Part[] => {
    const to = streamRole(api, stream);
    const from = { because, path: `${api.path}.routes.${key}` };
    const grant = { part: 'grant', to, by: 'service', reason: `requests go into ${stream.name}`, ...from } as const;
    const { key: encryption } = stream.settings;
    return [
      { part: 'role', address: to, service: 'apigateway', trust: undocumented(context), ...from },
      { ...grant, actions: ['kinesis:PutRecord'], on: [context.arn(stream)] },
      ...(encryption
        ? [
            {
              ...grant,
              actions: ['kms:GenerateDataKey'],
              on: [context.text(encryption)],
              when: { StringEquals: { 'kms:ViaService': text('kinesis.', region, '.', urlSuffix) } },
            },
          ]
        : []),
    ];
  });
}

/**
 * A request straight into a stream. JSON is built from JSON: a text is escaped once and put between quotes, and the
 * data is bytes in base64, so that nothing a caller sends can become another field.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html
 */
export function streamIntegration(
  route: Route,
  timeoutInMillis: number,
  context: Context,
): { readonly integration: Value; readonly responses: Value } {
  const settings = route.settings as StreamSettings;
  const status = String(settings.respond?.status ?? 202);
  const answer = settings.respond?.body ?? { id: 'SequenceNumber' };
  const body = `{${Object.entries(answer)
    .map(([name, field]) => `"${name}":"$input.path('$.${field}')"`)
    .join(',')}}`;
  const template = text(
    `${headersOf([settings.partitionKey, settings.data])}{"StreamName":"`,
    context.attribute(settings.stream, 'name'),
    `","PartitionKey":"${asText(settings.partitionKey)}","Data":"${settings.data === undefined ? '$util.base64Encode($input.body)' : `$util.base64Encode(${asData(settings.data)})`}"}`,
  );
  const mark = corsVariables(route.api);
  const response = (statusCode: string, json: string): Value => ({
    statusCode,
    responseTemplates: { 'application/json': `${mark}${json}` },
  });
  return {
    integration: {
      type: 'aws',
      httpMethod: 'POST',
      uri: text('arn:', partition, ':apigateway:', region, ':kinesis:action/PutRecord'),
      credentials: attribute(streamRole(route.api, settings.stream), 'Arn'),
      // A body of another media type has no template, and is refused: it must not go around the validation.
      passthroughBehavior: 'never',
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.1'" },
      requestTemplates: { 'application/json': template },
      timeoutInMillis,
      // What is not said to be well is the service’s fault: never an acceptance by default.
      responses: {
        '2\\d{2}': response(status, body),
        '4\\d{2}': response('400', REFUSED),
        default: response('503', BUSY),
      },
    },
    responses: {
      [status]: { description: 'Taken' },
      '400': { description: 'The request cannot be taken' },
      '503': { description: 'Try again' },
    },
  };
}

const BUSY = '{"message":"The service is not available. Try again."}';

/** Kinesis says 400 for a wrong request, and for one too many as well: only the first is the caller’s. */
const REFUSED = `#set($type = $input.path('$.__type'))#if($type && ($type.contains("InvalidArgument") || $type.contains("Validation") || $type.contains("Serialization"))){"message":"The request cannot be taken."}#else#set($context.responseOverride.status = 503)${BUSY}#end`;

/** A value of the request as the inside of a JSON text. The escaping is JavaScript’s, whose \\' JSON does not know. */
function asText(taken: string): string {
  return `$util.escapeJavaScript(${expressionOf(taken)}).replaceAll("\\\\'","'")`;
}

function asData(taken: string): string {
  return taken.startsWith('body.') ? `$input.json('$.${taken.slice(5)}')` : expressionOf(taken);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
function expressionOf(taken: string): string {
  // In single quotes Velocity reads nothing into a text.
  if (taken.startsWith("'")) return taken;
  const at = taken.indexOf('.');
  const [from, name] = [taken.slice(0, at), taken.slice(at + 1)];
  if (from === 'body') return `$input.path('$.${name}')`;
  if (from === 'context') return `$context.${name}`;
  if (from === 'header') return variableOf(name);
  return `$input.params().${from === 'query' ? 'querystring' : 'path'}.get('${name}')`;
}

/** Headers by their names, whichever way the caller spelt them: `get` knows one way only. */
function headersOf(taken: readonly (string | undefined)[]): string {
  const names = [...new Set(taken.flatMap((one) => (one?.startsWith('header.') ? [one.slice('header.'.length)] : [])))];
  if (names.length === 0) return '';
  const found = names.map(
    (name) => `#if($name.equalsIgnoreCase('${name}'))#set(${variableOf(name)} = $input.params().header.get($name))#end`,
  );
  return `#foreach($name in $input.params().header.keySet())${found.join('')}#end`;
}

/** Small letters and digits, and for any other sign its number, so that two headers never share a variable. */
function variableOf(name: string): string {
  return `$header_${name.toLowerCase().replace(/[^a-z0-9]/g, (sign) => `_${sign.charCodeAt(0)}_`)}`;
}
