import { inTime } from '../../schema/kit.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, fixing, inFunction, leaveOut, leavingOutIfMeant } from '../edit/fixes.ts';
import { atTop, outerKeyAt } from '../edit/edits.ts';
import type { Fn, FunctionSettings } from '../resolve/model.ts';
import { accessOf } from '../resources/access.ts';
import type { Context } from '../resources/meaning.ts';
import type { Place } from '../text/source-text.ts';
import type { Source } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html';
const QUOTAS = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html';

export const edgeProblems = problems({
  'edge-outside-us-east-1': {
    severity: 'error',
    message: ({ region }: { region: string | undefined }) =>
      region === undefined
        ? 'A Lambda@Edge function must be in us-east-1, and this file sets no `region`.'
        : `A Lambda@Edge function must be in us-east-1, and this stack is in ${region}.`,
    why: 'CloudFront only replicates functions from us-east-1.',
    fix: ({ root }: { root: Place }) =>
      choosing(
        fixing(
          'Write `region: us-east-1`, or keep the distribution and its functions in a system of their own there',
          atTop(root.source, 'region', 'us-east-1'),
        ),
      ),
    page: PAGE,
  },
  'edge-environment': {
    severity: 'error',
    message: ({ title, names }: { title: string; names: readonly string[] }) =>
      `\`${title}\` runs at the edge, where there are no environment variables: ${names.join(', ')} cannot be set.`,
    why: 'Lambda@Edge rejects a function with environment variables. Put values into the code, or pass them with the request: the origin’s `headers` reach it at `origin-request`.',
    fix: (_: unknown, place) =>
      outerKeyAt(place) === '' ? { title: 'Set the variables on the functions that need them' } : choosing(leaveOut(place)),
    page: PAGE,
  },
  'not-at-the-edge': {
    severity: 'error',
    message: ({ title, setting }: { title: string; setting: string }) =>
      `\`${title}\` runs at the edge, where \`${setting}\` is not supported.`,
    why: 'Lambda@Edge rejects such a function, or its replicas ignore the setting: they run in other regions, outside any VPC, and CloudFront waits for each response.',
    fix: leavingOutIfMeant,
    page: PAGE,
  },
  'beyond-the-edge': {
    severity: 'error',
    message: ({ title, setting, most, events }: { title: string; setting: string; most: string; events: string }) =>
      `\`${title}\` can have at most ${most} at ${events} events: \`${setting}\` is too large.`,
    why: 'CloudFront rejects a function above its limits. They are lower for viewer events, which every request goes through, than for origin events.',
    fix: ({ setting, most, fn }: { setting: string; most: string; fn: Place }) => inFunction(fn, setting, most),
    page: QUOTAS,
  },
  'alarms-not-at-the-edge': {
    severity: 'hint',
    message: ({ title }: { title: string }) => `\`${title}\` gets no alarms: its replicas are measured in the regions that run them.`,
    why: 'A stack sees the metrics of its own region. CloudFront’s additional metrics count Lambda@Edge errors for a whole distribution.',
    fix: ({ fn }: { fn: Place }) => inFunction(fn, 'alarms', 'none'),
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-metrics.html',
  },
});

/** Settings that Lambda@Edge refuses, or that its copies know nothing of. */
const REFUSED: readonly (keyof FunctionSettings)[] = [
  'async',
  'durable',
  'egress',
  'fileSystems',
  'key',
  'layers',
  'provisionedConcurrency',
  'release',
  'reservedConcurrency',
  'tenancy',
];

/** Reports what a function at the edge cannot have. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
export function verifyEdge(source: Source<'distribution'>, context: Context, report: Report): void {
  const { fn, consumer, settings, place } = source;
  const { region } = context.model;
  if (region !== 'us-east-1')
    report(edgeProblems['edge-outside-us-east-1'], place, {
      region,
      root: context.model.root.at('region').key ?? context.model.root.place,
    });
  const viewer = settings.at.some((at) => at.startsWith('viewer'));
  verifyLimits(fn, viewer, report);
  // What the function is holds for all of its sources, so it is told once.
  if (consumer.settings.from.find(({ kind }) => kind === 'distribution') !== settings) return;
  verifyFunction(fn, context, report);
  if (context.model.settings.alarms && fn.settings.alarms !== 'none')
    report(edgeProblems['alarms-not-at-the-edge'], place, { title: fn.title, fn: fn.place });
}

function placeOf(fn: Fn, setting: keyof FunctionSettings): Place {
  const written = fn.written.at(setting as never) as { readonly key: Place | undefined; readonly place: Place };
  return written.key ?? written.place;
}

function verifyLimits(fn: Fn, viewer: boolean, report: Report): void {
  const { title, settings } = fn;
  const events = viewer ? 'viewer' : 'origin';
  const judge = (setting: 'memory' | 'timeout', most: number, show: (value: number) => string) => {
    if (settings[setting] > most)
      report(edgeProblems['beyond-the-edge'], placeOf(fn, setting), { title, setting, most: show(most), events, fn: fn.place });
  };
  judge('memory', viewer ? 128 : 10_240, (value) => `${value} MiB`);
  judge('timeout', viewer ? 5 : 30, inTime);
}

function verifyFunction(fn: Fn, context: Context, report: Report): void {
  const { title, settings } = fn;
  const refuse = (setting: string, place: Place) => report(edgeProblems['not-at-the-edge'], place, { title, setting });
  const names = Object.keys(settings.environment ?? {});
  if (names.length > 0) report(edgeProblems['edge-environment'], placeOf(fn, 'environment'), { title, names });
  for (const setting of REFUSED) if (settings[setting] !== undefined) refuse(setting, placeOf(fn, setting));
  if (settings.snapStart === true) refuse('snapStart', placeOf(fn, 'snapStart'));
  if (settings.vpc === true) refuse('vpc', placeOf(fn, 'vpc'));
  if (settings.tracing === true) refuse('tracing', placeOf(fn, 'tracing'));
  if (settings.architecture === 'arm64') refuse('architecture: arm64', placeOf(fn, 'architecture'));
  if ((settings.ephemeralStorage ?? 0) > 512) refuse('ephemeralStorage', placeOf(fn, 'ephemeralStorage'));
  for (const { thing, place, allowance } of accessOf(fn, context))
    if ((allowance.reaches ?? []).length > 0) refuse(`access to ${thing.name}`, place);
}
