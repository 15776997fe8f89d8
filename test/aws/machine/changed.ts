import { resolveTree, type Scope } from '../template/resolve.ts';
import type { ResourceDefinition } from '../template/template.ts';
import { isNested, recreation } from '../template/types.ts';
import { same, type Tree } from '../tree.ts';
import type { Operation } from './operation.ts';
import { denied } from './stack-policy.ts';
import type { StackResource } from './stack.ts';
import { create, replace, update } from './tasks.ts';
import { remember } from './undo.ts';

interface Intent {
  readonly definition: ResourceDefinition;
  readonly needs: readonly string[];
  readonly scope: Scope;
  /** What was changed by hand goes back to what the template says. */
  readonly reverts: boolean;
}

export const differences = (before: Tree, after: Tree): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !same(before[name], after[name])).sort();

const NO_WAY_BACK = 'Replacement type updates not supported on stack with disable-rollback.';

/** Nothing, a change in place, or another in its place: as the values are when its turn comes. */
export function changed(
  op: Operation,
  resource: StackResource,
  { definition, needs, scope, reverts }: Intent,
  ended: (failed?: boolean) => void,
): void {
  const { stack, cloud } = op;
  const { logicalId, type } = resource;
  const properties = resolveTree(definition.Properties, scope);
  const thing = cloud.world.named(stack.region, type, resource.physicalId);
  const differing = differences(resource.properties, properties);
  const drifted = reverts && (!thing || !same(thing.properties, properties));
  const was = { ...resource };
  resource.definition = definition;
  resource.needs = needs;
  if (drifted && !thing) {
    remember(stack, was, 'replace');
    return create(op, resource, scope, ended);
  }
  if (differing.length === 0 && !drifted && resource.status !== 'UPDATE_FAILED' && !isNested(type)) return ended();
  const replaces = differing.some((name) => recreation(type, name) === 'Always');
  const forbidden =
    replaces && stack.disableRollback ? NO_WAY_BACK : denied(stack, replaces ? 'Update:Replace' : 'Update:Modify', logicalId);
  remember(stack, was, replaces && forbidden === undefined ? 'replace' : 'update');
  if (forbidden !== undefined) {
    op.tell(resource, 'UPDATE_FAILED', forbidden);
    return ended(true);
  }
  if (replaces) replace(op, resource, properties, ended);
  else update(op, resource, properties, 'UPDATE', ended);
}
