import type { ChangeSet } from '../machine/change-set.ts';
import { deploy } from '../machine/deploy.ts';
import { text, truth, type Tree } from '../tree.ts';
import { Refusal, validationError, type Call } from '../wire.ts';
import { bracketed, paged, required, stackOf, type Action, type Service } from './action.ts';
import { create } from './create-change-set.ts';
import { parametersShown } from './shown.ts';
import { changeShown } from './shown-changes.ts';

/** By ARN, or by name with its stack. */
function sought(call: Call, service: Service): ChangeSet | undefined {
  const name = required(call, 'ChangeSetName');
  if (name.startsWith('arn:')) return service.cloud.stacks.flatMap(({ changeSets }) => changeSets).find(({ id }) => id === name);
  if (text(call.params, 'StackName') === undefined)
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  return stackOf(call, service, bracketed).changeSets.find((one) => one.name === name && one.executionStatus !== 'OBSOLETE');
}

export function changeSetOf(call: Call, service: Service): ChangeSet {
  const found = sought(call, service);
  if (!found) throw new Refusal('ChangeSetNotFound', `ChangeSet [${required(call, 'ChangeSetName')}] does not exist`, 404);
  return found;
}

const shown = (changeSet: ChangeSet): Tree => ({
  StackId: changeSet.stack.id,
  StackName: changeSet.stack.name,
  ChangeSetId: changeSet.id,
  ChangeSetName: changeSet.name,
  Description: changeSet.description,
  CreationTime: changeSet.created,
  Status: changeSet.status,
  StatusReason: changeSet.statusReason,
  ExecutionStatus: changeSet.executionStatus,
  IncludeNestedStacks: changeSet.includeNestedStacks,
  ParentChangeSetId: changeSet.parent?.id,
  RootChangeSetId: changeSet.parent?.id,
  ImportExistingResources: changeSet.importExistingResources,
});

const incomplete = (hidden: readonly string[]): string =>
  `[WARN] --include-property-values option can return incomplete ChangeSet data because: ${hidden.map((id) => `Logical Id: ${id}, failed property validation`).join('; ')}`;

export const changeSetActions: Readonly<Record<string, Action>> = {
  CreateChangeSet: (call, service) => {
    const { id, stack } = create(call, service);
    return { Id: id, StackId: stack.id };
  },

  DescribeChangeSet: (call, service) => {
    const changeSet = changeSetOf(call, service);
    const withValues = truth(call.params, 'IncludePropertyValues') === true;
    const changes = changeSet.changes.filter(({ logicalId }) => !withValues || !changeSet.hidden.includes(logicalId));
    const warning = withValues && changeSet.hidden.length > 0 ? incomplete(changeSet.hidden) : undefined;
    const { page, next } = paged(changes, service.options.changesPerPage, text(call.params, 'NextToken'));
    return {
      ...shown(changeSet),
      StatusReason: changeSet.statusReason ?? warning,
      Parameters: parametersShown(service.cloud, changeSet.made),
      Capabilities: changeSet.settings.capabilities,
      NotificationARNs: changeSet.settings.notificationArns,
      RollbackConfiguration: changeSet.settings.rollbackConfiguration ?? {},
      Tags: changeSet.settings.tags,
      OnStackFailure: changeSet.onStackFailure,
      DeploymentMode: changeSet.deploymentMode,
      DeploymentConfig: changeSet.settings.deploymentConfig,
      StackDriftStatus: changeSet.deploymentMode === 'REVERT_DRIFT' ? changeSet.stack.driftStatus : undefined,
      Changes: page.map((change) => changeShown(change, withValues)),
      NextToken: next,
    };
  },

  ListChangeSets: (call, service) => {
    const { changeSets } = stackOf(call, service, bracketed);
    const { page, next } = paged(changeSets, 100, text(call.params, 'NextToken'));
    return { Summaries: page.map(shown), NextToken: next };
  },

  /** What is not there needs not be deleted. */
  DeleteChangeSet: (call, service) => {
    const changeSet = sought(call, service);
    if (!changeSet) return {};
    const { stack } = changeSet;
    if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS' || changeSet.status === 'CREATE_IN_PROGRESS')
      throw new Refusal(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be deleted in its current status of [${changeSet.status}]`,
      );
    stack.changeSets.splice(stack.changeSets.indexOf(changeSet), 1);
    return {};
  },

  ExecuteChangeSet: (call, service) => {
    const changeSet = changeSetOf(call, service);
    execute(call, service, changeSet);
    return {};
  },
};

/** The express mode rolls back only when it is told to. */
const isExpress = ({ settings: { deploymentConfig: config } }: ChangeSet): boolean =>
  config !== undefined && (truth(config, 'DisableRollback') ?? config['Mode'] === 'EXPRESS');

const paused = (status: string): Refusal =>
  validationError(
    `This stack is currently in a non-terminal [${status}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API`,
  );

/** Only what is complete and still fits; others of the stack are then of no use. */
function execute(call: Call, { cloud, options }: Service, changeSet: ChangeSet): void {
  const { stack } = changeSet;
  const token = text(call.params, 'ClientRequestToken');
  if (token !== undefined && changeSet.executedWith === token && options.repeatedToken === 'success') return;
  if (token !== undefined && stack.operations.some((one) => one.token === token))
    throw new Refusal('TokenAlreadyExistsException', `Token [${token}] already exists`);
  if (changeSet.status !== 'CREATE_COMPLETE')
    throw new Refusal(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
    );
  if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS')
    throw new Refusal('InvalidChangeSetStatus', 'An operation on this ChangeSet is currently in progress.');
  if (changeSet.executionStatus !== 'AVAILABLE')
    throw new Refusal(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`,
    );
  if (stack.inProgress) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  if (changeSet.onStackFailure !== undefined && truth(call.params, 'DisableRollback') !== undefined)
    throw validationError('OnStackFailure and DisableRollback cannot both be specified');
  const disableRollback = truth(call.params, 'DisableRollback') ?? isExpress(changeSet);
  if (/^(CREATE|UPDATE)_FAILED$/.test(stack.status) && !disableRollback) throw paused(stack.status);
  changeSet.executedWith = token ?? '';
  for (const other of stack.changeSets)
    if (other !== changeSet && other.executionStatus === 'AVAILABLE') other.executionStatus = 'OBSOLETE';
  deploy(cloud, changeSet, {
    token,
    disableRollback,
    retainExceptOnCreate: truth(call.params, 'RetainExceptOnCreate') ?? false,
  });
}
