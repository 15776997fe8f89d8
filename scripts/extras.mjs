// Makes what needs packages of its own, from what `npm run build` made: `node scripts/extras.mjs playground vscode`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = { playground: 'playground', vscode: join('editors', 'vscode') };

for (const name of process.argv.slice(2)) {
  const folder = join(root, folders[name]);
  // None of their packages needs its scripts to be run.
  run('npm', 'ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  run(process.execPath, join(folder, 'build.mjs'));
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
