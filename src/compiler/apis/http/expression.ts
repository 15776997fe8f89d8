/** `body.id` → `$request.body.id`, `'text'` → `text`: a value of the request, as HTTP APIs name it. */
export function expressionOf(taken: string): string {
  if (taken.startsWith("'")) return taken.slice(1, -1);
  const [kind = '', ...rest] = taken.split('.');
  const name = rest.join('.');
  if (kind === 'context') return `$context.${name}`;
  return `$request.${kind === 'query' ? 'querystring' : kind}.${name}`;
}
