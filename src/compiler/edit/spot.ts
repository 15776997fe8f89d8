import { isCollection, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Place, SourceText, Span } from '../text/source-text.ts';
import { yamlOf } from './yaml.ts';

export type Collection = YAMLMap.Parsed | YAMLSeq.Parsed;

/** One entry of a mapping or one item of a list, as it stands in the file. */
export interface Spot {
  readonly source: SourceText;
  readonly collection: Collection;
  readonly index: number;
  /** The entry this collection is the value of; nothing for the top of the file. */
  readonly outer: Spot | undefined;
}

/** The innermost entry whose key or value is at a place. */
export function spotAt({ source, span }: Place): Spot | undefined {
  const { contents } = yamlOf(source);
  return isCollection(contents) ? spotIn(source, contents as Collection, span, undefined) : undefined;
}

/** The mapping at the top of a file. */
export function topOf(source: SourceText): YAMLMap.Parsed | undefined {
  const { contents } = yamlOf(source);
  return isMap(contents) ? contents : undefined;
}

function spotIn(source: SourceText, collection: Collection, span: Span, outer: Spot | undefined): Spot | undefined {
  const index = lastFrom(collection, span.start);
  if (index === -1) return undefined;
  const spot = { source, collection, index, outer };
  const [key, value] = [keyOf(spot), valueOf(spot)];
  if (key && span.end <= key.range[1]) return spot;
  if (!value || span.start < value.range[0] || span.end > Math.max(value.range[1], value.range[2])) return undefined;
  if (!isCollection(value) || isWhole(value, span)) return spot;
  return spotIn(source, value as Collection, span, spot) ?? spot;
}

/** The last entry that begins at an offset or before it: entries stand in order. */
function lastFrom(collection: Collection, offset: number): number {
  let [low, high] = [0, collection.items.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const spot = { collection, index: middle };
    const start = (keyOf(spot) ?? valueOf(spot))?.range[0] ?? 0;
    if (start <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

const isWhole = ({ range }: ParsedNode, { start, end }: Span): boolean => start === range[0] && end === range[1];

export const valueOf = ({ collection, index }: Pick<Spot, 'collection' | 'index'>): ParsedNode | null =>
  isSeq(collection)
    ? ((collection.items[index] ?? null) as ParsedNode | null)
    : ((collection as YAMLMap.Parsed).items[index]?.value ?? null);

export const keyOf = ({ collection, index }: Pick<Spot, 'collection' | 'index'>): ParsedNode | undefined =>
  isSeq(collection) ? undefined : (collection as YAMLMap.Parsed).items[index]?.key;

/** Where a key of a mapping stands. */
export const indexOf = (map: YAMLMap.Parsed, key: string): number =>
  map.items.findIndex((pair) => isScalar(pair.key) && String(pair.key.source ?? pair.key.value) === key);

/** From its key, or from the dash of an item. */
export function startOf(spot: Spot): number {
  const key = keyOf(spot);
  if (key) return key.range[0];
  const start = valueOf(spot)?.range[0] ?? 0;
  return spot.collection.flow ? start : spot.source.text.lastIndexOf('-', Math.max(0, start - 1));
}

/** To the last character that belongs to it, comments and blank lines behind it not included. */
export function endOf(spot: Spot): number {
  const value = valueOf(spot);
  const key = keyOf(spot);
  if (value && !isNothing(value)) return endOfNode(spot.source, value);
  if (!key) return value?.range[1] ?? 0;
  if (value === null) return key.range[1];
  return spot.source.text.indexOf(':', key.range[1]) + 1;
}

function endOfNode(source: SourceText, node: ParsedNode): number {
  if (isCollection(node) && !node.flow && node.items.length > 0)
    return endOf({ source, collection: node as Collection, index: node.items.length - 1, outer: undefined });
  return source.text.slice(0, node.range[1]).trimEnd().length;
}

/** Nothing was written for it. */
export const isNothing = (node: ParsedNode): boolean => isScalar(node) && node.range[0] === node.range[1];
