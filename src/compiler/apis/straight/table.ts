import { text } from '../../cloud/value.ts';
import { keyName, keyType } from '../../resources/table-keys.ts';
import { tableKey } from '../../resources/tables.ts';
import type { Straight, StraightSettings } from './straight.ts';
import { escaped, expressionOf, headersOf } from './template.ts';

type Settings = StraightSettings<'table'>;
type Values = NonNullable<Settings['item']>;
type Type = 'S' | 'N' | 'B' | 'BOOL';

const TYPES = { string: 'S', number: 'N', boolean: 'BOOL' } as const;
const ACTIONS = { get: 'GetItem', put: 'PutItem', delete: 'DeleteItem' } as const;
const BY_METHOD: Readonly<Record<string, keyof typeof ACTIONS | undefined>> = { GET: 'get', POST: 'put', PUT: 'put', DELETE: 'delete' };

/** What is done to the table: as the route says, or as its method does. */
export const actionOf = ({ action }: Settings, method: string): keyof typeof ACTIONS | undefined => action ?? BY_METHOD[method];

/** The attributes a request gives, and where from. */
export const valuesOf = ({ key, item }: Settings): Values => ({ ...key, ...item });

export const takenOf = (value: Values[string]): string => (typeof value === 'string' ? value : value.from);

/** The names of the attributes an item is found by; of a table that exists nobody knows them. */
export function keysOfTable({ table: of }: Settings): readonly string[] {
  const { key, sort } = of.settings;
  return [key, sort].flatMap((one) => (one === undefined ? [] : [keyName(one)]));
}

function typeOf(name: string, value: Values[string], { table: of }: Settings): Type {
  if (typeof value !== 'string') return TYPES[value.type];
  const { key, sort } = of.settings;
  const own = [key, sort].find((one) => one !== undefined && keyName(one) === name);
  return own === undefined ? 'S' : keyType(own);
}

/** An attribute as DynamoDB writes it. Whatever a caller sends stays inside the quotes; DynamoDB judges numbers itself. */
function written(name: string, value: Values[string], settings: Settings): string {
  const type = typeOf(name, value, settings);
  const text = `"$!${variable(name)}"`;
  if (type === 'BOOL') return `"${name}":{"BOOL":#if(${text}=="true")true#{else}false#end}`;
  return `"${name}":{"${type}":"${escaped(text)}"}`;
}

/** The value of an attribute: a number of the body is a text from here on. */
const set = (name: string, value: Values[string]): string => `#set($${variable(name)}=${expressionOf(takenOf(value))})`;

/** A variable for an attribute: no two have the same. */
const variable = (name: string): string => `value_${name.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0)}_`)}`;

/** What is always there: the attributes of the key, and of a table whose key nobody knows all of them. */
function isAlwaysThere(name: string, settings: Settings): boolean {
  const keys = keysOfTable(settings);
  return keys.length === 0 || keys.includes(name);
}

/** The attributes of the key come first; any other that is empty is left out with its comma. */
function itemOf(settings: Settings): string {
  const values = Object.entries(settings.item ?? {});
  const always = values.filter(([name]) => isAlwaysThere(name, settings)).map(([name, value]) => written(name, value, settings));
  const others = values
    .filter(([name]) => !isAlwaysThere(name, settings))
    .map(([name, value]) => `#if("$!${variable(name)}"!=""),${written(name, value, settings)}#end`);
  return always.join(',') + others.join('');
}

function keyOf(settings: Settings): string {
  return Object.entries(settings.key ?? {})
    .map(([name, value]) => written(name, value, settings))
    .join(',');
}

/** An item as plain JSON: what DynamoDB writes with types comes without them. */
const PLAIN =
  '#set($item=$input.path(\'$.Item\'))#if("$!item"==""||"$!item"=="{}")#set($context.responseOverride.status=404){"message":"There is no such item."}' +
  '#{else}{#foreach($name in $item.keySet())#set($value=$item.get($name))"' +
  escaped('$name') +
  '":' +
  `#if($value.containsKey('S'))"${escaped('$value.S')}"` +
  "#elseif($value.containsKey('N'))$value.N#elseif($value.containsKey('BOOL'))$value.BOOL#elseif($value.containsKey('NULL'))null" +
  '#{else}$input.json("$.Item[\'$name\']")#end#if($foreach.hasNext),#end#end}#end';

/** A request straight to a table. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html */
export const table: Straight<'table'> = {
  target: (settings) => settings.table,
  word: 'Table',
  taken: (settings) =>
    Object.entries(valuesOf(settings)).flatMap(([name, value]) => (isAlwaysThere(name, settings) ? [takenOf(value)] : [])),
  action: (settings, _, method) => `dynamodb:action/${ACTIONS[actionOf(settings, method) ?? 'get']}`,
  contentType: 'application/x-amz-json-1.0',
  template: (settings, context, method) => {
    const values = Object.values(valuesOf(settings)).map(takenOf);
    const what = actionOf(settings, method) === 'put' ? `"Item":{${itemOf(settings)}}` : `"Key":{${keyOf(settings)}}`;
    const sets = Object.entries(valuesOf(settings)).map(([name, value]) => set(name, value));
    return text(`${headersOf(values)}${sets.join('')}{"TableName":"`, context.attribute(settings.table, 'name'), `",${what}}`);
  },
  answered: {},
  otherwise: {},
  answer: (settings, method) =>
    actionOf(settings, method) === 'get'
      ? { status: 200, json: PLAIN, others: { '404': 'There is no such item' } }
      : { status: 202, json: '{}' },
  statements: (settings, context, method) => [
    { actions: [`dynamodb:${ACTIONS[actionOf(settings, method) ?? 'get']}`], on: [context.arn(settings.table)] },
    ...tableKey(settings.table, context),
  ],
};
