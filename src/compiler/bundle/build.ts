import type { BuildOptions, BuildResult, Message, Metafile } from 'esbuild';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Request, Requested } from './requests.ts';

/** What esbuild made of one handler’s file. */
export interface Built {
  readonly code: Uint8Array;
  readonly map: Uint8Array;
  /** The names it exports; `default` alone for CommonJS. */
  readonly exports: readonly string[];
  readonly entry: string;
  /** Every file in it, as esbuild names them: relative to the project’s folder. */
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
}

/** Runs esbuild once for all bundles that agree in their options. */
export async function build(all: readonly Requested[], settings: BuildSettings): Promise<BuildAnswer> {
  const { build: run } = await import('esbuild');
  const groups = new Map<string, Requested[]>();
  for (const one of all) {
    const { target, sdk, external, minify } = one.request;
    const key = JSON.stringify([target, sdk, external, minify]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const built = new Map<string, Built>();
  const errors: BuildError[] = [];
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const [first] = group;
      if (!first) return;
      try {
        const result = await run(optionsOf([...new Set(group.map(({ request }) => request.file))], first.request, settings));
        for (const [file, one] of outputsOf(result, settings.root)) for (const { key, request } of group) if (request.file === file) built.set(key, one);
      } catch (error) {
        errors.push(...(await attributed(messagesOf(error), group, settings, run)));
      }
    }),
  );
  return { built, errors };
}

type Result = BuildResult<{ write: false; metafile: true }>;

function optionsOf(files: readonly string[], { target, sdk, external, minify }: Request, { root, runtime }: BuildSettings) {
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
    // Beside the code, so that the sources it names are relative to the project.
    outdir: root,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
    alias: { 'eventsystem/runtime': runtime },
    external: [...(sdk ? [] : ['@aws-sdk/*', '@smithy/*']), ...external],
    // CommonJS packages ask for Node’s modules by `require`, which an ECMAScript module does not have.
    banner: { js: "import{createRequire as $require}from'node:module';globalThis.require??=$require(import.meta.url);" },
    // Settings above the project’s folder decide nothing.
    ...(existsSync(tsconfig) ? { tsconfig } : { tsconfigRaw: '{}' }),
  } satisfies BuildOptions;
}

function outputsOf({ metafile, outputFiles }: Result, root: string): ReadonlyMap<string, Built> {
  const contents = new Map(outputFiles.map(({ path, contents: bytes }) => [relative(root, path).replaceAll('\\', '/'), bytes]));
  const nothing = new Uint8Array();
  const found = new Map<string, Built>();
  for (const [name, { entryPoint, exports, inputs }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined) continue;
    const [code, map] = [contents.get(name) ?? nothing, contents.get(`${name}.map`) ?? nothing];
    found.set(name.replace(/\.mjs$/, ''), { code, map, exports, entry: entryPoint, inputs: Object.keys(inputs), metafile });
  }
  return found;
}

function messagesOf(error: unknown): readonly Message[] {
  if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)) return error.errors as readonly Message[];
  throw error;
}

/** Which handler an error belongs to: its own file, else the first whose bundle alone fails with it. */
async function attributed(messages: readonly Message[], group: readonly Requested[], settings: BuildSettings, run: typeof import('esbuild').build): Promise<readonly BuildError[]> {
  const found: BuildError[] = [];
  const left = new Map(messages.map((message) => [textOf(message).join(' '), message]));
  const take = (requested: Requested, message: Message) => {
    const [at, text] = textOf(message);
    if (left.delete(`${at} ${text}`)) found.push({ requested, at: at === '' ? requested.request.file : at, text });
  };
  for (const message of messages) {
    const requested = group.find(({ request }) => request.file === message.location?.file);
    if (requested) take(requested, message);
  }
  for (const requested of group) {
    if (left.size === 0) break;
    try {
      await run(optionsOf([requested.request.file], requested.request, settings));
    } catch (error) {
      for (const message of messagesOf(error)) take(requested, message);
    }
  }
  return found;
}

function textOf({ text, location }: Message): readonly [string, string] {
  return [location ? `${location.file}:${location.line}:${location.column + 1}` : '', text.replace(/\.$/, '')];
}
