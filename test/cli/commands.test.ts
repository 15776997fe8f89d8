import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCompile } from '../../src/cli/compile.ts';
import { runExplain } from '../../src/cli/explain.ts';
import { runUnchanged } from '../../src/cli/unchanged.ts';
import { runValidate } from '../../src/cli/validate.ts';
import { colours, type Terminal } from '../../src/cli/terminal.ts';
import { allProblems, messageForm } from '../../src/compiler/problems.ts';
import type { ValuesOf } from '../../src/cli/commands.ts';
import { sourceTool, terminalIn } from './terminal-double.ts';

const SYSTEM = 'name: shop\nfunctions:\n  hello: src/hello.ts\nstages:\n  prod: { protect: true }\n';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'eventsystem-cli-'));
  write('app/eventsystem.yml', SYSTEM);
  write('app/src/hello.ts', "import { text } from './text.ts';\nexport default async () => text;\n");
  write('app/src/text.ts', "export const text = 'hello';\n");
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(work, path, '..'), { recursive: true });
  writeFileSync(join(work, path), text);
}

const read = (path: string) => readFileSync(join(work, path), 'utf8');

describe('validate', () => {
  test('finds the file of a folder, and says that nothing is wrong', () => {
    const terminal = terminalIn(work);
    expect(runValidate({ argument: 'app', options: {} }, terminal, sourceTool)).toBe(0);
    expect(terminal.said).toEqual({ out: 'No findings in app/eventsystem.yml.\n', err: '' });
    expect(existsSync(join(work, 'app/.eventsystem'))).toBe(false);
  });

  test('shows findings at paths from where the caller is', () => {
    write('app/eventsystem.yml', 'name: shop\nfunctionz: {}\n');
    const terminal = terminalIn(join(work, 'app/src'));
    expect(runValidate({ argument: '..', options: {} }, terminal, sourceTool)).toBe(2);
    expect(terminal.said.out).toContain('┌─ ../eventsystem.yml:2:1');
    expect(terminal.said.out).toContain('1 error in ../eventsystem.yml.');
  });

  test('without a file it says how to make one', () => {
    const terminal = terminalIn(work);
    expect(runValidate({ argument: undefined, options: {} }, terminal, sourceTool)).toBe(64);
    expect(terminal.said.out).toBe('');
    expect(terminal.said.err).toContain('eventsystem init');
  });
});

describe('compile', () => {
  const compile = async (options: ValuesOf<'compile'>['options'] = {}, terminal: ReturnType<typeof terminalIn> = terminalIn(work)) => ({
    code: await runUnchanged('compile', { argument: 'app', options }, terminal, sourceTool),
    ...terminal.said,
  });

  test('writes all artifacts, and says how to deploy them', async () => {
    const { code, out } = await compile();
    expect(code).toBe(0);
    expect(readdirSync(join(work, 'app/.eventsystem/dev')).sort()).toEqual([
      'assets',
      'bootstrap.template.json',
      'manifest.json',
      'template.json',
      'template.origins.json',
    ]);
    expect(JSON.parse(read('app/.eventsystem/dev/template.json')).Resources).toHaveProperty('HelloFunction');
    expect(read('app/.eventsystem/dev/template.json')).toMatch(/\}\n$/);
    expect(out).toContain('functions.hello  function, log group, role');
    expect(out).toContain('--stack-name shop-dev --template-file app/.eventsystem/dev/template.json');
    expect(out).not.toContain(work);
  });

  test('with an error it writes nothing, and what was there stays', async () => {
    await compile({ yaml: true });
    const before = read('app/.eventsystem/dev/template.json');
    write('app/eventsystem.yml', `${SYSTEM}streamz: {}\n`);
    const { code, out } = await compile();
    expect(code).toBe(2);
    expect(out).toContain('1 error in app/eventsystem.yml; nothing was written.');
    expect(read('app/.eventsystem/dev/template.json')).toBe(before);
    expect(existsSync(join(work, 'app/.eventsystem/dev/template.yaml'))).toBe(true);
  });

  test('machine formats print findings and nothing else', async () => {
    expect((await compile({ format: 'json' })).out).toBe('{\n  "findings": []\n}\n');
    expect((await compile({ format: 'github' })).out).toBe('');
  });

  test('a template.yaml of an earlier run does not outlive its system; another’s is left alone', async () => {
    await compile({ out: 'out', yaml: true });
    expect(read('out/template.yaml')).toContain('HelloFunction');
    await compile({ out: 'out' });
    expect(existsSync(join(work, 'out/template.yaml'))).toBe(false);
    write('out/template.yaml', 'mine: true\n');
    await compile({ out: 'out', stage: 'prod' });
    expect(read('out/template.yaml')).toBe('mine: true\n');
  });

  test('a folder that cannot be written to is no bug', async () => {
    write('out', 'a file');
    const { code, err } = await compile({ out: 'out' });
    expect(code).toBe(74);
    expect(err).toMatch(/^out.* cannot be written: .*\.\n$/);
  });

  describe('again', () => {
    const loaded = async (prepare: () => void, terminal: Partial<Terminal> = {}) => {
      await setTimeout(40);
      await compile();
      prepare();
      let asked = false;
      const again = terminalIn(work, terminal);
      const tool = { ...sourceTool, load: (async () => ((asked = true), { runCompile })) as unknown as typeof sourceTool.load };
      expect(await runUnchanged('compile', { argument: 'app', options: {} }, again, tool)).toBe(0);
      return { asked, out: again.said.out };
    };

    test('says the same without the compiler when nothing has changed', async () => {
      const { asked, out } = await loaded(() => undefined);
      expect(asked).toBe(false);
      expect(out).toContain('functions.hello  function');
      expect(out).toMatch(/Nothing has changed since the last compilation\.\n$/);
    });

    test('in colours where they are wanted', async () => {
      expect((await loaded(() => undefined, { style: colours })).out).toContain('\u{1B}[1m');
    });

    test.each<[string, () => void]>([
      ['a handler’s import', () => write('app/src/text.ts', "export const text = 'hullo';\n")],
      ['the system', () => write('app/eventsystem.yml', SYSTEM.replace('true', 'false'))],
      ['the template', () => write('app/.eventsystem/dev/template.json', '{}')],
      ['an asset that is gone', () => rmSync(join(work, 'app/.eventsystem/dev/assets'), { recursive: true })],
      ['a new file that could stand in for one', () => write('app/src/text.tsx', 'export const text = 1;\n')],
      ['new settings of TypeScript', () => write('app/tsconfig.json', '{}\n')],
      ['settings above the project', () => write('package.json', '{}\n')],
      ['the time of a file', () => utimesSync(join(work, 'app/src/text.ts'), 1, 1)],
      ['a record that cannot be read', () => write('app/.eventsystem/cache/compile-dev.json', '{"key":')],
    ])('compiles anew after a change of %s', async (_, prepare) => {
      expect((await loaded(prepare)).asked).toBe(true);
    });

    test('a project that keeps no record compiles all the same', async () => {
      chmodSync(join(work, 'app'), 0o755);
      write('app/.eventsystem/cache', 'a file');
      expect((await compile({ out: 'out' })).code).not.toBe(70);
    });
  });
});

describe('explain', () => {
  test.each(allProblems.map((problem) => [problem.code, problem] as const))('%s', (code, problem) => {
    const terminal = terminalIn(work);
    expect(runExplain({ argument: code, options: {} }, terminal)).toBe(0);
    expect(terminal.said.out).not.toMatch(/`undefined`|\[object|NaN/);
    expect(messageForm(problem)).toMatch(/^\S/);
  });

  test('an unknown code is answered with the nearest', () => {
    const terminal = terminalIn(work);
    expect(runExplain({ argument: 'unkown-name', options: {} }, terminal)).toBe(64);
    expect(terminal.said.err).toBe('There is no finding `unkown-name`. Did you mean `unknown-name`?\n');
  });

  test('no two problems share a code', () => {
    expect(new Set(allProblems.map(({ code }) => code)).size).toBe(allProblems.length);
  });

  test('every problem of the compiler is in the list', () => {
    const declared = readdirSync('src/compiler', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) =>
        [...readFileSync(join('src/compiler', path), 'utf8').matchAll(/^export const (\w+Problems) = problems\(/gm)].map(
          ([, name]) => name,
        ),
      );
    const list = readFileSync('src/compiler/generated/problem-sets.ts', 'utf8');
    expect(declared.filter((name) => !list.includes(`  ${name ?? ''},`))).toEqual([]);
  });
});
