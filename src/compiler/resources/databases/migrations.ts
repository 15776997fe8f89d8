import { MIGRATIONS, migrationNumber } from '../../../runtime/setup/migration-name.ts';
import { problems, type Report } from '../../diagnostics/problem.ts';
import type { Context, Travelling } from '../meaning.ts';
import type { Database } from './engines.ts';

export const migrationProblems = problems({
  'no-migrations': {
    severity: 'error',
    message: ({ folder, reason }: { folder: string; reason: string | undefined }) =>
      reason === undefined ? `\`${folder}\` contains no .sql files.` : `\`${folder}\` is not a folder of migrations: ${reason}.`,
    why: 'Migrations are the .sql files in one folder of this project, without its subfolders.',
    fix: ({ folder }: { folder: string; reason: string | undefined }) => ({ title: `Create the first as \`${folder}/0001-tables.sql\`` }),
  },
  'migration-name': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` is not a valid name for a migration.`,
    why:
      'A migration’s name is its number, `-` or `_`, and what it does in letters, digits, `-` and `_`: `0012-orders.sql`, `20260301120000_orders.sql`. ' +
      'The numbers give the order. There are no down migrations: undo one with the next.',
    fix: () => ({ title: 'Name it like 0012-orders.sql, with the next number' }),
  },
  'migration-number-twice': {
    severity: 'error',
    message: ({ file, other }: { file: string; other: string }) => `\`${file}\` and \`${other}\` have the same number.`,
    why: 'The number decides what is applied first, so no two files can share one. Leading zeros do not count.',
    fix: ({ file }: { file: string; other: string }) => ({ title: `Give \`${file}\` the next number, unless it has already been applied` }),
  },
  'migration-unreadable': {
    severity: 'error',
    message: ({ file, reason }: { file: string; reason: string }) => `\`${file}\` cannot be a migration: ${reason}.`,
    why: 'It is packaged with the function that applies it: UTF-8 text, in this project, of at most 4 MiB.',
  },
  'not-a-migration': {
    severity: 'warning',
    message: ({ file }: { file: string }) => `\`${file}\` is in the migrations folder but is not applied.`,
    why: 'Only files that end in .sql are applied. Files whose names start with a dot are skipped silently.',
  },
});

/** The files of the folder that are looked at, in the order of their numbers; those without one come last. */
function namesIn(folder: string, { files }: Context): readonly string[] {
  const numberOf = (name: string) => migrationNumber(name) ?? 10n ** 18n;
  const names = files.list(folder).filter((name) => !name.startsWith('.'));
  return names.toSorted((a, b) => (numberOf(a) === numberOf(b) ? (a < b ? -1 : 1) : numberOf(a) < numberOf(b) ? -1 : 1));
}

const folderOf = ({ settings }: Database): string | undefined => settings.migrations?.replace(/^\.\//, '').replace(/\/+$/, '');

const isSql = (name: string): boolean => name.toLowerCase().endsWith('.sql');

/**
 * The migrations of a database as they travel with the worker. Lines end in one way whatever system they were checked
 * out on: the digest the database keeps of a file must not depend on that.
 */
export function migrationsOf(database: Database, context: Context): readonly Travelling[] {
  const folder = folderOf(database);
  if (folder === undefined) return [];
  return namesIn(folder, context)
    .filter((name) => migrationNumber(name) !== undefined)
    .flatMap((name) => {
      const from = `${folder}/${name}`;
      const found = context.files.read(from);
      return 'text' in found ? [{ path: `${MIGRATIONS}/${name}`, text: found.text.replaceAll('\r\n', '\n'), from }] : [];
    });
}

/** Reports a folder whose files are not migrations in a clear order. */
export function verifyMigrations(database: Database, context: Context, report: Report): void {
  const folder = folderOf(database);
  if (folder === undefined) return;
  const { place } = database.written.at('migrations');
  const names = namesIn(folder, context);
  if (!names.some(isSql)) {
    const reason = names.length > 0 ? undefined : noFolder(folder, context);
    report(migrationProblems['no-migrations'], place, { folder, reason });
    return;
  }
  const numbered = new Map<bigint, string>();
  for (const name of names) {
    const file = `${folder}/${name}`;
    const number = migrationNumber(name);
    if (!isSql(name)) report(migrationProblems['not-a-migration'], place, { file });
    else if (number === undefined) report(migrationProblems['migration-name'], place, { file });
    else {
      const other = numbered.get(number);
      if (other !== undefined) report(migrationProblems['migration-number-twice'], place, { file, other });
      numbered.set(number, file);
      const reason = unreadable(file, context);
      if (reason !== undefined) report(migrationProblems['migration-unreadable'], place, { file, reason });
    }
  }
}

/** Why nothing can be listed there. */
function noFolder(folder: string, { files }: Context): string | undefined {
  const found = files.read(folder);
  if ('text' in found) return 'it is a file';
  if (found.problem === 'it is a folder') return undefined;
  return found.problem === 'there is no such file' ? 'there is no such folder' : found.problem;
}

function unreadable(file: string, { files }: Context): string | undefined {
  const found = files.read(file);
  if ('problem' in found) return found.problem;
  const { text } = found;
  if (text.trim() === '') return 'it is empty';
  // A driver sends a text that ends in one.
  if (text.includes('\0')) return 'it contains a NUL character';
  const asked = /^-- eventsystem:(.*)/.exec(text)?.[1]?.trim();
  if (asked !== undefined && asked !== 'no transaction')
    return `its first line asks for \`${asked}\`, and only \`no transaction\` is allowed`;
  return undefined;
}
