import type { CorsRule } from './requests.ts';

/** The name under which the bundle lies in the zip, beside the entry. */
export const HANDLER_FILE = 'handler.mjs';

/** How Lambda finds the handler: the export `handler` of the generated entry. */
export const HANDLER = 'index.handler';

/** Which export of a bundle is the handler: its name, and whether it is a property of what CommonJS exports. */
export interface Picked {
  readonly name: string;
  readonly commonJs: boolean;
}

/** The entry of a function: it takes the handler out of the bundle and, behind an API with CORS, marks its answers. */
export function entryOf({ name, commonJs }: Picked, cors: CorsRule | undefined): string {
  const from = commonJs ? 'bundle.default' : 'bundle';
  const handler = commonJs && name === 'default' ? `${from}.default ?? ${from}` : `${from}.${name}`;
  const lines = [`import * as bundle from './${HANDLER_FILE}';`];
  if (cors) lines.push(MARK, `export const handler = mark(${handler}, ${JSON.stringify(cors)});`);
  else lines.push(`export const handler = ${handler};`);
  return `${lines.join('\n')}\n`;
}

/**
 * Says to browsers which pages may read an answer: an origin is repeated only if it is listed, and what the handler
 * said itself stays. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
const MARK = `const mark = (handle, { origins, credentials, expose }) => async (event, context) => {
  const answer = await (handle.length > 2 ? new Promise((done, fail) => handle(event, context, (error, value) => (error ? fail(error) : done(value)))) : handle(event, context));
  if (answer === null || typeof answer !== 'object' || !('statusCode' in answer)) return answer;
  const { headers = {}, multiValueHeaders = {} } = answer;
  const said = new Map([...Object.keys(headers), ...Object.keys(multiValueHeaders)].map((name) => [name.toLowerCase(), name]));
  const origin = Object.entries(event?.headers ?? {}).find(([name]) => name.toLowerCase() === 'origin')?.[1];
  const any = origins.includes('*');
  const added = {};
  const add = (name, value) => said.has(name.toLowerCase()) || (added[name] = value);
  if (any || origins.includes(origin)) {
    add('Access-Control-Allow-Origin', any ? '*' : origin);
    if (credentials) add('Access-Control-Allow-Credentials', 'true');
    if (expose.length > 0) add('Access-Control-Expose-Headers', expose.join(','));
  }
  const vary = said.get('vary');
  if (!any && vary === undefined) added.Vary = 'Origin';
  else if (!any && vary in headers && !/\\borigin\\b|\\*/i.test(headers[vary])) added[vary] = headers[vary] + ', Origin';
  return { ...answer, headers: { ...headers, ...added } };
};`;
