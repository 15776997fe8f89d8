import { logicalId } from '../cloud/address.ts';
import { account, arn, Attribute, attribute, isIntrinsic, Join, Pseudo, Ref, type Intrinsic, type Value } from '../cloud/value.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import type { Call, PlannedEndpoint } from './plan.ts';

/** What an endpoint’s policy may hold. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const MOST_CHARACTERS = 20_480;

/** What stands in a policy for one statement: who may do it follows. */
interface Scope {
  readonly actions: readonly string[];
  readonly on: readonly Value[];
}

/**
 * What an endpoint lets through: what the functions in the VPC were granted on its service, by their roles, what things
 * demand of it, and what the file adds. Where that would be too long for AWS it says less exactly what it lets through,
 * never less than is needed: the functions’ own roles stay exact.
 */
export function endpointPolicy(planned: PlannedEndpoint, context: Context): Value {
  const { calls, demands, settings } = planned;
  const own: readonly Value[] = (settings?.policy ?? []).map((statement) => context.data(statement as never));
  const demanded = unique(demands.flatMap(({ allows }) => allows.map(({ by, when, ...scope }) => allowing(scope, when, by))));
  const policies = [exact, wider, widest].map((granted) => [...granted(calls), ...demanded, ...own]);
  const fitting = policies.find((statements) => lengthOf(statements) <= MOST_CHARACTERS) ?? policies.at(-1) ?? [];
  // A policy must have a statement; an endpoint nobody uses lets nothing through.
  return {
    Version: '2012-10-17',
    Statement: fitting.length > 0 ? fitting : [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
  };
}

/** A gateway’s policy takes no other principal than `*`, so who it is stands in a condition. */
function allowing({ actions, on }: Scope, condition?: Value, principal: Value = '*'): Value {
  return {
    Effect: 'Allow',
    Principal: principal,
    Action: [...new Set(actions)].sort(),
    Resource: on,
    ...(condition !== undefined && { Condition: condition }),
  };
}

/** What was granted, and to which roles. Roles that may do the same are one statement, and so is what the same roles may do the same with. */
function exact(calls: readonly Call[]): readonly Value[] {
  const alike = groupBy(calls, ({ actions, statement }) => JSON.stringify([[...actions].sort(), statement.on]));
  const byRoles = alike.flatMap((group) => {
    const [first] = group;
    const roles = new Map(group.map(({ member }) => [logicalId(member.role), attribute(member.role, 'Arn')]));
    return first
      ? [{ scope: { actions: [...first.actions].sort(), on: first.statement.on }, roles: [...roles].sort(([a], [b]) => (a < b ? -1 : 1)) }]
      : [];
  });
  const together = groupBy(byRoles, ({ scope, roles }) => JSON.stringify([scope.actions, roles.map(([id]) => id)]));
  return together.flatMap((group) => {
    const [first] = group;
    return first
      ? [
          allowing(
            { actions: first.scope.actions, on: unique(group.flatMap(({ scope }) => scope.on)) },
            { ArnEquals: { 'aws:PrincipalArn': first.roles.map(([, role]) => role) } },
          ),
        ]
      : [];
  });
}

const OURS: Value = { StringEquals: { 'aws:PrincipalAccount': account } };

/** The same actions, on anything of the same service in this account; what is not known to be in this account stays as it was granted. */
function wider(calls: readonly Call[]): readonly Value[] {
  const scopes = calls.flatMap(({ actions, statement }) =>
    statement.on.map((on) => ({ actions: [...actions].sort(), on: [widened(on, actions)] })),
  );
  return groupBy(scopes, ({ actions }) => JSON.stringify(actions)).flatMap((group) => {
    const [first] = group;
    return first ? [allowing({ actions: first.actions, on: unique(group.flatMap(({ on }) => on)) }, OURS)] : [];
  });
}

/** The same actions, for this account’s roles alone. */
function widest(calls: readonly Call[]): readonly Value[] {
  return calls.length === 0 ? [] : [allowing({ actions: calls.flatMap(({ actions }) => actions), on: ['*'] }, OURS)];
}

/** Services whose ARNs have no region or no account: of these a resource is not widened. */
const GLOBAL = ['iam', 'route53', 's3', 'sts'];

function widened(on: Value, [action = '']: readonly string[]): Value {
  const [prefix = ''] = action.split(':');
  if (GLOBAL.includes(prefix)) return on;
  const start = on instanceof Join ? on.parts[0] : on;
  if (start instanceof Attribute) return arn(prefix, '*');
  if (!(on instanceof Join)) return on;
  const written = on.parts
    .map((part: Piece) => (typeof part === 'string' ? part : part instanceof Pseudo ? `\${${part.name}}` : '\u0000'))
    .join('');
  const service = /^arn:\$\{Partition\}:([a-z0-9-]+):\$\{Region\}:\$\{AccountId\}:/.exec(written)?.[1];
  return service === undefined ? on : arn(service, '*');
}

/** How long a text of CloudFormation may become at the most: ARNs of what it names are not known before. */
const MOST_OF_NAMED = 200;

/** How many characters a value may become. */
function lengthOf(value: Value): number {
  if (isIntrinsic(value)) return lengthOfComputed(value);
  if (Array.isArray(value)) return value.reduce((sum: number, item: Value) => sum + lengthOf(item) + 1, 2);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + lengthOf(item) + 4, 2);
  return JSON.stringify(value).length;
}

function lengthOfComputed(value: Intrinsic): number {
  if (value instanceof Join) return value.parts.reduce((sum, part) => sum + lengthOf(part), 2);
  if (value instanceof Pseudo) return 20;
  if (value instanceof Attribute || value instanceof Ref) return MOST_OF_NAMED;
  return 2 * MOST_OF_NAMED;
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function unique(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
