import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import { validate } from '../src/compiler/compile.ts';
import { printFinding } from '../src/compiler/diagnostics/print.ts';
import { MemoryFiles } from './memory-files.ts';

/** Damaged files give findings, never an exception. `FUZZ=100000` damages so many. */
const runs = Number(process.env['FUZZ'] ?? 1500);

const catalogue = installedCatalogue('dist/catalogue');

const systems = ['test/samples', 'test/broken', 'examples']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith('.yml') && !path.includes('.eventsystem'))
  .sort()
  .map((path) => readFileSync(path, 'utf8'))
  .filter((text) => text.length < 20_000 && !text.includes('×'));

function look(text: string): void {
  const { findings } = validate({
    files: new MemoryFiles([['eventsystem.yml', text]]),
    main: 'eventsystem.yml',
    stage: undefined,
    catalogue,
  });
  for (const finding of findings) {
    const { start, end } = finding.place.span;
    expect(start >= 0 && end >= start && end <= finding.place.source.text.length + 3).toBe(true);
    // The list of reserved words holds this one.
    if (finding.code !== 'reserved-name') expect(printFinding(finding)).not.toMatch(/\bundefined\b|\[object/);
  }
}

/** What damages a text: cuts, doubled and swapped lines, words of another place, signs that mean something to YAML. */
const SIGNS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '-',
  '#',
  '&a',
  '*a',
  '!t',
  '|',
  '>',
  "'",
  '"',
  '%',
  '@',
  '`',
  '?',
  '<<: ',
  '---',
  '\t',
  '\u0000',
  '\u202e',
  '\ufeff',
  '$(',
  '$(x)',
  '${x}',
  '{{resolve:ssm:x}}',
  '__proto__',
  '~',
  'null',
  '1e999',
  '0x1F',
  '010',
  '.inf',
  '   ',
  '\n',
  '\r\n',
];

const damage = fc.record({
  system: fc.nat(systems.length - 1),
  steps: fc.array(fc.record({ kind: fc.nat(6), at: fc.nat(1_000_000), to: fc.nat(1_000_000), sign: fc.constantFrom(...SIGNS) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged({ system, steps }: Damage): string {
  let text = systems[system] ?? '';
  for (const { kind, at, to, sign } of steps) {
    const lines = text.split('\n');
    const here = at % (text.length + 1);
    const line = at % lines.length;
    const other = to % lines.length;
    if (kind === 0) text = text.slice(0, here) + sign + text.slice(here);
    else if (kind === 1) text = text.slice(0, here) + text.slice(here + 1 + (to % 12));
    else if (kind === 2) text = lines.toSpliced(line, 0, lines[other] ?? '').join('\n');
    else if (kind === 3) text = lines.toSpliced(line, 1).join('\n');
    else if (kind === 4) text = lines.with(line, `${' '.repeat(to % 5)}${lines[line] ?? ''}`).join('\n');
    else if (kind === 5) {
      const words = text.match(/[\w$.()/-]+/g) ?? [''];
      text = text.slice(0, here) + (words[to % words.length] ?? '') + text.slice(here + 4);
    } else text = text.slice(0, here);
  }
  return text;
}

test(`${runs} damaged files give findings, never an exception`, { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(damage, (one) => look(damaged(one))),
    { numRuns: runs },
  );
});

const HOSTILE: Readonly<Record<string, () => string>> = {
  'an alias bomb': () =>
    `a: &a [x, x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}`,
  'deep brackets': () => `a: ${'['.repeat(20_000)}`,
  'deep mappings': () => `a: ${'{a: '.repeat(20_000)}`,
  'deep indentation': () => Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'a quarter of a megabyte of brackets': () => '['.repeat(256 * 1024 - 1),
  'a very long key': () => `${'k'.repeat(200_000)}: 1`,
  'a very long name': () => `name: ${'n'.repeat(200_000)}`,
  'a long list': () => `streams: [${'1, '.repeat(60_000)}1]`,
  'many keys': () => `streams:\n${Array.from({ length: 15_000 }, (_, i) => `  s${i}:`).join('\n')}`,
  'a hundred thousand dashes': () => '-\n'.repeat(100_000),
  'mistakes among many names': () =>
    `name: x\nfunctions:\n${Array.from({ length: 1000 }, (_, i) => `  a${i}: { handler: src/a.ts, access: { b${i}: write } }\n`).join('')}`,
  'mistakes in many routes': () =>
    `name: x\napis: { a: { type: rest, routes: {\n${Array.from({ length: 1000 }, (_, i) => `  GET /a${i}: src/a.ts,\n`).join('')} } } }`,
  'prototypes everywhere': () =>
    'name: x\n__proto__: { a: 1 }\nstreams: { constructor: { toString: { valueOf: 1 } }, __proto__: {} }\nvalues: { hasOwnProperty: x }',
  'a route to break a pattern': () =>
    `name: x\napis: { a: { type: rest, authorizer: none, routes: { "GET /${'a/'.repeat(5000)}{": src/a.ts } } }`,
  'a duration to break a pattern': () => `name: x\nstreams: { a: { retention: "${'1'.repeat(50_000)} hourss" } }`,
  'texts to break patterns': () => `name: ${'a-'.repeat(30_000)}!\ndescription: "${'$('.repeat(400)}"`,
  'an interpolation of a thousand parts': () => `name: x\nvalues: { a: b }\nenvironment: { X: "${'$(values.a)'.repeat(5000)}" }`,
};

test.each(Object.keys(HOSTILE))('%s ends within a second', (name) => {
  const text = HOSTILE[name]?.() ?? '';
  const before = process.cpuUsage();
  look(text);
  // A guard against what grows without bound, in time of the processor, which other work does not take; speed is measured in bench.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
});
