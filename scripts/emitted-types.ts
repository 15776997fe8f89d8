import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The resource types eventsystem emits, read off the compiler’s own code: every type that stands there as a value. Their properties
 * are typed, and checked against the service specification.
 */
export function emittedTypes(): readonly string[] {
  const found = compilerSources().flatMap(({ text }) => [...text.matchAll(/'(AWS::\w+::\w+)'(?!:)/g)].map(([, type = '']) => type));
  return [...new Set(found)].sort();
}

/** The compiler’s own files, from its folder, in the order of their paths. */
export function compilerSources(): readonly { readonly path: string; readonly text: string }[] {
  const folder = 'src/compiler';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.includes('generated/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
