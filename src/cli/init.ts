import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { clean } from '../compiler/diagnostics/print.ts';
import type { ValuesOf } from './commands.ts';
import { reasonOf } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { shown } from './project.ts';
import { starters, surroundings, type Starter } from './starters.ts';
import type { Terminal } from './terminal.ts';
import { versionOf, type Tool } from './tool.ts';

/** As the language has it; a folder’s name is made to fit. */
const NAME = /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** `eventsystem init`: a small system that compiles. What is there already is left as it is. */
export async function runInit({ argument, options }: ValuesOf<'init'>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const folder = resolve(terminal.cwd, argument ?? '.');
  const answers = await asked(options, folder, terminal);
  if (!answers) return exitCodes.usage;
  const { name, template } = answers;
  const { files, packages } = starters[template];
  const all = { ...files(name), ...surroundings(name, versionOf(tool), packages) };
  const main = 'eventsystem.yml';
  try {
    if (!written(join(folder, main), all[main] ?? '')) {
      terminal.err(`There is already a system in ${shown(folder, terminal.cwd)}; nothing was changed.\n`);
      return exitCodes.usage;
    }
    for (const [path, text] of Object.entries(all)) {
      if (path === main) continue;
      terminal.out(
        written(join(folder, path), text)
          ? `  created ${path}\n`
          : `  kept ${path}, which already existed${hint(path, join(folder, path))}\n`,
      );
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    terminal.err(`${shown(folder, terminal.cwd)} cannot be written: ${reasonOf(error)}.\n`);
    return exitCodes.disk;
  }
  const go = folder === terminal.cwd ? '' : `cd ${clean(shown(folder, terminal.cwd))} && `;
  terminal.out(`  created ${main}\n\n${terminal.style.strong(`${name} is ready.`)} Next:\n  ${go}npm install && npx eventsystem compile\n`);
  return exitCodes.ok;
}

interface Answers {
  readonly name: string;
  readonly template: Starter;
}

/** What the options say, and what is asked where somebody is there to answer. Nothing where a name cannot be one. */
async function asked(
  { name, template, yes }: ValuesOf<'init'>['options'],
  folder: string,
  terminal: Terminal,
): Promise<Answers | undefined> {
  const ask = terminal.interactive && yes !== true;
  const usual = nameFrom(basename(folder));
  const given = name ?? (ask ? await answer(terminal, `Name of the system (${usual}): `, usual) : usual);
  if (!NAME.test(given)) {
    terminal.err(
      `\`${clean(given)}\` is not a valid name: up to 40 lowercase letters, digits and single hyphens, starting with a letter.\n`,
    );
    return undefined;
  }
  if (template !== undefined || !ask) return { name: given, template: template ?? 'api' };
  const known = Object.keys(starters) as Starter[];
  terminal.err(known.map((one) => `  ${one.padEnd(8)}  ${starters[one].doc}\n`).join(''));
  const chosen = await answer(terminal, 'Template (api): ', 'api');
  const found = known.find((one) => one === chosen);
  if (!found) terminal.err(`There is no template \`${clean(chosen)}\`: choose one of ${known.join(', ')}.\n`);
  return found && { name: given, template: found };
}

async function answer(terminal: Terminal, question: string, usual: string): Promise<string> {
  const said = (await terminal.ask(question))?.trim();
  return said === undefined || said === '' ? usual : said;
}

function nameFrom(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return name === '' ? 'my-system' : name;
}

/** Writes a file where there is none. */
function written(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** What is missing in a file that was there, where it matters. */
function hint(path: string, file: string): string {
  if (path !== '.gitignore') return '';
  return readFileSync(file, 'utf8').includes('.eventsystem') ? '' : '; add .eventsystem/ to it';
}
