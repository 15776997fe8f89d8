import { assert, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { templateYaml } from '../../src/cli/yaml.ts';

const read = (text: string) => [parse(text, { version: '1.1' }), parse(text, { version: '1.2', schema: 'core' })];

test('texts that some reader takes for something else stay texts in every one', () => {
  const texts = [
    'on',
    'Off',
    'yes',
    'NO',
    'y',
    'n',
    'true',
    'null',
    '~',
    '',
    '012',
    '089',
    '0o17',
    '0x1F',
    '1e3',
    '.5',
    '1_000',
    '12:30:45',
    '2010-09-09',
    '2012-10-17T00:00:00Z',
    '=',
    '<<',
    '*',
    '-',
    '- a',
    'a: b',
    'a #b',
    '%x',
    '@x',
    '!x',
    ' a ',
    'a\nb\n',
    '+1',
    '.inf',
    "it's",
    '"',
    '\u{85}',
    '\u{2028}',
    '${AWS::Region}',
    '{{x}}',
  ];
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Texts: texts,
    Keys: Object.fromEntries(texts.filter((text) => text !== '<<').map((text, index) => [text, index])),
  };
  for (const found of read(templateYaml(template))) expect(found).toEqual(template);
});

test('any template is the same in YAML as in JSON', () => {
  assert(
    property(jsonValue({ maxDepth: 4 }), string({ unit: 'grapheme' }), (value, text) => {
      const template = JSON.parse(JSON.stringify({ Resources: { A: value, B: text, [`k${text}`]: [text] } }).replaceAll('-0', '0'));
      for (const found of read(templateYaml(template))) expect(found).toEqual(template);
    }),
    { numRuns: 200 },
  );
});

test('is readable: no aliases, no folded lines, no directive', () => {
  const shared = { Ref: 'A' };
  const text = templateYaml({ One: shared, Two: shared, Long: 'word '.repeat(60).trim() });
  expect(text).not.toMatch(/[&*]a1|%YAML|>-/);
  expect(text.split('\n')[0]).toMatch(/^# Written by eventsystem/);
});
