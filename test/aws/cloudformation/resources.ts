import { importers } from '../machine/outputs.ts';
import type { Stack, StackResource } from '../machine/stack.ts';
import { text, type Tree } from '../tree.ts';
import { validationError } from '../wire.ts';
import { bracketed, paged, required, stackOf, withId, type Action } from './action.ts';

const drift = ({ drift }: StackResource): Tree => ({
  StackResourceDriftStatus: drift?.status ?? 'NOT_CHECKED',
  LastCheckTimestamp: drift?.at,
});

const detailed = (stack: Stack, resource: StackResource): Tree => ({
  StackName: stack.name,
  StackId: stack.id,
  LogicalResourceId: resource.logicalId,
  PhysicalResourceId: resource.physicalId || undefined,
  ResourceType: resource.type,
  Timestamp: resource.at,
  ResourceStatus: resource.status,
  ResourceStatusReason: resource.reason,
  DriftInformation: drift(resource),
});

const summarised = (resource: StackResource): Tree => ({
  LogicalResourceId: resource.logicalId,
  PhysicalResourceId: resource.physicalId || undefined,
  ResourceType: resource.type,
  LastUpdatedTimestamp: resource.at,
  ResourceStatus: resource.status,
  ResourceStatusReason: resource.reason,
  DriftInformation: drift(resource),
});

const byName = (stack: Stack): readonly StackResource[] =>
  [...stack.resources.values()].sort((one, other) => (one.logicalId < other.logicalId ? -1 : 1));

/** What stacks have, and what they give to each other. */
export const resourceActions: Readonly<Record<string, Action>> = {
  ListStackResources: (call, service) => {
    const stack = stackOf(call, service, withId);
    const { page, next } = paged(byName(stack), service.options.resourcesPerPage, text(call.params, 'NextToken'));
    return { StackResourceSummaries: page.map(summarised), NextToken: next };
  },

  /** At most a hundred, without pages. */
  DescribeStackResources: (call, service) => {
    const stack = stackOf(call, service, withId);
    const wanted = text(call.params, 'LogicalResourceId');
    const resources = byName(stack).filter(({ logicalId }) => wanted === undefined || wanted === logicalId);
    return { StackResources: resources.slice(0, 100).map((resource) => detailed(stack, resource)) };
  },

  DescribeStackResource: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const wanted = required(call, 'LogicalResourceId');
    const resource = stack.resource(wanted);
    if (!resource) throw validationError(`Resource ${wanted} does not exist for stack ${stack.name}`);
    const { Timestamp, ...rest } = detailed(stack, resource);
    return { StackResourceDetail: { ...rest, LastUpdatedTimestamp: Timestamp } };
  },

  ListExports: (call, service) => {
    const all = service.cloud.stacks
      .filter(({ region, account, gone }) => region === call.region && account === call.account && !gone)
      .flatMap((stack) => stack.outputs.map(({ exportName, value }) => ({ ExportingStackId: stack.id, Name: exportName, Value: value })))
      .filter(({ Name }) => Name !== undefined);
    const { page, next } = paged(all, 100, text(call.params, 'NextToken'));
    return { Exports: page, NextToken: next };
  },

  ListImports: (call, service) => {
    const name = required(call, 'ExportName');
    const { stacks } = service.cloud;
    const owner = stacks.find(
      (stack) => stack.region === call.region && !stack.gone && stack.outputs.some(({ exportName }) => exportName === name),
    );
    const users = owner ? importers(service.cloud, owner, name) : [];
    if (users.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
    const { page, next } = paged(users, 100, text(call.params, 'NextToken'));
    return { Imports: page.map((stack) => stack.name), NextToken: next };
  },
};
