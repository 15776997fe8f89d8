import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { compile, compileBootstrap, type Artifacts } from '../compiler/compile.ts';
import type { Template } from '../compiler/emit/emit.ts';
import { clean, plainStyle, type Style } from '../compiler/diagnostics/print.ts';
import type { Finding } from '../compiler/diagnostics/problem.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles, reasonOf } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, formatFindings } from './formats.ts';
import { placesFrom, relocated } from './places.ts';
import { templateFile } from '../compiler/manifest.ts';
import { findProject, shown, type Project } from './project.ts';
import { keepRecord } from './record.ts';
import { printSummary } from './summary.ts';
import { colours, type Terminal } from './terminal.ts';
import { catalogueFolder, runtimeFile, shippedFolder, versionOf, type Tool } from './tool.ts';
import { removeOurs, writeTogether } from './write.ts';
import { templateYaml, YAML_BEGINNING } from './yaml.ts';

/** `eventsystem compile`: what is wrong with the system, or all it needs to be deployed. */
export async function runCompile(values: ValuesOf<'compile'>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const { format = 'text', yaml = false } = values.options;
  const began = Date.now();
  const made = await built(values, terminal, tool);
  if (typeof made === 'number') return made;
  const { project, out, artifacts, findings } = made;
  const { root, main } = project;
  const version = versionOf(tool);
  const told = relocated(findings, root, placesFrom(terminal, format));
  const say = (style: Style): string =>
    formatFindings(told, format, style, () => version) +
    (format === 'text' ? ending({ told, artifacts, file: join(root, main), out, cwd: terminal.cwd }, style) : '');
  terminal.out(say(terminal.style));
  if (!artifacts) return exitCodes.findings;
  const inputs = [...artifacts.inputs.map((path) => resolve(root, path)), ...ownFiles(tool)];
  const outputs = [...artifactFiles(artifacts, yaml).keys(), ...artifacts.assets.map(({ file }) => `assets/${file}`)].map((path) =>
    join(out, path),
  );
  keepRecord(
    { command: 'compile', project, values, terminal },
    { began, inputs, outputs, said: { plain: say(plainStyle), coloured: say(colours) }, code: exitCodes.ok },
  );
  return exitCodes.ok;
}

/** What a command that compiles was told. */
export interface BuildValues {
  readonly argument: string | undefined;
  readonly options: { readonly stage?: string; readonly out?: string; readonly yaml?: true };
}

/** A system as it was compiled, and written where its artifacts go; without artifacts, where it has an error. */
export interface Built {
  readonly project: Project;
  /** The artifacts’ folder, absolute. */
  readonly out: string;
  readonly findings: readonly Finding[];
  readonly artifacts: Artifacts | undefined;
}

/** Compiles, and writes what was made; a code where there is nothing to compile or nowhere to write. */
export async function built(values: BuildValues, terminal: Terminal, tool: Tool): Promise<Built | ExitCode> {
  const project = findProject(values.argument, terminal.cwd);
  if ('problem' in project) {
    terminal.err(`${project.problem}\n`);
    return exitCodes.usage;
  }
  const { root, main } = project;
  const out = outFolder(values, root, terminal.cwd);
  const { stage, yaml = false } = values.options;
  tool.optimise();
  try {
    const { findings, artifacts } = await compile({
      files: new DiskFiles(root),
      main,
      root,
      stage,
      out,
      cache: join(root, '.eventsystem', 'cache'),
      catalogue: installedCatalogue(catalogueFolder(tool)),
      shippedFolder: shippedFolder(tool),
      runtime: runtimeFile(tool),
      version: versionOf(tool),
    });
    if (artifacts) {
      const files = artifactFiles(artifacts, yaml);
      writeTogether(out, files);
      removeLeft(out, files);
    }
    return { project, out, findings, artifacts };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const path = 'path' in error && typeof error.path === 'string' ? error.path : out;
    terminal.err(`${clean(shown(path, terminal.cwd))} cannot be written: ${reasonOf(error)}.\n`);
    return exitCodes.disk;
  }
}

interface Told {
  readonly told: readonly Finding[];
  readonly artifacts: Artifacts | undefined;
  readonly file: string;
  readonly out: string;
  readonly cwd: string;
}

/** What a person reads behind the findings. */
function ending({ told, artifacts, file, out, cwd }: Told, style: Style): string {
  if (!artifacts) return `${counted(told)} in ${shown(file, cwd)}; nothing was written.\n`;
  return (told.length === 0 ? '' : `${counted(told)}.\n\n`) + printSummary(artifacts, shown(out, cwd), style);
}

function outFolder({ options: { out, stage = 'dev' } }: BuildValues, root: string, cwd: string): string {
  return out === undefined ? join(root, '.eventsystem', stage) : resolve(cwd, out);
}

/** The artifacts by their names. The template is the last one to be replaced: whoever sees it sees what belongs to it. */
function artifactFiles({ stacks, origins, bootstrap, manifest }: Artifacts, yaml: boolean): ReadonlyMap<string, string> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['bootstrap.template.json', json(bootstrap)],
    ['manifest.json', json(manifest)],
    ['template.origins.json', json(origins)],
    ...stacks.flatMap((one) => {
      const file = templateFile(one, manifest);
      return [...(yaml ? [[file.replace(/json$/, 'yaml'), templateYaml(one.template)] as const] : []), [file, json(one.template)] as const];
    }),
  ]);
}

/** Takes away templates of an earlier compilation that this one does not have: of stacks, or in YAML. */
function removeLeft(out: string, files: ReadonlyMap<string, string>): void {
  for (const name of readdirSync(out)) {
    if (files.has(name) || !/^([a-z0-9-]+\.)?template\.(json|yaml)$/.test(name)) continue;
    removeOurs(join(out, name), name.endsWith('yaml') ? YAML_BEGINNING : '{\n  "AWSTemplateFormatVersion"');
  }
}

/** The compiler itself is an input, too: another version makes other things. */
function ownFiles({ folder }: Tool): readonly string[] {
  const require = createRequire(join(folder, 'package.json'));
  return [join(folder, 'package.json'), join(folder, 'dist', 'cli', 'compile.cjs'), require.resolve('esbuild/package.json')];
}

/** The stack that an account needs once per region, for those who have no system yet. */
export function bootstrapTemplate(tool: Tool): Promise<Template> {
  return compileBootstrap(installedCatalogue(catalogueFolder(tool)));
}
