import { execFile } from 'node:child_process';
import type { History } from '../../deploy/world.ts';

/** What git says of a folder; nothing where it is in no repository, or there is no git. */
export async function historyOf(folder: string): Promise<History | undefined> {
  // Files that were changed since the commit are told by a `+` behind it.
  const described = await git(folder, ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty=+']);
  const commit = described.output.trim();
  if (described.code !== 0 || !/^[0-9a-f]{40,64}\+?$/.test(commit)) return undefined;
  return {
    commit,
    async relation(other) {
      const contains = async (older: string, newer: string) =>
        (await git(folder, ['merge-base', '--is-ancestor', older, newer])).code === 0;
      if (await contains(other, 'HEAD')) return 'contained';
      if (await contains('HEAD', other)) return 'older';
      // A shallow clone lacks commits that may well be contained; a whole one has all that are.
      return (await git(folder, ['rev-parse', '--is-shallow-repository'])).output.trim() === 'true' ? 'unknown' : 'apart';
    },
  };
}

function git(folder: string, words: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done) => {
    execFile('git', [...words], { cwd: folder, windowsHide: true, timeout: 20_000 }, (error, output) => {
      done({ code: error ? (typeof error.code === 'number' ? error.code : 128) : 0, output });
    });
  });
}
