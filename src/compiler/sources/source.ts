import type { SourceKind } from '../../schema/sources/index.ts';
import type { Polling } from '../../schema/sources/polling.ts';
import type { Written } from '../check/written.ts';
import type { Named } from '../cloud/address.ts';
import type { Part } from '../cloud/part.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Demand } from '../resources/demand.ts';
import type { Context, EndpointDemand } from '../resources/meaning.ts';
import type { Fn, Settings, Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';

/** The settings of a source of one kind. */
export type SourceSettings<S extends SourceKind = SourceKind> = Extract<Settings<'consumers'>['from'][number], { readonly kind: S }>;

/** A way from a source to whatever receives from it. */
export interface Hop {
  readonly written: Written;
  /** The receiver’s name and the source’s: what the resources between them are named by. */
  readonly names: readonly Named[];
  /** The receiver’s own tags. */
  readonly tags: Readonly<Record<string, Text>> | undefined;
  readonly place: Place;
  readonly path: string;
}

/** Where a source of a consumer stands, whatever its kind is. */
export interface Standing extends Hop {
  readonly consumer: Thing<'consumers'>;
  readonly fn: Fn;
}

/** One source of one consumer. */
export interface Source<S extends SourceKind = SourceKind> extends Standing {
  readonly kind: S;
  readonly settings: SourceSettings<S>;
  readonly written: Written<SourceSettings<S>>;
}

/** What the compiler knows about one kind of source. */
export interface SourceMeaning<S extends SourceKind> {
  /** Who calls whom, how often, and what becomes of what fails. */
  readonly model: Polling;
  /** How often it is looked at, in words. */
  pace(source: Source<S>): string;
  /** What stands for its name where it has none of its own. */
  named(settings: SourceSettings<S>): Named;
  verify?(source: Source<S>, context: Context, report: Report): void;
  demands?(source: Source<S>, context: Context): readonly Demand[];
  /** The endpoints it needs in the VPC. */
  endpoints?(source: Source<S>, context: Context): readonly EndpointDemand[];
  expand(source: Source<S>, context: Context): readonly Part[];
}
