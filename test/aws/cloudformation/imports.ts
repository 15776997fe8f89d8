import type { ChangeSet } from '../machine/change-set.ts';
import type { Change } from '../machine/compare.ts';
import { identityOf } from '../machine/names.ts';
import { described } from '../template/types.ts';
import { canonical, isTree, type Tree } from '../tree.ts';
import type { Service } from './action.ts';

/** Adds that become imports, or why they cannot. */
export function withImports(service: Service, changeSet: ChangeSet, changes: readonly Change[]): readonly Change[] | string {
  if (changeSet.type === 'IMPORT') return refusedImport(service, changeSet) ?? asked(changeSet, changes);
  return changeSet.importExistingResources ? existing(service, changeSet, changes) : changes;
}

/**
 * What an import may not hold, in the words people quote of it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
function refusedImport({ cloud }: Service, { stack, made, toImport }: ChangeSet): string | undefined {
  const before = stack.made?.template.Outputs ?? {};
  if (Object.entries(made.template.Outputs).some(([name, output]) => canonical(before[name]) !== canonical(output)))
    return 'As part of the import operation, you cannot modify or add [Outputs]';
  for (const one of toImport) {
    const id = String(one['LogicalResourceId']);
    const type = String(one['ResourceType']);
    const resource = made.template.Resources[id];
    if (!resource || resource.Type !== type) return `Resources [${id}] to import are not in the template.`;
    if (resource.DeletionPolicy === undefined)
      return `The following resources to import [${id}] must have DeletionPolicy attribute specified in the template.`;
    const identifier = isTree(one['ResourceIdentifier']) ? one['ResourceIdentifier'] : {};
    const keys = described(type).id;
    if (keys.length > 0 && canonical(Object.keys(identifier).sort()) !== canonical([...keys].sort()))
      return `Resource identifiers of [${id}] must be [${keys.join(', ')}].`;
    const written = resource.Properties ?? {};
    const other = keys.find((key) => typeof written[key] === 'string' && written[key] !== identifier[key]);
    if (other !== undefined)
      return `The Identifier [${other}] for resource [${id}] does not match the identifier value defined in the template.`;
    const owner = cloud.world.find(stack.region, type, identifierIn(identifier))?.stackId;
    if (owner !== undefined && owner !== stack.id) return `Resource [${id}] already exists in stack ${owner}.`;
  }
  return undefined;
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
