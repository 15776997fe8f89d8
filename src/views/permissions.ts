import type { CompiledSystem } from '../compiler/compile.ts';
import { logicalId } from '../compiler/cloud/address.ts';
import type { Grant } from '../compiler/cloud/part.ts';
import type { Value } from '../compiler/cloud/value.ts';
import { render, type Json } from '../compiler/emit/render.ts';

/** One thing one role may do: a row of the page. */
export interface Permission {
  readonly role: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  /** The resource as a person reads an ARN: what CloudFormation computes stands in `${…}`. */
  readonly resource: string;
  /** What must be true besides; nothing where it always holds. */
  readonly when: string;
  /** The line of the file that asked for it: `eventsystem.yml:12`. */
  readonly line: string;
  readonly reason: string;
}

/** Everything that any role of the system may do: a row per action, resource and reason, in a fixed order. */
export function permissionsOf({ parts }: Pick<CompiledSystem, 'parts'>): readonly Permission[] {
  const rows = parts.filter((part): part is Grant => part.part === 'grant').flatMap(permissions);
  const byKey = new Map(rows.map((row) => [sortKey(row), row]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** The page: a block per role, in it a line for the actions on a thing that a line of the file asked for together. */
export function printPermissions(system: Pick<CompiledSystem, 'parts'>): string {
  const roles = new Map<string, Permission[]>();
  for (const row of permissionsOf(system)) roles.set(row.role, [...(roles.get(row.role) ?? []), row]);
  return [...roles]
    .map(
      ([role, rows]) =>
        `${role}\n${together(rows)
          .map((group) => `  ${printed(group)}\n`)
          .join('')}`,
    )
    .join('\n');
}

/** Rows that differ in their action alone. */
function together(rows: readonly Permission[]): readonly (readonly [Permission, ...Permission[]])[] {
  const groups = new Map<string, [Permission, ...Permission[]]>();
  for (const row of rows) {
    const key = sortKey({ ...row, action: row.action.split(':')[0] ?? '' });
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function printed(group: readonly [Permission, ...Permission[]]): string {
  const [{ effect, action, resource, when, line, reason }, ...others] = group;
  const names = others.map((one) => one.action.slice(one.action.indexOf(':') + 1));
  const what = `${effect === 'Deny' ? 'DENY ' : ''}${[action, ...names].join(', ')}`;
  return [what, resource, ...(when === '' ? [] : [`if ${when}`]), line, reason].join(' · ');
}

function permissions({ to, effect, actions, on, when, because, reason }: Grant): readonly Permission[] {
  const line = `${because.source.path}:${because.source.position(because.span.start).line}`;
  const role = logicalId(to);
  const condition = conditionOf(when);
  return actions.flatMap((action) =>
    on.map((value) => ({ role, effect: effect ?? 'Allow', action, resource: resourceOf(value), when: condition, line, reason })),
  );
}

function sortKey({ role, effect, action, resource, when, line, reason }: Permission): string {
  return [role, effect, action, resource, when, line, reason].join('\0');
}

function conditionOf(when: Grant['when']): string {
  return Object.entries(when ?? {})
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => `${key} ${operator} ${resourceOf(value)}`))
    .sort()
    .join(' and ');
}

/** A value of the template in one line. */
function resourceOf(value: Value): string {
  return inLine(render(value));
}

function inLine(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) return `[${value.map(inLine).join(', ')}]`;
  const [[key, inner] = ['', null], second] = Object.entries(value);
  if (second !== undefined || inner === null) return JSON.stringify(value);
  if (key === 'Ref') return `\${${inLine(inner)}}`;
  if (key === 'Fn::GetAtt' && isList(inner)) return `\${${inner.map(inLine).join('.')}}`;
  if (key === 'Fn::Sub' && typeof inner === 'string') return inner;
  if (key === 'Fn::Split' && isList(inner)) return `${inLine(inner[1] ?? '')}.split(${inLine(inner[0] ?? '')})`;
  if (key === 'Fn::Select' && isList(inner)) return `${inLine(inner[1] ?? '')}[${inLine(inner[0] ?? '')}]`;
  if (key === 'Fn::Join' && isList(inner) && isList(inner[1] ?? null))
    return (inner[1] as readonly Json[]).map(inLine).join(String(inner[0]));
  return JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
