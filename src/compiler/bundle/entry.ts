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
  // What is exported may be known only at run time.
  const handler =
    commonJs && name === 'default' ? `${from}.default ?? (typeof ${from} === 'function' ? ${from} : ${from}.handler)` : `${from}.${name}`;
  const lines = [`import * as bundle from './${HANDLER_FILE}';`];
  if (cors) lines.push(MARK, `export const handler = mark(${handler}, ${JSON.stringify(cors)});`);
  else lines.push(`export const handler = ${handler};`);
  return `${lines.join('\n')}\n`;
}

/**
 * Says to browsers which pages may read an answer: an origin is repeated only if it is listed, and what the handler
 * said itself stays. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
const MARK = `const settled = (handle, event, context) =>
  new Promise((done, fail) => {
    const answer = handle(event, context, (error, value) => (error ? fail(error) : done(value)));
    if (handle.length < 3 || typeof answer?.then === 'function') done(answer);
  });
const mark = (handle, { origins, credentials, expose }) => async (event, context) => {
  const answer = await settled(handle, event, context);
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return answer;
  const headers = { ...answer.headers };
  const several = { ...answer.multiValueHeaders };
  const said = (wanted) => [...Object.entries(headers), ...Object.entries(several)].filter(([name]) => name.toLowerCase() === wanted.toLowerCase());
  const add = (name, value) => said(name).length > 0 || (headers[name] = value);
  const origin = Object.entries(event?.headers ?? {}).find(([name]) => name.toLowerCase() === 'origin')?.[1];
  const any = origins.includes('*');
  if (any || origins.includes(origin)) {
    add('Access-Control-Allow-Origin', any ? '*' : origin);
    if (credentials) add('Access-Control-Allow-Credentials', 'true');
    if (expose.length > 0) add('Access-Control-Expose-Headers', expose.join(','));
  }
  const vary = said('Vary');
  if (!any && vary.length === 0) headers.Vary = 'Origin';
  else if (!any && !vary.some(([, value]) => /(^|[\\s,])(origin|\\*)($|[\\s,])/i.test(String(value)))) {
    const [name] = vary[0];
    if (name in several) several[name] = [...several[name], 'Origin'];
    else headers[name] += ', Origin';
  }
  return { ...answer, headers, ...(answer.multiValueHeaders && { multiValueHeaders: several }) };
};`;
