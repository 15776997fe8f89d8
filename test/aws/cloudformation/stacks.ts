import type { Cloud } from '../machine/cloud.ts';
import type { Stack } from '../machine/stack.ts';
import { LIMITS } from '../template/check.ts';
import { text, texts, type Tree } from '../tree.ts';
import { paged, stackOf, withId, type Action } from './action.ts';
import { parametersShown } from './shown.ts';

/** A stack as DescribeStacks answers. */
export const stackShown = (cloud: Cloud, stack: Stack): Tree => ({
  StackId: stack.id,
  StackName: stack.name,
  ChangeSetId: stack.changeSetId,
  Description: stack.made?.template.Description,
  Parameters: parametersShown(cloud, stack.made),
  CreationTime: stack.created,
  DeletionTime: stack.deleted,
  LastUpdatedTime: stack.updated,
  RollbackConfiguration: stack.settings.rollbackConfiguration ?? {},
  StackStatus: stack.status,
  StackStatusReason: stack.reason,
  DetailedStatus: stack.detailedStatus,
  DisableRollback: stack.disableRollback,
  DeploymentConfig: stack.settings.deploymentConfig,
  NotificationARNs: stack.settings.notificationArns,
  Capabilities: stack.settings.capabilities,
  Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
    ExportName: exportName,
  })),
  RoleARN: stack.settings.roleArn,
  Tags: stack.settings.tags,
  EnableTerminationProtection: stack.terminationProtection,
  ParentId: stack.parent?.id,
  RootId: stack.parent ? stack.root.id : undefined,
  DriftInformation: { StackDriftStatus: stack.driftStatus, LastCheckTimestamp: stack.driftCheckedAt },
  LastOperations: stack.operations
    .slice(-2)
    .reverse()
    .map(({ type, id }) => ({ OperationType: type, OperationId: id })),
});

export const stackActions: Readonly<Record<string, Action>> = {
  DescribeStacks: (call, service) => {
    const lagged = (stack: Stack): Tree =>
      service.reads.seen(
        `DescribeStacks ${stack.id}`,
        stackShown(service.cloud, stack),
        (shown, real) => shown['StackStatus'] === real['StackStatus'],
      );
    if (text(call.params, 'StackName') !== undefined) return { Stacks: [lagged(stackOf(call, service, withId))] };
    const all = service.cloud.stacks.filter(({ region, account, gone }) => region === call.region && account === call.account && !gone);
    const { page, next } = paged(all, 100, text(call.params, 'NextToken'));
    return { Stacks: page.map(lagged), NextToken: next };
  },

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_AccountLimit.html */
  DescribeAccountLimits: (_, { options }) => ({
    AccountLimits: [
      { Name: 'StackLimit', Value: options.stackLimit },
      { Name: 'StackOutputsLimit', Value: LIMITS.outputs },
      { Name: 'ConcurrentResourcesLimit', Value: 2500 },
    ],
  }),

  ListStacks: (call, service) => {
    const wanted = texts(call.params, 'StackStatusFilter');
    const all = service.cloud.stacks.filter(
      ({ region, account, status }) =>
        region === call.region && account === call.account && (wanted.length === 0 || wanted.includes(status)),
    );
    const { page, next } = paged(all, 100, text(call.params, 'NextToken'));
    return { StackSummaries: page.map((stack) => summary(service.cloud, stack)), NextToken: next };
  },
};

const summary = (cloud: Cloud, stack: Stack): Tree => {
  const {
    StackId,
    StackName,
    CreationTime,
    DeletionTime,
    LastUpdatedTime,
    StackStatus,
    StackStatusReason,
    ParentId,
    RootId,
    DriftInformation,
    LastOperations,
  } = stackShown(cloud, stack);
  const TemplateDescription = stack.made?.template.Description;
  return {
    StackId,
    StackName,
    TemplateDescription,
    CreationTime,
    DeletionTime,
    LastUpdatedTime,
    StackStatus,
    StackStatusReason,
    ParentId,
    RootId,
    DriftInformation,
    LastOperations,
  };
};
