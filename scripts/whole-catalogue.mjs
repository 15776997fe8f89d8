// The catalogue of AWS’s own words in one file, for what cannot read it service by service: a page, an extension.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function wholeCatalogue(folder) {
  return JSON.stringify({ actions: all(join(folder, 'actions')), registry: all(join(folder, 'registry')) });
}

function all(folder) {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
  );
}
