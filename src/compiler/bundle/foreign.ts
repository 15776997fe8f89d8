import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, fixing } from '../edit/fixes.ts';
import { into } from '../edit/edits.ts';
import type { Fn, Model } from '../resolve/model.ts';
import type { Code } from '../resources/meaning.ts';
import type { Confines } from './confine.ts';
import { bundleProblems } from './problems.ts';
import { writeWhole } from './write-whole.ts';

const LIMITS = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

export const foreignProblems = problems({
  'no-zip': {
    severity: 'error',
    message: ({ file }: { file: string }) => `\`${file}\` is not a readable zip file.`,
    why: 'Lambda unpacks the zip when it creates the function, and rejects one it cannot read.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html',
  },
  'no-such-entry': {
    severity: 'error',
    message: ({ file, entry, wanted }: { file: string; entry: string; wanted: readonly string[] }) =>
      `\`${file}\` has no ${wanted.map((one) => `\`${one}\``).join(' or ')}, where \`${entry}\` should be.`,
    why: 'The function would be created, and every invocation would fail.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-progmodel.html',
  },
  'zip-too-large': {
    severity: 'error',
    message: ({ file, size }: { file: string; size: string }) => `\`${file}\` is ${size} unpacked; Lambda allows 250 MiB, layers included.`,
    why: 'Lambda limits the unpacked code and its layers together.',
    page: LIMITS,
  },
  'runtime-has-ended': {
    severity: 'warning',
    message: ({ runtime }: { runtime: string }) => `The runtime \`${runtime}\` is no longer supported.`,
    why: 'It gets no security updates, and Lambda blocks first creating and then updating such functions.',
    fix: ({ runtime }: { runtime: string }, place) => {
      const next = successorOf(runtime);
      return next === undefined ? undefined : choosing(fixing(`Write \`runtime: ${next}\``, into(place, 'runtime', next)));
    },
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated',
  },
});

/** The runtime of the same language that is supported longest, as of November 2026. */
const SUCCESSORS: Readonly<Record<string, string | undefined>> = {
  nodejs: 'nodejs24.x',
  python: 'python3.14',
  ruby: 'ruby3.4',
  java: 'java25',
  dotnet: 'dotnet10',
  provided: 'provided.al2023',
};

const successorOf = (runtime: string): string | undefined => SUCCESSORS[/^[a-z]+/.exec(runtime.replace('dotnetcore', 'dotnet'))?.[0] ?? ''];

/** A zip that something else built, as it goes to Lambda. */
export interface Foreign {
  readonly code: Code;
  readonly bytes: number;
  readonly input: string;
}

/**
 * The zips of functions that were built elsewhere: looked into, and written to the assets under the name of their
 * content. What Lambda would refuse, or what could never be called, is reported.
 */
export function foreignCode(
  model: Model,
  { assets, confines }: { readonly assets: string; readonly confines: Confines },
  report: Report,
): ReadonlyMap<Fn, Foreign> {
  const found = new Map<Fn, Foreign>();
  for (const fn of model.functions) {
    const { file, entry } = fn.handler;
    if (entry === undefined) continue;
    const { handlerPlace: place, settings } = fn;
    // That it is there was looked at when the system was read.
    if (!confines.admits(file)) {
      report(bundleProblems['input-outside-project'], place, { file });
      continue;
    }
    const bytes = readFileSync(join(confines.root, file));
    const contents = contentsOf(bytes);
    if (!contents) {
      report(foreignProblems['no-zip'], place, { file });
      continue;
    }
    const size = [...contents.values()].reduce((sum, one) => sum + one, 0);
    if (size > 250 * 2 ** 20) report(foreignProblems['zip-too-large'], place, { file, size: `${Math.ceil(size / 2 ** 20)} MiB` });
    const wanted = filesOf(settings.runtime, entry);
    if (wanted.length > 0 && !wanted.some((one) => contents.has(one)))
      report(foreignProblems['no-such-entry'], place, { file, entry, wanted });
    if (ENDED.test(settings.runtime)) report(foreignProblems['runtime-has-ended'], place, { runtime: settings.runtime });
    const name = `${createHash('sha256').update(bytes).digest('hex')}.zip`;
    writeWhole(join(assets, name), bytes);
    found.set(fn, { code: { file: name, handler: entry }, bytes: bytes.length, input: file });
  }
  return found;
}

/** The files in a zip and their sizes unpacked, without unpacking them. */
function contentsOf(bytes: Uint8Array): ReadonlyMap<string, number> | undefined {
  const files = new Map<string, number>();
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        files.set(name, originalSize);
        return false;
      },
    });
  } catch {
    return undefined;
  }
  return files.size === 0 ? undefined : files;
}

/** The files one of which must be there; nothing where the runtime finds the entry by a name inside of a file. */
function filesOf(runtime: string, entry: string): readonly string[] {
  const module = entry.slice(0, entry.lastIndexOf('.'));
  if (runtime.startsWith('provided')) return ['bootstrap'];
  if (runtime.startsWith('nodejs')) return ['.js', '.mjs', '.cjs'].map((end) => module + end);
  if (runtime.startsWith('python')) return [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__init__.py`];
  if (runtime.startsWith('ruby')) return [`${entry.split('.')[0] ?? ''}.rb`];
  return [];
}

/** Runtimes past their end in November 2026; newer ones are taken as they come. */
const ENDED =
  /^(nodejs(|[0-9]|1[0-9]|20|4\.3)(\.x|-edge)?|python(2\.7|3\.[6-9])|java8|dotnet(core.*|5\.0|[67])|ruby(2\..*|3\.2)|provided)$/;
