import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing, leaveOutKey, leavingOut, leavingOutIfMeant, write } from '../edit/fixes.ts';
import type { Fn } from '../resolve/model.ts';
import type { Context } from './meaning.ts';

export const releaseProblems = problems({
  'no-snap-start': {
    severity: 'error',
    message: ({ reason }: { reason: string }) => `SnapStart is not available: ${reason}.`,
    why: 'SnapStart supports Java, Python and .NET functions, without provisioned concurrency, a file system, more than 512 MiB of ephemeral storage or environments per tenant.',
    fix: leavingOut,
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes',
  },
  'more-ready-than-reserved': {
    severity: 'error',
    message: ({ ready, reserved }: { ready: number; reserved: number }) =>
      `\`provisionedConcurrency\` is ${ready}, but \`reservedConcurrency\` is only ${reserved}.`,
    why: 'Provisioned concurrency is taken from the function’s reserved concurrency.',
    fix: ({ ready, reserved }: { ready: number; reserved: number }, place) =>
      choosing(write(place, String(reserved)), add(place, 'reservedConcurrency', String(ready))),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  },
  'none-ready-per-tenant': {
    severity: 'error',
    message: ({ title }: { title: string }) => `\`${title}\` has environments per tenant, so it cannot have provisioned concurrency.`,
    why: 'Lambda creates a tenant’s environment when the tenant calls.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'provisionedConcurrency'), leaveOutKey(place, 'tenancy')),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html',
  },
  'asks-itself': {
    severity: 'error',
    message: ({ title }: { title: string }) => `\`${title}\` cannot check its own release.`,
    why: 'The check must be another function: it is invoked before any traffic shifts to the new version.',
    fix: leavingOutIfMeant,
  },
});

/** Reports what the schema cannot rule out of a function that has versions. */
export function verifyRelease(fn: Fn, { model }: Context, report: Report): void {
  const { settings, written, title, path } = fn;
  const at = (setting: 'release' | 'provisionedConcurrency' | 'snapStart') => written.at(setting).key ?? written.at(setting).place;
  const { provisionedConcurrency: ready, reservedConcurrency: reserved, release } = settings;
  if (ready !== undefined && reserved !== undefined && ready > reserved)
    report(releaseProblems['more-ready-than-reserved'], written.at('provisionedConcurrency').place, { ready, reserved });
  if (ready !== undefined && settings.tenancy !== undefined)
    report(releaseProblems['none-ready-per-tenant'], at('provisionedConcurrency'), { title });
  const reason = settings.snapStart === true ? withoutSnapshot(fn) : undefined;
  if (reason !== undefined) report(releaseProblems['no-snap-start'], at('snapStart'), { reason });
  for (const hook of ['before', 'after'] as const)
    if (release?.[hook]?.path === path && model.functions.includes(fn))
      report(releaseProblems['asks-itself'], written.at('release').parts.get(hook)?.place ?? at('release'), { title });
}

function withoutSnapshot({ settings }: Fn): string | undefined {
  if (settings.runtime.startsWith('nodejs')) return `the runtime is ${settings.runtime}`;
  if (settings.provisionedConcurrency !== undefined) return 'the function has provisioned concurrency';
  if (settings.fileSystems) return 'the function mounts a file system';
  if ((settings.ephemeralStorage ?? 512) > 512) return 'the function has more than 512 MiB of ephemeral storage';
  if (settings.tenancy !== undefined) return 'the function has environments per tenant';
  return undefined;
}
