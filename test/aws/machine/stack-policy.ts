import { isTree, type Value } from '../tree.ts';
import { validationError } from '../wire.ts';
import type { Stack } from './stack.ts';

export type PolicyAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html */
export function checkPolicy(body: string): void {
  try {
    const policy: unknown = JSON.parse(body);
    if (isTree(policy) && Array.isArray(policy['Statement'])) return;
  } catch {
    // Said below.
  }
  throw validationError('Error validating stack policy: Invalid stack policy');
}

/** Why the stack’s policy forbids an action on a resource. Without a policy everything is allowed, with one only what it allows. */
export function denied({ policy }: Stack, action: PolicyAction, logicalId: string): string | undefined {
  if (policy === undefined) return undefined;
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement: readonly Value[] };
  const resource = `LogicalResourceId/${logicalId}`;
  const matching = statements
    .map((statement, index) => ({ statement, index }))
    .filter(({ statement }) => isAbout(statement, action, resource));
  const denying = matching.find(({ statement }) => isTree(statement) && statement['Effect'] === 'Deny');
  if (denying)
    return `Action denied by stack policy: Statement [#${denying.index + 1}] does not allow [${action}] for resource [${resource}]`;
  return matching.length > 0 ? undefined : `Action denied by stack policy: No statements allow [${action}] for resource [${resource}]`;
}

function isAbout(statement: Value, action: string, resource: string): boolean {
  if (!isTree(statement)) return false;
  const actions = many(statement['Action']);
  const resources = many(statement['Resource']);
  const others = many(statement['NotResource']);
  const aimed = resources.length > 0 ? resources.some((one) => fits(one, resource)) : !others.some((one) => fits(one, resource));
  return aimed && actions.some((one) => fits(one, action));
}

const many = (value: Value | undefined): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);

const fits = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(name);
