/** A value of the request as the inside of a JSON text. The escaping is JavaScript’s, whose \' JSON does not know. */
export function asText(taken: string): string {
  return escaped(expressionOf(taken));
}

/** What an expression gives, as the inside of a JSON text. */
export const escaped = (expression: string): string => `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;

/** A value of the request as it is: a part of the body as JSON, anything else as text. Without a word the whole body. */
export function asData(taken: string | undefined): string {
  if (taken === undefined) return '$input.body';
  return taken.startsWith('body.') ? `$input.json('$.${taken.slice(5)}')` : expressionOf(taken);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
export function expressionOf(taken: string): string {
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
export function headersOf(taken: readonly (string | undefined)[]): string {
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
