import type { ChangeSet } from '../machine/change-set.ts';
import { compare, type Change } from '../machine/compare.ts';
import { withDrift } from '../machine/drift.ts';
import { scopeOf } from '../machine/scope.ts';
import { resolve } from '../template/resolve.ts';
import { canonical, same } from '../tree.ts';
import type { Service } from './action.ts';
import { validated } from './early-validation.ts';
import { withImports } from './imports.ts';
import { withNested } from './nested-change-sets.ts';

const NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set.";
const NO_UPDATES = 'No updates are to be performed.';

/** A change set on its way: pending, in progress, then complete or failed. */
export function settle(service: Service, changeSet: ChangeSet): void {
  const { clock, script } = service.cloud;
  const hangs = script.hangingChangeSets > 0;
  if (hangs) script.hangingChangeSets -= 1;
  clock.after(500, () => {
    if (!isWaited(changeSet)) return;
    changeSet.status = 'CREATE_IN_PROGRESS';
    if (hangs) return;
    clock.after(2500, () => {
      if (isWaited(changeSet)) decide(service, changeSet);
    });
  });
}

const isWaited = ({ stack, status, id }: ChangeSet): boolean =>
  !stack.gone && stack.changeSets.some((one) => one.id === id) && /^CREATE_(PENDING|IN_PROGRESS)$/.test(status);

function decide(service: Service, changeSet: ChangeSet): void {
  const fail = (reason: string): void => {
    changeSet.status = 'FAILED';
    changeSet.statusReason = reason;
  };
  const scripted = service.cloud.script.changeSetFailures.shift();
  if (scripted !== undefined) return fail(scripted);
  const changes = changesOf(service, changeSet);
  if (typeof changes === 'string') return fail(changes);
  changeSet.changes = changes;
  if (changes.length === 0 && changeSet.type === 'UPDATE' && !outputsDiffer(service, changeSet))
    return fail(
      changeSet.made.template.Transform === undefined && same(changeSet.made.parameters, changeSet.stack.made?.parameters)
        ? NOTHING
        : NO_UPDATES,
    );
  changeSet.changes = changes.map((change) => withNested(service, changeSet, change));
  const refused = validated(service, changeSet) ?? hooked(service, changeSet);
  if (refused !== undefined) return fail(refused);
  changeSet.hidden = service.cloud.script.hiddenChanges.filter((id) => changes.some(({ logicalId }) => logicalId === id));
  changeSet.status = 'CREATE_COMPLETE';
  changeSet.executionStatus = 'AVAILABLE';
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/hooks-concepts.html, change set hooks */
function hooked({ cloud }: Service, { stack, id }: ChangeSet): string | undefined {
  const { changeSetHook: hook } = cloud.script;
  if (!hook) return undefined;
  const mode = hook.mode ?? 'FAIL';
  const reason = hook.fails ? `Hook failed with message: ${hook.reason ?? 'Not compliant.'}` : 'Hook succeeded with message: ok';
  stack.hookResults.push({ id: cloud.uuid(), hook, mode, target: id, targetType: 'CHANGE_SET', at: cloud.clock.date(), reason });
  return hook.fails && mode === 'FAIL' ? `The following hook(s)/validation failed: [${hook.type}].` : undefined;
}

function changesOf(service: Service, changeSet: ChangeSet): readonly Change[] | string {
  const { cloud } = service;
  try {
    const { stack, made, settings, deploymentMode } = changeSet;
    const plain = compare(cloud, stack, made, settings.tags);
    const changes = withImports(service, changeSet, deploymentMode === 'REVERT_DRIFT' ? withDrift(cloud, stack, plain) : plain);
    return typeof changes === 'string' ? changes : cloud.script.edited(changes);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** An output may change without any resource. */
function outputsDiffer({ cloud }: Service, { stack, made }: ChangeSet): boolean {
  const before = stack.made;
  if (!before) return true;
  const [was, is] = [before, made].map((one) => {
    const scope = scopeOf(cloud, stack, one, false);
    return canonical(
      Object.entries(one.template.Outputs).map(([name, { Value, Export }]) => [
        name,
        resolve(Value, scope),
        Export ? resolve(Export.Name, scope) : null,
      ]),
    );
  });
  return was !== is;
}
