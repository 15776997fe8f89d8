import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCompile } from '../../src/cli/compile.ts';
import { runInit } from '../../src/cli/init.ts';
import { sourceTool, terminalIn } from './terminal-double.ts';

let work: string;
beforeEach(() => void (work = mkdtempSync(join(tmpdir(), 'eventsystem-init-'))));
afterEach(() => rmSync(work, { recursive: true, force: true }));

test.each(['api', 'stream', 'database'] as const)('a new system of the template %s compiles without a finding', async (template) => {
  const folder = join(work, 'My new System!');
  const terminal = terminalIn(work);
  expect(await runInit({ argument: 'My new System!', options: { template, yes: true } }, terminal, sourceTool)).toBe(0);
  expect(readFileSync(join(folder, 'eventsystem.yml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=.*\nname: my-new-system\n/);
  // As `npm install` would.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync('node_modules').filter((one) => /^(pg|pgpass|pg-.*|postgres-.*|split2|xtend)$/.test(one)))
    cpSync(join('node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'eventsystem'));
  const compiled = terminalIn(folder);
  expect(await runCompile({ argument: undefined, options: { format: 'json' } }, compiled, sourceTool)).toBe(0);
  expect(JSON.parse(compiled.said.out)).toEqual({ findings: [] });
});

test('its types are right beside a package.json of CommonJS, as `npm init` writes it', async () => {
  writeFileSync(join(work, 'package.json'), '{ "name": "x", "type": "commonjs" }');
  expect(await runInit({ argument: undefined, options: { name: 'x', template: 'api', yes: true } }, terminalIn(work), sourceTool)).toBe(0);
  symlinkSync(resolve('node_modules'), join(work, 'node_modules'));
  const { config } = ts.readConfigFile(join(work, 'tsconfig.json'), ts.sys.readFile) as { config: unknown };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, work);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options)).map(({ messageText }) => messageText);
  expect({ fileNames: fileNames.length, found }).toEqual({ fileNames: 1, found: [] });
});

test('nothing is overwritten', async () => {
  writeFileSync(join(work, '.gitignore'), 'mine\n');
  const terminal = terminalIn(work);
  expect(await runInit({ argument: undefined, options: { name: 'shop', yes: true } }, terminal, sourceTool)).toBe(0);
  expect(readFileSync(join(work, '.gitignore'), 'utf8')).toBe('mine\n');
  expect(terminal.said.out).toContain('kept .gitignore, which already existed; add .eventsystem/ to it');
  writeFileSync(join(work, 'src/hello.ts'), '// mine');
  const again = terminalIn(work);
  expect(await runInit({ argument: undefined, options: { yes: true } }, again, sourceTool)).toBe(64);
  expect(again.said.err).toContain('already');
  expect(readFileSync(join(work, 'src/hello.ts'), 'utf8')).toBe('// mine');
});

test('asks at a terminal, and takes the usual for no answer', async () => {
  const terminal = terminalIn(work, { interactive: true, answers: ['shop', 'stream'] });
  expect(await runInit({ argument: undefined, options: {} }, terminal, sourceTool)).toBe(0);
  expect(readFileSync(join(work, 'eventsystem.yml'), 'utf8')).toContain('name: shop');
  expect(readFileSync(join(work, 'src/work.ts'), 'utf8')).toContain('eventsystem/runtime');
});

test.each(['Shop', 'a--b', '1a', 'x'.repeat(41)])('%s is no name', async (name) => {
  const terminal = terminalIn(work);
  expect(await runInit({ argument: undefined, options: { name } }, terminal, sourceTool)).toBe(64);
  expect(terminal.said.err).toContain('is not a valid name');
});
