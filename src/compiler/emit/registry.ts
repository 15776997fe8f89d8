import type { Catalogue, PropertySpecs, ResourceSpec, TypeSpec } from '../cloud/catalogue.ts';
import { nearest } from '../text/suggest.ts';
import type { Json } from './render.ts';

/** Something in a resource that CloudFormation’s specification does not know. */
export interface Violation {
  readonly path: readonly string[];
  readonly wrong: string;
  /** The property that may be meant. */
  readonly meant?: string | undefined;
}

/** Compares the properties of a resource, as rendered, with the specification of its type. */
export function violations(type: string, properties: Json, catalogue: Catalogue): readonly Violation[] {
  const spec = catalogue.resourceType(type);
  return spec ? inProperties(spec.properties, properties, spec, []) : [];
}

function inProperties(specs: PropertySpecs, value: Json, spec: ResourceSpec, path: readonly string[]): readonly Violation[] {
  if (isComputed(value)) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, wrong: 'it must be an object' }];
  const entries = Object.entries(value);
  const missing = Object.keys(specs).filter((name) => specs[name]?.required && !Object.hasOwn(value, name));
  return [
    ...entries.flatMap(([name, item]) => {
      const property = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (property) return inType(property.type, item, spec, [...path, name]);
      const meant = nearest(name, Object.keys(specs));
      return [{ path: [...path, name], wrong: 'there is no such property', meant }];
    }),
    ...missing.map((name) => ({ path, wrong: `\`${name}\` is missing` })),
  ];
}

function inType(type: TypeSpec, value: Json, spec: ResourceSpec, path: readonly string[]): readonly Violation[] {
  if (isComputed(value)) return [];
  if (typeof type === 'string') {
    if (type.startsWith('#')) return inProperties(spec.types[type.slice(1)] ?? {}, value, spec, path);
    return fits(type, value) ? [] : [{ path, wrong: `it must be ${NAMES[type] ?? type}, not ${JSON.stringify(value)}` }];
  }
  if (isList(type)) {
    if (!Array.isArray(value)) return [{ path, wrong: 'it must be a list' }];
    return value.flatMap((item: Json, index) => inType(type[0], item, spec, [...path, String(index)]));
  }
  if ('enum' in type)
    return typeof value === 'string' && type.enum.includes(value) ? [] : [{ path, wrong: `it must be one of ${type.enum.join(', ')}` }];
  if ('map' in type) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, wrong: 'it must be an object' }];
    return Object.entries(value).flatMap(([key, item]) => inType(type.map, item, spec, [...path, key]));
  }
  const tries = type.any.map((one) => inType(one, value, spec, path));
  return tries.some((found) => found.length === 0) ? [] : (tries[0] ?? []);
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  tag: 'a tag',
};

/** CloudFormation takes texts for numbers and the other way round. */
function fits(type: string, value: Json): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    case 'number':
    case 'integer':
      return typeof value === 'number' || (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)));
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    case 'tag':
      return typeof value === 'object' && value !== null && 'Key' in value && 'Value' in value;
    default:
      return true;
  }
}

function isComputed(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::') === true);
}

function isList(type: TypeSpec): type is readonly [TypeSpec] {
  return Array.isArray(type);
}
