import type { Part } from './cloud/part.ts';
import { constructs } from './constructs.ts';
import type { Findings } from './diagnostics/problem.ts';
import { emit, type Emitted } from './emit/emit.ts';
import { expand } from './expand/expand.ts';
import type { Context } from './resources/meaning.ts';
import { accepted } from './verify/accept.ts';

/** Expand and emit: what a system becomes, where the code of its functions is known. */
export function templateOf(context: Context, findings: Findings): Emitted & { readonly parts: readonly Part[] } {
  const { model, catalogue } = context;
  const parts = expand(constructs, context);
  const { boundary, path } = model.settings.roles ?? {};
  const emitted = emit(
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
  return { parts, ...emitted };
}
