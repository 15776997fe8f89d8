import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { ValuesOf } from './commands.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Project } from './project.ts';
import type { Terminal } from './terminal.ts';

/** What a run of a command read, made and said, so that the next one can see at a glance that nothing has changed. */
interface RunRecord {
  readonly key: string;
  /** Size, time of the content and time of the entry, by path; nothing where no such file was. */
  readonly files: Readonly<Record<string, Stamp | null>>;
  /** The names in each folder of the project that something was read from: a new file can stand in for an old one. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  readonly said: Said;
  readonly code: ExitCode;
}

type Stamp = readonly [size: number, modified: number, changed: number];

/** What was printed, without colours and with them. */
export interface Said {
  readonly plain: string;
  readonly coloured: string;
}

/** Which run is meant. */
export interface Occasion {
  readonly command: 'compile' | 'validate';
  readonly project: Project;
  readonly values: ValuesOf<'compile' | 'validate'>;
  readonly terminal: Terminal;
}

/** What the last run said and ended with, if it was this one, and its inputs and outputs are as it left them. */
export function recordedRun(occasion: Occasion): Pick<RunRecord, 'said' | 'code'> | undefined {
  let record: RunRecord;
  try {
    record = JSON.parse(readFileSync(recordPath(occasion), 'utf8')) as RunRecord;
    if (record.key !== keyOf(occasion)) return undefined;
    for (const [path, stamp] of Object.entries(record.files)) if (!alike(stampOf(path), stamp)) return undefined;
    for (const [path, names] of Object.entries(record.folders)) if (namesIn(path).join('\0') !== names.join('\0')) return undefined;
  } catch {
    // No record, or one that cannot be read: what it would save is made again.
    return undefined;
  }
  return record;
}

export interface Happened {
  /** When the run began, in milliseconds. */
  readonly began: number;
  /** Files that were read or looked for, absolute. */
  readonly inputs: readonly string[];
  /** Files that were made, absolute. */
  readonly outputs: readonly string[];
  readonly said: Said;
  readonly code: ExitCode;
}

/** Keeps the record of a run. None is kept where a file changed while it ran: nobody knows which text was read. */
export function keepRecord(occasion: Occasion, happened: Happened): void {
  try {
    const record = recordOf(occasion, happened);
    if (!record) return;
    const path = recordPath(occasion);
    const beside = `${path}.${process.pid}.tmp`;
    keepFolder(dirname(path));
    writeFileSync(beside, JSON.stringify(record));
    renameSync(beside, path);
  } catch {
    // A project that cannot be written to, or one that names folders there are none of, is looked at anew each time.
  }
}

function recordOf(occasion: Occasion, { began, inputs, outputs, said, code }: Happened): RunRecord | undefined {
  const { root } = occasion.project;
  const folders = foldersOf(inputs);
  const settings = [...folders].flatMap((folder) => [join(folder, 'package.json'), join(folder, 'tsconfig.json')]);
  const read = new Map([...inputs, ...settings].map((path) => [path, stampOf(path)]));
  for (const stamp of read.values()) if (stamp && newest(stamp) >= began - grain(stamp)) return undefined;
  const own = [...folders].filter((folder) => (folder === root || folder.startsWith(root + sep)) && !folder.includes(`${sep}node_modules`));
  return {
    key: keyOf(occasion),
    files: Object.fromEntries(
      [...read, ...outputs.map((path) => [path, stampOf(path)] as const)].map(([path, stamp]) => [path, stamp ?? null]),
    ),
    folders: Object.fromEntries(own.map((folder) => [folder, namesIn(folder)])),
    said,
    code,
  };
}

/** Nobody means to keep it under version control. */
function keepFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** In the project’s own folder, wherever the artifacts go. A stage is a name only when the compiler has said so. */
function recordPath({ command, project, values }: Occasion): string {
  const stage = values.options.stage ?? 'dev';
  return join(project.root, '.eventsystem', 'cache', `${command}-${/^[a-z0-9-]{1,64}$/.test(stage) ? stage : 'unknown'}.json`);
}

/** Everything besides files that decides what comes out and how it is told. */
function keyOf({ command, project, values, terminal }: Occasion): string {
  const { GITHUB_WORKSPACE, NODE_PATH, ESBUILD_BINARY_PATH } = terminal.environment;
  return JSON.stringify([command, project, values, terminal.cwd, GITHUB_WORKSPACE, NODE_PATH, ESBUILD_BINARY_PATH]);
}

function stampOf(path: string): Stamp | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && [found.size, found.mtimeMs, found.ctimeMs];
}

function alike(one: Stamp | undefined, other: Stamp | null | undefined): boolean {
  if (!one || !other) return !one && !other;
  return one.every((part, index) => part === other[index]);
}

function newest([, modified, changed]: Stamp): number {
  return Math.max(modified, changed);
}

/** How far apart two changes must be to have different times: a tick of the kernel, or where only seconds are kept, two of them. */
function grain([, , changed]: Stamp): number {
  return changed % 1000 === 0 ? 2000 : 20;
}

/** The folders that files stand in, and all above them: a compiler looks for its settings on the way up. */
function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  return folders;
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name !== '.eventsystem')
    .sort();
}
