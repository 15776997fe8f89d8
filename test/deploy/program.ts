import { main } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { FakeAws } from '../aws/aws.ts';
import { sourceTool, terminalIn } from '../cli/terminal-double.ts';
import { clockOf } from './deployer.ts';

export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly all: string;
}

/** A command as somebody types it in a folder, in the fake’s own time, and all it said. */
export async function typed(
  aws: FakeAws,
  folder: string,
  words: readonly string[],
  rest: Partial<Terminal> & { readonly answers?: string[] } = {},
): Promise<Typed> {
  const terminal = { ...terminalIn(folder, rest), clock: clockOf(aws) };
  const where = words[0] === 'compile' ? [] : ['--endpoint', aws.url];
  const before = [process.env['AWS_ACCESS_KEY_ID'], process.env['AWS_SECRET_ACCESS_KEY']] as const;
  [process.env['AWS_ACCESS_KEY_ID'], process.env['AWS_SECRET_ACCESS_KEY']] = ['AKIATEST', 'secret-value'];
  try {
    const code = await main([...words, ...where], terminal, sourceTool);
    return { code, ...terminal.said, all: terminal.said.out + terminal.said.err };
  } finally {
    for (const [name, value] of [
      ['AWS_ACCESS_KEY_ID', before[0]],
      ['AWS_SECRET_ACCESS_KEY', before[1]],
    ] as const)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}
