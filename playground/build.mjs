// Makes the page: `npm run playground` in the folder above. Everything it needs is in `dist/playground` then; it asks no server for anything.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, 'dist', 'playground');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const shared = {
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  legalComments: 'linked',
  logLevel: 'warning',
  outdir: out,
};
await Promise.all([
  build({
    ...shared,
    absWorkingDir: root,
    entryPoints: { main: join(here, 'src', 'main.ts') },
    format: 'esm',
    loader: { '.ttf': 'file' },
    alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'dist', 'index.js') },
    nodePaths: [join(here, 'node_modules')],
  }),
  build({
    ...shared,
    entryPoints: { 'editor.worker': join(here, 'node_modules', 'monaco-editor', 'esm', 'vs', 'editor', 'editor.worker.js') },
    format: 'iife',
  }),
]);
copyFileSync(join(here, 'src', 'index.html'), join(out, 'index.html'));
writeFileSync(join(out, 'catalogue.json'), JSON.stringify({ actions: folder('actions'), registry: folder('registry') }));

/** The catalogue of AWS’s own words, in one file: a page cannot read folders. */
function folder(name) {
  const path = join(root, 'dist', 'catalogue', name);
  return Object.fromEntries(
    readdirSync(path).map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(path, file), 'utf8'))]),
  );
}
