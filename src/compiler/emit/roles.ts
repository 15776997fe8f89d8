import { address, logicalId, type Address } from '../cloud/address.ts';
import { resource, type Grant, type Part, type Resource, type Role } from '../cloud/part.ts';
import { addressesIn, ref, text, type Value } from '../cloud/value.ts';
import { circular } from './graph.ts';
import { statementsOf } from './statements.ts';

/** What holds for every role. */
export interface RoleSettings {
  readonly boundary: Value | undefined;
  readonly path: string | undefined;
}

/**
 * Roles with what was granted to them: one policy in each role, so that the two come and go together. A grant on
 * something that waits for the role (a function that invokes itself) stands in a policy apart.
 */
export function foldRoles(parts: readonly Part[], settings: RoleSettings): readonly Resource[] {
  const roles = parts.filter((part) => part.part === 'role');
  const grants = parts.filter((part) => part.part === 'grant');
  const byRole = grantsByRole(grants);
  const waiting = circular(edgesOf(parts, grants));
  return roles.flatMap((role) => {
    const id = logicalId(role.address);
    const own = byRole.get(id) ?? [];
    const apart = own.filter(
      (grant) => grant.apart === true || grant.on.some((on) => addressesIn(on).some((to) => waiting(id, logicalId(to)))),
    );
    const inside = own.filter((grant) => !apart.includes(grant));
    return [roleResource(role, inside, settings), ...(apart.length > 0 ? [policyResource(role, apart)] : [])];
  });
}

/** Grants by the logical id of the role they are for. */
export function grantsByRole(grants: readonly Grant[]): ReadonlyMap<string, readonly Grant[]> {
  const all = new Map<string, Grant[]>();
  for (const grant of grants) {
    const id = logicalId(grant.to);
    const own = all.get(id);
    if (own) own.push(grant);
    else all.set(id, [grant]);
  }
  return all;
}

/** Who waits for whom, by logical ids, grants inside of their roles. */
function edgesOf(parts: readonly Part[], grants: readonly Grant[]): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  const add = (from: Address, to: readonly Address[]) => {
    const id = logicalId(from);
    const all = edges.get(id) ?? new Set<string>();
    for (const one of to) all.add(logicalId(one));
    edges.set(id, all);
  };
  for (const part of parts) {
    if (part.part === 'resource') add(part.address, [...addressesIn(part.properties as Value), ...(part.dependsOn ?? [])]);
    if (part.part === 'variable') add(part.to, addressesIn(part.value));
  }
  for (const { to, on } of grants) add(to, on.flatMap(addressesIn));
  return edges;
}

function roleResource(role: Role, grants: readonly Grant[], { boundary, path }: RoleSettings): Resource {
  const accepted = unique(grants.flatMap((grant) => grant.accepted ?? []));
  return resource(
    role.address,
    {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: principalsOf(role) },
            Action: 'sts:AssumeRole',
            ...trustOf(role),
          },
        ],
      },
      ...(grants.length > 0 && {
        Policies: [
          {
            PolicyName: 'Granted',
            PolicyDocument: { Version: '2012-10-17', Statement: statementsOf(grants, role.carrier) as unknown as Value },
          },
        ],
      }),
      ...(boundary !== undefined && { PermissionsBoundary: boundary as string }),
      ...(path !== undefined && { Path: path }),
    },
    {
      because: role.because,
      path: role.path,
      ...(role.lifetime && { lifetime: role.lifetime }),
      ...(role.condition !== undefined && { condition: role.condition }),
      ...(accepted.length > 0 && { accepted }),
    },
  ) as unknown as Resource;
}

function principalsOf({ service, also }: Role): Value {
  return also ? [service, ...also] : service;
}

function trustOf({ trust, carrier }: Role): { readonly Condition?: Value } {
  const all = carrier === undefined ? trust : { ...trust, ArnLike: { ...trust['ArnLike'], 'aws:SourceArn': carrier } };
  return Object.keys(all).length === 0 ? {} : { Condition: all };
}

function policyResource(role: Role, grants: readonly Grant[]): Resource {
  const { names, role: part } = role.address;
  const accepted = unique(grants.flatMap((grant) => grant.accepted ?? []));
  return resource(
    address('AWS::IAM::Policy', names, `${part}Policy`),
    {
      PolicyName: text('GrantedApart') as string,
      Roles: [ref(role.address)],
      PolicyDocument: { Version: '2012-10-17', Statement: statementsOf(grants, role.carrier) as unknown as Value },
    },
    { because: role.because, path: role.path, ...(role.lifetime && { lifetime: role.lifetime }), ...(accepted.length > 0 && { accepted }) },
  ) as unknown as Resource;
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
