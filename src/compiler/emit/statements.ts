import type { Grant } from '../cloud/part.ts';
import { noValue, type Value } from '../cloud/value.ts';
import { render } from './render.ts';

/** A statement of an IAM policy. */
export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly Value[];
  readonly Condition?: Value;
}

/** Grants as statements: those on the same things are one, and those with the same actions are one. */
export function statementsOf(grants: readonly Grant[], carrier: Value | undefined): readonly PolicyStatement[] {
  const statements = grants.map((grant): PolicyStatement => {
    const when = conditionOf(grant, carrier);
    return {
      Effect: grant.effect ?? 'Allow',
      Action: [...grant.actions],
      Resource: [...grant.on],
      ...(when && { Condition: when }),
    };
  });
  const byResource = merged(
    statements,
    (one) => [one.Effect, one.Resource, one.Condition],
    (a, b) => ({ ...a, Action: union(a.Action, b.Action) }),
  );
  const byAction = merged(
    byResource,
    (one) => [one.Effect, union(one.Action, []), one.Condition],
    (a, b) => ({ ...a, Resource: union(a.Resource, b.Resource) }),
  );
  return byAction.map((one) => ({ ...one, Action: [...new Set(one.Action)].sort(), Resource: union(one.Resource, []) }));
}

/**
 * Where the function that carries the role is known by name, what its code does and what a service does for it are
 * told apart. https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
function conditionOf({ when, by, insideSandbox, effect }: Grant, carrier: Value | undefined): Value | undefined {
  if (carrier === undefined || effect === 'Deny') return when;
  const key = 'lambda:SourceFunctionArn';
  const strict: { readonly [operator: string]: { readonly [key: string]: Value } } =
    by === 'code' || insideSandbox ? { ArnEquals: { [key]: carrier } } : { Null: { [key]: 'true' } };
  const all: Record<string, { readonly [key: string]: Value }> = { ...when };
  for (const [operator, keys] of Object.entries(strict)) all[operator] = { ...all[operator], ...keys };
  return all;
}

function merged(
  statements: readonly PolicyStatement[],
  keyOf: (one: PolicyStatement) => unknown,
  merge: (a: PolicyStatement, b: PolicyStatement) => PolicyStatement,
): readonly PolicyStatement[] {
  const all = new Map<string, PolicyStatement>();
  for (const one of statements) {
    const key = JSON.stringify(keyOf(one), (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'kind' in value ? render(value as never) : value,
    );
    const other = all.get(key);
    all.set(key, other ? merge(other, one) : one);
  }
  return [...all.values()];
}

function union<T extends Value>(a: readonly T[], b: readonly T[]): readonly T[] {
  const all = new Map([...a, ...b].map((value) => [JSON.stringify(render(value)), value]));
  return [...all]
    .filter(([, value]) => value !== noValue)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([, value]) => value);
}
