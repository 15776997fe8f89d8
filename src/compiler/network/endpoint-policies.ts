import { account, arn, attribute, type Value } from '../cloud/value.ts';
import { logicalId } from '../cloud/address.ts';
import type { Context } from '../resources/meaning.ts';
import type { Call, PlannedEndpoint } from './plan.ts';

/** What an endpoint’s policy may hold; a margin is left for what AWS counts otherwise. */
const MOST_CHARACTERS = 18_000;

/**
 * What an endpoint lets through: what the functions in the VPC were granted on its service, by their roles, and nothing
 * else. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicy(planned: PlannedEndpoint, context: Context): Value {
  const { calls, demands, settings } = planned;
  const own: readonly Value[] = (settings?.policy ?? []).map((statement) => context.data(statement as never));
  const demanded = demands.flatMap(({ allows }) => allows.map(({ actions, on }): Value => ({ Effect: 'Allow', Principal: '*', Action: [...actions].sort(), Resource: on })));
  const exact = statementsOf(calls);
  const granted = JSON.stringify(exact).length > MOST_CHARACTERS ? wider(planned) : exact;
  const all = [...granted, ...demanded, ...own];
  // A policy must have a statement; an endpoint nobody uses lets nothing through.
  return { Version: '2012-10-17', Statement: all.length > 0 ? all : [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] };
}

/** The same actions on the same things are one statement, for all roles that may. */
function statementsOf(calls: readonly Call[]): readonly Value[] {
  const groups = new Map<string, { readonly call: Call; readonly roles: Map<string, Value> }>();
  for (const call of calls) {
    const key = JSON.stringify([[...call.actions].sort(), call.statement.on]);
    const group = groups.get(key) ?? { call, roles: new Map<string, Value>() };
    group.roles.set(logicalId(call.member.role), attribute(call.member.role, 'Arn'));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ call, roles }) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: [...call.actions].sort(),
    Resource: call.statement.on,
    Condition: { ArnEquals: { 'aws:PrincipalArn': [...roles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, role]) => role) } },
  }));
}

/** Where the exact policy would be too long for AWS: everything of the service in this account, for this account. */
function wider({ calls }: PlannedEndpoint): readonly Value[] {
  const actions = [...new Set(calls.flatMap((call) => call.actions))].sort();
  const prefixes = [...new Set(actions.map((action) => action.split(':')[0] ?? ''))];
  return [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: actions,
      Resource: prefixes.map((prefix) => (prefix === 's3' ? '*' : arn(prefix, '*'))),
      Condition: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
    },
  ];
}
