import { address, type Address } from '../../cloud/address.ts';
import type { Part } from '../../cloud/part.ts';
import { attribute, partition, region, text, type Value } from '../../cloud/value.ts';
import type { Thing } from '../../resolve/model.ts';
import type { Context, Piece, Statement } from '../../resources/meaning.ts';
import { undocumented } from '../../resources/trust.ts';
import { corsVariables } from '../cors.ts';
import { routesOf, type Api, type Route, type RouteSettings } from '../routes.ts';
import { bus } from './bus.ts';
import { queue } from './queue.ts';
import { stateMachine } from './state-machine.ts';
import { stream } from './stream.ts';
import { table } from './table.ts';
import { topic } from './topic.ts';

/** What a route can lead to with no function between. */
export type StraightKind = Exclude<RouteSettings['kind'], 'handler' | 'function' | 'http' | 'mock'>;
export type StraightSettings<K extends StraightKind = StraightKind> = Extract<RouteSettings, { readonly kind: K }>;
type Target = Thing<'streams' | 'queues' | 'topics' | 'buses' | 'tables' | 'stateMachines'>;

/** How a request goes straight into one kind of thing. */
export interface Straight<K extends StraightKind> {
  readonly target: (settings: StraightSettings<K>) => Target;
  readonly word: 'Stream' | 'Queue' | 'Topic' | 'Bus' | 'Table' | 'Machine';
  /** Values of the request it is made of, as the file names them. */
  taken(settings: StraightSettings<K>): readonly (string | undefined)[];
  /** Behind `arn:…:apigateway:REGION:`. */
  action(settings: StraightSettings<K>, context: Context, method: string): Piece;
  readonly contentType: string;
  /** Headers of the request besides its media type. */
  readonly headers?: Readonly<Record<string, string>>;
  template(settings: StraightSettings<K>, context: Context, method: string): Piece;
  /** Where the service’s answer holds what a field of ours stands for. */
  readonly answered: Readonly<Record<string, string>>;
  /** What the caller is told unless the route says otherwise: a name of ours, and a field. */
  readonly otherwise: Readonly<Record<string, string>>;
  /** The whole answer, where it is not made of such fields: its status unless the route says another, and what other statuses mean. */
  answer?(
    settings: StraightSettings<K>,
    method: string,
  ): { readonly status: number; readonly json: string; readonly others?: Readonly<Record<string, string>> };
  /** Stands before the answer, where the service says 200 and means no. */
  readonly check?: string;
  statements(settings: StraightSettings<K>, context: Context, method: string): readonly Statement[];
  /** The same for an HTTP API: AWS’s name of the integration, and its parameters. */
  http?(
    settings: StraightSettings<K>,
    context: Context,
  ): { readonly subtype: string; readonly parameters: Readonly<Record<string, Value>> };
}

/** A kind of integration in the schema without a line here does not compile. */
const straights: { readonly [K in StraightKind]: Straight<K> } = { stream, queue, topic, bus, table, stateMachine };

export const isStraight = (settings: RouteSettings): settings is StraightSettings => Object.hasOwn(straights, settings.kind);

// The type checker cannot see that settings and the entry of their kind belong together.
export const straightOf = (settings: StraightSettings): Straight<StraightKind> =>
  straights[settings.kind] as unknown as Straight<StraightKind>;

export function straightRole(api: Api, settings: StraightSettings): Address<'AWS::IAM::Role'> {
  const { target, word } = straightOf(settings);
  return address(
    'AWS::IAM::Role',
    [
      { name: api.name, word: 'Api' },
      { name: target(settings).name, word },
    ],
    'Role',
  );
}

/** A role for each thing that routes of an API lead to: API Gateway may hand it one request at a time, and nothing else. */
export function straightRoles(api: Api, context: Context): readonly Part[] {
  const ways = new Map<Target, (readonly [Route, StraightSettings])[]>();
  for (const route of routesOf(api)) {
    const { settings } = route;
    if (!isStraight(settings)) continue;
    const target = straightOf(settings).target(settings);
    ways.set(target, [...(ways.get(target) ?? []), [route, settings]]);
  }
  return [...ways].flatMap(([target, routes]): readonly Part[] => {
    const [first] = routes;
    if (!first) return [];
    const [{ place: because, key }, settings] = first;
    const to = straightRole(api, settings);
    const from = { because, path: `${api.path}.routes.${key}` };
    // Routes that ask for the same leave share it.
    const statements = new Map(
      routes
        .flatMap(([route, own]) =>
          straightOf(own)
            .statements(own, context, route.method)
            .map(
              (statement) =>
                [statement.actions.join(), { statement, from: { because: route.place, path: `${api.path}.routes.${route.key}` } }] as const,
            ),
        )
        .reverse(),
    );
    return [
      { part: 'role', address: to, service: 'apigateway.amazonaws.com', trust: undocumented(context), ...from },
      ...[...statements.values()].reverse().map(({ statement, from: asked }): Part => ({
        part: 'grant',
        to,
        by: 'service',
        reason: `requests go into ${target.name}`,
        ...asked,
        ...statement,
      })),
    ];
  });
}

/** What a route straight into something is in the document of a REST API. */
export function straightIntegration(
  route: Route,
  settings: StraightSettings,
  timeoutInMillis: number,
  context: Context,
): { readonly integration: Value; readonly responses: Value } {
  const own = straightOf(settings);
  const whole = own.answer?.(settings, route.method);
  const status = String(settings.respond?.status ?? whole?.status ?? 202);
  const { body: said } = (settings.respond ?? {}) as { readonly body?: Readonly<Record<string, string>> };
  const answer = Object.entries(said ?? own.otherwise);
  const body =
    whole?.json ?? `{${answer.map(([name, field]) => `"${name}":"$input.path('$.${own.answered[field] ?? field}')"`).join(',')}}`;
  const mark = corsVariables(route.api);
  const response = (statusCode: string, json: string): Value => ({
    statusCode,
    responseTemplates: { 'application/json': `${mark}${json}` },
  });
  return {
    integration: {
      type: 'aws',
      httpMethod: 'POST',
      uri: text('arn:', partition, ':apigateway:', region, ':', own.action(settings, context, route.method)),
      credentials: attribute(straightRole(route.api, settings), 'Arn'),
      // A body of another media type has no template, and is refused: it must not go around the validation.
      passthroughBehavior: 'never',
      requestParameters: {
        'integration.request.header.Content-Type': `'${own.contentType}'`,
        ...Object.fromEntries(
          Object.entries(own.headers ?? {}).map(([name, value]) => [`integration.request.header.${name}`, `'${value}'`]),
        ),
      },
      requestTemplates: { 'application/json': own.template(settings, context, route.method) },
      timeoutInMillis,
      // What is not said to be well is the service’s fault: never an acceptance by default.
      responses: {
        '2\\d{2}': response(status, own.check === undefined ? body : `${own.check}${BUSY}#else ${body}#end`),
        '4\\d{2}': response('400', REFUSED),
        default: response('503', BUSY),
      },
    },
    responses: {
      [status]: { description: whole && route.method === 'GET' ? 'Found' : 'Taken' },
      ...Object.fromEntries(Object.entries(whole?.others ?? {}).map(([other, description]) => [other, { description }])),
      '400': { description: 'The request cannot be taken' },
      '503': { description: 'Try again' },
    },
  };
}

const BUSY = '{"message":"The service is not available. Try again."}';

/** What in the name of an error says that the request itself is wrong: `InvalidParameterValue`, `MissingParameter`, `ExecutionAlreadyExists`. */
const WRONG = ['Invalid', 'Validation', 'Serialization', 'Missing', 'AlreadyExists']
  .map((word) => `$type.contains("${word}")`)
  .join(' || ');

/** Services say 400 for a wrong request, and for one too many or a key in the wrong state as well: only the first is the caller’s. */
const REFUSED = `#set($type = $input.path('$.__type'))#if(!$type)#set($type = $input.path('$.Error.Code'))#end#if($type && !$type.contains("KMS") && (${WRONG})){"message":"The request cannot be taken."}#else#set($context.responseOverride.status = 503)${BUSY}#end`;

/** The parts of a request that must be there: those the route says, and those it is made of on its way. */
export function requiredOf({ settings }: Route): readonly string[] {
  const taken = isStraight(settings) ? straightOf(settings).taken(settings) : [];
  return [
    ...new Set([...(settings.requires ?? []), ...taken.filter((one) => one !== undefined && /^(query|header)\./.test(one))]),
  ] as readonly string[];
}
