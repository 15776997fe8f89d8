import { isAlias, isCollection, isMap, isScalar, isSeq, type ParsedNode, visit, type YAMLMap } from 'yaml';
import type { Edit } from '../diagnostics/problem.ts';
import type { Place, SourceText } from '../text/source-text.ts';
import { endOf, indexOf, isNothing, keyOf, spotAt, startOf, topOf, valueOf, type Spot } from './spot.ts';
import { yamlOf } from './yaml.ts';

/** What makes a change of the text; nothing where it cannot be made without touching what else is written. */
export type Edits = readonly Edit[];

const NONE: Edits = [];

const edit = (source: SourceText, start: number, end: number, text: string): Edits => [{ place: { source, span: { start, end } }, text }];

/** Without the entry or the item at a place. What is left empty is written `{}` or `[]`. */
export function without(place: Place): Edits {
  const spot = spotAt(place);
  return spot ? taken(spot) : NONE;
}

function taken(spot: Spot): Edits {
  const { source, collection, index, outer } = spot;
  const { text } = source;
  const { items } = collection;
  if (items.length === 1) return outer ? emptied(outer, collection.flow === true, isSeq(collection) ? '[]' : '{}') : NONE;
  const next = index + 1 < items.length ? { ...spot, index: index + 1 } : undefined;
  if (collection.flow) {
    if (!next) return edit(source, endOf({ ...spot, index: index - 1 }), endOf(spot), '');
    const between = text.slice(endOf(spot), startOf(next));
    // A comment between the two is the next one’s.
    const end = between.includes('#') ? endOf(spot) + between.indexOf(',') + 1 : startOf(next);
    return edit(source, startOf(spot), end, '');
  }
  const start = lineStart(text, startOf(spot));
  // The first entry of a list’s item stands behind its dash.
  if (text.slice(start, startOf(spot)).trim() !== '') return next ? edit(source, startOf(spot), startOf(next), '') : NONE;
  return edit(source, start, nextLine(text, endOf(spot)), '');
}

function emptied(outer: Spot, flow: boolean, empty: string): Edits {
  const value = valueOf(outer);
  if (!value) return NONE;
  if (flow) return edit(outer.source, value.range[0], value.range[1], empty);
  const key = keyOf(outer);
  if (!key) return edit(outer.source, value.range[0], endOf(outer), empty);
  return edit(outer.source, outer.source.text.indexOf(':', key.range[1]) + 1, endOf(outer), ` ${empty}`);
}

/** Without another entry of the mapping in which the entry at a place stands. */
export function withoutKey(place: Place, key: string): Edits {
  const spot = spotAt(place);
  const index = spot && isMap(spot.collection) ? indexOf(spot.collection as YAMLMap.Parsed, key) : -1;
  return spot && index !== -1 ? taken({ ...spot, index }) : NONE;
}

/** Without an entry of the mapping that the entry at a place has for its value. */
export function withoutIn(place: Place, key: string): Edits {
  const outer = spotAt(place);
  const inner = outer && valueOf(outer);
  if (!outer || !inner || !isMap(inner)) return NONE;
  const index = indexOf(inner as YAMLMap.Parsed, key);
  return index === -1 ? NONE : taken({ source: outer.source, collection: inner as YAMLMap.Parsed, index, outer });
}

/** Without the whole mapping or list in which the entry at a place stands: the entry or the item that has it for its value. */
export function withoutWhole(place: Place): Edits {
  const outer = spotAt(place)?.outer;
  return outer ? taken(outer) : NONE;
}

/** With another value in place of the whole mapping or list in which the entry at a place stands. */
export function wholeAs(place: Place, written: string): Edits {
  const outer = spotAt(place)?.outer;
  return outer ? valued(outer, written) : NONE;
}

/** One more entry one level further out than the one at a place. */
export function besideWhole(place: Place, key: string, value: string): Edits {
  const outer = spotAt(place)?.outer;
  return outer && isMap(outer.collection) ? put(outer, outer.collection as YAMLMap.Parsed, outer.index, key, value) : NONE;
}

/** With another value for the entry, or in place of the item, at a place. */
export function withValue(place: Place, written: string): Edits {
  const spot = spotAt(place);
  return spot ? valued(spot, written) : NONE;
}

function valued(spot: Spot, written: string): Edits {
  const value = valueOf(spot);
  const key = keyOf(spot);
  if (value && !isNothing(value)) {
    // What begins on a line of its own comes up to its key.
    const start = key && isCollection(value) && !value.flow ? spot.source.text.indexOf(':', key.range[1]) + 1 : value.range[0];
    return edit(spot.source, start, endOf(spot), start === value.range[0] ? written : ` ${written}`);
  }
  return value && key ? edit(spot.source, endOf(spot), endOf(spot), ` ${written}`) : NONE;
}

/** The entry at a place under another key. */
export function renamed(place: Place, name: string): Edits {
  const spot = spotAt(place);
  const key = spot && keyOf(spot);
  return spot && key ? edit(spot.source, key.range[0], key.range[1], name) : NONE;
}

/** Another entry in place of the one at a place. */
export function instead(place: Place, entry: string): Edits {
  const spot = spotAt(place);
  return spot && keyOf(spot) ? edit(spot.source, startOf(spot), endOf(spot), entry) : NONE;
}

/** One more entry in the mapping in which the entry at a place stands, behind it. One that is there gets the value. */
export function beside(place: Place, key: string, value: string): Edits {
  const spot = spotAt(place);
  return spot && isMap(spot.collection) ? put(spot, spot.collection as YAMLMap.Parsed, spot.index, key, value) : NONE;
}

/**
 * One more entry in the mapping that the entry at a place has for its value, at its end. `short` is the key a text stands
 * for that is written there instead of a mapping.
 */
export function into(place: Place, key: string, value: string, short?: string): Edits {
  const spot = spotAt(place);
  if (!spot) return NONE;
  const inner = valueOf(spot);
  if (inner && isMap(inner)) return putInto(spot, inner as YAMLMap.Parsed, key, value);
  const entry = `{ ${key}: ${value} }`;
  if (!inner || isNothing(inner)) return keyOf(spot) ? edit(spot.source, endOf(spot), endOf(spot), `${inner ? '' : ':'} ${entry}`) : NONE;
  const said = short === undefined ? undefined : flowText(spot.source, inner);
  return said === undefined ? NONE : edit(spot.source, inner.range[0], endOf(spot), `{ ${short}: ${said}, ${key}: ${value} }`);
}

/** One more section of a file, behind its name. One that is there gets the value. */
export function atTop(source: SourceText, key: string, value: string): Edits {
  const top = topOf(source);
  if (!top || top.items.length === 0) return NONE;
  const named = indexOf(top, 'name');
  return put({ source, collection: top, index: 0, outer: undefined }, top, named === -1 ? top.items.length - 1 : named, key, value);
}

/** A section of the system with another value: where it stands, else as one more of the file the place is in. */
export const sectionAs = (place: Place, key: string, value: string): Edits =>
  keyAt(place) === key ? withValue(place, value) : atTop(place.source, key, value);

/** The key of the entry at a place; nothing for an item of a list. */
export function keyAt(place: Place): string {
  const spot = spotAt(place);
  const key = spot && keyOf(spot);
  return key ? spot.source.text.slice(key.range[0], key.range[1]) : '';
}

/** What a section of a file has under a name, as it may stand in `{ }`. */
export function flowTextIn(source: SourceText, section: string, name: string): string | undefined {
  const top = topOf(source);
  const found = top?.items[indexOf(top, section)]?.value;
  const value = isMap(found) ? found.items[indexOf(found as YAMLMap.Parsed, name)]?.value : undefined;
  return value ? flowText(source, value as ParsedNode) : undefined;
}

/** Whether the mapping in which the entry at a place stands has this key. */
export function keyThere(place: Place, key: string): boolean {
  const spot = spotAt(place);
  return spot !== undefined && isMap(spot.collection) && indexOf(spot.collection as YAMLMap.Parsed, key) !== -1;
}

/** The key one level further out than the entry at a place. */
export function outerKeyAt(place: Place): string {
  const outer = spotAt(place)?.outer;
  const key = outer && keyOf(outer);
  return key ? outer.source.text.slice(key.range[0], key.range[1]) : '';
}

/** One more item in the list that the entry at a place has for its value; a single one becomes a list. */
export function withItem(place: Place, item: string): Edits {
  const spot = spotAt(place);
  const list = spot && valueOf(spot);
  if (!spot || !list || isNothing(list)) return NONE;
  if (!isSeq(list)) {
    const said = flowText(spot.source, list);
    return said === undefined ? NONE : edit(spot.source, list.range[0], endOf(spot), `[${said}, ${item}]`);
  }
  const last = { source: spot.source, collection: list as Spot['collection'], index: list.items.length - 1, outer: spot };
  if (list.items.length === 0) return edit(spot.source, list.range[0], list.range[1], `[${item}]`);
  if (list.flow) return edit(spot.source, endOf(last), endOf(last), `, ${item}`);
  return onNextLine(last, `- ${item}`);
}

/** What the entry at a place has for its value, as it may stand in `{ }`; nothing where it takes several lines. */
export function flowTextAt(place: Place): string | undefined {
  const spot = spotAt(place);
  const value = spot && valueOf(spot);
  return value && !isNothing(value) ? flowText(spot.source, value) : undefined;
}

function putInto(outer: Spot, map: YAMLMap.Parsed, key: string, value: string): Edits {
  const { source } = outer;
  if (map.items.length === 0) return edit(source, map.range[0], map.range[1], `{ ${key}: ${value} }`);
  return put({ source, collection: map, index: 0, outer }, map, map.items.length - 1, key, value);
}

function put(spot: Spot, map: YAMLMap.Parsed, behind: number, key: string, value: string): Edits {
  const known = indexOf(map, key);
  if (known !== -1) return valued({ ...spot, index: known }, value);
  const last = { ...spot, index: behind };
  return map.flow ? edit(spot.source, endOf(last), endOf(last), `, ${key}: ${value}`) : onNextLine(last, `${key}: ${value}`);
}

/** Behind an entry of a block, as far in as that. */
function onNextLine(spot: Spot, line: string): Edits {
  const { text } = spot.source;
  const at = lineEnd(text, endOf(spot));
  const start = startOf(spot);
  const before = text.slice(lineStart(text, start), start);
  return edit(spot.source, at, at, `${text.includes('\r\n') ? '\r\n' : '\n'}${before.replace(/\S/g, ' ')}${line}`);
}

/** A value as it may stand in `{ }`; nothing for one of several lines, or with comments in it. */
function flowText(source: SourceText, node: ParsedNode): string | undefined {
  if (isCollection(node) && !node.flow) return blockAsFlow(source, node as Spot['collection']);
  const written = source.text.slice(node.range[0], node.range[1]).trimEnd();
  if (/[\r\n]/.test(written)) return undefined;
  return isScalar(node) && node.type === 'PLAIN' && /[[\]{},]/.test(written) ? quoted(written) : written;
}

function blockAsFlow(source: SourceText, collection: Spot['collection']): string | undefined {
  if (/(^|\s)#/.test(source.text.slice(collection.range[0], collection.range[1]))) return undefined;
  const parts = collection.items.map((_, index) => {
    const spot = { source, collection, index, outer: undefined };
    const [key, value] = [keyOf(spot), valueOf(spot)];
    const said = value && !isNothing(value) ? flowText(source, value) : '';
    return said === undefined || !key ? said : `${source.text.slice(key.range[0], key.range[1])}: ${said}`.trimEnd();
  });
  if (parts.includes(undefined)) return undefined;
  return isSeq(collection) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

/** One more thing in a section: where that stands, else with it as one more section of the file the place is in. */
export function declared(section: Place, key: string, name: string, value: string): Edits {
  return keyAt(section) === key ? into(section, name, value) : atTop(section.source, key, `{ ${name}: ${value} }`);
}

/** Without an item of the list that the entry at a place has for its value. */
export function withoutItem(place: Place, item: string): Edits {
  const outer = spotAt(place);
  const list = outer && valueOf(outer);
  if (!outer || !list || !isSeq(list)) return NONE;
  const index = list.items.findIndex((one) => isScalar(one) && String(one.source ?? one.value) === item);
  return index === -1 ? NONE : taken({ source: outer.source, collection: list as Spot['collection'], index, outer });
}

/** What an anchor of a file stands before, as it may stand in `{ }`. */
export function anchoredText(source: SourceText, name: string): string | undefined {
  let found: string | undefined;
  visit(yamlOf(source), {
    Node: (_, node) => {
      if (isAlias(node) || node.anchor !== name) return undefined;
      found = flowText(source, node as ParsedNode);
      return visit.BREAK;
    },
  });
  return found;
}

/** A value in `{ }` with the commas that ended it: from the value before the key at a place to the last key without a value. */
export function valueWithCommas(place: Place): Place | undefined {
  const spot = spotAt(place);
  if (!spot || !isMap(spot.collection)) return undefined;
  const { items } = spot.collection as YAMLMap.Parsed;
  const first = items.findLastIndex((pair, index) => index < spot.index && pair.value !== null);
  const value = items[first]?.value;
  const next = items.findIndex((pair, index) => index > spot.index && pair.value !== null);
  const last = items[(next === -1 ? items.length : next) - 1]?.key;
  return value && last ? { source: place.source, span: { start: value.range[0], end: last.range[1] } } : undefined;
}

/** A text in single quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** The end of a line, before what ends it. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
