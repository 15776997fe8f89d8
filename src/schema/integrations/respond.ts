import { count, map, object, or, text, word } from '../kit.ts';
import { FREE_NAME } from '../names.ts';

/** What the caller is told when a request was taken: a status, and names of the author’s choice for what the service answered. */
export const respond = <const W extends Readonly<Record<string, string>>>(doc: string, service: string, fields: W) =>
  object(
    doc,
    {
      status: or(count('The HTTP status.', { from: 200, to: 299 }), 202),
      body: map(
        `The response body: names of your choice, and what ${service} returned.`,
        text('A name', { pattern: `^${FREE_NAME}$`, means: 'a name' }),
        word(`What ${service} returned.`, fields),
      ),
    },
    { also: ['response', 'responses', 'statusCodes'] },
  );
