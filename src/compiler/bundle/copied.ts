import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a project that fit a pattern, from its folder: `*` is part of a name, `**` any folders. Links are not followed. */
export function fitting(root: string, pattern: string): readonly string[] {
  const clean = pattern.replace(/^\.\//, '');
  const segments = clean.split('/');
  if (segments.includes('..') || clean.startsWith('/')) return [];
  const literal = segments.slice(0, -1);
  const start = literal.slice(
    0,
    literal.findIndex((one) => one.includes('*')) === -1 ? literal.length : literal.findIndex((one) => one.includes('*')),
  );
  const wanted = regexOf(clean);
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path);
      if (entry.isFile() && wanted.test(path)) found.push(path);
    }
  };
  try {
    visit(start.join('/'));
  } catch {
    return [];
  }
  return found.sort();
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.eventsystem']);

function regexOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*\*|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

/** The bytes of a file of the project. */
export function bytesOf(root: string, path: string): Uint8Array {
  return readFileSync(join(root, path));
}
