import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kinds } from '../src/schema/system.ts';

/** The rooms in the order in which they may know each other: a file imports from its own room or an earlier one. */
const ROOMS = [
  'runtime',
  'schema',
  'compiler/text',
  'compiler/diagnostics',
  'compiler/edit',
  'compiler/cloud',
  'compiler/parse',
  'compiler/check',
  'compiler/resolve',
  'compiler/resources',
  'compiler/network',
  'compiler/sources',
  'compiler/apis',
  'compiler/verify',
  'compiler/bundle',
  'compiler/prove',
  'compiler/expand',
  'compiler/emit',
  'compiler',
  'views',
  'deploy',
  'editor',
  'editor/server',
  'cli',
  '',
];

const ENGINES = [
  'compiler/parse',
  'compiler/check',
  'compiler/resolve',
  'compiler/verify',
  'compiler/bundle',
  'compiler/prove',
  'compiler/expand',
  'compiler/emit',
];

const WITH_FILES = ['compiler/bundle', 'deploy', 'cli', 'editor/server', ''];

interface Import {
  readonly ours: boolean;
  readonly from: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map((path) => path.replaceAll('\\', '/'))
  .map((path): SourceFile => {
    const text = readFileSync(join('src', path), 'utf8');
    const imports = [...text.matchAll(/^(?:import|export)\s+(type\s+)?[^;]*?from\s+'([^']+)';|import\('([^']+)'\)/gms)].map((match) => ({
      ours: (match[2] ?? match[3] ?? '').startsWith('.'),
      from: resolved(path, match[2] ?? match[3] ?? ''),
      typeOnly: match[1] !== undefined,
    }));
    return { path, room: roomOf(path), text, imports };
  });

const written = files.filter(({ path }) => !path.includes('generated/'));

function resolved(path: string, from: string): string {
  return from.startsWith('.') ? normalize(join(dirname(path), from)).replaceAll('\\', '/') : from;
}

function roomOf(path: string): string {
  const folder = dirname(path);
  const longest = ROOMS.filter((room) => room !== '' && (folder === room || folder.startsWith(`${room}/`))).sort(
    (a, b) => b.length - a.length,
  )[0];
  return longest ?? '';
}

const isOurs = ({ ours }: Import) => ours;

describe('the laws of the house', () => {
  test('the rooms are found', () => {
    expect(new Set(files.map(({ room }) => room)).size).toBeGreaterThan(12);
  });

  test('a file imports from its own room or an earlier one', () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((one) => isOurs(one) && !one.typeOnly && ROOMS.indexOf(roomOf(one.from)) > ROOMS.indexOf(room))
        .map(({ from }) => `${path} → ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('types do not go round in circles between rooms, except from the rooms of meanings to the engine that asks them', () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((one) => isOurs(one) && one.typeOnly && ROOMS.indexOf(roomOf(one.from)) > ROOMS.indexOf(room))
        .map(({ from }) => `${path} → ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('no file imports itself through others', () => {
    const edges = new Map(
      files.map(({ path, imports }) => [path, imports.filter((one) => isOurs(one) && !one.typeOnly).map(({ from }) => from)]),
    );
    const done = new Set<string>();
    const visit = (path: string, way: readonly string[]): readonly string[] => {
      if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
      if (done.has(path)) return [];
      for (const next of edges.get(path) ?? []) {
        const circle = visit(next, [...way, path]);
        if (circle.length > 0) return circle;
      }
      done.add(path);
      return [];
    };
    for (const path of edges.keys()) expect(visit(path, [])).toEqual([]);
  });

  test('schema and runtime import nothing of ours', () => {
    const wrong = files
      .filter(({ room }) => room === 'schema' || room === 'runtime')
      .flatMap(({ path, room, imports }) =>
        imports.filter((one) => isOurs(one) && roomOf(one.from) !== room).map(({ from }) => `${path} → ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  test('engines name no construct', () => {
    const meanings = ['compiler/network', 'compiler/sources', 'compiler/apis'];
    const constructs = new Set(
      Object.keys(kinds).map((kind) => `compiler/resources/${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`),
    );
    const wrong = files
      .filter(({ room }) => ENGINES.includes(room))
      .flatMap(({ path, imports }) =>
        imports
          .filter((one) => isOurs(one) && !one.typeOnly && (meanings.includes(roomOf(one.from)) || constructs.has(one.from)))
          .map(({ from }) => `${path} → ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  test('files, the process and the clock are touched only where they may be', () => {
    const wrong = written
      .filter(({ room }) => !WITH_FILES.includes(room) && room !== 'runtime')
      .filter(({ text }) =>
        /from 'node:|\bprocess\.|\bconsole\.|\bDate\.now\(|new Date\(\)|Math\.random\(|\brequire\(/.test(withoutComments(text)),
      )
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  test('every room has a name that says what is in it', () => {
    const vague = /(^|\/)(types|utils?|helpers?|common|core|constants?|misc|shared|lib)(\.ts$|\/)/;
    expect(written.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test('no file is longer than 300 lines', () => {
    expect(written.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path)).toEqual([]);
  });

  test('no any, and no switched-off check', () => {
    const wrong = written
      .filter(({ text }) =>
        /:\s*any\b|\bas any\b|<any>|@ts-ignore|@ts-expect-error|eslint-disable/.test(
          withoutComments(text) + (text.match(/\/\/ *(@ts-|eslint-)[^\n]*/g) ?? []).join(''),
        ),
      )
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  test('every kind of thing has a sample', () => {
    const samples = readdirSync('test/samples');
    expect(Object.keys(kinds).filter((kind) => !samples.includes(kind))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
