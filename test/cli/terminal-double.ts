import { resolve } from 'node:path';
import { plainStyle } from '../../src/compiler/diagnostics/print.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { Chunks } from '../../src/cli/chunks.ts';
import type { Tool } from '../../src/cli/tool.ts';

/** A terminal that remembers what it was told, and answers what it is told to answer. */
export function terminalIn(
  cwd: string,
  rest: Partial<Terminal> & { readonly answers?: string[] } = {},
): Terminal & { readonly said: { out: string; err: string } } {
  const said = { out: '', err: '' };
  return {
    cwd,
    environment: {},
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    style: plainStyle,
    interactive: false,
    ask: async () => rest.answers?.shift(),
    ...rest,
    said,
  };
}

/** The program as it stands in `src`. */
export const sourceTool: Tool = {
  folder: resolve('.'),
  load: async <N extends keyof Chunks>(name: N) => (await import(`../../src/cli/${name}.ts`)) as Chunks[N],
  optimise: () => undefined,
};
