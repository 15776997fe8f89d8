import { cloudTypes } from './cloud-types.ts';
import { errorPages } from './error-pages.ts';
import { problemSets, problemSetsFile } from './problem-sets.ts';
import { jsonSchema } from '../src/schema/json-schema.ts';
import { reference } from '../src/schema/reference.ts';
import { validator } from './validator.ts';

/** Every generated file that is checked in: its path from the root, and its text. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['src/schema/generated/eventsystem.schema.json', `${JSON.stringify(jsonSchema({ docs: true }), null, 1)}\n`],
    ['src/schema/generated/validate.js', await validator()],
    ['src/compiler/cloud/generated/properties.ts', cloudTypes()],
    [problemSetsFile, problemSets()],
    ['docs/language.md', reference()],
    ...errorPages(),
  ]);
}
