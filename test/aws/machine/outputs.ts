import { holds, resolve, type Scope } from '../template/resolve.ts';
import { Refusal } from '../wire.ts';
import type { Cloud } from './cloud.ts';
import type { OutputValue, Stack } from './stack.ts';

/** The outputs of a stack, or why they cannot be. */
export function outputsOf(
  cloud: Cloud,
  stack: Stack,
  scope: Scope,
): { readonly outputs: readonly OutputValue[] } | { readonly reason: string } {
  try {
    const outputs = Object.entries(scope.template.Outputs)
      .filter(([, { Condition }]) => Condition === undefined || holds(Condition, scope))
      .map(([key, { Value, Description, Export }]) => ({
        key,
        value: String(resolve(Value, scope)),
        description: Description,
        exportName: Export ? String(resolve(Export.Name, scope)) : undefined,
      }));
    const reason = quarrel(cloud, stack, outputs);
    return reason === undefined ? { outputs } : { reason };
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.message };
    throw error;
  }
}

const neighbours = (cloud: Cloud, stack: Stack): readonly Stack[] =>
  cloud.stacks.filter((other) => other !== stack && other.region === stack.region && other.account === stack.account && !other.gone);

export const importers = (cloud: Cloud, stack: Stack, exportName: string): readonly Stack[] =>
  neighbours(cloud, stack).filter(({ imports }) => imports.includes(exportName));

/** As CloudFormation words it for deletions and updates alike. */
export const inUse = (verb: 'delete' | 'update', exportName: string, users: readonly Stack[]): string =>
  `${verb === 'delete' ? 'Delete canceled. ' : ''}Cannot ${verb} export ${exportName} as it is in use by ${users.map(({ name }) => name).join(' and ')}.`;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html */
function quarrel(cloud: Cloud, stack: Stack, outputs: readonly OutputValue[]): string | undefined {
  for (const { exportName } of outputs) {
    const owner =
      exportName === undefined
        ? undefined
        : neighbours(cloud, stack).find((other) => other.outputs.some((one) => one.exportName === exportName));
    if (owner) return `Export with name ${exportName} is already exported by stack ${owner.name}. Rollback requested by user.`;
  }
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue;
    const after = outputs.find((one) => one.exportName === exportName);
    const users = importers(cloud, stack, exportName);
    if (users.length === 0 || after?.value === value) continue;
    return inUse(after ? 'update' : 'delete', exportName, users);
  }
  return undefined;
}
