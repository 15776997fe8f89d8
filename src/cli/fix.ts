import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { compile, validate } from '../compiler/compile.ts';
import { clean, findingData } from '../compiler/diagnostics/print.ts';
import { mend, over, type Judge, type Mended } from '../compiler/mend.ts';
import { waysOf, type Finding } from '../compiler/diagnostics/problem.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, formatFindings } from './formats.ts';
import { hunksOf } from './hunks.ts';
import { placesFrom, relocated } from './places.ts';
import { findProject, shown, type Project } from './project.ts';
import type { Terminal } from './terminal.ts';
import { catalogueFolder, runtimeFile, shippedFolder, versionOf, type Tool } from './tool.ts';
import { writeTogether } from './write.ts';

/** `eventsystem fix`: makes the corrections that need no choice, and says what is left. */
export async function runFix(values: ValuesOf<'fix'>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const project = findProject(values.argument, terminal.cwd);
  if ('problem' in project) {
    terminal.err(`${project.problem}\n`);
    return exitCodes.usage;
  }
  const { 'dry-run': dry = false, format = 'text', stage } = values.options;
  const mended = await mendedProject(project, stage, tool);
  if (!dry) write(project.root, mended.texts);
  const { left } = mended;
  terminal.out(format === 'json' ? asJson(mended, project, terminal) : asText(mended, { dry, project, terminal, tool }));
  return left.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok;
}

/** Corrects what `validate` finds; and where it leaves no error, what only `compile` can find: exports, and calls in code. */
async function mendedProject({ root, main }: Project, stage: string | undefined, tool: Tool): Promise<Mended> {
  const catalogue = installedCatalogue(catalogueFolder(tool));
  const options = { main, stage, catalogue };
  const files = new DiskFiles(root);
  const first = await mend(files, (now) => validate({ ...options, files: now }).findings);
  if (first.left.some(({ severity }) => severity === 'error')) return first;
  tool.optimise();
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-fix-'));
  try {
    const paths = { root, out: folder, cache: join(folder, 'cache'), shippedFolder: shippedFolder(tool), runtime: runtimeFile(tool) };
    const found: Judge = async (now) => (await compile({ ...options, ...paths, files: now, version: versionOf(tool) })).findings;
    // Where an error is found in code, what it calls is not looked at: that shows, and is new, when the error is gone.
    const errors: Judge = async (now) => (await found(now)).filter(({ severity }) => severity === 'error');
    const second = then(first, await mend(over(files, first.texts), errors));
    return then(second, await mend(over(files, second.texts), found));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const then = (one: Mended, next: Mended): Mended => ({
  fixed: [...one.fixed, ...next.fixed],
  texts: new Map([...one.texts, ...next.texts]),
  left: next.left,
});

function asJson({ fixed, texts, left }: Mended, { root }: Project, terminal: Terminal): string {
  const told = (findings: readonly Finding[]) => relocated(findings, root, placesFrom(terminal, 'json')).map(findingData);
  const files = [...texts.keys()].map((path) => shown(join(root, path), terminal.cwd));
  return `${JSON.stringify({ fixed: told(fixed), files, left: told(left) }, null, 2)}\n`;
}

interface Telling {
  readonly dry: boolean;
  readonly project: Project;
  readonly terminal: Terminal;
  readonly tool: Tool;
}

function asText(mended: Mended, { dry, project: { root, main }, terminal, tool }: Telling): string {
  const pathOf = (path: string) => shown(join(root, path), terminal.cwd);
  const made = reported(mended, dry, pathOf, terminal);
  const { left } = mended;
  if (left.length === 0) return made;
  const printed = formatFindings(relocated(left, root, placesFrom(terminal, 'text')), 'text', terminal.style, () => versionOf(tool));
  return `${made}\n${printed}${counted(left)} left in ${pathOf(main)}.${choices(left)}\n`;
}

/** All files or none; what a link leads to is written, and the link stays. */
function write(root: string, texts: Mended['texts']): void {
  const real = realpathSync(root);
  if (texts.size > 0)
    writeTogether(real, new Map([...texts].map(([path, text]) => [relative(real, realpathSync(join(root, path))), text])));
}

function reported({ fixed }: Mended, dry: boolean, pathOf: (path: string) => string, { style }: Terminal): string {
  if (fixed.length === 0) return 'Nothing to correct.\n';
  const lines = fixed.flatMap((finding) => [lineOf(finding, dry, pathOf), ...(dry ? changes(finding, style) : [])]);
  const many = fixed.length === 1 ? '1 correction' : `${fixed.length} corrections`;
  return `${lines.join('\n')}\n${many} ${dry ? 'would be made; no file was changed' : 'made'}.\n`;
}

/** `eventsystem.yml:3:12  Wrote 30 seconds`. */
function lineOf({ place, fix }: Finding, dry: boolean, pathOf: (path: string) => string): string {
  const { line, column } = place.source.position(place.span.start);
  const title = (fix?.title ?? '').replace(/^Did you mean (.*)\?$/, 'Write $1');
  return `${pathOf(place.source.path)}:${line}:${column}  ${clean(dry ? title : done(title))}`;
}

const PAST: Readonly<Record<string, string | undefined>> = { Write: 'Wrote', Put: 'Put', Swap: 'Swapped' };

/** What was to be done, as done: “Remove” is “Removed”. */
function done(title: string): string {
  const [verb = ''] = title.split(' ');
  return (PAST[verb] ?? (verb.endsWith('e') ? `${verb}d` : `${verb}ed`)) + title.slice(verb.length);
}

function changes({ fix }: Finding, style: Terminal['style']): readonly string[] {
  return hunksOf(fix?.edits ?? []).flatMap(({ before, after }) => [
    ...before.map((line) => style.faint(`  - ${clean(line)}`)),
    ...after.map((line) => `  + ${clean(line)}`),
  ]);
}

/** Where the author must choose, an editor shows the choices. */
function choices(left: readonly Finding[]): string {
  const many = left.filter(({ fix }) => fix?.choice && waysOf(fix).some(({ edits }) => (edits?.length ?? 0) > 0)).length;
  if (many === 0) return '';
  if (left.length === 1) return ' Your editor offers a fix for it.';
  return many === 1 ? ' Your editor offers fixes for one of them.' : ` Your editor offers fixes for ${many} of them.`;
}
