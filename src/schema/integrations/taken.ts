import { text } from '../kit.ts';

/** A value taken from a request: `body.X`, `path.X`, `query.X`, `header.X`, `context.X`, or quoted text. */
export const taken = (doc: string, also: readonly string[] = []) =>
  text(doc, {
    pattern: "^((body|path|query|header|context)(\\.[A-Za-z0-9_-]+)+|'[^']*')$",
    means: 'a value of the request (body.X, path.X, query.X, header.X, context.X) or text in single quotes',
    examples: ['body.id', 'path.id', 'query.key', 'header.x-id', 'context.requestId'],
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html',
    also,
  });
