import { writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';

/** Writes everything under `src/schema/generated` and the other generated folders anew. */
export async function main(): Promise<void> {
  for (const [path, text] of await generatedFiles()) writeFileSync(path, text);
}
