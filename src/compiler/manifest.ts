import type { Bundled } from './bundle/bundle.ts';
import type { Adoption } from './emit/emit.ts';
import type { SystemStack } from './emit/stacks/split.ts';
import type { Model } from './resolve/model.ts';

/** What was made of what: for tools that ship the artifacts. */
export interface Manifest {
  readonly version: string;
  readonly system: string;
  readonly stage: string;
  readonly stack: string;
  readonly region?: string;
  readonly account?: string;
  /** What exists already and is taken into its stack by the deployment. */
  readonly adopts?: readonly Adoption[];
  /** The stacks of a system that is several, in the order they are deployed; with each what its parameters come from. */
  readonly stacks?: readonly StackEntry[];
  readonly assets: readonly { readonly file: string; readonly bytes: number; readonly functions: readonly string[] }[];
}

export interface StackEntry {
  readonly name: string;
  /** The file of its template. */
  readonly template: string;
  /** By the parameter: the earlier stack, and the output of it. */
  readonly handed: SystemStack['handed'];
}

export function manifestOf(
  model: Model,
  { assets, code }: Bundled,
  { stacks, adoptions }: { readonly stacks: readonly SystemStack[]; readonly adoptions: readonly Adoption[] },
  version: string,
): Manifest {
  const functionsOf = (file: string) => model.functions.filter((fn) => code(fn).file === file).map(({ path }) => path);
  return {
    version,
    system: model.name,
    stage: model.stage,
    stack: model.stack,
    ...(model.region !== undefined && { region: model.region }),
    ...(model.account !== undefined && { account: model.account }),
    ...(adoptions.length > 0 && { adopts: adoptions }),
    ...(stacks.length > 1 && {
      stacks: stacks.map((one): StackEntry => ({ name: one.name, template: templateFile(one, model), handed: one.handed })),
    }),
    assets: assets.map(({ file, bytes }) => ({ file, bytes, functions: functionsOf(file) })),
  };
}

/** The file a stack’s template is written to: the application’s has the name that every system’s has. */
export function templateFile({ name }: Pick<SystemStack, 'name'>, { stack }: Pick<Manifest, 'stack'>): string {
  return name === stack ? 'template.json' : `${name.slice(stack.length + 1)}.template.json`;
}
