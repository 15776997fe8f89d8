// Runs scripts of package.json at the same time, each with a core of its own: `node scripts/side-by-side.mjs check lint`. What each
// says is printed in one piece when it has ended; it fails where one of them fails.
import { spawn } from 'node:child_process';

const codes = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = codes.find((code) => code !== 0) ?? 0;

function run(name) {
  const child = spawn('npm', ['run', name], { shell: process.platform === 'win32' });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      done(code ?? 1);
    });
  });
}
