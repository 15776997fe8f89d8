import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences of what was bundled, as they ask for it. The paths in a metafile are counted from a folder. */
export function licencesOf(metafiles, folder = '.') {
  const inputs = metafiles.flatMap(({ inputs: all }) => Object.keys(all));
  const packages = [...new Set(inputs.flatMap((path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))].sort();
  const texts = packages.map((path) => {
    const root = join(folder, path);
    const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const file = readdirSync(root).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, file), 'utf8').trim() : ''}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
