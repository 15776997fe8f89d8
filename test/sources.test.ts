import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sources, type SourceKind } from '../src/schema/sources/index.ts';
import { told, type Polling } from '../src/schema/sources/polling.ts';
import published from '../src/schema/generated/eventsystem.schema.json' with { type: 'json' };

const kinds = Object.keys(sources) as readonly SourceKind[];
const dashed = (kind: string) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe.each(kinds)('%s', (kind) => {
  const polling: Polling = sources[kind].polling;

  test('what is pulled is read with a role, what is pushed is not polled for', () => {
    expect({ delivery: polling.delivery, invocation: polling.invocation === 'poll', role: polling.permission === 'role' }).toEqual({
      delivery: polling.delivery,
      invocation: polling.delivery === 'pull',
      role: polling.delivery === 'pull',
    });
    if (polling.delivery === 'pull') expect(polling.polls).toBeTruthy();
  });

  test('the model is told in whole sentences, in the reference and in hover', () => {
    const lines = told(polling);
    for (const line of lines) expect(line).toMatch(/^\*\*[A-Z][a-z]+\*\*: [A-Z`].*(\.|\))$/);
    const reference = readFileSync('docs/language.md', 'utf8');
    const hovers = JSON.stringify(published);
    for (const line of lines) {
      expect(reference).toContain(line);
      expect(hovers).toContain(JSON.stringify(line).slice(1, -1));
    }
  });

  test('it has a sample', () => {
    expect([...readdirSync('test/samples/sources'), 'stream']).toContain(dashed(kind));
  });
});
