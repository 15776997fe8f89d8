import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NAMES } from '../../src/cli/project.ts';

/** What SchemaStore’s catalogue takes: https://json.schemastore.org/schema-catalog.json allows these keys and no other. */
test('the entry for SchemaStore is one its catalogue takes, and names what the package publishes', () => {
  const entry = JSON.parse(readFileSync('editors/schemastore/catalog-entry.json', 'utf8')) as Readonly<Record<string, unknown>>;
  const published = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name: string; readonly exports: object };
  expect(Object.keys(entry).sort()).toEqual(['description', 'fileMatch', 'name', 'url']);
  expect(entry['name']).toBe(published.name);
  expect(entry['description']).toMatch(/^\S.{20,}[^.]$/);
  expect(entry['fileMatch']).toEqual(NAMES);
  expect(entry['url']).toBe(`https://unpkg.com/${published.name}/eventsystem.schema.json`);
  expect(published.exports).toHaveProperty(['./eventsystem.schema.json']);
});
