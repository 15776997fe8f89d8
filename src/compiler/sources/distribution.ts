import { distribution as shape } from '../../schema/sources/distribution.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Context } from '../resources/meaning.ts';
import { nearest } from '../text/suggest.ts';
import { leavingOut, replacing } from '../edit/fixes.ts';
import { verifyEdge } from './edge-settings.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

export const distributionSourceProblems = problems({
  'no-such-path': {
    severity: 'error',
    message: ({ path, name }: { path: string; name: string; meant: string | undefined }) => `\`${name}\` has no path \`${path}\`.`,
    why: 'A function is called for a path that the distribution lists, or for `default`, which is everything else.',
    fix: ({ meant }: { path: string; name: string; meant: string | undefined }, place) => replacing(meant)(place),
    page: `${PAGE}/DownloadDistValuesCacheBehavior.html`,
  },
  'edge-event-taken': {
    severity: 'error',
    message: ({ event, path, name }: { event: string; path: string; name: string }) =>
      `Two consumers handle \`${event}\` of \`${path}\` in \`${name}\`.`,
    why: 'CloudFront calls one function for each event of each path.',
    fix: () => ({ title: 'Let one function do both' }),
    page: `${PAGE}/lambda-cloudfront-trigger-events.html`,
  },
  'body-of-a-response': {
    severity: 'error',
    message: () => '`includeBody` only applies to request events.',
    why: 'CloudFront does not pass response bodies to functions.',
    fix: leavingOut,
    page: `${PAGE}/lambda-include-body-access.html`,
  },
});

/** Lambda@Edge: the distribution itself names a version of the function. */
export const distribution: SourceMeaning<'distribution'> = {
  model: shape.polling,
  pace: ({ settings }) => `CloudFront invokes it at ${settings.at.join(', ')} and waits`,
  named: (settings) => ({ name: settings.distribution.name, word: 'Distribution' }),

  verify(source, context, report) {
    verifyPaths(source, report);
    verifyTaken(source, context, report);
    const { settings, written } = source;
    if (settings.includeBody && !settings.at.some(isRequest))
      report(distributionSourceProblems['body-of-a-response'], written.at('includeBody').key ?? source.place, {});
    verifyEdge(source, context, report);
  },

  demands: ({ settings, fn, place: because }) =>
    settings.at.map((at) => ({
      on: settings.distribution,
      need: { need: 'edge', at, paths: pathsOf(settings), includeBody: settings.includeBody === true && isRequest(at), fn },
      because,
    })),

  expand: () => [],
};

const isRequest = (event: string): boolean => event.endsWith('-request');

const pathsOf = ({ paths }: Source<'distribution'>['settings']): readonly string[] => paths ?? ['default'];

function verifyPaths({ settings, written, place }: Source<'distribution'>, report: Report): void {
  const { name, settings: of } = settings.distribution;
  const known = ['default', ...Object.keys(of.paths ?? {})];
  (settings.paths ?? []).forEach((path, index) => {
    if (known.includes(path)) return;
    const at = written.at('paths').parts.get(String(index))?.place ?? place;
    report(distributionSourceProblems['no-such-path'], at, { path, name, meant: nearest(path, known) });
  });
}

function verifyTaken({ settings, fn, place }: Source<'distribution'>, context: Context, report: Report): void {
  const { distribution: of } = settings;
  const calls = context.demandsOn(of);
  for (const at of settings.at) {
    for (const path of pathsOf(settings)) {
      const same = calls.filter(({ need }) => need.at === at && need.paths.includes(path));
      const [first] = same;
      // Of several the first stands.
      if (!first || same.length < 2 || (first.because === place && first.need.fn === fn)) continue;
      report(distributionSourceProblems['edge-event-taken'], place, { event: at, path, name: of.name }, [
        { message: 'The other one.', place: first.because },
      ]);
    }
  }
}
