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
const format = { value: 'FORMAT', choices: FORMATS, doc: 'how findings are told (text)' } as const;

/** How AWS is spoken to. */
const aws = {
  region: { value: 'REGION', doc: 'the region (region: of the file, AWS_REGION, the profile’s)' },
  profile: { value: 'NAME', doc: 'the profile with the credentials (AWS_PROFILE)' },
  endpoint: { value: 'URL', doc: 'a server to speak to instead of AWS' },
  'allow-endpoint': { doc: 'let a protected stage be deployed through another server than AWS' },
  json: { doc: 'print the outcome as JSON; what happens meanwhile goes to standard error' },
} as const;

const bucket = { value: 'NAME', doc: 'a bucket of your own for the code (the one bootstrap made)' } as const;
const role = { value: 'ARN', doc: 'the role that CloudFormation works with (your own rights)' } as const;
const parameter = { value: 'NAME=VALUE', many: true, doc: 'a value for a parameter of the template; may be repeated' } as const;

/** What makes a plan. */
const planning = {
  stage,
  ...aws,
  'artifact-bucket': bucket,
  'role-arn': role,
  parameter,
  'wait-for-stack': { value: 'MINUTES', doc: 'how long another’s operation on the stack is waited for (0)' },
  force: { doc: 'plan even where nothing seems to differ' },
  adopt: { doc: 'take named resources that exist already into the stack' },
  'revert-drift': { doc: 'overwrite what was changed by hand' },
  express: { doc: 'do not wait until resources have settled' },
  ephemeral: { doc: 'where creating the stack fails, delete it altogether' },
  'rollback-alarm': { value: 'ARN', many: true, doc: 'an alarm that rolls the deployment back while it runs; may be repeated' },
  'confirm-recreate': { doc: 'delete a stack whose creation failed, though it leaves things behind' },
} as const;

const downgrading = { 'allow-downgrade': { doc: 'deploy code that does not contain the commit that stands' } } as const;

const approving = {
  'approve-destroy': { value: 'ID', many: true, doc: 'approve the loss of this resource, by its logical id; may be repeated' },
} as const;

/** What executes one. */
const executing = {
  yes: { doc: 'approve everything but the loss of data' },
  ...approving,
  'approve-security': { value: 'DIGEST', doc: 'approve what opens wider on a protected stage, by the plan’s digest' },
  'no-rollback': { doc: 'leave what failed as it stands' },
  'no-wait-cleanup': { doc: 'do not wait until what was replaced is deleted' },
  'no-journal': { doc: 'deploy though the journal cannot be written' },
} as const;

/** Every command there is. */
export const commands = {
  compile: {
    doc: 'Compile a system to a CloudFormation template and the code of its functions.',
    argument: file,
    options: {
      stage,
      out: { value: 'DIR', doc: 'where the artifacts go (.eventsystem/STAGE beside the file)' },
      format,
      yaml: { doc: 'write template.yaml too' },
    },
  },
  validate: {
    doc: 'Say what is wrong with a system, in every stage, and make nothing.',
    argument: file,
    options: { stage, format },
  },
  fix: {
    doc: 'Correct what can be corrected without asking, and say what is left.',
    argument: file,
    options: { stage, 'dry-run': { doc: 'say what would be corrected, and write nothing' } },
  },
  init: {
    doc: 'Write a small system that compiles.',
    argument: { name: 'folder', doc: 'where to (the current folder)' },
    options: {
      name: { value: 'NAME', doc: 'the system’s name (the folder’s)' },
      template: { value: 'TEMPLATE', choices: ['api', 'stream', 'database'], doc: 'what it starts with' },
      yes: { doc: 'ask nothing' },
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
    doc: 'Speak with an editor: the language server of eventsystem.yml.',
    options: {
      stdio: { doc: 'over the standard streams, which is the only way' },
      // VS Code’s client says it of itself; the protocol’s library reads it from the command line.
      clientProcessId: { value: 'PID', doc: 'the editor’s process, with whose end the server ends' },
    },
  },
  playground: {
    doc: 'Serve a page with the compiler and the editor in it, to this machine alone.',
    options: { port: { value: 'NUMBER', doc: 'where (8008)' } },
  },
  deploy: {
    doc: 'Compile, show what will change, and deploy what is approved.',
    argument: file,
    options: {
      ...planning,
      ...executing,
      ...downgrading,
      'retry-transient': { doc: 'deploy once more where it failed of something that passes by itself' },
    },
  },
  diff: {
    doc: 'Show what a deployment would change, and change nothing.',
    argument: file,
    options: planning,
  },
  plan: {
    doc: 'Write what a deployment would change to a file, for `apply`.',
    argument: file,
    options: { ...planning, ...approving, ...downgrading, out: { value: 'FILE', short: 'o', doc: 'where the plan goes (plan.json)' } },
  },
  apply: {
    doc: 'Carry out a plan, exactly as it was written.',
    argument: { name: 'plan', doc: 'the file that `plan` wrote', required: true },
    options: { ...aws, ...executing },
  },
  status: {
    doc: 'Say how a stack stands.',
    argument: file,
    options: { stage, ...aws, 'artifact-bucket': bucket },
  },
  outputs: {
    doc: 'Print what a stack tells, and keep it in .eventsystem/outputs.',
    argument: file,
    options: { stage, ...aws },
  },
  attach: {
    doc: 'Watch a deployment that goes on.',
    argument: file,
    options: { stage, ...aws },
  },
  recover: {
    doc: 'Take a stack whose deployment failed back to its last good state.',
    argument: file,
    options: {
      stage,
      ...aws,
      'role-arn': role,
      skip: { value: 'ID', many: true, doc: 'a resource that cannot be taken back; may be repeated' },
      cancel: { doc: 'break off the deployment that runs, and take it back' },
      yes: { doc: 'ask nothing' },
    },
  },
  rollback: {
    doc: 'Deploy again what was deployed before.',
    argument: file,
    options: { ...planning, ...executing, to: { value: 'DEPLOYMENT', doc: 'which, as `status` lists them (the one before the last)' } },
  },
  remove: {
    doc: 'Delete a stack, after saying what is deleted and what stays.',
    argument: file,
    options: {
      stage,
      ...aws,
      'role-arn': role,
      empty: { value: 'BUCKET', many: true, doc: 'a bucket whose objects are deleted first; may be repeated' },
      retain: { value: 'ID', many: true, doc: 'a resource that is left behind where it cannot be deleted; may be repeated' },
      yes: { doc: 'ask nothing' },
      'no-journal': { doc: 'remove though the journal cannot be written' },
    },
  },
  bootstrap: {
    doc: 'Make what an account needs once per region: a bucket for code, and API Gateway’s role for logs.',
    argument: file,
    options: {
      stage,
      ...aws,
      'role-arn': role,
      parameter,
      yes: { doc: 'ask nothing' },
      'print-policy': { doc: 'print the permissions that deploying needs, and make nothing' },
    },
  },
  gc: {
    doc: 'Delete code in the artifact bucket that nothing needs any more.',
    argument: file,
    options: { stage, ...aws, 'artifact-bucket': bucket, yes: { doc: 'delete without asking' } },
  },
  doctor: {
    doc: 'Look at credentials, region, bucket, quotas and API Gateway’s role, and say what is wrong.',
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
