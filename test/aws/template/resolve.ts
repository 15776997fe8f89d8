import { isTree, same, type Tree, type Value } from '../tree.ts';
import { validationError } from '../wire.ts';
import type { Template } from './template.ts';

/** What names stand for. `undefined`: not known yet, and the reference stays as it is. */
export interface Scope {
  readonly template: Template;
  readonly parameter: (name: string) => Value | undefined;
  readonly resource: (logicalId: string) => string | undefined;
  readonly attribute: (logicalId: string, name: string) => Value | undefined;
  readonly imported: (name: string) => string | undefined;
}

const NOTHING = Symbol('AWS::NoValue');
type Resolved = Value | typeof NOTHING;

/** A value with its functions worked out as far as the scope knows. */
export function resolve(value: Value | undefined, scope: Scope): Value {
  const resolved = value === undefined ? NOTHING : worked(value, scope);
  return resolved === NOTHING ? null : resolved;
}

export const resolveTree = (value: Tree | undefined, scope: Scope): Tree => {
  const resolved = resolve(value ?? {}, scope);
  return isTree(resolved) ? resolved : {};
};

function worked(value: Value, scope: Scope): Resolved {
  if (Array.isArray(value)) return value.map((one) => worked(one, scope)).filter((one): one is Value => one !== NOTHING);
  if (!isTree(value)) return value;
  const [name, ...others] = Object.keys(value);
  const compute = name === undefined || others.length > 0 ? undefined : FUNCTIONS[name];
  if (compute && name !== undefined) return compute(value[name] ?? null, scope);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inside]) => [key, inside === undefined ? NOTHING : worked(inside, scope)] as const)
      .filter((pair): pair is readonly [string, Value] => pair[1] !== NOTHING),
  );
}

const plain = (value: Value, scope: Scope): Value => {
  const resolved = worked(value, scope);
  return resolved === NOTHING ? null : resolved;
};

const isKnown = (value: Value): boolean =>
  Array.isArray(value) ? value.every(isKnown) : !isTree(value) || !Object.keys(value).some((key) => key in FUNCTIONS);

const parts = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value]);

type Compute = (value: Value, scope: Scope) => Resolved;

const FUNCTIONS: Readonly<Record<string, Compute>> = {
  Ref: (name, scope) => {
    if (name === 'AWS::NoValue') return NOTHING;
    return scope.parameter(String(name)) ?? scope.resource(String(name)) ?? { Ref: name };
  },
  'Fn::GetAtt': (value, scope) => {
    const [name = '', ...path] = typeof value === 'string' ? value.split('.') : parts(plain(value, scope)).map(String);
    const attribute = path.join('.');
    return scope.attribute(name, attribute) ?? { 'Fn::GetAtt': [name, attribute] };
  },
  'Fn::Sub': (value, scope) => {
    const [pattern, given]: readonly Value[] = parts(value);
    const known = isTree(given) ? resolveTree(given, scope) : {};
    const pieces = String(pattern).split(/(\$\{[^}]+\})/);
    return joined(
      '',
      pieces.filter((piece) => piece !== '').map((piece) => hole(piece, known, scope)),
    );
  },
  'Fn::Join': (value, scope) => {
    const [separator = '', values = []]: readonly Value[] = parts(value);
    const resolved = plain(values, scope);
    return Array.isArray(resolved) ? joined(String(separator), resolved) : { 'Fn::Join': [separator, resolved] };
  },
  'Fn::If': (value, scope) => {
    const [name, then = null, otherwise = null]: readonly Value[] = parts(value);
    return worked(holds(String(name), scope) ? then : otherwise, scope);
  },
  'Fn::Select': (value, scope) => {
    const [index, from]: readonly Value[] = parts(plain(value, scope));
    return Array.isArray(from) && isKnown(index ?? 0) ? (from[Number(index)] ?? null) : { 'Fn::Select': [index ?? 0, from ?? null] };
  },
  'Fn::Split': (value, scope) => {
    const [separator, from]: readonly Value[] = parts(plain(value, scope));
    return typeof from === 'string' ? from.split(String(separator)) : { 'Fn::Split': [separator ?? '', from ?? ''] };
  },
  'Fn::FindInMap': (value, scope) => {
    const [map, first, second]: readonly Value[] = parts(plain(value, scope));
    const table = scope.template.Mappings[String(map)];
    const row = isTree(table) ? table[String(first)] : undefined;
    const found = isTree(row) ? row[String(second)] : undefined;
    if (found === undefined)
      throw validationError(`Template error: Unable to get mapping for ${String(map)}::${String(first)}::${String(second)}`);
    return found;
  },
  'Fn::ImportValue': (value, scope) => {
    const name = plain(value, scope);
    if (typeof name !== 'string') return { 'Fn::ImportValue': name };
    const found = scope.imported(name);
    if (found === undefined) throw validationError(`No export named ${name} found`);
    return found;
  },
  'Fn::GetAZs': (value, scope) => {
    const region = plain(value, scope) || scope.parameter('AWS::Region');
    return ['a', 'b', 'c'].map((zone) => `${String(region)}${zone}`);
  },
  'Fn::Base64': (value, scope) => {
    const inside = plain(value, scope);
    return typeof inside === 'string' ? Buffer.from(inside).toString('base64') : { 'Fn::Base64': inside };
  },
  'Fn::Length': (value, scope) => {
    const inside = plain(value, scope);
    return Array.isArray(inside) ? inside.length : { 'Fn::Length': inside };
  },
  'Fn::ToJsonString': (value, scope) => JSON.stringify(plain(value, scope)),
  'Fn::Cidr': (value, scope) => {
    const [block, count]: readonly Value[] = parts(plain(value, scope));
    return typeof block === 'string'
      ? Array.from({ length: Number(count) }, (_, index) => block.replace(/\.\d+\.\d+\/\d+$/, `.${index}.0/24`))
      : { 'Fn::Cidr': value };
  },
};

/** Text as far as it is text; what is not known stays a join of its parts. */
function joined(separator: string, values: readonly Value[]): Value {
  if (values.every(isKnown)) return values.map(String).join(separator);
  if (separator !== '') return { 'Fn::Join': [separator, values] };
  const merged: Value[] = [];
  for (const value of values.flatMap(unjoined)) {
    const last = merged.at(-1);
    if (typeof last === 'string' && isKnown(value)) merged[merged.length - 1] = last + String(value);
    else merged.push(isKnown(value) ? String(value) : value);
  }
  return { 'Fn::Join': ['', merged] };
}

function unjoined(value: Value): readonly Value[] {
  const inside = isTree(value) ? value['Fn::Join'] : undefined;
  return Array.isArray(inside) && inside[0] === '' && Array.isArray(inside[1]) ? inside[1] : [value];
}

function hole(piece: string, known: Tree, scope: Scope): Value {
  const name = piece.match(/^\$\{([^}]+)\}$/)?.[1]?.trim();
  if (name === undefined) return piece;
  if (name.startsWith('!')) return `\${${name.slice(1)}}`;
  if (name in known) return known[name] ?? '';
  return plain(
    name.includes('.') ? { 'Fn::GetAtt': [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)] } : { Ref: name },
    scope,
  );
}

/** Whether a condition of the template holds. */
export function holds(name: string, scope: Scope): boolean {
  const condition = scope.template.Conditions[name];
  if (condition === undefined) throw validationError(`Template error: unresolved condition dependency ${name} in the Fn::If function`);
  return isTrue(condition, scope);
}

function isTrue(value: Value, scope: Scope): boolean {
  if (!isTree(value)) return value === true || value === 'true';
  const inside = Object.values(value)[0] ?? null;
  switch (Object.keys(value)[0]) {
    case 'Condition':
      return holds(String(inside), scope);
    case 'Fn::Not':
      return !isTrue(parts(inside)[0] ?? false, scope);
    case 'Fn::And':
      return parts(inside).every((one) => isTrue(one, scope));
    case 'Fn::Or':
      return parts(inside).some((one) => isTrue(one, scope));
    case 'Fn::Equals':
      return same(...(parts(plain(inside, scope)).map(String) as [string, string]));
    default:
      return false;
  }
}
