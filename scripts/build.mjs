// Builds everything that is published: `npm run build`. What is left in `dist` from before is removed.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { licencesOf } from './licences.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['esbuild'],
  // The build of yaml for browsers is made of modules, so that what is not used is left out.
  alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
  metafile: true,
  logLevel: 'warning',
};

const metafiles = [];

rmSync('dist', { recursive: true, force: true });
await Promise.all([program(), library(), shipped()]);
run('node', 'scripts/run.mjs', 'scripts/catalogues.ts', 'dist/catalogue');
declarations();
copyFileSync('src/schema/generated/eventsystem.schema.json', 'eventsystem.schema.json');
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licencesOf(metafiles));

/** The command line program: one file for each command, loaded by the launcher when it is needed. */
async function program() {
  const names = ['main', 'validate', 'fix', 'unchanged', 'compile', 'init', 'schema', 'explain', 'deployment', 'lsp', 'playground'];
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: names.map((name) => `src/cli/${name}.ts`),
    outdir: 'dist/cli',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // A script that the launcher runs cannot import; what it loads late it requires.
    supported: { 'dynamic-import': false },
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    write: false,
  });
  metafiles.push(metafile);
  mkdirSync('dist/cli', { recursive: true });
  for (const { path, text } of outputFiles) {
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    // The launcher runs it as a function, and would need time to make it one.
    writeFileSync(path, `/*${digest}*/(function (exports, require, module, __filename, __dirname) {${text}\n})`);
  }
}

/** What other programs import, and what handlers do: the latter one file, since it becomes a part of their bundles. */
async function library() {
  const esm = { ...shared, format: 'esm', legalComments: 'none' };
  const made = await Promise.all([
    // The compiler’s own files are loaded when they are needed here too.
    build({ ...esm, entryPoints: { index: 'src/index.ts' }, outdir: 'dist', splitting: true, chunkNames: 'chunks/[name]-[hash]' }),
    build({ ...esm, entryPoints: { index: 'src/runtime/index.ts' }, outdir: 'dist/runtime' }),
    // A thread of the compiler’s, whoever runs it.
    build({
      ...esm,
      format: 'cjs',
      entryPoints: { 'finish-worker': 'src/compiler/bundle/finish-worker.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      minify: true,
    }),
  ]);
  metafiles.push(...made.map(({ metafile }) => metafile));
}

/** Functions that eventsystem brings along: they run in Lambda, which has the SDK. */
async function shipped() {
  const { metafile } = await build({
    ...shared,
    entryPoints: ['src/runtime/setup/database-provider.ts', 'src/runtime/setup/database-worker.ts'],
    outdir: 'dist/shipped',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    external: ['@aws-sdk/*', 'pg-native'],
    // The drivers are CommonJS and ask for Node’s own modules in its way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  metafiles.push(metafile);
}

/**
 * The types of the library: of its two doors, and of the files that those name. Each is written from its own text alone, so a
 * declaration that needs another file to be understood fails here, and nothing of the compiler’s own types gets out.
 */
function declarations() {
  const waiting = ['index.ts', 'runtime/index.ts'];
  for (const path of waiting) {
    const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(join('src', path), 'utf8'), {
      fileName: path,
      reportDiagnostics: true,
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.NodeNext,
        strict: true,
        isolatedDeclarations: true,
        verbatimModuleSyntax: true,
      },
    });
    for (const { messageText } of diagnostics) fail(`${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    for (const [, from] of outputText.matchAll(/from '(\.[^']*)'/g)) {
      const next = join(dirname(path), from).replaceAll('\\', '/');
      if (!waiting.includes(next)) waiting.push(next);
    }
    const target = join('dist/types', path.replace(/\.ts$/, '.d.ts'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText.replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) fail(`${command} ${args.join(' ')} ended with ${status}.`);
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
