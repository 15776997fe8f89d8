import { address, type Address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import type { Properties } from '../cloud/resource-types.ts';
import { invokedName, roleAddress } from '../resources/function-address.ts';
import type { Context, Piece, Statement } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import type { Data, Text } from '../resolve/model.ts';
import { filterCriteria } from './filter.ts';
import type { Standing } from './source.ts';

type Mapping = Partial<Properties<'AWS::Lambda::EventSourceMapping'>>;

/** What every source that Lambda polls may say. */
interface Polled {
  readonly batchWindow?: number | undefined;
  readonly filter?: readonly Data[] | undefined;
  readonly key?: Text | undefined;
  readonly metrics?: boolean | readonly string[] | undefined;
  readonly enabled: boolean;
}

export const mappingAddress = ({ names }: Standing): Address<'AWS::Lambda::EventSourceMapping'> =>
  address('AWS::Lambda::EventSourceMapping', names, 'Source');

/** An event source mapping: what a source of this kind says, and what all of them say. */
export function mapping(source: Standing, own: Mapping, settings: Polled, context: Context, accepted?: readonly Acceptance[]): Part {
  const { fn, place: because, path } = source;
  return resource(
    mappingAddress(source),
    {
      FunctionName: invokedName(fn),
      ...own,
      ...(settings.batchWindow !== undefined && { MaximumBatchingWindowInSeconds: settings.batchWindow }),
      ...(settings.filter && { FilterCriteria: filterCriteria(settings.filter, context) }),
      ...(settings.key && { KmsKeyArn: context.text(settings.key) }),
      ...(settings.metrics !== undefined && settings.metrics !== false && { MetricsConfig: { Metrics: metricsOf(settings.metrics) } }),
      Enabled: settings.enabled,
      ...tagList(fn.settings.tags, context),
    },
    { because, path, ...(accepted && accepted.length > 0 && { accepted }) },
  );
}

const metricsOf = (said: true | readonly string[]): string[] => (said === true ? ['EventCount'] : [...said]);

/** What a source may say of a batch that failed. */
interface Retried {
  readonly bisect: boolean;
  readonly retries?: number | 'forever' | undefined;
  readonly maxAge?: number | 'forever' | undefined;
  readonly partialFailures: boolean;
}

/** What a source that keeps its records may say besides. */
interface Replayed extends Retried {
  readonly parallelization: number;
  readonly tumblingWindow?: number | undefined;
}

/** How the records of a shard are worked off, and what becomes of a batch that failed. */
export function replaying(settings: Replayed, failure: Piece | undefined): Mapping {
  return {
    ParallelizationFactor: settings.parallelization,
    ...(settings.tumblingWindow !== undefined && { TumblingWindowInSeconds: settings.tumblingWindow }),
    ...retrying(settings, failure),
  };
}

/** What becomes of a batch that failed. */
export function retrying(settings: Retried, failure: Piece | undefined): Mapping {
  return {
    BisectBatchOnFunctionError: settings.bisect,
    // Without a number Lambda tries for ever, and a record that cannot be handled blocks its shard.
    MaximumRetryAttempts: settings.retries === 'forever' ? -1 : (settings.retries ?? 5),
    ...(typeof settings.maxAge === 'number' && { MaximumRecordAgeInSeconds: settings.maxAge }),
    ...reporting(settings),
    ...failing(failure),
  };
}

export const failing = (failure: Piece | undefined): Mapping =>
  failure === undefined ? {} : { DestinationConfig: { OnFailure: { Destination: failure } } };

/** The handler says which records failed. */
export function reporting({ partialFailures }: { readonly partialFailures: boolean }): Mapping {
  return partialFailures ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {};
}

export function startingPosition(start: string): Mapping {
  if (start === 'trim-horizon') return { StartingPosition: 'TRIM_HORIZON' };
  if (start === 'latest') return { StartingPosition: 'LATEST' };
  return { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: Date.parse(start) / 1000 };
}

/** Leave for Lambda to read a source with the function’s role. */
export function reading({ fn, place: because, path }: Standing, what: string, statements: readonly Statement[]): readonly Part[] {
  return statements.map(({ actions, on, when, accepted }) => ({
    part: 'grant',
    to: roleAddress(fn),
    by: 'service',
    because,
    path,
    actions,
    on,
    reason: `Lambda reads ${what} for it`,
    ...(when && { when }),
    ...(accepted && { accepted }),
  }));
}

/** A resource that is not of this stack. */
export const elsewhere = (what: string): readonly Acceptance[] => [
  { rule: 'W9002', reason: `The ${what} exists already, outside of this stack.` },
];
