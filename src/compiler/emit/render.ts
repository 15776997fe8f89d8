import { logicalId } from '../cloud/address.ts';
import {
  Attribute,
  If,
  isIntrinsic,
  Join,
  Parameter,
  Pseudo,
  RawReference,
  Ref,
  Select,
  Split,
  Zones,
  type Intrinsic,
  type Value,
} from '../cloud/value.ts';

/** JSON as it stands in a template. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value as CloudFormation writes it. A property that is `undefined` is left out. */
export function render(value: Value | undefined): Json {
  if (value === undefined) return null;
  if (isIntrinsic(value)) return renderIntrinsic(value);
  if (Array.isArray(value)) return value.map((item: Value) => render(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, render(item as Value)]));
}

function renderIntrinsic(value: Intrinsic): Json {
  if (value instanceof Ref) return { Ref: logicalId(value.to) };
  if (value instanceof Attribute) return { 'Fn::GetAtt': [logicalId(value.of), value.name] };
  if (value instanceof Pseudo) return { Ref: `AWS::${value.name}` };
  if (value instanceof Parameter) return { Ref: value.name };
  if (value instanceof If) return { 'Fn::If': [value.condition, render(value.met), render(value.otherwise)] };
  if (value instanceof Select) return { 'Fn::Select': [value.index, render(value.from)] };
  if (value instanceof Split) return { 'Fn::Split': [value.delimiter, render(value.text)] };
  if (value instanceof Zones) return { 'Fn::GetAZs': '' };
  if (value instanceof RawReference)
    return value.attribute === undefined ? { Ref: value.id } : { 'Fn::GetAtt': [value.id, value.attribute] };
  return renderJoin(value);
}

/**
 * A row of texts and computed parts: `Fn::Sub`, which people read easily, where nothing in the texts could be taken
 * for a variable of it; else `Fn::Join`, which takes every text as it stands.
 */
function renderJoin({ parts, delimiter }: Join): Json {
  const variables = parts.map((part) => (typeof part === 'string' ? part : variableOf(part)));
  const readable =
    delimiter === '' && variables.every((part, index) => part !== undefined && (typeof parts[index] !== 'string' || !part.includes('${')));
  return readable ? { 'Fn::Sub': variables.join('') } : { 'Fn::Join': [delimiter, parts.map((part) => render(part))] };
}

function variableOf(part: Intrinsic): string | undefined {
  if (part instanceof Ref) return `\${${logicalId(part.to)}}`;
  if (part instanceof Attribute) return `\${${logicalId(part.of)}.${part.name}}`;
  if (part instanceof Pseudo) return `\${AWS::${part.name}}`;
  if (part instanceof Parameter) return `\${${part.name}}`;
  if (part instanceof RawReference) return `\${${part.id}${part.attribute === undefined ? '' : `.${part.attribute}`}}`;
  return undefined;
}
