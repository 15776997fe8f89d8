import { FORMATS } from './formats.ts';

/** An option of a command: with a value it is `--name VALUE`, without one it is a switch. */
export interface OptionShape {
  readonly value?: string;
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
    : O[K] extends { readonly value: string }
      ? string
      : true;
};

/** The values of one command. */
export type ValuesOf<N extends CommandName> = Values<(typeof commands)[N]>;
