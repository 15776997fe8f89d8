import { build } from 'esbuild';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { catalogue } from './systems.ts';

/** The service and the compiler in it, bundled for a browser: no module of Node’s, and nothing but the language’s own globals. */
test('runs where there is no Node', async () => {
  const { outputFiles, errors, warnings } = await build({
    entryPoints: ['src/editor/service.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'editor',
    alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
    logLevel: 'silent',
  });
  expect([...errors, ...warnings]).toEqual([]);
  const text = 'name: shop\nstreams:\n  orders: { retention: 2 dayz }\n';
  const result: unknown = runInNewContext(
    `${outputFiles[0]?.text ?? ''}
    const files = { read: (path) => (path === 'eventsystem.yml' ? { text } : { problem: 'there is no such file' }), exists: () => true, list: () => [] };
    const service = new editor.Service({ files, catalogue, paths: () => [] }, 'eventsystem.yml', (path) => path);
    const found = service.diagnostics().get('eventsystem.yml').map(({ code }) => code);
    service.open('eventsystem.yml', text.replace('2 dayz', '2 days'));
    JSON.stringify([found, service.lenses('eventsystem.yml').map(({ command }) => command.title), service.complete('eventsystem.yml', { line: 2, character: 12 }).length > 5]);`,
    { text, catalogue, TextEncoder, URL },
  );
  expect(JSON.parse(String(result))).toEqual([['malformed'], ['1 resource · $29.20 a month'], true]);
});
