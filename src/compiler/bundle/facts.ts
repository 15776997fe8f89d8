import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SdkCall } from '../cloud/sdk-call.ts';
import type { Confines } from './confine.ts';
import type { Built } from './build.ts';

/** A command of the AWS SDK, and its package. */
export type SdkCommand = Omit<SdkCall, 'file'>;

/**
 * The commands of the AWS SDK that a bundle sends: what it still imports of them after unused code is gone. A bundle is searched as
 * bytes: what is looked for is ASCII, and making a text of it would take longer than the search.
 */
export function commandsIn(code: Buffer): readonly SdkCommand[] {
  const commands = new Map<string, SdkCommand>();
  const add = (service: string, command: string) => {
    if (/^[A-Z]\w*Command$/.test(command)) commands.set(`${service} ${command}`, { service, command });
  };
  for (const { service, before } of importsOf(code)) {
    for (const name of (NAMED.exec(before)?.[1] ?? '').split(',')) add(service, name.trim().split(/\s+as\s+|\s*:/)[0] ?? '');
    const [, imported, required] = WHOLE.exec(before) ?? [];
    const as = imported ?? required;
    if (as === undefined) continue;
    for (const [, name = ''] of code
      .toString('latin1')
      .matchAll(new RegExp(`(?<![\\w$.])${as.replaceAll('$', '\\$')}\\.(\\w+Command)\\b`, 'g')))
      add(service, name);
  }
  return [...commands].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, command]) => command);
}

/** Where a bundle names a package of the SDK, and what stands before it. A bundle is long, so only there anybody looks closer. */
function* importsOf(code: Buffer): Generator<{ readonly service: string; readonly before: string }> {
  for (let at = code.indexOf(SDK); at >= 0; at = code.indexOf(SDK, at + 1)) {
    const [service] = /^@aws-sdk\/(?:client|lib)-[a-z0-9-]+(?=["'])/.exec(code.toString('latin1', at, at + 100)) ?? [];
    if (service !== undefined) yield { service, before: code.toString('latin1', Math.max(0, at - LONGEST_IMPORT), at - 1) };
  }
}

const SDK = '@aws-sdk/';

/** The longest list of names that is read, in characters. */
const LONGEST_IMPORT = 20_000;

/** `import { PutRecordCommand as a } from …`, and the same by `require`. */
const NAMED = /\{([^{}]*)\}\s*(?:from\s*|=\s*[\w$]+\()$/;

/** `import * as kinesis from …`, and the same by `require`. */
const WHOLE = /(?:\*\s*as\s+([\w$]+)\s*from\s*|(?<![\w$])([\w$]+)\s*=\s*[\w$]+\()$/;

/** The file of the project that imports a package; else the handler’s own. */
export function importerOf(service: string, { inputs, metafile, entry }: Built, confines: Confines): string {
  const imports = (path: string) => metafile.inputs[path]?.imports.some((one) => one.path === service || one.original === service);
  return inputs.find((path) => imports(path) && confines.isOwn(path)) ?? entry;
}

/** Whether a code says somewhere that it answers which records failed. */
export function answersFailures(code: Buffer): boolean {
  return code.includes('ItemFa') && code.includes('batchItemFailures');
}

/** What in a code must stay secret. */
export function secretIn(code: Buffer): string | undefined {
  // Words are found far faster than patterns, and those of up to six characters, of which the first is rare, ten times faster still.
  return SECRETS.find(({ words, pattern }) => words.some((word) => code.includes(word)) && pattern.test(code.toString('latin1')))?.what;
}

const SECRETS: readonly { readonly what: string; readonly words: readonly string[]; readonly pattern: RegExp }[] = [
  // The keys of AWS’s own documentation end in EXAMPLE.
  { what: 'an AWS access key', words: ['AKIA', 'ASIA'], pattern: /\b(AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE\b)[A-Z0-9]{16}\b/ },
  { what: 'a private key', words: ['PRIVAT'], pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\\nrA-Za-z0-9+/=\s]{64}/ },
  {
    what: 'a GitHub token',
    words: ['ghp_', 'gho_', 'ghs_', '_pat_'],
    pattern: /\b(?:(?:ghp|gho|ghs)_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b/,
  },
  { what: 'a Stripe secret key', words: ['_live_'], pattern: /\bsk_live_[A-Za-z0-9]{24,}/ },
];

/** The files that hold something that must stay secret. */
export function secretsAmong(files: readonly string[], root: string): readonly { readonly what: string; readonly file: string }[] {
  return files.flatMap((file) => {
    const what = secretIn(readFileSync(join(root, file)));
    return what === undefined ? [] : [{ what, file }];
  });
}
