import { isIntrinsic, Join, text, type Intrinsic, type Value } from './value.ts';

/** JSON as text, of data in which texts may be computed. */
export function jsonOf(value: Value): string | Intrinsic {
  if (value instanceof Join)
    return text('"', ...value.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"');
  if (isIntrinsic(value)) return text('"', value, '"');
  if (Array.isArray(value)) return text('[', ...value.flatMap((item: Value, index) => [index === 0 ? '' : ',', jsonOf(item)]), ']');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return text(
    '{',
    ...Object.entries(value).flatMap(([key, item], index) => [`${index === 0 ? '' : ','}${JSON.stringify(key)}:`, jsonOf(item as Value)]),
    '}',
  );
}

/** Whether CloudFormation would take an entry of a mapping for one of its own functions, wherever in a template it stands. */
export function isIntrinsicKey(key: string, keys: number): boolean {
  return key.startsWith('Fn::') || (key === 'Ref' && keys === 1);
}
