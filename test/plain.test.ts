import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAll } from '../src/compiler/parse/parse.ts';
import { readPlain } from '../src/compiler/parse/plain.ts';
import { SourceText } from '../src/compiler/text/source-text.ts';

/** Every system of this repository, right and wrong. */
const files = ['test/samples', 'test/broken', 'examples', 'bench/validate'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => `${folder}/${path}`.replaceAll('\\', '/')),
);

/** Whether a text was read plainly; what was read is what the parser of all YAML reads, and it has nothing to report. */
function agrees(text: string): boolean {
  const source = new SourceText('eventsystem.yml', text);
  const plain = readPlain(source);
  if (!plain) return false;
  let reports = 0;
  const place = { source, span: { start: 0, end: Math.min(1, text.length) } };
  const whole = parseAll(source, place, () => reports++);
  expect({ text, reports, root: whole?.root }).toEqual({ text, reports: 0, root: plain });
  return true;
}

test('every system that is right is read plainly, and as the parser of all YAML reads it', () => {
  const right = files.filter((path) => !path.startsWith('test/broken/'));
  expect(right.filter((path) => !agrees(readFileSync(path, 'utf8')))).toEqual([]);
});

test('so are the wrong ones, or not plainly', () => {
  const wrong = files.filter((path) => path.startsWith('test/broken/'));
  expect(wrong.filter((path) => agrees(readFileSync(path, 'utf8'))).length).toBeGreaterThan(wrong.length * 0.8);
});

test('what is reported is not read plainly', () => {
  const texts = [
    'a: 1\na: 2\n',
    'name: x\nName: y\n',
    '__proto__: 1\n',
    '<<: 1\n',
    'a: "{{resolve:ssm:x}}"\n',
    'a: &b 1\nc: *b\n',
    `${Array.from({ length: 20_001 }, (_, at) => `k${at}: 1`).join('\n')}\n`,
    `a: ${'['.repeat(40)}${']'.repeat(40)}\n`,
  ];
  expect(texts.filter((text) => readPlain(new SourceText('eventsystem.yml', text)) !== undefined)).toEqual([]);
});

/** Pieces that mean something to YAML, alone or together. */
const pieces = [
  ['\n', ' ', '  ', ':', ': ', '#', ' # c', ' # c\n', '- ', '-', '{', '}', '[', ']', ', ', ': }', ':, ', '"', "'", "''"],
  ['\n\n', '\n  # c\n', '\n    # c\n', '\n# c\n', 'a: 1\n', '\n- a\n', '\n  b:\n', '\t', '\r\n', '---\n', '\\', '?', '!', '|', '>'],
  ['&a', '*a', '!x', '%', '@', '`', '.', '+', '=', '<<', 'é', '$(x)', '{{resolve:', '__proto__', 'NAME', 'Name'],
  ['null', 'true', '~', '1.5', '1.', '0x1', '0o7', '007', '1e3', '-1', '.inf'],
].flat();

test('and files damaged in thousands of ways', () => {
  let state = 20_261_129;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const texts = files.map((path) => readFileSync(path, 'utf8')).filter(({ length }) => length < 3000);
  /** Some lines of a system, moved to the left, with pieces put in and letters taken out. */
  const damaged = () => {
    let text = texts[next(texts.length)] ?? '';
    if (next(3) > 0) {
      const lines = text.split('\n');
      const from = next(lines.length);
      text = lines.slice(from, from + 1 + next(12)).join('\n');
      if (next(2) === 0) text = text.replaceAll(new RegExp(`^${/^ */.exec(text)?.[0] ?? ''}`, 'gm'), '');
    }
    for (let times = next(3); times >= 0; times--) {
      const at = next(text.length + 1);
      text = text.slice(0, at) + (next(4) > 0 ? (pieces[next(pieces.length)] ?? '') : '') + text.slice(at + (next(3) > 0 ? 0 : next(6)));
    }
    return text;
  };
  const plain = Array.from({ length: 6000 }, () => agrees(damaged())).filter(Boolean).length;
  // Both ways must have been tried.
  expect(plain).toBeGreaterThan(1000);
  expect(plain).toBeLessThan(5000);
}, 60_000);
