import { forms, interpolatedText, keyed, list, map, object, raw, required, text, type TypeOf } from './kit.ts';

/**
 * What a function may be allowed to do with a thing of each kind. Each word is a fixed list of IAM actions on
 * that one thing; the lists stand beside the meaning of the kind.
 */
export const verbs = {
  streams: {
    write: 'Put records into the stream.',
    read: 'Read the stream’s records with the API. A function that consumes the stream needs `from`, not this.',
  },
  tables: {
    read: 'Get items, and query the table and its indexes.',
    write: 'Put and update items.',
    delete: 'Delete items. With `write`, also batches of both.',
    scan: 'Read everything in it, item by item: dear in a large table.',
  },
  queues: {
    send: 'Send messages.',
    receive: 'Receive and delete messages with the API. A function that consumes the queue needs `from`, not this.',
  },
  topics: { publish: 'Publish messages.' },
  buckets: {
    read: 'Get objects; `{ read: incoming/ }` only those whose keys begin so.',
    write: 'Put objects.',
    delete: 'Delete objects.',
    list: 'List keys.',
  },
  buses: { put: 'Put events.' },
  stateMachines: { start: 'Start a run.' },
  secrets: { read: 'Read the secret.', rotate: 'Change the secret: read it, write its next version and put that into force.' },
  settings: { read: 'Read the setting, or all of a tree.' },
  databases: {
    connect: 'Connect as the application’s user, which reads and writes. Puts the function in the VPC.',
    read: 'Connect as a user that only reads. Puts the function in the VPC.',
    data: 'Use the Data API of an Aurora cluster as the application’s user. Needs no VPC.',
  },
  apis: { send: 'Send messages to the connections of a WebSocket API.' },
  functions: { invoke: 'Invoke the function.' },
  consumers: { invoke: 'Invoke the function.' },
} as const;

/** Verbs that can be limited further: to a user of a database, to keys of a bucket that begin so. */
export const limited: { readonly [kind: string]: readonly string[] | undefined } = {
  databases: ['connect'],
  buckets: ['read', 'write', 'delete', 'list'],
};

export type Grantable = keyof typeof verbs;

export const oneVerb = text('A verb, or one API action such as `GetItem`.', {
  pattern: '^([a-z]+|[A-Z][A-Za-z0-9]+)$',
  means: 'a verb such as read or write, or an API action such as GetItem',
  examples: [...new Set(Object.values(verbs).flatMap((words) => Object.keys(words)))].sort(),
});

/** A verb in front of its limit. */
export const limitedVerb = text('a verb', { pattern: '^[a-z]+$', means: 'a verb' });

export const access = keyed(
  'What the function may do, and on what: `{ orders: write, ledger: read }`. Each grant becomes statements of the function’s own role, an environment variable the runtime library reads, and the road out of the VPC where the function is in it.',
  Object.keys(verbs) as readonly Grantable[],
  forms('A verb, several, or a verb with its limit.', {
    text: oneVerb,
    list: list('Several verbs.', oneVerb, { min: 1 }),
    object: map(
      'A verb with what it is limited to: `{ connect: USER }` names the database’s user, `{ read: incoming/ }` the keys of a bucket.',
      limitedVerb,
      list(
        'What the verb is limited to.',
        text('A user, or the beginning of keys.', { pattern: '^[A-Za-z0-9_/.-]+$', means: 'a plain word' }),
        {
          single: true,
          min: 1,
        },
      ),
    ),
  }),
  {
    id: 'access',
    also: ['iamRoleStatements', 'iam', 'policies', 'Policies', 'connectors', 'uses', 'link', 'grants', 'permissions'],
  },
);

export const allow = list(
  'What `access` has no word for, a statement a line: `ses:SendEmail on identity/example.com`. Checked against AWS’s catalogue of actions and resources. A statement may also be written as IAM writes it, with `Action`, `Resource` and `Condition`.',
  forms('`service:Action on resource`, or a statement.', {
    text: interpolatedText(
      '`service:Action on resource`. The resource is an ARN, or its last part: partition, region and account are filled in.',
      {
        pattern: '^[a-z0-9-]+:[A-Za-z0-9]+(, ?[a-z0-9-]+:[A-Za-z0-9]+)* on .+$',
        means: 'a grant such as ses:SendEmail on identity/example.com',
        examples: ['ses:SendEmail on identity/example.com'],
      },
    ),
    object: object('A statement as IAM writes it. It always allows.', {
      Sid: text('A name for the statement.', { pattern: '^[A-Za-z0-9]+$', means: 'letters and digits' }),
      Effect: text('`Allow`; nothing else can be granted.', { pattern: '^Allow$', means: 'Allow' }),
      Action: required(
        list('The actions.', text('An action.', { pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$', means: 'an action such as ses:SendEmail' }), {
          single: true,
          min: 1,
        }),
      ),
      Resource: required(
        list('The resources.', interpolatedText('An ARN, its last part, or `*` where the action takes no resource.'), {
          single: true,
          min: 1,
        }),
      ),
      Condition: raw('IAM conditions: operator, key, values.', 'object'),
    }),
  }),
  { id: 'allow', also: ['iamRoleStatements', 'statements', 'PolicyDocument', 'Statement', 'initialPolicy'] },
);

/** One line of `allow`, or a whole statement as IAM writes it. */
export type Allowed = TypeOf<typeof allow>[number];
