import type { Metafile } from 'esbuild';
import type { SdkCall } from '../cloud/sdk-call.ts';
import type { Confines } from './confine.ts';
import type { Built } from './build.ts';

/** The commands of the AWS SDK that a bundle sends: what it still imports of them after unused code is gone. */
export function callsIn(built: Built, confines: Confines): readonly SdkCall[] {
  const code = new TextDecoder().decode(built.code);
  const calls: SdkCall[] = [];
  for (const [, names = '', service = ''] of code.matchAll(/import\s*\{([^{}]*)\}\s*from\s*["'](@aws-sdk\/(?:client|lib)-[a-z0-9-]+)["']/g)) {
    const file = importerOf(service, built, confines);
    for (const name of names.split(',')) {
      const command = name.trim().split(/\s+as\s+/)[0] ?? '';
      if (command.endsWith('Command')) calls.push({ service, command, file });
    }
  }
  return calls.sort((a, b) => (`${a.service} ${a.command}` < `${b.service} ${b.command}` ? -1 : 1));
}

/** The file of the project that imports a package; else the handler’s own. */
function importerOf(service: string, { inputs, metafile, entry }: Built, confines: Confines): string {
  const importers = inputs.filter((path) => metafile.inputs[path]?.imports.some((one: Metafile['inputs'][string]['imports'][number]) => one.path === service || one.original === service));
  return importers.find((path) => confines.isOwn(path)) ?? entry;
}

/** What in a code must stay secret. */
export function secretIn(code: string): string | undefined {
  if (/\b(AKIA|ASIA)[A-Z0-9]{16}\b/.test(code)) return 'an access key of AWS';
  if (/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\\nrA-Za-z0-9+/=\s]{64}/.test(code)) return 'a private key';
  if (/\b(?:ghp|gho|ghs)_[A-Za-z0-9]{36}\b/.test(code)) return 'a token of GitHub';
  return undefined;
}
