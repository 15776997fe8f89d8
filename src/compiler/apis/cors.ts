import type { Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leavingOutIfMeant, write } from '../edit/fixes.ts';
import type { Fn } from '../resolve/model.ts';
import { routesOf, type Api } from './routes.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html';

export const corsProblems = problems({
  'cors-any-with-credentials': {
    severity: 'error',
    message: () => 'Browsers refuse `credentials` together with the origin `*`.',
    why: 'Browsers reject a response that allows cookies from every origin, and an API that echoed the caller’s origin would let any site use its visitors’ cookies. List the origins whose pages may send them.',
    fix: leavingOutIfMeant,
    page: PAGE,
  },
  'cors-of-function': {
    severity: 'hint',
    message: ({ name }: { name: string }) => `\`cors\` does not apply to responses of \`${name}\`: its code must set the headers.`,
    why: 'Handlers declared on an API’s routes get the headers of its `cors`. A function from `functions` may serve several APIs, so it must set `Access-Control-Allow-Origin` itself.',
    page: PAGE,
  },
  'cors-any-and-others': {
    severity: 'error',
    message: () => '`*` allows every origin, so listing others has no effect.',
    why: 'Only one of the two can be intended: every origin, or those listed.',
    fix: ({ others }: { others: readonly string[] }, place) => choosing(write(place, `[${others.join(', ')}]`), write(place, "['*']")),
    page: PAGE,
  },
});

/** Which pages may call, with the defaults in. */
export interface Cors {
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly credentials: boolean;
  readonly expose: readonly string[];
  readonly maxAge: number | undefined;
}

const DEFAULT_HEADERS = ['Content-Type', 'Authorization', 'X-Api-Key', 'X-Amz-Date', 'X-Amz-Security-Token'];

export function corsRules({ settings: { cors } }: Api): Cors | undefined {
  if (cors === undefined) return undefined;
  const said = typeof cors === 'string' ? { origins: [cors] } : isList(cors) ? { origins: cors } : cors;
  const { origins, headers, credentials, expose, maxAge } = {
    headers: undefined,
    credentials: undefined,
    expose: undefined,
    maxAge: undefined,
    ...said,
  };
  return { origins, headers: headers ?? DEFAULT_HEADERS, credentials: credentials ?? false, expose: expose ?? [], maxAge };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

/** How the answers of a handler route are marked: by the generated entry of its function. */
export function corsOf({ owner }: Fn): Pick<Cors, 'origins' | 'credentials' | 'expose'> | undefined {
  // An HTTP API marks every answer by itself.
  if (owner.kind !== 'apis' || (owner as Api).settings.type !== 'rest') return undefined;
  const rules = corsRules(owner as Api);
  return rules && { origins: rules.origins, credentials: rules.credentials, expose: rules.expose };
}

export function verifyCors(api: Api, report: Report): void {
  const rules = corsRules(api);
  const named = new Set<string>();
  for (const { settings, place } of rules ? routesOf(api) : []) {
    if (api.settings.type !== 'rest' || settings.kind !== 'function' || named.has(settings.function.name)) continue;
    named.add(settings.function.name);
    report(corsProblems['cors-of-function'], place, { name: settings.function.name });
  }
  if (!rules?.origins.includes('*')) return;
  const written = api.written.at('cors');
  if (rules.credentials) report(corsProblems['cors-any-with-credentials'], written.parts.get('credentials')?.key ?? written.place, {});
  else if (rules.origins.length > 1)
    report(corsProblems['cors-any-and-others'], (written.parts.get('origins') ?? written).place, {
      others: rules.origins.filter((one) => one !== '*'),
    });
}

/** The start of a response’s template: an origin is repeated only if it is listed. */
export function corsVariables(api: Api): string {
  const rules = corsRules(api);
  if (!rules) return '';
  const { origins, credentials, expose } = rules;
  const set = (name: string, value: string) => `#set($context.responseOverride.header.${name} = ${value})`;
  const exposed = expose.length > 0 ? [set('Access-Control-Expose-Headers', `"${expose.join(',')}"`)] : [];
  if (origins.includes('*')) return [set('Access-Control-Allow-Origin', '"*"'), ...exposed].join('');
  const marks = [
    set('Access-Control-Allow-Origin', '$origin'),
    ...(credentials ? [set('Access-Control-Allow-Credentials', '"true"')] : []),
    ...exposed,
  ];
  const listed = origins.map((origin) => `$origin == "${origin}"`).join(' || ');
  return `#set($origin = $input.params().header.get("Origin"))#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end${set('Vary', '"Origin"')}#if(${listed})${marks.join('')}#end`;
}

/** The answer to a browser’s question before a request: open to everybody, for it says nothing but who may ask. */
export function preflight(api: Api, methods: readonly string[]): { readonly [key: string]: Value } {
  const rules = corsRules(api);
  if (!rules) return {};
  const quoted = (values: readonly string[]) => `'${values.join(',')}'`;
  const allowed = methods.includes('ANY')
    ? ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
    : [...new Set([...methods, 'OPTIONS'])].sort();
  const headers: { readonly [name: string]: string } = {
    'Access-Control-Allow-Methods': quoted(allowed),
    'Access-Control-Allow-Headers': quoted(rules.headers),
    ...(rules.maxAge !== undefined && { 'Access-Control-Max-Age': `'${rules.maxAge}'` }),
  };
  return {
    responses: {
      '204': {
        description: 'Who may ask',
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      // Where `binary` covers every type, this question would be taken for bytes, which a mock cannot read.
      contentHandling: 'CONVERT_TO_TEXT',
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      passthroughBehavior: 'when_no_match',
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value])),
          responseTemplates: { 'application/json': corsVariables(api) },
        },
      },
    },
  };
}

/**
 * What a refused request says to a page. The headers of these answers are fixed texts, so with several origins none
 * is named: repeating whatever origin asks would admit them all. The page then sees an error it cannot read.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponses(api: Api): Value | undefined {
  const rules = corsRules(api);
  if (!rules) return undefined;
  const [only] = rules.origins;
  const single = rules.origins.length === 1 && only !== undefined;
  const at = (name: string) => `gatewayresponse.header.${name}`;
  const responseParameters = {
    ...(single && { [at('Access-Control-Allow-Origin')]: `'${only}'` }),
    ...(single && rules.credentials && { [at('Access-Control-Allow-Credentials')]: "'true'" }),
    ...(only !== '*' && { [at('Vary')]: "'Origin'" }),
  };
  return { DEFAULT_4XX: { responseParameters }, DEFAULT_5XX: { responseParameters } };
}
