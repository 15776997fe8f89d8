import type { ChangeSet } from '../machine/change-set.ts';
import { compare, type Change } from '../machine/compare.ts';
import { scopeOf } from '../machine/scope.ts';
import { resolve } from '../template/resolve.ts';
import { canonical, same } from '../tree.ts';
import type { Service } from './action.ts';
import { validated } from './early-validation.ts';

const NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set.";
const NO_UPDATES = 'No updates are to be performed.';

/** A change set on its way: pending, in progress, then complete or failed. */
export function settle(service: Service, changeSet: ChangeSet): void {
  const { clock } = service.cloud;
  clock.after(500, () => {
    if (!isWaited(changeSet)) return;
    changeSet.status = 'CREATE_IN_PROGRESS';
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
  const refused = validated(service, changeSet);
  if (refused !== undefined) return fail(refused);
  changeSet.hidden = service.cloud.script.hiddenChanges.filter((id) => changes.some(({ logicalId }) => logicalId === id));
  changeSet.status = 'CREATE_COMPLETE';
  changeSet.executionStatus = 'AVAILABLE';
}

function changesOf({ cloud }: Service, changeSet: ChangeSet): readonly Change[] | string {
  try {
    const { stack, made, settings } = changeSet;
    return cloud.script.edited(compare(cloud, stack, made, settings.tags));
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
