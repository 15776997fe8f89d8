import { cloudTypes } from './cloud-types.ts';
import { errorPages } from './error-pages.ts';
import { problemSets, problemSetsFile } from './problem-sets.ts';
import { jsonSchema, type JsonSchema } from '../src/schema/json-schema.ts';
import { reference } from '../src/schema/reference.ts';
import { validator } from './validator.ts';

/** Every generated file that is checked in: its path from the root, and its text. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['src/schema/generated/eventsystem.schema.json', printed(jsonSchema({ docs: true }))],
    ['src/schema/generated/validate.js', await validator()],
    ['src/compiler/cloud/generated/properties.ts', cloudTypes()],
    [problemSetsFile, problemSets()],
    ['docs/language.md', reference()],
    ...errorPages(),
  ]);
}

/** A definition a line: small to load, and what changed in it can still be read. */
function printed({ definitions, ...root }: JsonSchema): string {
  const lines = (of: unknown): string =>
    Object.entries(of as JsonSchema)
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return `{\n${lines(root)},\n"definitions": {\n${lines(definitions)}\n}\n}\n`;
}
