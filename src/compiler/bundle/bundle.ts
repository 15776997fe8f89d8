import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { SdkCall } from '../cloud/sdk-call.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Fn, Model } from '../resolve/model.ts';
import { keyOf, type Code, type Shipped, type ShippedCode } from '../resources/meaning.ts';
import { build, type Built } from './build.ts';
import { Cache, type Made } from './cache.ts';
import { Confines, extendedBy, isSecretFile, unreadableIn } from './confine.ts';
import { fitting } from './copied.ts';
import { entryOf, HANDLER, HANDLER_FILE } from './entry.ts';
import { mayTakeCallback, namesOf, pick, takesCallback, withoutTypes } from './exports.ts';
import { bringAll, type Brought } from './brought.ts';
import { importerOf, secretsAmong } from './facts.ts';
import { foreignCode, type Foreign } from './foreign.ts';
import { judge, type ReadsFailures } from './judge.ts';
import { Press } from './press.ts';
import { bundleProblems } from './problems.ts';
import { requestsOf, type CorsRule, type Requested } from './requests.ts';
import { surroundingsOf } from './surroundings.ts';

export interface BundleOptions {
  /** The project’s folder, absolute. */
  readonly root: string;
  /** The folder the zips go to, absolute. */
  readonly assets: string;
  /** The folder that remembers bundles made before, absolute. */
  readonly cache: string | undefined;
  /** How the answers of a function behind an API are marked for web pages. */
  readonly corsOf: (fn: Fn) => CorsRule | undefined;
  /** Whether Lambda reads from the answers to a source which records failed. */
  readonly readsFailures: ReadsFailures;
  /** Functions that eventsystem brings along and this system needs. */
  readonly shipped: readonly Shipped[];
  /** The folder with their code, absolute. */
  readonly shippedFolder: string;
  /** The library that handlers import as `eventsystem/runtime`, absolute. */
  readonly runtime: string;
  /** The compiler’s version. */
  readonly version: string;
}

export interface Asset {
  /** `<sha256>.zip`, in the folder of assets. */
  readonly file: string;
  readonly bytes: number;
}

/** The code of a system’s functions, zipped and written. */
export interface Bundled {
  code(fn: Fn): Code;
  shipped(one: Shipped): ShippedCode;
  /** The commands of the AWS SDK seen in a function’s code. */
  calls(fn: Fn): readonly SdkCall[];
  readonly assets: readonly Asset[];
  /** Every file that decided something, from the project’s folder. */
  readonly inputs: readonly string[];
}

/**
 * Bundles the handlers of a system with esbuild, one bundle per function, and writes a zip for each: named by what is
 * in it, so that the same sources give the same names and bytes on any machine. A bundle whose inputs did not change
 * is not made again. What is wrong with a handler is reported; a rejection is a bug.
 */
export async function bundle(model: Model, options: BundleOptions, report: Report): Promise<Bundled> {
  const { root, assets, version } = options;
  const all = requestsOf(model, options.corsOf, version);
  const confines = new Confines(root, [dirname(options.runtime)]);
  const made = new Map<string, Made>();
  if (isSafe(all, confines, report)) {
    const cache = new Cache(confines.root, assets, options.cache, `esbuild ${esbuildVersion(options)}`);
    const copied = new Map(all.map((requested) => [requested.key, copiedFiles(requested, confines, report)]));
    for (const { key } of all) {
      const found = cache.find(key, copied.get(key) ?? []);
      if (found) made.set(key, found);
    }
    const stale = all.filter(({ key }) => !made.has(key));
    if (stale.length > 0 && isReadable(stale, confines, report))
      for (const [key, one] of await makeAll(stale, copied, options, confines, report)) made.set(key, one);
    for (const { key } of stale) {
      const one = made.get(key);
      if (one) cache.keep(key, one, surroundingsOf(one.inputs, confines).folders);
    }
    cache.save(all.map(({ key }) => key));
    for (const requested of all) judge(requested, made.get(requested.key), options.readsFailures, report);
  }
  return bundled(all, { made, foreign: foreignCode(model, { assets, confines }, report), brought: bringAll(options, report) });
}

/** Read without loading esbuild, which a compilation without changes does not need. */
function esbuildVersion({ shippedFolder }: BundleOptions): string {
  const { version } = createRequire(join(shippedFolder, 'here.js'))('esbuild/package.json') as { readonly version: string };
  return version;
}

/** What could lead esbuild out of the project, or replace it. */
function isSafe(all: readonly Requested[], confines: Confines, report: Report): boolean {
  const first = all[0]?.functions[0];
  if (!first) return true;
  if (process.env['ESBUILD_BINARY_PATH'] !== undefined) {
    report(bundleProblems['esbuild-replaced'], first.handlerPlace, {});
    return false;
  }
  let safe = true;
  for (const { file, extended } of extendedBy(confines.root)) {
    if (confines.admits(extended)) continue;
    report(bundleProblems['tsconfig-outside-project'], first.handlerPlace, { file: file.slice(confines.root.length + 1), extended });
    safe = false;
  }
  for (const { request, functions } of all) {
    if (confines.admits(request.file)) continue;
    for (const { handlerPlace } of functions) report(bundleProblems['input-outside-project'], handlerPlace, { file: request.file });
    safe = false;
  }
  return safe;
}

/** Whether esbuild will come to the end of whatever it reads. */
function isReadable([first]: readonly Requested[], { root }: Confines, report: Report): boolean {
  const place = first?.functions[0]?.handlerPlace;
  const files = unreadableIn(root);
  if (place) for (const file of files) report(bundleProblems['no-ordinary-file'], place, { file });
  return files.length === 0;
}

type Copied = ReadonlyMap<string, readonly string[]>;

async function makeAll(
  stale: readonly Requested[],
  copied: Copied,
  options: BundleOptions,
  confines: Confines,
  report: Report,
): Promise<ReadonlyMap<string, Made>> {
  // The threads start while esbuild works.
  const press = new Press(join(dirname(options.shippedFolder), 'finish-worker.cjs'), stale.length);
  const beside = dirname(options.assets);
  mkdirSync(beside, { recursive: true });
  const folder = mkdtempSync(join(beside, '.bundles-'));
  try {
    return await finishAll(stale, copied, { ...options, runtime: realpathSync(options.runtime), press, folder }, confines, report);
  } finally {
    await press.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is needed to make bundles: threads, and a folder for what is not finished. */
type Making = BundleOptions & { readonly press: Press; readonly folder: string };

async function finishAll(
  stale: readonly Requested[],
  copied: Copied,
  options: Making,
  confines: Confines,
  report: Report,
): Promise<ReadonlyMap<string, Made>> {
  const { runtime, folder } = options;
  const { built, errors } = await build(stale, { root: confines.root, runtime, folder });
  for (const { requested, at, text } of errors)
    for (const { handlerPlace } of requested.functions.slice(0, 1)) report(bundleProblems['cannot-bundle'], handlerPlace, { at, text });
  const finished = await Promise.all(
    stale.map(async (requested) => {
      const one = built.get(requested.key);
      return [requested.key, one && (await make(requested, one, copied.get(requested.key) ?? [], options, confines, report))] as const;
    }),
  );
  return new Map(finished.flatMap(([key, made]) => (made ? [[key, made] as const] : [])));
}

/** One bundle: judged, zipped and written with its source map beside it. */
async function make(
  requested: Requested,
  built: Built,
  copied: readonly string[],
  { assets, press, runtime }: Making,
  confines: Confines,
  report: Report,
): Promise<Made | undefined> {
  const { request, functions } = requested;
  const { root } = confines;
  const place = functions[0]?.handlerPlace;
  if (!place || !admitted(requested, built, confines, report)) return undefined;
  const written = readFileSync(join(root, request.file), 'utf8');
  const commonJs = built.metafile.inputs[built.entry]?.format === 'cjs';
  // Looking closer takes esbuild once more, so only those are looked at who may need it.
  const source = commonJs || mayTakeCallback(written) ? await withoutTypes(request.file, written) : '';
  const picked = pick(requested, built, commonJs ? await namesOf(source) : [], report);
  const [carried] = secretsAmong(copied, root);
  const entry = picked && !carried ? entryOf(picked, request.cors) : undefined;
  const library = `${relative(root, dirname(runtime)).replaceAll('\\', '/')}/`;
  const found = await press.finish({ file: request.file, code: built.code, entry, copied, root, assets, library });
  const secret = carried ?? (found.secret === undefined ? undefined : whereIs(found.secret, built, root));
  if (secret) report(bundleProblems['secret-in-code'], place, { ...secret, file: secret.file ?? request.file });
  else if (picked && found.largest.length > 0)
    report(bundleProblems['bundle-too-large'], place, { size: `${Math.ceil(found.size / 2 ** 20)} MiB`, most: found.largest });
  if (!picked || !found.zip) return undefined;
  return {
    ...found.zip,
    calls: found.commands.map((command) => ({ ...command, file: importerOf(command.service, built, confines) })),
    answersFailures: found.answersFailures,
    looksUp: found.looksUp,
    takesCallback: takesCallback(source, picked),
    inputs: [...new Set([...built.inputs, ...surroundingsOf(built.inputs, confines).settings])].sort(),
    copied,
  };
}

/** The file a secret of a bundle stands in; none where only the bundle as a whole shows it. */
function whereIs(what: string, { inputs }: Built, root: string): { readonly what: string; readonly file: string | undefined } {
  return { what, file: secretsAmong(inputs, root).find((one) => one.what === what)?.file };
}

/** Whether a bundle holds only what may travel; what may not is reported. */
function admitted({ functions }: Requested, { inputs }: Built, confines: Confines, report: Report): boolean {
  const [first] = functions;
  if (!first) return false;
  const outside = inputs.filter((path) => !confines.admits(path));
  const secret = inputs.filter((path) => isSecretFile(path));
  for (const file of outside) report(bundleProblems['input-outside-project'], first.handlerPlace, { file });
  for (const file of secret) report(bundleProblems['secret-file'], first.handlerPlace, { file });
  return outside.length === 0 && secret.length === 0;
}

/** The files that travel with a bundle; what may not is reported. */
function copiedFiles({ request, functions }: Requested, confines: Confines, report: Report): readonly string[] {
  const [first] = functions;
  if (!first) return [];
  const written = first.written.at('files');
  const found = new Set<string>();
  (first.settings.files ?? []).forEach((pattern, index) => {
    if (!request.files.includes(pattern)) return;
    const place = written.parts.get(String(index))?.place ?? written.place;
    const fits = fitting(confines.root, pattern);
    if (fits.length === 0) report(bundleProblems['nothing-to-copy'], place, { pattern });
    for (const file of fits.filter((path) => !found.has(path))) {
      found.add(file);
      if (isSecretFile(file)) report(bundleProblems['secret-file'], place, { file, named: true });
      else if (!confines.contains(file)) report(bundleProblems['input-outside-project'], place, { file });
      else if (file === 'index.mjs' || file === HANDLER_FILE) report(bundleProblems['file-in-the-way'], place, { file });
    }
  });
  return [...found].filter((file) => !isSecretFile(file) && confines.contains(file)).sort();
}

interface Ready {
  readonly made: ReadonlyMap<string, Made>;
  readonly foreign: ReadonlyMap<Fn, Foreign>;
  readonly brought: ReadonlyMap<string, Brought>;
}

function bundled(all: readonly Requested[], { made, foreign, brought }: Ready): Bundled {
  const byFunction = new Map(all.flatMap(({ key, functions }) => functions.map((fn) => [fn, made.get(key)] as const)));
  const files = new Map(
    [...made.values(), ...brought.values(), ...[...foreign.values()].map(({ code, bytes }) => ({ file: code.file, bytes }))].map(
      ({ file, bytes }) => [file, { file, bytes }] as const,
    ),
  );
  return {
    code: (fn) => foreign.get(fn)?.code ?? { file: byFunction.get(fn)?.file ?? '', handler: HANDLER },
    shipped: (one) => {
      const { file = '', carries = '' } = brought.get(keyOf(one)) ?? {};
      return { file, carries, handler: HANDLER };
    },
    calls: (fn) => byFunction.get(fn)?.calls ?? [],
    assets: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    inputs: [
      ...new Set([
        ...[...made.values()].flatMap(({ inputs, copied }) => [...inputs, ...copied]),
        ...[...foreign.values()].map(({ input }) => input),
      ]),
    ].sort(),
  };
}
