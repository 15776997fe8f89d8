import { checked } from '../template/check.ts';
import { parameterValues } from '../template/parameters.ts';
import { isTree, same, type Tree } from '../tree.ts';
import { Refusal } from '../wire.ts';
import type { ChangeSet } from './change-set.ts';
import type { Cloud, Nest } from './cloud.ts';
import { deleteStack } from './deletion.ts';
import { deploy } from './deploy.ts';
import { Operation } from './operation.ts';
import { rollBack } from './rollback.ts';
import { Stack, type Made, type StackResource } from './stack.ts';
import { templateAt } from './template-url.ts';

/** What nested stacks were made of before the update their parent may take back. */
const earlier = new WeakMap<Stack, Made>();

/** A stack within a stack: made, changed, taken back and deleted with its resource. */
export const nest: Nest = (op, resource, verb, ended) => {
  if (verb === 'DELETE') return remove(op.cloud, resource, ended);
  try {
    if (verb === 'ROLLBACK') takeBack(op.cloud, resource, ended);
    else if (verb === 'CREATE') create(op, resource, ended);
    else update(op.cloud, resource, ended);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    ended(error.message);
  }
};

type Ended = (reason?: string) => void;

const said =
  (child: Stack, verb: string, ended: Ended): Ended =>
  (reason) =>
    ended(reason === undefined ? undefined : `Embedded stack ${child.id} was not successfully ${verb}: ${reason}`);

function create(op: Operation, resource: StackResource, ended: Ended): void {
  const { cloud, stack: parent } = op;
  const name = `${parent.name}-${resource.logicalId}-${cloud.suffix()}`;
  const id = cloud.arn(parent.region, parent.account, `stack/${name}`);
  const child = new Stack(id, name, parent.region, parent.account, cloud.clock.date(), parent);
  cloud.stacks.push(child);
  resource.nested = child;
  resource.physicalId = id;
  cloud.world.add({
    type: resource.type,
    region: parent.region,
    identifier: id,
    physicalId: id,
    properties: resource.properties,
    attributes: {},
    stackId: parent.id,
  });
  op.tell(resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  deploy(cloud, executable(cloud, child, madeFrom(cloud, child, resource), 'CREATE'), { ...QUIET, ended: said(child, 'created', ended) });
}

const QUIET = { token: undefined, disableRollback: false, retainExceptOnCreate: false };

function update(cloud: Cloud, resource: StackResource, ended: Ended): void {
  const child = resource.nested;
  if (!child) return ended();
  const made = madeFrom(cloud, child, resource);
  if (child.made) earlier.set(child, child.made);
  if (child.made?.text === made.text && same(child.made.parameters, made.parameters)) return ended();
  deploy(cloud, executable(cloud, child, made, 'UPDATE'), { ...QUIET, ended: said(child, 'updated', ended) });
}

function takeBack(cloud: Cloud, resource: StackResource, ended: Ended): void {
  const child = resource.nested;
  const before = child && earlier.get(child);
  if (!child || !before) return ended();
  if (child.status !== 'UPDATE_FAILED') {
    if (child.made === before) return ended();
    return void deploy(cloud, executable(cloud, child, before, 'UPDATE'), { ...QUIET, ended: said(child, 'rolled back', ended) });
  }
  const op = new Operation(cloud, child, 'ROLLBACK', undefined);
  child.operation = op;
  op.onEnd = () =>
    ended(child.status === 'UPDATE_ROLLBACK_COMPLETE' ? undefined : `Embedded stack ${child.id} was not successfully rolled back`);
  rollBack(op, 'UPDATE', 'Parent stack rolled back');
}

function remove(cloud: Cloud, resource: StackResource, ended: Ended): void {
  const child = resource.nested;
  if (!child || child.gone) return ended();
  deleteStack(cloud, child, { ended: said(child, 'deleted', ended) });
}

export function madeFrom(cloud: Cloud, child: Stack, { properties }: StackResource): Made {
  const text = templateAt(cloud, String(properties['TemplateURL']), child);
  const template = checked(text);
  const given = isTree(properties['Parameters']) ? Object.entries(properties['Parameters']) : [];
  const list = given.map(([ParameterKey, value]): Tree => ({ ParameterKey, ParameterValue: String(value) }));
  return { template, text, parameters: parameterValues(template, list, {}) };
}

const executable = (cloud: Cloud, stack: Stack, made: Made, type: 'CREATE' | 'UPDATE'): ChangeSet => ({
  id: cloud.arn(stack.region, stack.account, 'changeSet/nested'),
  name: 'nested',
  stack,
  type,
  created: cloud.clock.date(),
  made,
  settings: stack.settings,
  description: undefined,
  clientToken: undefined,
  request: {},
  onStackFailure: undefined,
  includeNestedStacks: false,
  importExistingResources: false,
  deploymentMode: undefined,
  toImport: [],
  parent: undefined,
  operationId: cloud.uuid(),
  status: 'CREATE_COMPLETE',
  statusReason: undefined,
  executionStatus: 'AVAILABLE',
  changes: [],
  hidden: [],
  executedWith: undefined,
  hooks: [],
});
