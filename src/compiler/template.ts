import type { Part } from './cloud/part.ts';
import { constructs } from './constructs.ts';
import type { Findings } from './diagnostics/problem.ts';
import { emit, type Emitted } from './emit/emit.ts';
import { verifyLimits } from './emit/limits.ts';
import { stacksOf, type Form, type SystemStack } from './emit/stacks/split.ts';
import { expand } from './expand/expand.ts';
import type { Context } from './resources/meaning.ts';
import { accepted } from './verify/accept.ts';

/** What a system becomes: all of it in one template, and the stacks it is deployed as. */
export interface Made extends Omit<Emitted, 'lifetimes'> {
  readonly parts: readonly Part[];
  /** The stacks it is deployed as, in their order. */
  readonly stacks: readonly SystemStack[];
}

/** Expand and emit: what a system becomes, where the code of its functions is known. */
export function templateOf(context: Context, findings: Findings): Made {
  const { model, catalogue } = context;
  const parts = expand(constructs, context);
  const { boundary, path } = model.settings.roles ?? {};
  const { lifetimes, ...emitted } = emit(
    parts,
    {
      root: model.root,
      catalogue,
      description: model.settings.description?.segments.filter((segment) => typeof segment === 'string').join(''),
      roles: { boundary: boundary && context.text(boundary), path },
      accepted: accepted(findings.inOrder, model, () => undefined).reasons,
    },
    findings.report,
  );
  const stacks = stacksOf(emitted.template, { stack: model.stack, form: formOf(model.settings.stacks), lifetimes, catalogue });
  for (const stack of stacks) verifyLimits(stack, model.root, findings.report);
  return { parts, ...emitted, stacks };
}

function formOf(written: Context['model']['settings']['stacks']): Form {
  if (typeof written !== 'object') return { form: written, functions: undefined, wiring: undefined };
  return { form: 'lifetimes', functions: written.functions, wiring: written.wiring };
}
