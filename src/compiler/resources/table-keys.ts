import type { Settings } from '../resolve/model.ts';

type TableSettings = Settings<'tables'>;
type Key = NonNullable<TableSettings['key']>;
export type Index = NonNullable<TableSettings['indexes']>[string];

const TYPES = { string: 'S', number: 'N', binary: 'B' } as const;

export const keyName = (key: Key): string => (typeof key === 'string' ? key : key.name);
export const keyType = (key: Key): 'S' | 'N' | 'B' => TYPES[typeof key === 'string' ? 'string' : key.type];

/** The keys of the table and of its indexes, without what an index does not say. */
export function keysOf({ key, sort, indexes = {} }: TableSettings): readonly Key[] {
  return [key, sort, ...Object.values(indexes).flatMap((one) => [one.key, one.sort])].filter((one) => one !== undefined);
}

/** Every attribute that is part of a key, once, in the order of the names. */
export function attributesOf(settings: TableSettings) {
  const types = new Map(keysOf(settings).map((one) => [keyName(one), keyType(one)] as const));
  return [...types.keys()].sort().map((name) => ({ AttributeName: name, AttributeType: types.get(name) ?? 'S' }));
}

export function keySchema({ key, sort }: { readonly key?: Key | undefined; readonly sort?: Key | undefined }) {
  return [
    ...(key === undefined ? [] : [{ AttributeName: keyName(key), KeyType: 'HASH' }]),
    ...(sort === undefined ? [] : [{ AttributeName: keyName(sort), KeyType: 'RANGE' }]),
  ];
}

const named = ({ indexes = {} }: TableSettings, local: boolean) =>
  Object.entries(indexes)
    .filter(([, index]) => (index.local ?? false) === local)
    .sort(([a], [b]) => (a < b ? -1 : 1));

export function globalIndexes(settings: TableSettings) {
  const indexes = named(settings, false).map(([name, index]) => ({
    IndexName: name,
    KeySchema: keySchema(index),
    Projection: projection(index),
    ...(index.capacity && {
      ProvisionedThroughput: { ReadCapacityUnits: index.capacity.read, WriteCapacityUnits: index.capacity.write },
    }),
  }));
  return indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes };
}

export function localIndexes(settings: TableSettings) {
  const indexes = named(settings, true).map(([name, index]) => ({
    IndexName: name,
    KeySchema: keySchema({ key: settings.key, sort: index.sort }),
    Projection: projection(index),
  }));
  return indexes.length === 0 ? {} : { LocalSecondaryIndexes: indexes };
}

function projection({ project = 'all' }: Index) {
  if (typeof project !== 'string') return { ProjectionType: 'INCLUDE', NonKeyAttributes: [...project] };
  return { ProjectionType: project === 'all' ? 'ALL' : 'KEYS_ONLY' };
}
