import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { commands, type CommandName } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import type { Tool } from '../../src/cli/tool.ts';
import { sourceTool, terminalIn } from './terminal-double.ts';

/** What commander makes of a command line: the values a command is run with, or nothing where it is a mistake or help. */
async function byCommander(name: CommandName, written: readonly string[]) {
  let values: unknown;
  const note = (given: { argument: unknown; options: object }) => (
    (values = { argument: given.argument, options: { ...given.options } }),
    0
  );
  const chunk = {
    runCompile: note,
    runValidate: note,
    runFix: note,
    runInit: note,
    runSchema: note,
    runExplain: note,
    runLsp: note,
    runPlayground: note,
    runDeployment: (_: CommandName, given: Parameters<typeof note>[0]) => note(given),
  };
  const tool = { ...sourceTool, load: () => chunk } as unknown as Tool;
  await main([name, ...written], terminalIn('/'), tool);
  return values;
}

test('whatever the quick way takes, commander takes for the same', async () => {
  const word = constantFrom(
    '--stage',
    '--format',
    '--yaml',
    '--out',
    '--stage=prod',
    '--format=json',
    '--format=xml',
    '--yaml=1',
    '--out=a=b',
    '--',
    '-',
    '-h',
    '--help',
    '--sta',
    'prod',
    'json',
    'a/b.yml',
    '',
    '--yes',
    '--name',
    '--template=api',
    '--approve-destroy',
    '--parameter=A=1',
    '--no-rollback',
  );
  await assert(
    asyncProperty(constantFrom(...(Object.keys(commands) as CommandName[])), array(word, { maxLength: 5 }), async (name, written) => {
      const quick = readArguments(commands[name], written);
      if (quick) expect(await byCommander(name, written)).toEqual(quick);
    }),
    { numRuns: 300 },
  );
});

test('takes the plain forms at once', () => {
  expect(readArguments(commands.validate, ['a.yml', '--stage', 'prod', '--format=json'])).toEqual({
    argument: 'a.yml',
    options: { stage: 'prod', format: 'json' },
  });
  expect(readArguments(commands.compile, ['--yaml'])).toEqual({ argument: undefined, options: { yaml: true } });
});

test.each([
  [['--help'], 0, 'Usage: eventsystem'],
  [['--version'], 0, '0.'],
  [['compile', '--help'], 0, '--out <DIR>'],
])('%s answers on standard output', async (written, code, text) => {
  const terminal = terminalIn('/');
  expect(await main(written, terminal, sourceTool)).toBe(code);
  expect(terminal.said.out).toContain(text);
  expect(terminal.said.err).toBe('');
});

test.each([
  [['comple'], 'Did you mean compile?'],
  [['compile', '--stge', 'x'], 'Did you mean --stage?'],
  [['validate', '--format', 'xml'], 'text, json, sarif, github'],
  [['validate', 'a', 'b'], 'too many arguments'],
  [['explain'], "missing required argument 'code'"],
  [[], 'Usage: eventsystem'],
])('%s is a mistake, told on standard error', async (written, text) => {
  const terminal = terminalIn('/');
  expect(await main(written, terminal, sourceTool)).toBe(64);
  expect(terminal.said.err).toContain(text);
  expect(terminal.said.out).toBe('');
});
