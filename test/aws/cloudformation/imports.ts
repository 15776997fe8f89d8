import type { ChangeSet } from '../machine/change-set.ts';
import type { Change } from '../machine/compare.ts';
import { identityOf } from '../machine/names.ts';
import { described } from '../template/types.ts';
import { isTree, type Tree } from '../tree.ts';
import type { Service } from './action.ts';

/** Adds that become imports, or why they cannot. */
export function withImports(service: Service, changeSet: ChangeSet, changes: readonly Change[]): readonly Change[] | string {
  if (changeSet.type === 'IMPORT') return asked(changeSet, changes);
  return changeSet.importExistingResources ? existing(service, changeSet, changes) : changes;
}

function asked({ toImport }: ChangeSet, changes: readonly Change[]): readonly Change[] | string {
  const identifiers = new Map(toImport.map((one) => [String(one['LogicalResourceId']), identifierIn(one['ResourceIdentifier'])]));
  const others = changes.filter(({ logicalId, action }) => action !== 'Add' || !identifiers.has(logicalId));
  if (others.length > 0)
    return `You have modified resources [${others.map(({ logicalId }) => logicalId).join(', ')}] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.`;
  return changes.map((change): Change => ({ ...change, action: 'Import', physicalId: identifiers.get(change.logicalId) ?? '' }));
}

const identifierIn = (value: Tree[string]): string => (isTree(value) ? Object.values(value).map(String).join('|') : '');

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html */
function existing({ cloud }: Service, { stack, made }: ChangeSet, changes: readonly Change[]): readonly Change[] | string {
  const refused: string[] = [];
  const result = changes.map((change): Change => {
    if (change.action !== 'Add') return change;
    const { identifier, given } = identityOf(cloud, stack, change.logicalId, change.type, change.after ?? {});
    const thing = given ? cloud.world.find(stack.region, change.type, identifier) : undefined;
    if (!thing || thing.stackId !== undefined) return change;
    const policy = made.template.Resources[change.logicalId]?.DeletionPolicy;
    if (policy !== 'Retain' && policy !== 'RetainExceptOnCreate') refused.push(`${change.logicalId} ({${named(change.type, identifier)}})`);
    return { ...change, action: 'Import', physicalId: thing.physicalId };
  });
  if (refused.length === 0) return result;
  return `CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are ${refused.join(', ')}`;
}

const named = (type: string, identifier: string): string => {
  const parts = identifier.split('|');
  return described(type)
    .id.map((name, index) => `${name}=${parts[index] ?? ''}`)
    .join(', ');
};
