import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedCatalogue } from './cli/catalogue.ts';
import { DiskFiles } from './cli/disk.ts';
import { findProject, type Project } from './cli/project.ts';
import { catalogueFolder, runtimeFile, shippedFolder, versionOf } from './cli/tool.ts';
import { compile as compileSystem, validate as validateSystem } from './compiler/compile.ts';
import type { Finding } from './compiler/diagnostics/problem.ts';
import { costsOf } from './views/cost.ts';
import { permissionsOf } from './views/permissions.ts';

export { findingData, plainStyle, printFinding } from './compiler/diagnostics/print.ts';
export type { FindingData, Style } from './compiler/diagnostics/print.ts';
export type { CodedProblem, Edit, Finding, Fix, Problem, Related, Severity } from './compiler/diagnostics/problem.ts';
export { allProblems } from './compiler/problems.ts';
export { SourceText } from './compiler/text/source-text.ts';
export type { Place, Position, Span } from './compiler/text/source-text.ts';

// What is promised to other programs is said in this file, apart from the compiler’s own types, which may change.

export interface ValidateOptions {
  /** The system file, or the folder it is in. The current folder without it. */
  readonly file?: string;
  /** The stage; `dev` without it. */
  readonly stage?: string;
}

export interface CompileOptions extends ValidateOptions {
  /** Where the code of the functions is written to, in a folder `assets`. `.eventsystem/STAGE` beside the file without it. */
  readonly out?: string;
  /** Keeps bundles that need not be made again in `.eventsystem/cache` beside the file. On without a word. */
  readonly cache?: boolean;
}

export interface Validated {
  readonly findings: readonly Finding[];
}

export interface Compiled extends Validated {
  /** What was made; nothing where an error was found. */
  readonly artifacts: Artifacts | undefined;
}

export interface Artifacts {
  /** The folder of the artifacts, absolute. The code of the functions is in it already. */
  readonly out: string;
  /** All of the system in one. */
  readonly template: Template;
  /** What is deployed, in its order: that template, or several where it is too large for one stack. */
  readonly stacks: readonly Stack[];
  /** What an account needs once per region before its first system. */
  readonly bootstrap: Template;
  /** For each logical id the line that asked for it. */
  readonly origins: {
    readonly [id: string]: { readonly file: string; readonly line: number; readonly column: number; readonly path: string };
  };
  readonly manifest: Manifest;
  /** Every file that was read or looked for, from the project’s folder. */
  readonly inputs: readonly string[];
  readonly permissions: readonly Permission[];
  readonly costs: readonly Cost[];
}

/** One stack of a system, and what the values of its parameters come from: outputs of earlier stacks. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
  readonly handed: { readonly [parameter: string]: { readonly stack: string; readonly output: string } };
}

/** A template of CloudFormation: plain JSON. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description?: string;
  readonly Parameters?: { readonly [name: string]: unknown };
  readonly Conditions?: { readonly [name: string]: unknown };
  readonly Resources: { readonly [id: string]: TemplateResource };
  readonly Outputs?: { readonly [name: string]: unknown };
}

export interface TemplateResource {
  readonly Type: string;
  readonly Metadata?: object;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

/** What was made of what: for tools that ship the artifacts. */
export interface Manifest {
  readonly version: string;
  readonly system: string;
  readonly stage: string;
  readonly stack: string;
  readonly region?: string;
  readonly account?: string;
  /** The stacks of a system that is several, in the order they are deployed. */
  readonly stacks?: readonly { readonly name: string; readonly template: string; readonly handed: Stack['handed'] }[];
  readonly assets: readonly { readonly file: string; readonly bytes: number; readonly functions: readonly string[] }[];
}

/** One thing one role may do, and the line of the file that asked for it. */
export interface Permission {
  readonly role: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly resource: string;
  readonly when: string;
  readonly line: string;
  readonly reason: string;
}

/** Something that costs whether it is used or not: US dollars a month in us-east-1, where the price is known. */
export interface Cost {
  readonly path: string;
  readonly what: string;
  readonly monthly: number | undefined;
}

/**
 * Compiles a system of the disk. What is wrong with it is in `findings`, and with an error there are no artifacts.
 * The code of functions is written; the template and what goes with it is handed back. Rejects where there is no
 * such file, where the disk refuses, and on a bug of ours.
 */
export async function compile({ file, stage, out, cache = true }: CompileOptions = {}): Promise<Compiled> {
  const { root, main } = project(file);
  const folder = out === undefined ? join(root, '.eventsystem', stage ?? 'dev') : resolve(out);
  const { findings, artifacts } = await compileSystem({
    files: new DiskFiles(root),
    main,
    root,
    stage,
    out: folder,
    cache: cache ? join(root, '.eventsystem', 'cache') : undefined,
    catalogue: installedCatalogue(catalogueFolder(tool)),
    shippedFolder: shippedFolder(tool),
    runtime: runtimeFile(tool),
    version: versionOf(tool),
  });
  if (!artifacts) return { findings, artifacts };
  const { template, stacks, bootstrap, origins, manifest, inputs, system } = artifacts;
  return {
    findings,
    artifacts: {
      out: folder,
      template,
      stacks,
      bootstrap,
      origins,
      manifest,
      inputs,
      permissions: permissionsOf(system),
      costs: costsOf(template),
    },
  };
}

/** Says what is wrong with a system of the disk, in every stage, and makes nothing. Throws where there is no such file. */
export function validate({ file, stage }: ValidateOptions = {}): Validated {
  const { root, main } = project(file);
  const { findings } = validateSystem({ files: new DiskFiles(root), main, stage, catalogue: installedCatalogue(catalogueFolder(tool)) });
  return { findings };
}

/** The package: this file is one folder below it, in `src` and in `dist`. */
const tool = { folder: dirname(dirname(fileURLToPath(import.meta.url))) };

function project(file: string | undefined): Project {
  const found = findProject(file, process.cwd());
  if ('problem' in found) throw new Error(found.problem);
  return found;
}
