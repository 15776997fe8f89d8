import { problems, type Report } from '../diagnostics/problem.ts';
import { leavingOut } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';

export const existingProblems = problems({
  'settings-of-existing': {
    severity: 'error',
    message: ({ setting, name }: { setting: string; name: string }) => `\`${name}\` already exists, so \`${setting}\` cannot be set here.`,
    why: 'This system does not change what already exists. Set it where the resource is managed.',
    fix: leavingOut,
  },
});

/** Where it is, and whom it is shown to; what does not go with it is told by its own finding. */
const BY: readonly string[] = ['existing', 'system', 'share', 'adopt'];

/** Reports settings of something that exists already: whoever made it sets them. */
export function verifyExistingSettings({ name, settings, written }: Thing, allowed: readonly string[], report: Report): void {
  // With `adopt` beside it nobody knows which of the two is meant.
  if (!('existing' in settings) || !settings.existing || written.parts.has('adopt')) return;
  for (const [setting, part] of written.entries) {
    if (!BY.includes(setting) && !allowed.includes(setting) && part.key)
      report(existingProblems['settings-of-existing'], part.key, { setting, name });
  }
}
