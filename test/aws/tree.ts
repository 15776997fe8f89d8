/** Parameters and answers: what a query string or a template can hold. */
export interface Tree {
  readonly [name: string]: Value | undefined;
}

export type Value = string | number | boolean | null | Date | readonly Value[] | Tree;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const text = (tree: Tree, name: string): string | undefined => {
  const value = tree[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const truth = (tree: Tree, name: string): boolean | undefined => {
  const value = tree[name];
  return value === 'true' || value === true ? true : value === 'false' || value === false ? false : undefined;
};

export const list = (tree: Tree, name: string): readonly Value[] => {
  const value = tree[name];
  return Array.isArray(value) ? value : [];
};

export const texts = (tree: Tree, name: string): readonly string[] => list(tree, name).filter((one) => typeof one === 'string');

export const trees = (tree: Tree, name: string): readonly Tree[] => list(tree, name).filter(isTree);

/** JSON with its keys in order: equal things have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isTree(value)) return JSON.stringify(value) ?? 'null';
  return `{${Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

export const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
