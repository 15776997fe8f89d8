import { FORMATS } from './formats.ts';

/** An option of a command: with a value it is `--name VALUE`, without one it is a switch. */
export interface OptionShape {
  readonly value?: string;
  /** May be given more than once. */
  readonly many?: true;
  /** One letter that means the same. */
  readonly short?: string;
  readonly choices?: readonly string[];
  readonly doc: string;
}

/** A command as it is read from the command line and told in the help. */
export interface CommandShape {
  readonly doc: string;
  readonly argument?: { readonly name: string; readonly doc: string; readonly required?: true };
  readonly options: { readonly [name: string]: OptionShape };
}

const file = { name: 'file', doc: 'the system file, or the folder it is in (eventsystem.yml)' } as const;
const stage = { value: 'NAME', doc: 'the stage (dev)' } as const;
const format = { value: 'FORMAT', choices: FORMATS, doc: 'how findings are printed (text)' } as const;

/** How AWS is spoken to. */
const aws = {
  region: { value: 'REGION', doc: 'the region (the file’s region:, AWS_REGION, the profile’s)' },
  profile: { value: 'NAME', doc: 'the profile with the credentials (AWS_PROFILE)' },
  endpoint: { value: 'URL', doc: 'a server to call instead of AWS' },
  'allow-endpoint': { doc: 'allow a protected stage to be deployed through --endpoint' },
  json: { doc: 'print the result as JSON, and progress to standard error' },
} as const;

const bucket = { value: 'NAME', doc: 'your own bucket for the code (the one from bootstrap)' } as const;
const role = { value: 'ARN', doc: 'the role that CloudFormation assumes (your own permissions)' } as const;
const parameter = { value: 'NAME=VALUE', many: true, doc: 'a value for a template parameter; may be repeated' } as const;

/** What makes a plan. */
const planning = {
  stage,
  ...aws,
  'artifact-bucket': bucket,
  'role-arn': role,
  parameter,
  'wait-for-stack': { value: 'MINUTES', doc: 'how long to wait for another operation on the stack (0)' },
  force: { doc: 'plan even if nothing seems to differ' },
  adopt: { doc: 'import named resources that already exist into the stack' },
  'revert-drift': { doc: 'overwrite manual changes' },
  express: { doc: 'do not wait for resources to stabilize' },
  ephemeral: { doc: 'delete the stack if its creation fails' },
  'rollback-alarm': { value: 'ARN', many: true, doc: 'an alarm that rolls the deployment back while it runs; may be repeated' },
  'confirm-recreate': { doc: 'delete a stack whose creation failed, even if resources are left behind' },
} as const;

const downgrading = { 'allow-downgrade': { doc: 'deploy code that does not contain the deployed commit' } } as const;

const approving = {
  'approve-destroy': { value: 'ID', many: true, doc: 'approve the loss of this resource, by its logical ID; may be repeated' },
} as const;

/** What executes one. */
const executing = {
  yes: { doc: 'approve everything except the loss of data' },
  ...approving,
  'approve-security': { value: 'DIGEST', doc: 'approve wider access on a protected stage, by the plan’s digest' },
  'no-rollback': { doc: 'leave a failed deployment as it is' },
  'no-wait-cleanup': { doc: 'do not wait for replaced resources to be deleted' },
  'no-journal': { doc: 'deploy even if the journal cannot be written' },
} as const;

/** Every command there is. */
export const commands = {
  compile: {
    doc: 'Compile a system to a CloudFormation template and the code of its functions.',
    argument: file,
    options: {
      stage,
      out: { value: 'DIR', doc: 'where the artifacts go (.eventsystem/STAGE next to the file)' },
      format,
      yaml: { doc: 'also write template.yaml' },
    },
  },
  validate: {
    doc: 'Report what is wrong with a system, in every stage, and write nothing.',
    argument: file,
    options: { stage, format },
  },
  fix: {
    doc: 'Fix what can be fixed without asking, and report what is left.',
    argument: file,
    options: {
      stage,
      'dry-run': { doc: 'show what would be fixed, and write nothing' },
      format: { value: 'FORMAT', choices: ['text', 'json'], doc: 'how the result is printed (text)' },
    },
  },
  init: {
    doc: 'Write a small system that compiles.',
    argument: { name: 'folder', doc: 'where to (the current folder)' },
    options: {
      name: { value: 'NAME', doc: 'the system’s name (the folder’s)' },
      template: { value: 'TEMPLATE', choices: ['api', 'stream', 'database'], doc: 'what to start with' },
      yes: { doc: 'do not ask' },
    },
  },
  schema: {
    doc: 'Print the JSON Schema of eventsystem.yml.',
    options: {},
  },
  explain: {
    doc: 'Explain a finding by its code.',
    argument: { name: 'code', doc: 'such as unknown-name', required: true },
    options: {},
  },
  lsp: {
    doc: 'Run the language server for eventsystem.yml.',
    options: {
      stdio: { doc: 'use standard input and output, which is the only way' },
      // VS Code’s client says it of itself; the protocol’s library reads it from the command line.
      clientProcessId: { value: 'PID', doc: 'the editor’s process; the server ends when it does' },
    },
  },
  playground: {
    doc: 'Serve a page with the compiler and the editor, to this machine only.',
    options: { port: { value: 'NUMBER', doc: 'the port (8008)' } },
  },
  deploy: {
    doc: 'Compile, show what will change, and deploy what is approved.',
    argument: file,
    options: {
      ...planning,
      ...executing,
      ...downgrading,
      'retry-transient': { doc: 'deploy once more after a failure that is likely to pass' },
    },
  },
  diff: {
    doc: 'Show what a deployment would change, and change nothing.',
    argument: file,
    options: planning,
  },
  plan: {
    doc: 'Write to a file what a deployment would change, for `apply`.',
    argument: file,
    options: { ...planning, ...approving, ...downgrading, out: { value: 'FILE', short: 'o', doc: 'where the plan goes (plan.json)' } },
  },
  apply: {
    doc: 'Execute a plan, exactly as it was written.',
    argument: { name: 'plan', doc: 'the file that `plan` wrote', required: true },
    options: { ...aws, ...executing },
  },
  status: {
    doc: 'Show the state of a stack.',
    argument: file,
    options: { stage, ...aws, 'artifact-bucket': bucket },
  },
  outputs: {
    doc: 'Print a stack’s outputs, and keep them in .eventsystem/outputs.',
    argument: file,
    options: { stage, ...aws },
  },
  attach: {
    doc: 'Watch a running deployment.',
    argument: file,
    options: { stage, ...aws },
  },
  recover: {
    doc: 'Roll a stack whose deployment failed back to its last good state.',
    argument: file,
    options: {
      stage,
      ...aws,
      'role-arn': role,
      skip: { value: 'ID', many: true, doc: 'a resource that cannot be rolled back; may be repeated' },
      cancel: { doc: 'cancel the running deployment, and roll it back' },
      yes: { doc: 'do not ask' },
    },
  },
  rollback: {
    doc: 'Deploy an earlier deployment again.',
    argument: file,
    options: { ...planning, ...executing, to: { value: 'DEPLOYMENT', doc: 'which one, as listed by `status` (the one before the last)' } },
  },
  remove: {
    doc: 'Delete a stack, after saying what is deleted and what stays.',
    argument: file,
    options: {
      stage,
      ...aws,
      'role-arn': role,
      empty: { value: 'BUCKET', many: true, doc: 'a bucket to empty first; may be repeated' },
      retain: { value: 'ID', many: true, doc: 'a resource to leave behind if it cannot be deleted; may be repeated' },
      yes: { doc: 'do not ask' },
      'no-journal': { doc: 'remove even if the journal cannot be written' },
    },
  },
  bootstrap: {
    doc: 'Create what an account needs once per region: a bucket for code, and API Gateway’s role for logs.',
    argument: file,
    options: {
      stage,
      ...aws,
      'role-arn': role,
      parameter,
      yes: { doc: 'do not ask' },
      'print-policy': { doc: 'print the permissions that deploying needs, and create nothing' },
    },
  },
  gc: {
    doc: 'Delete unused code in the artifact bucket.',
    argument: file,
    options: { stage, ...aws, 'artifact-bucket': bucket, yes: { doc: 'delete without asking' } },
  },
  doctor: {
    doc: 'Check credentials, region, bucket, quotas and API Gateway’s role, and report what is wrong.',
    argument: file,
    options: { stage, ...aws, 'artifact-bucket': bucket },
  },
} as const satisfies { readonly [name: string]: CommandShape };

export type CommandName = keyof typeof commands;

/** What was written behind a command. */
export interface Values<C extends CommandShape = CommandShape> {
  readonly argument: string | undefined;
  readonly options: OptionValues<C['options']>;
}

export type OptionValues<O extends CommandShape['options']> = {
  readonly [K in keyof O]?: O[K] extends { readonly choices: readonly (infer C)[] }
    ? C
    : O[K] extends { readonly many: true }
      ? readonly string[]
      : O[K] extends { readonly value: string }
        ? string
        : true;
};

/** The values of one command. */
export type ValuesOf<N extends CommandName> = Values<(typeof commands)[N]>;
