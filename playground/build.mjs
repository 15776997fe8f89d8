// Makes the page: `npm run playground` in the folder above. Everything it needs is in `dist/playground` then; it asks no server for anything.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeCatalogue } from '../scripts/whole-catalogue.mjs';

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
writeFileSync(join(out, 'catalogue.json'), wholeCatalogue(join(root, 'dist', 'catalogue')));
