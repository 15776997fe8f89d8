import type { Metafile } from 'esbuild';
import type { SdkCall } from '../cloud/sdk-call.ts';
import type { Confines } from './confine.ts';
import type { Built } from './build.ts';

/** The commands of the AWS SDK that a bundle sends: what it still imports of them after unused code is gone. */
export function callsIn(built: Built, confines: Confines): readonly SdkCall[] {
  const code = new TextDecoder().decode(built.code);
  const calls = new Map<string, SdkCall>();
  const add = (service: string, command: string) => {
    if (/^[A-Z]\w*Command$/.test(command))
      calls.set(`${service} ${command}`, { service, command, file: importerOf(service, built, confines) });
  };
  for (const pattern of NAMED) {
    for (const [, names = '', service = ''] of code.matchAll(pattern))
      for (const name of names.split(',')) add(service, name.trim().split(/\s+as\s+|\s*:/)[0] ?? '');
  }
  for (const pattern of WHOLE) {
    for (const [, as = '', service = ''] of code.matchAll(pattern)) {
      for (const [, name = ''] of code.matchAll(new RegExp(`(?<![\\w$.])${as.replaceAll('$', '\\$')}\\.(\\w+Command)\\b`, 'g')))
        add(service, name);
    }
  }
  return [...calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
}

const SDK = '["\'](@aws-sdk/(?:client|lib)-[a-z0-9-]+)["\']';

/** `import { PutRecordCommand as a } from …`, and the same by `require`. */
const NAMED = [
  new RegExp(`import\\s*\\{([^{}]*)\\}\\s*from\\s*${SDK}`, 'g'),
  new RegExp(`\\{([^{}]*)\\}\\s*=\\s*[\\w$]+\\(${SDK}\\)`, 'g'),
];

/** `import * as kinesis from …`, and the same by `require`. */
const WHOLE = [
  new RegExp(`import\\s*\\*\\s*as\\s+([\\w$]+)\\s*from\\s*${SDK}`, 'g'),
  new RegExp(`([\\w$]+)\\s*=\\s*[\\w$]+\\(${SDK}\\)`, 'g'),
];

/** The file of the project that imports a package; else the handler’s own. */
function importerOf(service: string, { inputs, metafile, entry }: Built, confines: Confines): string {
  const importers = inputs.filter((path) =>
    metafile.inputs[path]?.imports.some(
      (one: Metafile['inputs'][string]['imports'][number]) => one.path === service || one.original === service,
    ),
  );
  return importers.find((path) => confines.isOwn(path)) ?? entry;
}

/** What in a code must stay secret. */
export function secretIn(code: string): string | undefined {
  // The keys of AWS’s own documentation end in EXAMPLE.
  if (/\b(AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE\b)[A-Z0-9]{16}\b/.test(code)) return 'an access key of AWS';
  if (/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\\nrA-Za-z0-9+/=\s]{64}/.test(code)) return 'a private key';
  if (/\b(?:(?:ghp|gho|ghs)_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b/.test(code)) return 'a token of GitHub';
  if (/\bsk_live_[A-Za-z0-9]{24,}/.test(code)) return 'a secret key of Stripe';
  return undefined;
}
