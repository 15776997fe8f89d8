// Makes the extension: `npm run vscode` in the root. Whoever has the folder’s packages needs no network for it.
import { build } from 'esbuild';
import { createVSIX } from '@vscode/vsce';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeCatalogue } from '../../scripts/whole-catalogue.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const out = join(here, 'dist');

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
await build({
  absWorkingDir: root,
  entryPoints: [join(here, 'src', 'extension.ts'), join(here, 'src', 'server.ts')],
  outdir: out,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'esbuild'],
  alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'dist', 'index.js') },
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
writeFileSync(join(out, 'catalogue.json'), wholeCatalogue(join(root, 'dist', 'catalogue')));
copyFileSync(join(root, 'LICENSE'), join(here, 'LICENSE'));
copyFileSync(join(root, 'dist', 'THIRD-PARTY-LICENSES.txt'), join(out, 'THIRD-PARTY-LICENSES.txt'));

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
await createVSIX({
  cwd: here,
  version,
  updatePackageJson: false,
  packagePath: join(root, 'dist', 'eventsystem.vsix'),
  dependencies: false,
  allowMissingRepository: true,
  skipLicense: false,
});
