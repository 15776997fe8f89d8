import type { BuildOptions, BuildResult, Message, Metafile, Plugin } from 'esbuild';
import { existsSync, mkdtempSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Reach } from './reach.ts';
import type { Request, Requested } from './requests.ts';

/** What esbuild made of one handler’s file. */
export interface Built {
  /** The file it wrote, absolute; its source map lies beside it as `.map`. */
  readonly code: string;
  /** The names it exports; `default` alone for CommonJS. */
  readonly exports: readonly string[];
  readonly entry: string;
  /** Every file that was read for it, as esbuild names them: relative to the project’s folder. */
  readonly inputs: readonly string[];
  readonly metafile: Metafile;
}

export type BuildAnswer = { readonly built: ReadonlyMap<string, Built>; readonly errors: readonly BuildError[] };

export interface BuildError {
  readonly requested: Requested;
  readonly at: string;
  readonly text: string;
}

export interface BuildSettings {
  readonly root: string;
  /** Where `eventsystem/runtime` lies: the library that belongs to this compiler. */
  readonly runtime: string;
  /** A folder of its own, absolute: bundles are written there, since a pipe would take longer and memory hold them all. */
  readonly folder: string;
}

/** Runs esbuild once for all bundles that agree in their options; where that fails, each bundle alone, so that every mistake is found. */
export async function build(all: readonly Requested[], settings: BuildSettings): Promise<BuildAnswer> {
  const groups = new Map<string, Requested[]>();
  for (const one of all) {
    const { target, sdk, external, minify } = one.request;
    const key = JSON.stringify([target, sdk, external, minify]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const built = new Map<string, Built>();
  const failed: BuildError[] = [];
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const files = [...new Set(group.map(({ request }) => request.file))];
      const together = await run(files, group, settings);
      const answers =
        'messages' in together && files.length > 1 ? await Promise.all(files.map((file) => run([file], group, settings))) : [together];
      answers.forEach((answer, index) => {
        if ('messages' in answer) failed.push(...errorsOf(answer.messages, files[index] ?? '', group));
        else for (const { key, request } of group) addTo(built, key, answer.built.get(request.file));
      });
    }),
  );
  return { built, errors: withoutRepeats(failed) };
}

function addTo<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value !== undefined) map.set(key, value);
}

type Answer = { readonly built: ReadonlyMap<string, Built> } | { readonly messages: readonly Message[] };

async function run(files: readonly string[], [first]: readonly Requested[], settings: BuildSettings): Promise<Answer> {
  if (!first) return { built: new Map() };
  const esbuild = await import('esbuild');
  try {
    // Runs that differ in their options may be of the same files.
    const folder = mkdtempSync(join(settings.folder, 'run-'));
    return { built: outputsOf(await esbuild.build(optionsOf(files, first.request, { ...settings, folder })), { ...settings, folder }) };
  } catch (error) {
    return { messages: messagesOf(error) };
  }
}

type Result = BuildResult<{ metafile: true }>;

function optionsOf(files: readonly string[], { target, sdk, external, minify }: Request, { root, runtime, folder }: BuildSettings) {
  const tsconfig = join(root, 'tsconfig.json');
  return {
    absWorkingDir: root,
    entryPoints: files.map((file) => ({ in: join(root, file), out: file })),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target,
    minify,
    charset: 'utf8',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
    alias: { 'eventsystem/runtime': runtime },
    external: [...(sdk ? [] : ['@aws-sdk/*', '@smithy/*']), ...external],
    // What CommonJS packages ask Node for, which an ECMAScript module does not have.
    banner: {
      js: "import{createRequire as $require}from'node:module';globalThis.require??=$require(import.meta.url);globalThis.__filename??=import.meta.filename;globalThis.__dirname??=import.meta.dirname;",
    },
    plugins: [withoutDevices],
    // Settings above the project’s folder decide nothing.
    ...(existsSync(tsconfig) ? { tsconfig } : { tsconfigRaw: '{}' }),
  } satisfies BuildOptions;
}

/** What Unix shows as files and is none may have no end: `import '/dev/zero'`. */
const withoutDevices: Plugin = {
  name: 'without-devices',
  setup: ({ onLoad }) =>
    onLoad({ filter: /^\/(dev|proc|sys)\// }, ({ path }) => ({ errors: [{ text: `${path} is no file of a project` }] })),
};

function outputsOf({ metafile }: Result, { root, folder }: BuildSettings): ReadonlyMap<string, Built> {
  const found = new Map<string, Built>();
  const reach = new Reach(metafile.inputs);
  for (const [name, { entryPoint, exports }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined) continue;
    const code = resolve(root, name);
    const file = relative(folder, code).replaceAll('\\', '/');
    found.set(file.replace(/\.mjs$/, ''), { code, exports, entry: entryPoint, inputs: reach.from(entryPoint), metafile });
  }
  return found;
}

function messagesOf(error: unknown): readonly Message[] {
  if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors))
    return error.errors as readonly Message[];
  throw error;
}

function errorsOf(messages: readonly Message[], file: string, group: readonly Requested[]): readonly BuildError[] {
  const requested = group.find(({ request }) => request.file === file);
  if (!requested) return [];
  return messages.map(({ text, location }) => ({
    requested,
    at: location ? `${location.file}:${location.line}:${location.column + 1}` : file,
    text: text.replace(/\.$/, ''),
  }));
}

/** A mistake in a file of several handlers is told once: at the handler whose own file it is, else at the first. */
function withoutRepeats(errors: readonly BuildError[]): readonly BuildError[] {
  const isOwn = ({ requested, at }: BuildError) => at.startsWith(`${requested.request.file}:`);
  const found = new Map<string, BuildError>();
  for (const one of [...errors.filter(isOwn), ...errors]) if (!found.has(`${one.at} ${one.text}`)) found.set(`${one.at} ${one.text}`, one);
  return [...found.values()];
}
