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
    scan: 'Read all items, one by one: expensive on a large table.',
  },
  queues: {
    send: 'Send messages.',
    receive: 'Receive and delete messages with the API. A function that consumes the queue needs `from`, not this.',
  },
  topics: { publish: 'Publish messages.' },
  buckets: {
    read: 'Get objects; with `{ read: incoming/ }` only those with that key prefix.',
    write: 'Put objects.',
    delete: 'Delete objects.',
    list: 'List keys.',
  },
  buses: { put: 'Put events.' },
  stateMachines: { start: 'Start an execution.' },
  secrets: { read: 'Read the secret.', rotate: 'Rotate the secret: read it, write its next version and make that the current one.' },
  settings: { read: 'Read the setting, or all of a tree.' },
  databases: {
    connect: 'Connect as the application’s user, which reads and writes. Puts the function in the VPC.',
    read: 'Connect as a read-only user. Puts the function in the VPC.',
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
  'What the function may do, and on what: `{ orders: write, ledger: read }`. Each grant becomes statements of the function’s own role, an environment variable the runtime library reads, and the way out of the VPC if the function is in it.',
  Object.keys(verbs) as readonly Grantable[],
  forms('A verb, several verbs, or a verb with a limit.', {
    text: oneVerb,
    list: list('Several verbs.', oneVerb, { min: 1 }),
    object: map(
      'A verb with a limit: `{ connect: USER }` names a database user, `{ read: incoming/ }` a key prefix in a bucket.',
      limitedVerb,
      list('What the verb is limited to.', text('A user, or a key prefix.', { pattern: '^[A-Za-z0-9_/.-]+$', means: 'a plain word' }), {
        single: true,
        min: 1,
      }),
    ),
  }),
  {
    id: 'access',
    also: ['iamRoleStatements', 'iam', 'policies', 'Policies', 'connectors', 'uses', 'link', 'grants', 'permissions'],
  },
);

export const allow = list(
  'Permissions that `access` does not cover, one statement per line: `ses:SendEmail on identity/example.com`. Checked against AWS’s catalogue of actions and resources. A statement may also be written in IAM’s form, with `Action`, `Resource` and `Condition`.',
  forms('`service:Action on resource`, or a statement.', {
    text: interpolatedText(
      '`service:Action on resource`. The resource is an ARN, or its last part: partition, region and account are filled in.',
      {
        pattern: '^[a-z0-9-]+:[A-Za-z0-9]+(, ?[a-z0-9-]+:[A-Za-z0-9]+)* on .+$',
        means: 'a grant such as ses:SendEmail on identity/example.com',
        examples: ['ses:SendEmail on identity/example.com'],
      },
    ),
    object: object('A statement in IAM’s form. Its effect is always Allow.', {
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
