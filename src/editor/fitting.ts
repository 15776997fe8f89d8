import { typesOfKey, typesOfSetting, type Type } from '../compiler/apis/kinds.ts';
import type { Node } from '../compiler/parse/document.ts';
import { NOT_FOR_AURORA, ONLY_FOR_AURORA } from '../compiler/resources/databases/verify.ts';
import type { Surroundings } from './choice.ts';
import type { Declared } from './names.ts';

/** Whether a key can stand where the cursor is, by what the thing it is in has said of itself: its type, its engine. */
export function keyFits(key: string, { cursor }: Pick<Surroundings, 'cursor'>): boolean {
  const { path } = cursor.at;
  const [section = '', name = '', part] = path;
  const thing = under(under(cursor.document.root, section), name);
  if (section === 'apis') {
    const types = typesOf(key, path.length, part);
    const type = wordOf(under(thing, 'type'));
    return types === undefined || type === undefined || types.some((one) => one === type);
  }
  return section !== 'databases' || path.length !== 2 || fitsEngine(key, thing);
}

function typesOf(key: string, depth: number, part: string | undefined): readonly Type[] | undefined {
  if (depth === 2) return typesOfSetting('api', key);
  if (part === 'domain' || part === 'logs') return depth === 3 ? typesOfSetting(part, key) : undefined;
  if (part !== 'routes') return undefined;
  return depth === 3 ? typesOfKey(key) : typesOfSetting('route', key);
}

/** Whether what is granted there can be: AWS has the data API for Aurora alone. */
export function verbFits(verb: string, thing: Declared): boolean {
  return thing.section !== 'databases' || verb !== 'data' || fitsEngine('capacity', thing.entry.value);
}

function fitsEngine(key: string, database: Node | undefined): boolean {
  const engine = wordOf(under(database, 'engine'));
  if (engine === undefined) return true;
  return !(engine.startsWith('aurora') ? NOT_FOR_AURORA : ONLY_FOR_AURORA).includes(key);
}

function under(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'mapping' ? node.entries.get(key)?.value : undefined;
}

function wordOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.text !== '' ? node.text : undefined;
}
