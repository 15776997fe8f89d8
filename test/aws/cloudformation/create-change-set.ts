import type { ChangeSet } from '../machine/change-set.ts';
import { Stack, type Made, type Settings } from '../machine/stack.ts';
import { checkCapabilities } from '../template/capabilities.ts';
import { checked } from '../template/check.ts';
import { parameterValues } from '../template/parameters.ts';
import { canonical, isTree, same, text, texts, trees, truth } from '../tree.ts';
import { Refusal, validationError, type Call } from '../wire.ts';
import { bracketed, required, type Service } from './action.ts';
import { settle } from './settle.ts';
import { templateText } from './template-source.ts';

const NAME = /^[a-zA-Z][-a-zA-Z0-9]*$/;

/** CreateChangeSet: everything that is refused at once; the rest comes while it settles. */
export function create(call: Call, service: Service): ChangeSet {
  const { params } = call;
  const name = required(call, 'ChangeSetName');
  checkName('changeSetName', name);
  const type = (text(params, 'ChangeSetType') ?? 'UPDATE') as ChangeSet['type'];
  const stack = stackFor(call, service, type, name);
  const again = sameAsBefore(call, stack, name);
  if (again) return again;
  checkState(stack, service, type);
  const source = templateText(call, service, stack.made?.text);
  const template = checked(source);
  checkCapabilities(template, texts(params, 'Capabilities'));
  const parameters = parameterValues(template, trees(params, 'Parameters'), stack.made?.parameters ?? {});
  checkTypesKept(stack, template.Resources);
  const role = text(params, 'RoleARN') ?? stack.settings.roleArn ?? '';
  if (service.cloud.script.refusedRoles.has(role)) throw validationError(`Role ${role} is invalid or cannot be assumed`);
  const changeSet = drafted(call, service, stack, { name, type, made: { template, text: source, parameters } });
  if (!service.cloud.stacks.includes(stack)) review(service, stack, changeSet);
  stack.changeSets.push(changeSet);
  settle(service, changeSet);
  return changeSet;
}

/** A stack that is not there yet is under review; its first event says so. */
function review({ cloud }: Service, stack: Stack, { operationId, clientToken }: ChangeSet): void {
  cloud.stacks.push(stack);
  stack.events.push({
    StackId: stack.id,
    EventId: cloud.uuid(),
    StackName: stack.name,
    OperationId: operationId,
    LogicalResourceId: stack.name,
    PhysicalResourceId: stack.id,
    ResourceType: 'AWS::CloudFormation::Stack',
    Timestamp: cloud.clock.date(),
    ResourceStatus: 'REVIEW_IN_PROGRESS',
    ResourceStatusReason: 'User Initiated',
    ClientRequestToken: clientToken,
  });
}

function checkName(member: string, name: string): void {
  const refuse = (rule: string): Refusal =>
    validationError(`1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must ${rule}`);
  if (name.length > 128) throw refuse('have length less than or equal to 128');
  if (!NAME.test(name)) throw refuse(`satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*`);
}

function stackFor(call: Call, { cloud, options }: Service, type: ChangeSet['type'], changeSetName: string): Stack {
  const asked = required(call, 'StackName');
  const found = cloud.find(call.region, call.account, asked);
  if (found && !found.gone) {
    if (type === 'CREATE' && found.status !== 'REVIEW_IN_PROGRESS')
      throw validationError(`Stack [${found.name}] already exists and cannot be created again with the changeSet [${changeSetName}].`);
    return found;
  }
  if (type !== 'CREATE' && !(type === 'IMPORT' && !asked.startsWith('arn:'))) throw validationError(bracketed(asked));
  if (asked.startsWith('arn:')) throw validationError(bracketed(asked));
  checkName('stackName', asked);
  if (cloud.stacks.filter(({ gone, region }) => !gone && region === call.region).length >= options.stackLimit)
    throw new Refusal('LimitExceededException', `Limit for stack has been exceeded`);
  const id = cloud.arn(call.region, call.account, `stack/${asked}`);
  return new Stack(id, asked, call.region, call.account, cloud.clock.date());
}

/** The same name and token once more: the same change set if everything else is the same. */
function sameAsBefore(call: Call, stack: Stack, name: string): ChangeSet | undefined {
  const before = stack.changeSets.find((one) => one.name === name);
  if (!before) return undefined;
  const token = text(call.params, 'ClientToken');
  if (token !== undefined && token === before.clientToken && same(before.request, call.params)) return before;
  const differs = ATTRIBUTES.find(([, ...members]) =>
    members.some((member) => canonical(before.request[member]) !== canonical(call.params[member])),
  );
  if (token === undefined || token !== before.clientToken || !differs)
    throw new Refusal('AlreadyExistsException', `ChangeSet ${name} already exists`);
  throw new Refusal(
    'AlreadyExistsException',
    `ChangeSet ${name} cannot be created due to a mismatch with existing attribute ${differs[0]}`,
  );
}

const ATTRIBUTES = [
  ['Template', 'TemplateBody', 'TemplateURL', 'UsePreviousTemplate'],
  ['Parameters', 'Parameters'],
  ['Tags', 'Tags'],
  ['Capabilities', 'Capabilities'],
  ['Description', 'Description'],
  ['ChangeSetType', 'ChangeSetType'],
] as const;

const UPDATABLE =
  /^(CREATE_COMPLETE|UPDATE_COMPLETE|IMPORT_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_ROLLBACK_COMPLETE|CREATE_FAILED|UPDATE_FAILED)$/;

function checkState(stack: Stack, { options }: Service, type: ChangeSet['type']): void {
  const fits =
    type === 'CREATE'
      ? stack.status === 'REVIEW_IN_PROGRESS'
      : UPDATABLE.test(stack.status) || (type === 'IMPORT' && stack.status === 'REVIEW_IN_PROGRESS');
  if (!fits) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  if (stack.changeSets.length >= options.changeSetLimit)
    throw new Refusal('LimitExceededException', `ChangeSet limit exceeded for stack ${stack.name}`);
}

function checkTypesKept(stack: Stack, resources: Readonly<Record<string, { readonly Type: string }>>): void {
  const changed = [...stack.resources.values()].filter(({ logicalId, type }) => (resources[logicalId]?.Type ?? type) !== type);
  if (changed.length > 0)
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.map(({ logicalId }) => logicalId).join(', ')}]`,
    );
}

function settingsOf({ params }: Call, stack: Stack): Settings {
  const tags = trees(params, 'Tags');
  if (tags.length > 50)
    throw validationError(
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    );
  const reserved = tags.find((tag) => String(tag['Key']).startsWith('aws:'));
  if (reserved) throw validationError(`aws: prefixed tag key names are not allowed for external use.`);
  const roleArn = text(params, 'RoleARN') ?? stack.settings.roleArn;
  return {
    tags: 'Tags' in params ? tags : stack.settings.tags,
    capabilities: texts(params, 'Capabilities'),
    notificationArns: 'NotificationARNs' in params ? texts(params, 'NotificationARNs') : stack.settings.notificationArns,
    roleArn,
    rollbackConfiguration: isTree(params['RollbackConfiguration']) ? params['RollbackConfiguration'] : stack.settings.rollbackConfiguration,
    deploymentConfig: isTree(params['DeploymentConfig']) ? params['DeploymentConfig'] : undefined,
  };
}

function drafted(
  call: Call,
  { cloud }: Service,
  stack: Stack,
  { name, type, made }: { name: string; type: ChangeSet['type']; made: Made },
): ChangeSet {
  const { params } = call;
  const onStackFailure = text(params, 'OnStackFailure');
  if (onStackFailure === 'DELETE' && type !== 'CREATE')
    throw validationError('OnStackFailure DELETE can only be used with ChangeSetType CREATE');
  return {
    id: cloud.arn(call.region, call.account, `changeSet/${name}`),
    name,
    stack,
    type,
    created: cloud.clock.date(),
    made,
    settings: settingsOf(call, stack),
    description: text(params, 'Description'),
    clientToken: text(params, 'ClientToken'),
    request: params,
    onStackFailure,
    includeNestedStacks: truth(params, 'IncludeNestedStacks') ?? false,
    importExistingResources: truth(params, 'ImportExistingResources') ?? false,
    deploymentMode: text(params, 'DeploymentMode'),
    toImport: trees(params, 'ResourcesToImport'),
    parent: undefined,
    operationId: cloud.uuid(),
    status: 'CREATE_PENDING',
    statusReason: undefined,
    executionStatus: 'UNAVAILABLE',
    changes: [],
    hidden: [],
    executedWith: undefined,
    hooks: [],
  };
}
