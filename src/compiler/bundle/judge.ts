import type { Report } from '../diagnostics/problem.ts';
import type { Fn, Settings, Thing } from '../resolve/model.ts';
import { isEdge } from '../resources/edge.ts';
import type { Made } from './cache.ts';
import { bundleProblems } from './problems.ts';
import type { Requested } from './requests.ts';

/** Nothing where the source knows no such answer. */
export type ReadsFailures = (source: Settings<'consumers'>['from'][number]) => boolean | undefined;

/** What is told of a bundle whether it was made now or before. */
export function judge({ request, functions }: Requested, made: Made | undefined, readsFailures: ReadsFailures, report: Report): void {
  if (!made) return;
  const { file } = request;
  for (const fn of functions) {
    if (made.takesCallback && fn.settings.runtime === 'nodejs24.x') report(bundleProblems['callback-handler'], fn.handlerPlace, { file });
    if (isEdge(fn)) judgeEdge(fn, made, file, report);
    if (fn.owner.kind !== 'consumers') continue;
    const written = fn.owner.written.parts.get('from');
    (fn.owner as Thing<'consumers'>).settings.from.forEach((source, index) => {
      const part = written?.parts.get(String(index));
      const read = readsFailures(source);
      if (!part || read === undefined || read === made.answersFailures) return;
      if (read) report(bundleProblems['failures-not-reported'], part.place, { file });
      else report(bundleProblems['failures-ignored'], part.parts.get('partialFailures')?.place ?? part.place, { file });
    });
  }
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
function judgeEdge(fn: Fn, { looksUp, bytes }: Made, file: string, report: Report): void {
  if (looksUp) report(bundleProblems['look-up-at-the-edge'], fn.handlerPlace, { file });
  if (bytes > 50 * 2 ** 20)
    report(bundleProblems['too-large-for-the-edge'], fn.handlerPlace, { size: `${Math.ceil(bytes / 2 ** 20)} MiB` });
}
