import { tidy, type Files } from '../text/files.ts';

/** What a file of modules exports. */
export interface Exports {
  /** In alphabetical order. */
  readonly names: readonly string[];
  /** Names that may be exports or not; whoever asks for one of them is not told that there is none. */
  readonly perhaps: ReadonlySet<string>;
}

/** How many files may hand on what the next one exports. */
const FURTHEST = 5;

/**
 * The exports of a file as its text shows them, those it hands on from files beside it included. Nothing where a look at the
 * text leaves a doubt: the bundler then finds what is not there.
 */
export function exportsIn(file: string, files: Files, further = FURTHEST): Exports | undefined {
  if (!/\.(m?[jt]s|[jt]sx)$/.test(file) || further === 0) return undefined;
  const read = files.read(file);
  const statements = 'text' in read ? statementsOf(file, read.text, files) : undefined;
  if (!statements || statements.length === 0) return undefined;
  const names = new Set<string>();
  const perhaps = new Set<string>();
  for (const found of statements) {
    for (const name of found.names) names.add(name);
    for (const name of found.perhaps ?? []) perhaps.add(name);
    if (found.all === undefined) continue;
    const next = found.all === '' ? undefined : fileBeside(file, found.all, files);
    const handed = next === undefined ? undefined : exportsIn(next, files, further - 1);
    if (!handed) return undefined;
    for (const name of handed.names) if (name !== 'default') names.add(name);
    for (const name of handed.perhaps) perhaps.add(name);
  }
  return { names: [...names].sort(), perhaps };
}

/** What each `export` of a file says, by the text it was read from: an editor asks again with every key, and for every function. */
const known = new WeakMap<Files, Map<string, { readonly text: string; readonly found: readonly Found[] | undefined }>>();

function statementsOf(file: string, text: string, files: Files): readonly Found[] | undefined {
  const ofFiles = known.get(files) ?? new Map<string, { text: string; found: readonly Found[] | undefined }>();
  known.set(files, ofFiles);
  const before = ofFiles.get(file);
  if (before?.text === text) return before.found;
  const found = statementsIn(text);
  ofFiles.set(file, { text, found });
  return found;
}

/** Nothing where one of them, or the text as a whole, leaves a doubt. */
function statementsIn(text: string): readonly Found[] | undefined {
  const code = plainCode(text);
  if (code === undefined || /\b(module\.exports|exports\.[\w$]+\s*=|__esModule)/.test(code)) return undefined;
  const all: Found[] = [];
  for (const { start, rest } of exporting(code)) {
    const found = namesIn(rest);
    if (!found) return undefined;
    const { from, ...said } = found;
    // Strings are blank in `code`, at the same length.
    all.push(from === undefined ? said : { ...said, all: /^\s*(['"])(\.[^'"]*)\1/.exec(text.slice(start + from))?.[2] ?? '' });
  }
  return all;
}

/** The file that one imports from by a way such as `./orders.js`, which may stand for `orders.ts`. */
export function fileBeside(file: string, from: string, files: Files): string | undefined {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const path = tidy(folder + from);
  const stem = path.replace(/\.[cm]?js$/, '');
  const ends = ['', '.ts', '.tsx', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];
  return [path, ...ends.map((end) => stem + end)].find((one) => /\.\w+$/.test(one) && files.exists(one));
}

interface Found {
  readonly names: readonly string[];
  readonly perhaps?: readonly string[];
  /** The way to the file all of whose exports are handed on; empty where it is none of this project. */
  readonly all?: string;
}

/** What is behind one `export`, and where in it a string says what all is handed on from; nothing where it cannot be told. */
function namesIn(rest: string): (Found & { readonly from?: number }) | undefined {
  const list = /^\s*(type\s*)?\{([^{}]*)\}/.exec(rest);
  if (list) return list[1] === undefined ? listed(list[2] ?? '') : { names: [] };
  const star = /^\s*\*\s*(?:as\s+([\w$]+)\s*)?from/.exec(rest);
  if (star) return star[1] === undefined ? { names: [], from: star[0].length } : { names: [star[1]] };
  if (/^\s*default\b/.test(rest)) return { names: ['default'] };
  if (/^\s*(type|interface|declare)\b/.test(rest)) return { names: [] };
  const named = /^\s*(?:async\s+)?(?:function\b\s*\*?|(?:abstract\s+)?class\b|(?:const\s+)?enum\b|namespace\b)\s*([\w$]+)/.exec(rest);
  if (named) return { names: [named[1] ?? ''] };
  const variable = /^\s*(?:const|let|var)\s+([\w$]+)/.exec(rest);
  if (!variable) return undefined;
  const statement = flat(rest);
  if (statement === undefined) return undefined;
  const others = [...statement.matchAll(/,\s*([\w$]+)\s*(=(?![=>])|:)?/g)];
  const names = others.flatMap(([, name = '', set]) => (set === undefined ? [] : [name]));
  return { names: [variable[1] ?? '', ...names], perhaps: others.map(([, name = '']) => name) };
}

/** How deep types may stand in types. */
const DEEPEST = 20;

/** The rest of a statement, without what stands in brackets; nothing where types nest too deep. */
function flat(rest: string): string | undefined {
  let text = withoutBrackets(rest);
  for (let depth = 0, before = ''; before !== text; depth++) {
    if (depth > DEEPEST) return undefined;
    before = text;
    text = text.replace(/(?<=[\w$])<[^<>=;]*>/g, '');
  }
  return text.split(/;|\n(?=[^\S\n]*(?:export|import|const|let|var|async|function|class|type|interface|enum|declare)\b)/)[0] ?? '';
}

function withoutBrackets(code: string): string {
  let [depth, from, left] = [0, 0, ''];
  for (const { 0: sign, index } of code.matchAll(/[([{}\])]/g)) {
    if ('([{'.includes(sign)) {
      if (depth++ === 0) left += code.slice(from, index);
    } else if (depth > 0 && --depth === 0) from = index + 1;
  }
  return depth === 0 ? left + code.slice(from) : left;
}

function listed(items: string): Found | undefined {
  const names: string[] = [];
  for (const item of items.split(',').map((one) => one.trim())) {
    const name = /^(?:[\w$]+\s+as\s+)?([\w$]+)$/.exec(item)?.[1];
    if (name !== undefined) names.push(name);
    else if (item !== '' && !item.startsWith('type ')) return undefined;
  }
  return { names };
}

/** Every `export` that stands in no brackets, with what is between it and the next. */
function exporting(code: string): readonly { readonly start: number; readonly rest: string }[] {
  const starts: { readonly before: number; readonly start: number }[] = [];
  let depth = 0;
  for (const match of code.matchAll(/[([{]|[)\]}]|(?<![\w$.])export(?![\w$:])/g)) {
    const [sign] = match;
    const start = match.index + sign.length;
    if (sign !== 'export') depth += '([{'.includes(sign) ? 1 : -1;
    else if (depth === 0) starts.push({ before: match.index, start });
  }
  return starts.map(({ start }, index) => ({ start, rest: code.slice(start, starts[index + 1]?.before) }));
}

/** What signs a slash can follow where a pattern begins with it, and no division. */
const BEFORE_PATTERN = /(^|[=(,:[!&|?{};+*%~^<>-]|\b(return|typeof|case|in|of|do|else|void|throw|await|yield))\s*$/;

const PIECES = /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"|`(?:[^`\\]|\\[^])*`|['"`/]/g;

/** A text with comments and what stands in quotes made blank, at the same length; nothing where it cannot be told what is code. */
function plainCode(text: string): string | undefined {
  const parts: string[] = [];
  let last = '';
  const add = (part: string): void => {
    parts.push(part);
    last = (last + part.slice(-40)).slice(-40);
  };
  let at = 0;
  PIECES.lastIndex = 0;
  for (let match = PIECES.exec(text); match; match = PIECES.exec(text)) {
    const [piece] = match;
    add(text.slice(at, match.index));
    at = match.index + piece.length;
    if (piece.length > 1) {
      // What stands in `${…}` of a template may hold a template of its own.
      if (piece.startsWith('`') && /\$\{[^}]*`/.test(piece)) return undefined;
      add(piece.replace(/[^\n]/g, ' '));
      continue;
    }
    // A quote or a comment that does not end.
    if (piece !== '/' || text[at] === '*') return undefined;
    const pattern = BEFORE_PATTERN.test(last) ? /^\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//.exec(text.slice(match.index)) : undefined;
    if (!pattern) add('/');
    else {
      add(' '.repeat(pattern[0].length));
      at = match.index + pattern[0].length;
      PIECES.lastIndex = at;
    }
  }
  add(text.slice(at));
  return parts.join('');
}
