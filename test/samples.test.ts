import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compile } from '../src/compiler/compile.ts';
import { printFinding } from '../src/compiler/diagnostics/print.ts';
import { printPermissions } from '../src/views/permissions.ts';
import { DiskFiles } from '../src/cli/disk.ts';
import { installedCatalogue } from '../src/cli/catalogue.ts';

/** Systems that compile, one folder each: what they become is kept beside them, readable, and rewritten by UPDATE=1. */
const samples = readdirSync('test/samples').flatMap((kind) =>
  readdirSync(join('test/samples', kind)).map((name) => ({ kind, name, folder: join('test/samples', kind, name) })),
);

const examples = readdirSync('examples').map((name) => ({ kind: 'examples', name, folder: join('examples', name) }));

const work = mkdtempSync(join(tmpdir(), 'eventsystem-samples-'));
const catalogue = installedCatalogue('dist/catalogue');

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each([...samples, ...examples])('$kind/$name', ({ kind, name, folder }) => {
  const stages = existsSync(join(folder, 'stages.txt')) ? readFileSync(join(folder, 'stages.txt'), 'utf8').trim().split('\n') : ['dev'];

  test.each(stages)('%s', async (stage) => {
    const root = resolve(folder);
    const { findings, artifacts } = await compile({
      files: new DiskFiles(root),
      main: 'eventsystem.yml',
      stage,
      root,
      out: join(work, kind, name, stage),
      cache: undefined,
      catalogue,
      shippedFolder: resolve('dist/shipped'),
      runtime: resolve('src/runtime/index.ts'),
      version: '0.0.0',
    });
    const expected = join(folder, 'expected', stage === 'dev' ? '' : stage);
    golden(join(expected, 'diagnostics.txt'), findings.map((finding) => `${printFinding(finding)}\n`).join('\n'));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!artifacts) return;
    golden(join(expected, 'permissions.txt'), printPermissions(artifacts.system));
    golden(join(expected, 'template.json'), `${JSON.stringify(artifacts.template, null, 2)}\n`);
    // Where it is several stacks, each is a template like any other, for every judge.
    for (const { name, template } of artifacts.stacks.length > 1 ? artifacts.stacks : [])
      golden(join(expected, 'stacks', name, 'template.json'), `${JSON.stringify(template, null, 2)}\n`);
  });
});

function golden(path: string, actual: string): void {
  if (process.env['UPDATE'] === '1') {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, actual);
  }
  expect(actual).toBe(
    existsSync(path) ? readFileSync(path, 'utf8') : `no golden ${path}: run UPDATE=1 npx vitest run test/samples.test.ts`,
  );
}
