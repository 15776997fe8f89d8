import { Ajv } from 'ajv';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { generatedFiles } from '../scripts/generated-files.ts';
import { check } from '../src/compiler/check/check.ts';
import { instanceOf } from '../src/compiler/check/judge.ts';
import { Findings } from '../src/compiler/diagnostics/problem.ts';
import { parse } from '../src/compiler/parse/parse.ts';
import { SourceText } from '../src/compiler/text/source-text.ts';
import { system } from '../src/schema/system.ts';
import published from '../src/schema/generated/eventsystem.schema.json' with { type: 'json' };

/** What `check` finds beyond the schema: names that are reserved, values that have the right form and cannot be. */
const BEYOND = new Set([
  'reserved-name',
  'name-too-long',
  'out-of-range',
  'interpolation-here',
  'intrinsic-in-data',
  'macro-in-template',
  'digits-lost',
  'bare-number',
]);

const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
const valid = ajv.compile(published);

const systems = ['test/samples', 'examples', 'bench']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith('eventsystem.yml') && !path.includes('node_modules'))
  .sort()
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** Whether the schema and the compiler say the same of a file, whatever they say. */
function agree(text: string): { readonly schema: boolean; readonly compiler: boolean; readonly codes: readonly string[] } | undefined {
  const findings = new Findings();
  const document = parse(new SourceText('eventsystem.yml', text), findings.report);
  // Files that are no YAML the language takes never come before the schema.
  if (!document || findings.inOrder.length > 0) return undefined;
  check(document, findings.report);
  const codes = findings.inOrder.map(({ code }) => code);
  const beyond = codes.some((code) => BEYOND.has(code));
  const refused = codes.some((code) => !BEYOND.has(code));
  // A plain scalar where a text is expected is taken as written.
  const schema = valid(instanceOf(system, document.root));
  if (beyond && !refused) return undefined;
  return { schema: schema === true, compiler: !refused, codes };
}

test('the published schema is a schema of draft 7', () => {
  // Ajv brings the meta-schema along.
  expect(new Ajv({ strict: false }).validateSchema(published)).toBe(true);
});

test('what is generated is what would be generated now', async () => {
  for (const [path, text] of await generatedFiles())
    expect({ path, same: existsSync(path) && readFileSync(path, 'utf8') === text }).toEqual({ path, same: true });
}, 60_000);

describe('schema and compiler agree', () => {
  test.each(systems)('$path', ({ text }) => {
    expect(agree(text)).toEqual({ schema: true, compiler: true, codes: [] });
  });

  test.each(systems)('$path, read by an editor that knows nothing but YAML', ({ text }) => {
    expect(valid(parseYaml(text)) ? [] : valid.errors).toEqual([]);
  });

  test('on thousands of changed systems', { timeout: 120_000 }, () => {
    const values = fc.constantFrom<unknown>(
      null,
      true,
      'none',
      'x',
      'auto',
      5,
      0,
      -1,
      1.5,
      '5 minutes',
      '512 MiB',
      '100 per second',
      [],
      ['x'],
      {},
      { a: 1 },
      { handler: 'src/a.ts' },
      'src/a.ts',
      '10.0.0.0/16',
      'arn:aws:sqs:eu-central-1:123456789012:x',
    );
    const change = fc.record({
      system: fc.nat(systems.length - 1),
      at: fc.nat(10_000),
      how: fc.nat(2),
      value: values,
      key: fc.constantFrom('memory', 'retention', 'handler', 'shards', 'type', 'Handler', 'x', 'from', 'vpc'),
    });
    let compared = 0;
    fc.assert(
      fc.property(change, ({ system, at, how, value, key }) => {
        const data: unknown = parseYaml(systems[system]?.text ?? '');
        const places = placesIn(data);
        const [holder, name] = places[at % places.length] ?? [{}, ''];
        if (how === 0) holder[name] = value;
        else if (how === 1) delete holder[name];
        else if (typeof holder[name] === 'object' && holder[name] !== null) (holder[name] as Record<string, unknown>)[key] = value;
        const said = agree(stringify(data));
        if (!said) return;
        compared += 1;
        expect({
          ...said,
          codes: said.schema === said.compiler ? [] : said.codes,
          text: said.schema === said.compiler ? '' : stringify(data),
        }).toEqual({ schema: said.compiler, compiler: said.compiler, codes: [], text: '' });
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

/** Every value of a document, by what holds it. */
function placesIn(data: unknown): readonly (readonly [Record<string, unknown>, string])[] {
  if (typeof data !== 'object' || data === null) return [];
  const holder = data as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...placesIn(holder[key])]);
}
