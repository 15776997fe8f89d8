import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CompletionItem, Diagnostic, Range, TextEdit } from 'vscode-languageserver-types';
import { validate } from '../../src/compiler/validate.ts';
import { DiskFiles } from '../../src/cli/disk.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { WITH_A_KIND } from '../../src/editor/forms.ts';
import { draft } from '../../src/compiler/draft.ts';
import { describe as described } from '../../src/editor/describe.ts';
import { factsOf } from '../../src/editor/facts.ts';
import { formatted } from '../../src/editor/format.ts';
import { offsetOf, positionOf } from '../../src/editor/ranges.ts';
import { changeOf, whileTyping } from '../../src/editor/settling.ts';
import type { Shape } from '../../src/schema/kit.ts';
import { standardOf } from '../../src/schema/standard.ts';
import { system } from '../../src/schema/system.ts';
import { MemoryFiles } from '../memory-files.ts';
import { wordsOf } from './replay.ts';
import { catalogue, MAIN, samples, serviceOf, textOf } from './systems.ts';

/** What holds for every file: the goals of the editor, each with its figure. */

const broken = readdirSync('test/broken').flatMap((code) =>
  readdirSync(join('test/broken', code))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join('test/broken', code, file)),
);

const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };

describe('the editor says what the command says', () => {
  test.each(samples.map(({ name, texts }) => [name, texts] as const))('%s', (name, texts) => {
    const said = validate({ files: new DiskFiles(name), main: MAIN, stage: undefined, catalogue }).findings;
    expect(shownBy([...texts])).toEqual(said.map(shownAs));
  });

  test('every broken file', () => {
    for (const path of broken) {
      const folder = path.replace(/\.yml$/, '');
      const beside = existsSync(folder)
        ? readdirSync(folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name))
        : [];
      const texts = [
        [MAIN, readFileSync(path, 'utf8')] as const,
        ...beside.map((one) => [one.slice(folder.length + 1), readFileSync(one, 'utf8')] as const),
      ];
      const said = validate({ files: new MemoryFiles(texts), main: MAIN, stage: undefined, catalogue }).findings;
      expect(shownBy(texts), path).toEqual(said.map(shownAs));
    }
  });

  function shownBy(texts: readonly (readonly [string, string])[]): readonly string[] {
    const service = serviceOf(texts);
    for (const [path, text] of texts) if (path.endsWith('.yml')) service.open(path, text);
    return [...service.diagnostics()]
      .flatMap(([path, all]) => all.map((one) => `${path} ${JSON.stringify(one.range)} ${one.code} ${one.message}`))
      .sort(byFile);
  }

  function shownAs({ code, message, place: { source, span } }: ReturnType<typeof validate>['findings'][number]): string {
    const range = { start: positionOf(source, span.start), end: positionOf(source, span.end) };
    return `${source.path} ${JSON.stringify(range)} ${code} ${message}`;
  }

  /** The command tells files in the order of their names. */
  function byFile(a: string, b: string): number {
    const [first = '', second = ''] = [a, b].map((one) => one.slice(0, one.indexOf(' {')));
    return first < second ? -1 : first > second ? 1 : 0;
  }
});

describe('what is offered', () => {
  // Each item of some positions is taken, and what the file then says of its line is looked at.
  test.each(samples.filter((_, index) => index % 3 === 0).map((sample) => [sample.name, sample] as const))('%s', (_, sample) => {
    const text = textOf(sample);
    const service = serviceOf(sample.texts);
    const words = wordsOf(text).filter(({ what }) => what !== 'reference');
    const wrong: string[] = [];
    for (const word of words.filter((__, index) => index % Math.ceil(words.length / 6) === 0)) {
      service.open(MAIN, text);
      const source = new SourceText(MAIN, text);
      for (const item of service.complete(MAIN, positionOf(source, word.start))) {
        if (item.insertTextFormat === 2 || word.what === 'key') continue;
        const made = taken(text, item);
        const findings = serviceOf([...sample.texts, [MAIN, made]]).system.findings;
        const line = source.position(word.start).line;
        const refused = findings.filter(({ code, place }) => REFUSALS.has(code) && place.source.position(place.span.start).line === line);
        if (refused.length > 0) wrong.push(`${word.label} → ${item.label}: ${refused.map(({ code }) => code).join(', ')}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('keys that are offered are known where they are offered', { timeout: 120_000 }, () => {
    const wrong: string[] = [];
    for (const sample of samples) {
      const text = textOf(sample);
      const service = serviceOf(sample.texts);
      const words = wordsOf(text).filter(({ what }) => what === 'key');
      for (const word of words.filter((_, index) => index % 40 === 7)) {
        service.open(MAIN, text);
        for (const item of service.complete(MAIN, positionOf(new SourceText(MAIN, text), word.start))) {
          const made = taken(text, item);
          const refused = serviceOf([...sample.texts, [MAIN, made]]).system.findings.filter(
            ({ code }) => code === 'unknown-key' || code === 'duplicate-key',
          );
          if (item.detail === WITH_A_KIND) continue;
          if (refused.some(({ message }) => message.startsWith(`There is no \`${item.label}\``) || message.startsWith(`\`${item.label}\``)))
            wrong.push(`${sample.name}: ${word.label} → ${item.label}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  const REFUSALS = new Set([
    'unknown-word',
    'wrong-type',
    'malformed',
    'bare-number',
    'unknown-name',
    'wrong-kind',
    'ambiguous-name',
    'not-yaml',
    'bad-name',
    'out-of-range',
    'unknown-key',
  ]);

  function taken(text: string, item: CompletionItem): string {
    const { range, newText } = item.textEdit as TextEdit;
    const source = new SourceText(MAIN, text);
    return text.slice(0, offsetOf(source, range.start)) + newText + text.slice(offsetOf(source, range.end));
  }
});

describe('while a line is half typed', () => {
  test('nothing is said of other lines that was not said before', () => {
    for (const sample of samples.filter((_, index) => index % 4 === 0)) {
      const text = textOf(sample);
      const lines = text.split('\n');
      const service = serviceOf(sample.texts);
      service.open(MAIN, text);
      const settled = service.diagnostics().get(MAIN) ?? [];
      const before = new Set(settled.map(identity));
      for (let line = 0; line < lines.length; line += 5) {
        const whole = lines[line] ?? '';
        for (const length of [1, Math.floor(whole.length / 2), whole.length - 1].filter((one) => one > 0)) {
          const typed = [...lines.slice(0, line), whole.slice(0, length), ...lines.slice(line + 1)].join('\n');
          service.open(MAIN, typed);
          const shown = whileTyping(settled, service.diagnostics().get(MAIN) ?? [], { line, moved: 0 });
          expect(
            shown.filter((one) => one.range.start.line !== line && !before.has(identity(one))),
            `${sample.name}:${line + 1}`,
          ).toEqual([]);
        }
      }
    }
  });

  test('what follows a line moves with it', () => {
    expect(changeOf('a\nb\nc', 'a\nbx\nc')).toEqual({ line: 1, lines: 0, moved: 0 });
    expect(changeOf('a\nb', 'a\n\nb')).toMatchObject({ moved: 1 });
    expect(changeOf('a', 'a')).toBeUndefined();
    const below: Diagnostic = { range: { start: { line: 5, character: 2 }, end: { line: 5, character: 4 } }, code: 'x', message: 'm' };
    const damage: Diagnostic = {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
      code: 'not-yaml',
      message: 'n',
    };
    expect(whileTyping([below], [damage], { line: 1, moved: 2 }).map(({ range }) => range.start.line)).toEqual([1, 7]);
  });

  const identity = ({ code, message, range }: Diagnostic): string => JSON.stringify([code, message, range]);
});

describe('facts', () => {
  test.each(samples.map((sample) => [sample.name, sample] as const))(
    'a lens on every declaration of %s, true to the template',
    (name, sample) => {
      const service = serviceOf(sample.texts);
      const { made } = service.system.draft;
      expect(made, JSON.stringify(service.system.draft.findings.map(({ message }) => message))).toBeDefined();
      const facts = factsOf(service.system);
      const things = made?.model.things ?? [];
      expect(things.filter(({ path }) => !facts.has(path))).toEqual([]);
      expect(service.lenses(MAIN)).toHaveLength(
        service.system.declarations.all.filter(
          ({ place, section }) => place.source.path === MAIN && !['values', 'parameters', 'resources'].includes(section),
        ).length,
      );
      const golden = join(name, 'expected', 'template.json');
      if (!existsSync(golden)) return;
      const template = JSON.parse(readFileSync(golden, 'utf8')) as { Resources: Record<string, Resource> };
      // Each resource of the template counts for the innermost of what is declared around where it comes from.
      const paths = [...facts.keys()].sort((a, b) => b.length - a.length);
      const counts = new Map<string, number>();
      for (const [id, { Metadata }] of Object.entries(template.Resources)) {
        const from = `${Metadata?.eventsystem.path ?? `resources.${id}`}.`;
        const owner = paths.find((path) => from.startsWith(`${path}.`));
        if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
      }
      for (const [path, { resources }] of facts) expect(resources, path).toBe(counts.get(path) ?? 0);
      // A version of a function is named by its code, which a draft has none of.
      const named = (resources: object): readonly string[] =>
        Object.keys(resources).map((id) => id.replace(/Version[0-9a-f]{16}$/, 'Version'));
      expect(named(made?.template.Resources ?? {})).toEqual(named(template.Resources));
    },
  );

  interface Resource {
    readonly Metadata?: { readonly eventsystem: { readonly path: string } };
  }

  test('a draft is what compile makes, but for the code', () => {
    const { made } = draft({ files: new DiskFiles('examples/shop'), main: MAIN, stage: undefined, catalogue });
    const golden = readFileSync('examples/shop/expected/template.json', 'utf8');
    const withoutCode = (text: string): string => text.replace(/[0-9a-f]{64}/g, '');
    expect(withoutCode(`${JSON.stringify(made?.template, null, 2)}\n`)).toBe(withoutCode(golden));
  });
});

describe('hover', () => {
  test('every word of the language has its sentence, what it takes, its default where it has one, and a page of AWS’s', () => {
    const seen = new Set<Shape>();
    const bare: string[] = [];
    const walk = (shape: Shape, path: string, around: readonly Shape[]): void => {
      if (seen.has(shape)) return;
      seen.add(shape);
      const told = described('word', shape, around);
      const standard = standardOf(shape);
      const head = told.split('\n')[0] ?? '';
      if (!/\S{3}/.test(shape.doc) || !told.includes(shape.doc) || !head.includes('·')) bare.push(`${path}: what it takes`);
      if (!head.includes(shape.required ? '**required**' : standard)) bare.push(`${path}: its default`);
      if (!/In AWS: \[[^\]]+\]\(https:\/\/(docs\.aws|developer)\.amazon\.com\//.test(told)) bare.push(`${path}: its page`);
      for (const [key, inner] of below(shape)) walk(inner, `${path}.${key}`, [shape, ...around]);
    };
    for (const [key, shape] of below(system)) walk(shape, key, [system]);
    expect(bare).toEqual([]);
    expect(seen.size).toBeGreaterThan(500);
  });

  test('on every key of the samples an editor shows it', () => {
    for (const sample of samples) {
      const text = textOf(sample);
      const service = serviceOf(sample.texts);
      const source = new SourceText(MAIN, text);
      service.open(MAIN, text);
      const silent = wordsOf(text)
        .filter(({ what }) => what === 'key')
        .filter(({ start }) => !/https:\/\//.test(JSON.stringify(service.hover(MAIN, positionOf(source, start))?.contents ?? '')));
      expect(silent, sample.name).toEqual([]);
    }
  });

  function below(shape: Shape): readonly (readonly [string, Shape])[] {
    switch (shape.form) {
      case 'object':
        return Object.entries(shape.fields);
      case 'choice':
        return [
          ...Object.entries(shape.variants).flatMap(([key, { value, options }]) => [[key, value] as const, ...Object.entries(options)]),
          ...Object.entries(shape.common),
        ];
      case 'map':
        return [['*', shape.value]];
      case 'list':
        return [['[]', shape.item]];
      case 'forms':
        return [shape.text, shape.list, shape.object].flatMap((one, index) => (one ? [[String(index), one] as const] : []));
      default:
        return [];
    }
  }
});

describe('fixes', () => {
  test('what a fix changes is no longer found', () => {
    const left: string[] = [];
    for (const path of broken) {
      const folder = path.replace(/\.yml$/, '');
      const text = readFileSync(path, 'utf8');
      if (existsSync(folder) || text.includes('«')) continue;
      const service = serviceOf([[MAIN, text]]);
      for (const action of service.fixes(MAIN, EVERYWHERE)) {
        const edits = action.edit?.changes?.[MAIN] ?? [];
        const source = new SourceText(MAIN, text);
        const fixed = [...edits]
          .sort((a, b) => offsetOf(source, b.range.start) - offsetOf(source, a.range.start))
          .reduce(
            (now, { range, newText }) => now.slice(0, offsetOf(source, range.start)) + newText + now.slice(offsetOf(source, range.end)),
            text,
          );
        const [one] = action.diagnostics ?? [];
        const count = (all: readonly { code: string; message: string }[]): number =>
          all.filter(({ code, message }) => code === one?.code && message === one.message).length;
        if (count(serviceOf([[MAIN, fixed]]).system.findings) >= count(service.system.findings)) left.push(`${path}: ${action.title}`);
      }
    }
    expect(left).toEqual([]);
  });
});

describe('formatting', () => {
  test.each(samples.map((sample) => [sample.name, sample] as const))('%s says the same, and is left alone the second time', (_, sample) => {
    const text = textOf(sample);
    const made = formatted(text);
    expect(made).toBeDefined();
    expect(formatted(made ?? '')).toBe(made);
    const comments = (of: string): number => of.match(/#/g)?.length ?? 0;
    expect(comments(made ?? '')).toBe(comments(text));
  });
});
