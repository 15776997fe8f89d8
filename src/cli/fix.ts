import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { clean } from '../compiler/diagnostics/print.ts';
import { mend, type Mended } from '../compiler/mend.ts';
import { waysOf, type Finding } from '../compiler/diagnostics/problem.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, formatFindings } from './formats.ts';
import { hunksOf } from './hunks.ts';
import { placesFrom, relocated } from './places.ts';
import { findProject, shown } from './project.ts';
import type { Terminal } from './terminal.ts';
import { catalogueFolder, versionOf, type Tool } from './tool.ts';
import { writeTogether } from './write.ts';

/** `eventsystem fix`: makes the corrections that need no choice, and says what is left. */
export function runFix(values: ValuesOf<'fix'>, terminal: Terminal, tool: Tool): ExitCode {
  const project = findProject(values.argument, terminal.cwd);
  if ('problem' in project) {
    terminal.err(`${project.problem}\n`);
    return exitCodes.usage;
  }
  const { root, main } = project;
  const dry = values.options['dry-run'] === true;
  const catalogue = installedCatalogue(catalogueFolder(tool));
  const mended = mend({ files: new DiskFiles(root), main, stage: values.options.stage, catalogue });
  if (!dry) write(root, mended.texts);
  const pathOf = (path: string) => shown(join(root, path), terminal.cwd);
  terminal.out(reported(mended, dry, pathOf, terminal));
  const { left } = mended;
  if (left.length > 0) {
    const printed = formatFindings(relocated(left, root, placesFrom(terminal, 'text')), 'text', terminal.style, () => versionOf(tool));
    terminal.out(`\n${printed}${counted(left)} left in ${pathOf(main)}.${choices(left)}\n`);
  }
  return left.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok;
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
  if (left.length === 1) return ' An editor offers to correct it.';
  return many === 1 ? ' An editor offers a correction for one of them.' : ` An editor offers corrections for ${many} of them.`;
}
