import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

/** The built server in a real editor. Skipped where there is no Neovim: `apt-get install neovim` brings one. */
const there = spawnSync('nvim', ['--version']).status === 0;
const root = realpathSync(mkdtempSync(join(tmpdir(), 'eventsystem-neovim-')));

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(!there)(there ? 'Neovim' : 'Neovim, which is not installed here', () => {
  test('shows findings, offers names, tells and goes to what is meant', () => {
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src', 'settle.ts'), 'export default async () => {};\n');
    writeFileSync(
      join(root, 'eventsystem.yml'),
      'name: shop\nstreams:\n  orders: { retention: 48 hours }\nconsumers:\n  settle:\n    handler: src/settle.ts\n    from: { stream: orders }\n',
    );
    const out = join(root, 'said.json');
    const environment = {
      EVENTSYSTEM_BIN: resolve('bin/eventsystem.cjs'),
      EVENTSYSTEM_ROOT: root,
      EVENTSYSTEM_OUT: out,
      EVENTSYSTEM_NODE: process.execPath,
    };
    spawnSync('nvim', ['--headless', '-u', 'NONE', '-S', resolve('test/real-editors/neovim.lua')], {
      env: { ...process.env, ...environment, XDG_STATE_HOME: root, XDG_DATA_HOME: root, XDG_CACHE_HOME: root },
      timeout: 60_000,
    });
    const said = JSON.parse(readFileSync(out, 'utf8')) as Said;
    expect(said.problem).toBeUndefined();
    expect(said.findings).toEqual([{ line: 6, column: 20, message: expect.stringContaining('order') as string }]);
    expect(said.items).toContain('orders');
    expect(said.hover).toContain('Becomes 1 resource: stream');
    expect(said.definition).toBe(pathToFileURL(join(root, 'src', 'settle.ts')).href);
  }, 90_000);
});

interface Said {
  readonly problem?: string;
  readonly findings: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  readonly items: readonly string[];
  readonly hover: string;
  readonly definition: string;
}
