import { invocable } from '../resources/invocable.ts';
import type { Meaning } from '../resources/meaning.ts';
import { verifyNames } from './naming.ts';
import { meaningOf, sourcesOf } from './sources.ts';
import { verifyAddress } from './url.ts';

/** A function that something wakes: a function like any other, and what stands between it and each of its sources. */
export const consumers: Meaning<'consumers'> = {
  ...invocable,
  verify(consumer, context, report) {
    const all = sourcesOf(consumer, context.model);
    verifyNames(all, report);
    verifyAddress(consumer, context, report);
    for (const source of all) if (!source.written.broken) meaningOf(source).verify?.(source, context, report);
  },
  demands: (consumer, context) =>
    sourcesOf(consumer, context.model).flatMap((source) => meaningOf(source).demands?.(source, context) ?? []),
  endpoints: (consumer, context) =>
    sourcesOf(consumer, context.model).flatMap((source) => meaningOf(source).endpoints?.(source, context) ?? []),
  expand: (consumer, context) => sourcesOf(consumer, context.model).flatMap((source) => meaningOf(source).expand(source, context)),
};
