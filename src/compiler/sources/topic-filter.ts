import type { Written } from '../check/written.ts';
import type { Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOutKey } from '../edit/fixes.ts';
import type { Data } from '../resolve/model.ts';
import type { Context } from '../resources/meaning.ts';
import { verifyPattern } from './filter.ts';

export const topicFilterProblems = problems({
  'filter-by-two': {
    severity: 'error',
    message: () => 'A subscription filters by `attributes` or by `body`, not by both.',
    why: 'A filter policy has one scope: attributes or body.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'body'), leaveOutKey(place, 'attributes')),
    page: 'https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html',
  },
});

interface TopicFilter {
  readonly attributes?: Data | undefined;
  readonly body?: Data | undefined;
}

type Policy = { readonly FilterPolicy?: { readonly [key: string]: Value }; readonly FilterPolicyScope?: string };

/** What a subscription lets through. https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export function filterPolicy(filter: TopicFilter | undefined, context: Context): Policy {
  const pattern = filter?.attributes ?? filter?.body;
  if (pattern === undefined) return {};
  return {
    FilterPolicy: context.data(pattern) as { readonly [key: string]: Value },
    FilterPolicyScope: filter?.attributes === undefined ? 'MessageBody' : 'MessageAttributes',
  };
}

/** Reports a filter that SNS would refuse. */
export function verifyTopicFilter({ parts }: Written, report: Report): void {
  const attributes = parts.get('attributes');
  const body = parts.get('body');
  if (attributes && body) report(topicFilterProblems['filter-by-two'], body.key ?? body.place, {});
  for (const part of [attributes, body]) for (const [key, value] of part?.parts ?? []) verifyPattern(key, value, report);
}
