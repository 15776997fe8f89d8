import { needs } from '../template/references.ts';
import { resolveTree, type Scope } from '../template/resolve.ts';
import type { ResourceDefinition } from '../template/template.ts';
import { isNested } from '../template/types.ts';
import { isTree, type Tree } from '../tree.ts';
import { Refusal } from '../wire.ts';
import { usually } from './durations.ts';
import { hookBefore } from './hooks.ts';
import type { Operation } from './operation.ts';
import { change, destroy, handlerMessage, make, ResourceFailure } from './provider.ts';
import type { FailOptions, Verb } from './script.ts';
import type { StackResource } from './stack.ts';

type Ended = (failed?: boolean) => void;

/** The word of the events: an import’s say IMPORT, a rollback’s UPDATE. */
export type Word = 'CREATE' | 'UPDATE' | 'IMPORT';

const LEAD = 500;

function durationOf(op: Operation, resource: StackResource, verb: Verb): number {
  const { script } = op.cloud;
  const inVpc = isTree(resource.properties['VpcConfig']);
  if (isExpress(op)) return LEAD;
  return (
    script.of(op.stack.name, resource.logicalId).duration ?? script.durations.get(resource.type) ?? usually(verb, resource.type, inVpc)
  );
}

const worded = (op: Operation, { reason, code }: FailOptions & { readonly reason: string }): string =>
  code === undefined ? reason : handlerMessage(op.cloud, reason, code);

function scripted(op: Operation, resource: StackResource, verb: Verb, at: 'start' | 'end'): string | undefined {
  const failure = op.cloud.script.of(op.stack.name, resource.logicalId).failure(verb, at);
  return failure && worded(op, failure);
}

/** What a service says no with, as a reason. */
function attempted<T>(act: () => T): { readonly value: T } | { readonly reason: string } {
  try {
    return { value: act() };
  } catch (error) {
    if (error instanceof ResourceFailure || error instanceof Refusal) return { reason: error.message };
    throw error;
  }
}

/** A resource that is not there yet. */
export const blank = (op: Operation, logicalId: string, definition: ResourceDefinition, waitsFor: readonly string[]): StackResource => ({
  logicalId,
  type: definition.Type,
  physicalId: '',
  status: 'CREATE_IN_PROGRESS',
  reason: undefined,
  at: op.cloud.clock.date(),
  definition,
  properties: {},
  needs: waitsFor,
});

export const waitsFor = (scope: Scope, definition: ResourceDefinition): readonly string[] => needs(scope.template, definition);

/** Makes a resource: begun, known by its physical id, then complete or failed. */
export function create(op: Operation, resource: StackResource, scope: Scope, ended: Ended): void {
  const fail = (reason: string): void => {
    op.tell(resource, 'CREATE_FAILED', reason);
    ended(true);
  };
  op.tell(resource, 'CREATE_IN_PROGRESS');
  op.after(LEAD, () => {
    const early = hookBefore(op, resource) ?? scripted(op, resource, 'CREATE', 'start');
    if (early !== undefined) return fail(early);
    const result = attempted(() => {
      resource.properties = resolveTree(resource.definition.Properties, scope);
      if (!isNested(resource.type))
        resource.physicalId = make(op.cloud, op.stack, resource.logicalId, resource.type, resource.properties).physicalId;
    });
    if ('reason' in result) return fail(result.reason);
    if (isNested(resource.type))
      return op.cloud.nest(op, resource, 'CREATE', (reason) =>
        reason === undefined ? complete(op, resource, 'CREATE', ended) : fail(reason),
      );
    op.tell(resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
    op.after(durationOf(op, resource, 'CREATE'), () => {
      const late = scripted(op, resource, 'CREATE', 'end');
      if (late !== undefined) return fail(late);
      complete(op, resource, 'CREATE', ended);
    });
  });
}

/** With the express mode a resource is complete when it is configured. */
const isExpress = ({ stack }: Operation): boolean => stack.settings.deploymentConfig?.['Mode'] === 'EXPRESS';

function complete(op: Operation, resource: StackResource, word: Word, ended: Ended): void {
  if (isExpress(op)) op.tell(resource, `${word}_COMPLETE`, STABILISING, { detailedStatus: 'CONFIGURATION_COMPLETE' });
  else op.tell(resource, `${word}_COMPLETE`);
  ended();
}

/** No documentation words this; only that there is a reason. */
const STABILISING = 'Resource configuration complete; stabilization continues.';

/** Changes a resource where it stands. `ROLLBACK` is the same on the way back. */
export function update(op: Operation, resource: StackResource, properties: Tree, verb: 'UPDATE' | 'ROLLBACK', ended: Ended): void {
  const fail = (reason: string): void => {
    op.tell(resource, 'UPDATE_FAILED', reason);
    ended(true);
  };
  op.tell(resource, 'UPDATE_IN_PROGRESS');
  const early = verb === 'UPDATE' ? hookBefore(op, resource) : undefined;
  if (early !== undefined) return fail(early);
  if (isNested(resource.type)) {
    resource.properties = properties;
    return op.cloud.nest(op, resource, verb, (reason) => (reason === undefined ? complete(op, resource, 'UPDATE', ended) : fail(reason)));
  }
  op.after(durationOf(op, resource, verb), () => {
    const late = scripted(op, resource, verb, 'end') ?? scripted(op, resource, verb, 'start');
    if (late !== undefined) return fail(late);
    const result = attempted(() => change(op.cloud, op.stack, resource.type, resource.physicalId, properties));
    if ('reason' in result) return fail(result.reason);
    resource.properties = properties;
    complete(op, resource, 'UPDATE', ended);
  });
}

/** Makes another in its place; the old one goes in the cleanup. */
export function replace(op: Operation, resource: StackResource, properties: Tree, ended: Ended): void {
  const fail = (reason: string): void => {
    op.tell(resource, 'UPDATE_FAILED', reason);
    ended(true);
  };
  op.tell(resource, 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.');
  op.after(LEAD, () => {
    const early = hookBefore(op, resource) ?? scripted(op, resource, 'UPDATE', 'start');
    if (early !== undefined) return fail(early);
    const result = attempted(() => make(op.cloud, op.stack, resource.logicalId, resource.type, properties));
    if ('reason' in result) return fail(result.reason);
    resource.physicalId = result.value.physicalId;
    resource.properties = properties;
    op.tell(resource, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
    op.after(durationOf(op, resource, 'CREATE'), () => {
      const late = scripted(op, resource, 'UPDATE', 'end');
      if (late !== undefined) return fail(late);
      complete(op, resource, 'UPDATE', ended);
    });
  });
}

const WAITING = 'CloudFormation is waiting for NetworkInterfaces associated with the Lambda Function to be cleaned up.';

/** Takes a resource away. */
export function remove(op: Operation, resource: StackResource, snapshot: boolean, ended: Ended): void {
  op.tell(resource, 'DELETE_IN_PROGRESS');
  const fail = (reason: string): void => {
    op.tell(resource, 'DELETE_FAILED', reason);
    ended(true);
  };
  if (resource.nested) {
    return op.cloud.nest(op, resource, 'DELETE', (reason) => {
      if (reason !== undefined) return fail(reason);
      op.tell(resource, 'DELETE_COMPLETE');
      ended();
    });
  }
  if (resource.type === 'AWS::Lambda::Function' && isTree(resource.properties['VpcConfig']))
    op.tell(resource, 'DELETE_IN_PROGRESS', WAITING);
  op.after(durationOf(op, resource, 'DELETE'), () => {
    const said = scripted(op, resource, 'DELETE', 'end') ?? scripted(op, resource, 'DELETE', 'start');
    if (said !== undefined) return fail(said);
    const result = attempted(() => destroy(op.cloud, op.stack, resource, snapshot));
    if ('reason' in result) return fail(result.reason);
    op.tell(resource, 'DELETE_COMPLETE');
    ended();
  });
}

/** Takes a thing that exists into the stack. */
export function adopt(op: Operation, resource: StackResource, identifier: string, scope: Scope, ended: Ended): void {
  resource.properties = resolveTree(resource.definition.Properties, scope);
  op.tell(resource, 'IMPORT_IN_PROGRESS', 'Resource import started.');
  op.after(LEAD, () => {
    const { world } = op.cloud;
    const thing = world.find(op.stack.region, resource.type, identifier) ?? world.named(op.stack.region, resource.type, identifier);
    const said =
      scripted(op, resource, 'IMPORT', 'end') ??
      (thing ? undefined : `Resource of type '${resource.type}' with identifier '${identifier}' was not found.`);
    if (said !== undefined || !thing) {
      op.tell(resource, 'IMPORT_FAILED', said);
      return ended(true);
    }
    thing.stackId = op.stack.id;
    resource.physicalId = thing.physicalId;
    complete(op, resource, 'IMPORT', ended);
  });
}
