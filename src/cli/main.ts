import { Argument, Command, CommanderError, Option } from 'commander';
import { commands, type CommandName, type CommandShape, type Values, type ValuesOf } from './commands.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { finish } from './start.ts';
import type { Terminal } from './terminal.ts';
import { versionOf, type Tool } from './tool.ts';

/** Reads the whole command line: help, mistakes, and every command. `written` is what stands behind `eventsystem`. */
export async function main(written: readonly string[], terminal: Terminal, tool: Tool): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = new Command('eventsystem')
    .description('Put events into a serverless system on AWS: a short eventsystem.yml becomes least-privilege CloudFormation.')
    .version(versionOf(tool), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  for (const name of Object.keys(commands) as CommandName[]) {
    const command = declared(name, commands[name]).copyInheritedSettings(program);
    command.action(async () => {
      const [argument] = command.args;
      code = await run(name, { argument, options: optionsOf(command, commands[name]) }, terminal, tool);
    });
    program.addCommand(command);
  }
  try {
    await program.parseAsync(written, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}

function declared(name: CommandName, { doc, argument, options }: CommandShape): Command {
  const command = new Command(name).description(doc).allowExcessArguments(false);
  if (argument) command.addArgument(new Argument(argument.required ? `<${argument.name}>` : `[${argument.name}]`, argument.doc));
  for (const [option, { value, choices, many, short, doc: about }] of Object.entries(options)) {
    const made = new Option(`${short === undefined ? '' : `-${short}, `}--${option}${value === undefined ? '' : ` <${value}>`}`, about);
    if (many) made.argParser((one: string, before: readonly string[] | undefined) => [...(before ?? []), one]);
    command.addOption(choices ? made.choices(choices) : made);
  }
  return command;
}

/** The options under the names they were written by: commander turns them into its own, and `--no-…` round. */
function optionsOf(command: Command, { options }: CommandShape): Values['options'] {
  const pairs = command.options.flatMap((option): (readonly [string, unknown])[] => {
    const name = option.long?.slice(2) ?? '';
    const value: unknown = command.getOptionValue(option.attributeName());
    if (!Object.hasOwn(options, name) || value === undefined) return [];
    if (option.negate) return value === false ? [[name, true]] : [];
    return [[name, value]];
  });
  return Object.fromEntries(pairs) as Values['options'];
}

type AnyValues = { readonly argument: string | undefined; readonly options: object };

async function run(name: CommandName, values: AnyValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  switch (name) {
    case 'compile':
      return (await tool.load('compile')).runCompile(values as ValuesOf<'compile'>, terminal, tool);
    case 'validate':
      return (await tool.load('validate')).runValidate(values as ValuesOf<'validate'>, terminal, tool);
    case 'fix':
      return (await tool.load('fix')).runFix(values as ValuesOf<'fix'>, terminal, tool);
    case 'init':
      return (await tool.load('init')).runInit(values as ValuesOf<'init'>, terminal, tool);
    case 'schema':
      return (await tool.load('schema')).runSchema(values as ValuesOf<'schema'>, terminal, tool);
    case 'explain':
      return (await tool.load('explain')).runExplain(values as ValuesOf<'explain'>, terminal);
    case 'lsp':
      return (await tool.load('lsp')).runLsp(values as ValuesOf<'lsp'>, terminal, tool);
    case 'playground':
      return (await tool.load('playground')).runPlayground(values as ValuesOf<'playground'>, terminal, tool);
    default:
      return (await tool.load('deployment')).runDeployment(name, values, terminal, tool);
  }
}

/** The way in from the launcher. */
export const enter = (written: readonly string[], tool: Tool): Promise<void> => finish((terminal) => main(written, terminal, tool));
