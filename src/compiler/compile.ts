import { corsOf } from './apis/cors.ts';
import type { Bundled } from './bundle/bundle.ts';
import type { Catalogue } from './cloud/catalogue.ts';
import type { Part } from './cloud/part.ts';
import { constructs } from './constructs.ts';
import { Findings } from './diagnostics/problem.ts';
import type { EmitOptions, Origins, Template } from './emit/emit.ts';
import type { SystemStack } from './emit/stacks/split.ts';
import { manifestOf, type Manifest } from './manifest.ts';
import type { Model } from './resolve/model.ts';
import { contextOf } from './resources/context.ts';
import type { Context } from './resources/meaning.ts';
import { readsFailures } from './sources/sources.ts';
import { Recording, type Files } from './text/files.ts';
import { accepted } from './verify/accept.ts';
import { understand, type Validated, type ValidateOptions } from './validate.ts';

export type { Manifest } from './manifest.ts';
export { validate, type Validated, type ValidateOptions } from './validate.ts';

export interface CompileOptions extends ValidateOptions {
  /** The project’s folder, absolute. */
  readonly root: string;
  /** The folder the artifacts go to, absolute. */
  readonly out: string;
  /** The folder of bundles that need not be made again, absolute; none without it. */
  readonly cache: string | undefined;
  /** The folder with the code of functions that eventsystem brings along, absolute. */
  readonly shippedFolder: string;
  /** The library that handlers import as `eventsystem/runtime`, absolute. */
  readonly runtime: string;
  /** The compiler’s version. */
  readonly version: string;
}

export interface Compiled extends Validated {
  readonly artifacts: Artifacts | undefined;
}

/** What a compilation makes. The assets are written already; the rest is for the caller to write. */
export interface Artifacts {
  /** All of the system in one, for views of it. */
  readonly template: Template;
  /** What is deployed, in its order: that template, or several where it is too large for one stack. */
  readonly stacks: readonly SystemStack[];
  readonly origins: Origins;
  readonly bootstrap: Template;
  readonly manifest: Manifest;
  readonly assets: Bundled['assets'];
  /** The system as it was understood, for views of it. */
  readonly system: CompiledSystem;
  /** Every file that was read, from the project’s folder. */
  readonly inputs: readonly string[];
}

export interface CompiledSystem {
  readonly model: Model;
  readonly context: Context;
  readonly parts: readonly Part[];
}

/**
 * Compiles a system for one stage: `eventsystem.yml` and its handlers to a template of CloudFormation and code.
 * What is wrong with the system is in `findings`, and then there are no artifacts; a rejection is a bug.
 */
export async function compile(options: CompileOptions): Promise<Compiled> {
  const files = new Recording(options.files);
  const findings = new Findings();
  const model = understand({ ...options, files }, findings);
  if (!model) return { findings: findings.inOrder, model, artifacts: undefined };
  const made = await make(model, files, options, findings);
  const { silenced } = accepted(findings.inOrder, model, findings.report);
  const left = findings.inOrder.filter((one) => !silenced.has(one));
  return left.some(({ severity }) => severity === 'error')
    ? { findings: left, model: undefined, artifacts: undefined }
    : { findings: left, model, artifacts: made };
}

/** Bundle, prove, expand, emit. Nothing where something was found that only now could be. */
async function make(model: Model, files: Recording, options: CompileOptions, findings: Findings): Promise<Artifacts | undefined> {
  const { report } = findings;
  const { root, out, cache, catalogue, shippedFolder, runtime, version } = options;
  // These rooms are loaded for those alone who compile.
  const [{ bundle }, { prove }, { templateOf }, { emit }, { bootstrapParts }] = await Promise.all([
    import('./bundle/bundle.ts'),
    import('./prove/prove.ts'),
    import('./template.ts'),
    import('./emit/emit.ts'),
    import('./emit/bootstrap.ts'),
  ]);
  const before = contextOf({ model, constructs, catalogue, files });
  const bundled = await bundle(
    model,
    { root, assets: `${out}/assets`, cache, corsOf, readsFailures, shipped: before.shippedNeeded, shippedFolder, runtime, version },
    report,
  );
  if (findings.failed) return undefined;
  const context = contextOf({ model, constructs, catalogue, files, code: bundled });
  prove(context, (fn) => bundled.calls(fn), report);
  const { parts, template, origins, adoptions, stacks } = templateOf(context, findings);
  return {
    template,
    stacks,
    origins,
    bootstrap: bootstrapTemplate(model, { root: model.root, catalogue }, { emit, bootstrapParts }, report),
    manifest: manifestOf(model, bundled, { stacks, adoptions }, version),
    assets: bundled.assets,
    system: { model, context, parts },
    inputs: [...new Set([...files.seen, ...bundled.inputs])].sort(),
  };
}

/** What an account needs once per region, for somebody who has no system at hand. */
export async function compileBootstrap(catalogue: Catalogue): Promise<Template> {
  const findings = new Findings();
  const files: Files = { read: () => ({ text: 'name: bootstrap\n' }), exists: () => false, list: () => [] };
  const model = understand({ files, main: 'bootstrap', stage: undefined, catalogue }, findings);
  if (!model) throw new Error(`The bootstrap stack does not compile: ${findings.inOrder.map(({ message }) => message).join(' ')}`);
  const [{ emit }, { bootstrapParts }] = await Promise.all([import('./emit/emit.ts'), import('./emit/bootstrap.ts')]);
  return bootstrapTemplate(model, { root: model.root, catalogue }, { emit, bootstrapParts }, findings.report);
}

interface Emitting {
  readonly emit: typeof import('./emit/emit.ts').emit;
  readonly bootstrapParts: typeof import('./emit/bootstrap.ts').bootstrapParts;
}

function bootstrapTemplate(
  model: Model,
  common: Pick<EmitOptions, 'root' | 'catalogue'>,
  { emit, bootstrapParts }: Emitting,
  report: Findings['report'],
): Template {
  return emit(
    bootstrapParts(model.root.place),
    {
      ...common,
      description: 'What an account needs once per region before its first system.',
      roles: { boundary: undefined, path: undefined },
      accepted: [],
    },
    report,
  ).template;
}
