import type { ChangeSet } from '../machine/change-set.ts';
import type { Change } from '../machine/compare.ts';
import type { Finding } from '../machine/finding.ts';
import { identityOf } from '../machine/names.ts';
import { described, isCustom, isKnownType } from '../template/types.ts';
import { truth, type Tree } from '../tree.ts';
import type { Service } from './action.ts';

/**
 * What CloudFormation validates while a change set is made; the reason when it forbids the change set.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export function validated(service: Service, changeSet: ChangeSet): string | undefined {
  if (!service.options.earlyValidation || truth(changeSet.request, 'DisableValidation') === true) return undefined;
  const own = changeSet.changes.flatMap((change) => findings(service, changeSet, change));
  const scripted = service.cloud.script.validations.splice(0);
  for (const finding of [...own, ...scripted]) tell(service, changeSet, finding);
  const failing = [...own, ...scripted].filter(({ mode }) => mode === 'FAIL').map(({ check }) => `AWS::EarlyValidation::${check}`);
  if (failing.length === 0) return undefined;
  const names = [...new Set(failing)].join(', ');
  return `The following hook(s)/validation failed: [${names}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`;
}

function findings(service: Service, changeSet: ChangeSet, change: Change): readonly Finding[] {
  if (change.action === 'Remove') return emptiness(service, change);
  if (change.action !== 'Add' && change.action !== 'Modify' && change.action !== 'Import') return [];
  return [...properties(changeSet, change), ...(change.action === 'Add' ? existence(service, changeSet, change) : [])];
}

function properties({ made }: ChangeSet, { logicalId, type }: Change): readonly Finding[] {
  if (!isKnownType(type) || isCustom(type)) return [];
  const written = made.template.Resources[logicalId]?.Properties ?? {};
  const known = described(type).properties;
  const base = { check: 'PropertyValidation', name: 'PROPERTY_VALIDATION', mode: 'FAIL', logicalId, type } as const;
  const unknown = Object.keys(written).filter((name) => !(name in known) && !name.startsWith('Fn::'));
  const missing = Object.keys(known).filter((name) => known[name]?.includes('r') && !(name in written) && !('Fn::If' in written));
  return [
    ...unknown.map((name) => ({ ...base, path: `/Resources/${logicalId}/Properties/${name}`, reason: `Unsupported property: ${name}` })),
    ...missing.map((name) => ({ ...base, path: `/Resources/${logicalId}/Properties`, reason: `Missing required property: ${name}` })),
  ];
}

function existence({ cloud }: Service, { stack }: ChangeSet, { logicalId, type, after }: Change): readonly Finding[] {
  const { identifier, physicalId, given } = identityOf(cloud, stack, logicalId, type, after ?? {});
  const exists =
    cloud.world.find(stack.region, type, identifier) ?? (type === 'AWS::S3::Bucket' ? cloud.store.buckets.get(physicalId) : undefined);
  if (!given || isCustom(type) || !exists) return [];
  const reason = 'Resource with the given name already exists';
  return [
    {
      check: 'ResourceExistenceCheck',
      name: 'NAME_CONFLICT_VALIDATION',
      mode: 'FAIL',
      logicalId,
      type,
      path: `/Resources/${logicalId}`,
      reason,
    },
  ];
}

function emptiness({ cloud }: Service, { logicalId, type, physicalId, policyAction }: Change): readonly Finding[] {
  const bucket = type === 'AWS::S3::Bucket' && policyAction === 'Delete' ? cloud.store.buckets.get(physicalId ?? '') : undefined;
  if (!bucket || bucket.empty) return [];
  const base = { check: 'S3BucketEmptinessCheck', name: 'BUCKET_EMPTINESS_VALIDATION', mode: 'WARN' } as const;
  return [{ ...base, logicalId, type, path: `/Resources/${logicalId}`, reason: 'S3 bucket is not empty' }];
}

function tell({ cloud }: Service, { stack, id, operationId, clientToken }: ChangeSet, finding: Finding): void {
  const event: Tree = {
    EventId: cloud.uuid(),
    StackId: stack.id,
    OperationId: operationId,
    OperationType: 'CREATE_CHANGESET',
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: finding.logicalId,
    PhysicalResourceId: '',
    ResourceType: finding.type,
    Timestamp: cloud.clock.date(),
    ClientRequestToken: clientToken,
    DetailedStatus: 'VALIDATION_FAILED',
    ValidationFailureMode: finding.mode,
    ValidationName: finding.name,
    ValidationStatus: 'FAILED',
    ValidationStatusReason: finding.reason,
    ValidationPath: finding.path,
  };
  stack.validations.push({ event, changeSetId: id });
}
