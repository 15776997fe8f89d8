// Measures what the README promises, in pairs against a floor on the same machine: `npm run bench [validate|compile|again|memory]`.
import { buildSync } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { writeProject } from './project.mjs';

const cli = resolve('bin/eventsystem.cjs');
const floor = resolve('bench/floor.mjs');
const node = process.env.BENCH_NODE ?? process.execPath;
const env = { ...process.env };
// Reading extra certificates costs Node 20 some 60 ms at every start, and has nothing to do with what is measured.
delete env.NODE_EXTRA_CA_CERTS;

const parts = { validate, compile, again, memory, deploy };
const wanted = process.argv.slice(2);
const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${version}, load ${loadavg()[0].toFixed(1)}`,
);
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();

/** A file of 200 lines, against a Node that does nothing. */
function validate() {
  const folder = made(resolve('bench/validate'));
  const nothing = () => run(['-e', '0'], folder);
  const validated = () => run([cli, 'validate', 'eventsystem.yml'], folder);
  // The file is another one each time, so that nothing of the last look holds.
  const file = join(folder, 'eventsystem.yml');
  const text = readFileSync(file, 'utf8');
  let version = 0;
  const changed = () => (writeFileSync(file, `${text}# ${++version}\n`), validated());
  print('validate, 200 lines, just changed', pairs(changed, nothing, 30), 'node -e 0');
  const reader = readerOnly();
  const read = () => run([join(reader, 'bin/eventsystem.cjs'), 'validate'], folder);
  print('reading its YAML, nothing else', pairs(read, nothing, 30), 'node -e 0');
  rmSync(reader, { recursive: true });
  spawnSync('sleep', ['0.1']);
  print('validate, 200 lines, again', pairs(validated, nothing, 30), 'node -e 0');
  rmSync(folder, { recursive: true });
}

/** A program of the same launcher that does nothing but read the file with `yaml`: no validator that uses the package can be quicker. */
function readerOnly() {
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-bench-'));
  const { outputFiles } = buildSync({
    stdin: {
      contents: `import { parseDocument } from 'yaml';
        import { readFileSync } from 'node:fs';
        export const enter = async () => parseDocument(readFileSync('eventsystem.yml', 'utf8'), { uniqueKeys: false }).errors.length;`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    alias: { yaml: resolve('node_modules/yaml/browser/dist/index.js') },
    write: false,
  });
  mkdirSync(join(folder, 'dist/cli'), { recursive: true });
  cpSync(dirname(cli), join(folder, 'bin'), { recursive: true });
  const text = `(function (exports, require, module, __filename, __dirname) {${outputFiles[0].text}\n})`;
  writeFileSync(join(folder, 'dist/cli/unchanged.cjs'), `/*${createHash('sha256').update(text).digest('hex').slice(0, 16)}*/${text}`);
  return folder;
}

/** Whole compilations of ever more handlers, against a bare script that calls esbuild once for the same files. */
function compile() {
  for (const count of [1, 10, 100, 500]) {
    const folder = made(undefined, count);
    const clean = () => rmSync(join(folder, '.eventsystem'), { recursive: true, force: true });
    const measure = pairs(
      () => (clean(), run([cli, 'compile'], folder)),
      () => (clean(), run([floor], folder)),
      { 1: 15, 10: 9, 100: 5 }[count] ?? 3,
    );
    print(`compile, ${count} handlers`, measure, 'bare esbuild');
    rmSync(folder, { recursive: true });
  }
}

/** Compiling again: when nothing changed, and when one handler did. */
function again() {
  const folder = made(undefined, 100);
  run([cli, 'compile'], folder);
  print(
    'compile again, nothing changed (100 handlers)',
    pairs(
      () => run([cli, 'compile'], folder),
      () => run([cli, 'validate'], folder),
      20,
    ),
    'validate',
  );
  const handler = join(folder, 'src/handler-1.ts');
  const text = readFileSync(handler, 'utf8');
  let version = 0;
  const touched = pairs(
    () => (writeFileSync(handler, `${text}\nexport const version = ${++version};\n`), run([cli, 'compile'], folder)),
    () => (rmSync(join(folder, '.eventsystem'), { recursive: true, force: true }), run([cli, 'compile'], folder)),
    5,
  );
  print('compile again, one handler touched (100 handlers)', touched, 'from nothing');
  rmSync(folder, { recursive: true });
}

/** The most memory a compilation of 500 handlers has at once, beside the bare script’s: of Node, and of esbuild, which works for both. */
async function memory() {
  const folder = made(undefined, 500);
  const ours = await peaks([cli, 'compile'], folder);
  const theirs = await peaks([floor], folder);
  const shown = ({ node: own, esbuild }) => `${own + esbuild} MiB (Node ${own}, esbuild ${esbuild})`;
  const ratio = (ours.node + ours.esbuild) / (theirs.node + theirs.esbuild);
  console.log(
    Number.isNaN(ratio)
      ? 'peak memory: needs /proc of Linux'
      : `peak memory, 500 handlers: ${shown(ours)}, ${ratio.toFixed(2)} × bare esbuild, ${shown(theirs)}`,
  );
  rmSync(folder, { recursive: true });
}

/** The most memory of a process and of those it starts, each at its own peak, in MiB: the kernel keeps it, and is asked until they end. */
async function peaks(args, cwd) {
  const child = spawn(node, args, { cwd, env, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  const highest = new Map();
  const timer = setInterval(() => {
    for (const pid of [child.pid, ...childrenOf(child.pid)]) highest.set(pid, peakOf(pid) ?? highest.get(pid));
  }, 20);
  await ended;
  clearInterval(timer);
  const own = highest.get(child.pid) ?? Number.NaN;
  return { node: own, esbuild: [...highest.values()].reduce((sum, one) => sum + (one ?? 0), 0) - own };
}

function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function peakOf(pid) {
  try {
    const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return found === undefined ? undefined : Math.round(Number(found) / 1024);
  } catch {
    return undefined;
  }
}

function made(from, handlers = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-bench-'));
  if (from) cpSync(from, folder, { recursive: true });
  else writeProject(folder, handlers, resolve('bench/node_modules'));
  return folder;
}

/** Wall time of one process in milliseconds. */
function run(args, cwd) {
  const start = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(node, args, { cwd, env, encoding: 'utf8' });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return time;
}

/** The two turn by turn, so that what else the machine does falls on both. */
function pairs(ours, theirs, count) {
  ours();
  theirs();
  const times = Array.from({ length: count }, () => [ours(), theirs()]);
  return {
    ours: median(times.map(([time]) => time)),
    theirs: median(times.map(([, time]) => time)),
    ratio: median(times.map(([a, b]) => a / b)),
  };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function print(what, { ours, theirs, ratio }, against) {
  console.log(`${what}: ${ours.toFixed(0)} ms, ${ratio.toFixed(2)} × ${against} (${theirs.toFixed(0)} ms)`);
}

/** What deploying costs besides AWS; the fake is TypeScript, and is run like the scripts. */
function deploy() {
  spawnSync(node, ['scripts/run.mjs', 'bench/deploy.ts'], { env, stdio: 'inherit' });
}
