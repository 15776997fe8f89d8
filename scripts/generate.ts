import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated-files.ts';

/** Writes every generated file anew, and removes pages of findings that are no more. */
export async function main(): Promise<void> {
  const files = await generatedFiles();
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const pages = 'docs/errors';
  if (existsSync(pages)) for (const name of readdirSync(pages)) if (!files.has(`${pages}/${name}`)) rmSync(join(pages, name));
}
