/** What a new system can start with. */
export type Starter = 'api' | 'stream' | 'database';

export const starters: Readonly<
  Record<
    Starter,
    {
      readonly doc: string;
      readonly files: (name: string) => Readonly<Record<string, string>>;
      readonly packages?: Readonly<Record<string, string>>;
    }
  >
> = {
  api: {
    doc: 'an HTTP API with functions behind its routes',
    files: (name) => ({ 'eventsystem.yml': system(name, 'Answers requests over HTTP.', api), 'src/hello.ts': hello }),
  },
  stream: {
    doc: 'an API that writes into a Kinesis stream, and a function that reads it',
    files: (name) => ({
      'eventsystem.yml': system(name, 'Takes events over HTTP and processes them from a stream.', stream),
      'src/work.ts': work,
      'schemas/event.json': eventSchema,
    }),
  },
  database: {
    doc: 'an API in front of a private PostgreSQL database',
    files: (name) => ({ 'eventsystem.yml': system(name, 'Keeps notes in a private database.', database), 'src/notes.ts': notes }),
    packages: { pg: '^8.23.0' },
  },
};

/** What every new system has beside its own files. */
export function surroundings(
  name: string,
  version: string,
  packages: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const types = Object.keys(packages).map((one) => [`@types/${one}`, '^8.15.0']);
  return {
    'package.json': json({
      name,
      private: true,
      type: 'module',
      scripts: { validate: 'eventsystem validate', compile: 'eventsystem compile' },
      ...(Object.keys(packages).length > 0 && { dependencies: packages }),
      devDependencies: {
        '@types/node': '^24.0.0',
        ...Object.fromEntries(types),
        eventsystem: `^${version}`,
        typescript: '^5.9.0 || ^6.0.0',
      },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'es2023',
        // Bundled by esbuild, whatever a package.json that was there says of modules.
        module: 'preserve',
        types: ['node'],
        strict: true,
        noUncheckedIndexedAccess: true,
        allowImportingTsExtensions: true,
        verbatimModuleSyntax: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ['src'],
    }),
    '.gitignore': 'node_modules/\n.eventsystem/\n',
    '.vscode/settings.json': json({
      'yaml.schemas': { './node_modules/eventsystem/eventsystem.schema.json': ['eventsystem.yml', 'eventsystem.yaml'] },
      'yaml.disableDefaultProperties': true,
    }),
    '.vscode/extensions.json': json({ recommendations: ['redhat.vscode-yaml'] }),
  };
}

const system = (
  name: string,
  description: string,
  rest: string,
) => `# yaml-language-server: $schema=./node_modules/eventsystem/eventsystem.schema.json
name: ${name}
description: ${description}

${rest}`;

const api = `apis:
  web:
    type: rest
    authorizer: iam # for every route that does not say otherwise
    routes:
      GET /hello: src/hello.ts
      GET /health: { handler: src/hello.ts#health, authorizer: none } # public
`;

const hello = `/** A request as API Gateway gives it: the parts used here. */
interface Request {
  readonly requestContext: { readonly identity: { readonly userArn: string | null } };
}

const answer = (statusCode: number, body: object) => ({ statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** \`GET /hello\`: greets whoever signed the request. */
export default async ({ requestContext }: Request) => answer(200, { message: \`Hello, \${requestContext.identity.userArn ?? 'stranger'}.\` });

/** \`GET /health\`. */
export const health = async () => answer(200, { ok: true });
`;

const stream = `streams:
  events: { retention: 48 hours } # Kinesis, on demand

apis:
  web:
    type: rest
    authorizer: iam
    routes:
      POST /events: # straight into the stream, with no function in between
        stream: events
        partitionKey: body.key
        body: schemas/event.json

consumers:
  work:
    handler: src/work.ts
    from: { stream: events, batchSize: 100, batchWindow: 5 seconds }
`;

const eventSchema = `${JSON.stringify(
  {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['key', 'kind'],
    properties: { key: { type: 'string', minLength: 1, maxLength: 256 }, kind: { type: 'string', minLength: 1 } },
  },
  null,
  2,
)}\n`;

const work = `import { records } from 'eventsystem/runtime';

/** What \`schemas/event.json\` lets in. */
interface Event {
  readonly key: string;
  readonly kind: string;
}

/** Processes events in order. One that throws is retried, with everything after it. */
export default records<Event>((event) => {
  console.log('event', event);
});
`;

const database = `databases:
  ledger: { engine: postgres, instance: db.t4g.micro, storage: 20 GiB } # private, TLS, tokens instead of a password

apis:
  web:
    type: rest
    authorizer: iam # for every route that does not say otherwise
    routes:
      GET /notes: { handler: src/notes.ts#list, access: { ledger: connect } }
      POST /notes: { handler: src/notes.ts#add, access: { ledger: connect } }
`;

const notes = `import { database } from 'eventsystem/runtime';
import pg from 'pg';

// One connection per execution environment; each new connection signs in with a fresh token.
const pool = new pg.Pool({ ...database('ledger'), max: 1, connectionTimeoutMillis: 5000 });

const answer = (statusCode: number, body: object) => ({ statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

let made: Promise<unknown> | undefined;

/** Creates the table, once per execution environment; after a failure the next request tries again. */
async function table(): Promise<void> {
  made ??= pool.query('create table if not exists notes (id bigint generated always as identity primary key, text text not null)');
  await made.catch((error: unknown) => {
    made = undefined;
    throw error;
  });
}

/** \`GET /notes\`: the newest notes. */
export async function list() {
  await table();
  const { rows } = await pool.query('select id, text from notes order by id desc limit 50');
  return answer(200, { notes: rows });
}

/** \`POST /notes\`: keeps the text of the body. */
export async function add({ body }: { readonly body: string | null }) {
  if (body === null || body === '') return answer(400, { message: 'Send the note as the body.' });
  await table();
  await pool.query('insert into notes (text) values ($1)', [body]);
  return answer(201, { ok: true });
}
`;
