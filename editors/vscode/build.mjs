// Makes the extension: `npm run vscode` in the root. Whoever has the folder’s packages needs no network for it.
import { build } from 'esbuild';
import { createVSIX } from '@vscode/vsce';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licencesOf } from '../../scripts/licences.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const out = join(here, 'dist');

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(here, 'src', 'extension.ts')],
  outdir: out,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  metafile: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), licencesOf([metafile], root));
copyFileSync(join(root, 'LICENSE'), join(here, 'LICENSE'));

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
