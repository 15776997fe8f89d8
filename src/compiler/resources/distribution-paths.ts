import type { Written } from '../check/written.ts';
import type { Thing } from '../resolve/model.ts';
import type { Named } from '../cloud/address.ts';

export type Distribution = Thing<'distributions'>;
export type DistributionOrigin = Distribution['settings']['origin'];
/** An origin, or one that stands in for it. */
export type AnyOrigin = DistributionOrigin | NonNullable<DistributionOrigin['failover']>['origin'];
type PathSettings = NonNullable<Distribution['settings']['paths']>[string];

/** How requests to some paths are answered: CloudFront’s cache behaviour. */
export interface Behaviour {
  /** Nothing for those that no pattern fits. */
  readonly pattern: string | undefined;
  readonly origin: DistributionOrigin;
  /** It has an origin of its own. */
  readonly own: boolean;
  readonly settings: Omit<PathSettings, 'origin'>;
  readonly written: Written;
  /** What its resources are named by. */
  readonly names: readonly Named[];
}

/**
 * The behaviours of a distribution in the order CloudFront tries them: the pattern with the longest beginning first, so
 * that the order of the file says nothing. The one without a pattern stands first here, and is tried last.
 */
export function behavioursOf({ name, settings, written }: Distribution): readonly [Behaviour, ...Behaviour[]] {
  const named: Named = { name, word: 'Distribution' };
  const paths = Object.entries(settings.paths ?? {}).sort(([a], [b]) => compare(a, b));
  return [
    { pattern: undefined, origin: settings.origin, own: true, settings, written, names: [named] },
    ...paths.map(([pattern, one]): Behaviour => ({
      pattern,
      origin: one.origin ?? settings.origin,
      own: one.origin !== undefined,
      settings: one,
      written: written.at('paths').parts.get(pattern) ?? written,
      names: [named, { name: pattern, word: 'Route' }],
    })),
  ];
}

const beginning = (pattern: string): number => /[*?]/.exec(pattern)?.index ?? 1000;

function compare(a: string, b: string): number {
  return beginning(b) - beginning(a) || b.length - a.length || (a < b ? -1 : 1);
}

/** What stands for the origin of a behaviour in the distribution. */
export const originId = ({ pattern, own }: Behaviour): string => (own ? (pattern ?? 'default') : 'default');

/** The same where another origin stands in for it: the two of them. */
export const targetId = (behaviour: Behaviour): string =>
  behaviour.origin.failover ? `${originId(behaviour)} or failover` : originId(behaviour);

/** One origin, and what stands for it. */
export interface Listed {
  readonly id: string;
  readonly origin: AnyOrigin;
  readonly written: Written | undefined;
}

/** Every origin of a distribution, those that stand in for others too. */
export function originsIn(distribution: Distribution): readonly Listed[] {
  return behavioursOf(distribution)
    .filter(({ own }) => own)
    .flatMap((behaviour): readonly Listed[] => {
      const written = behaviour.written.parts.get('origin');
      const { failover } = behaviour.origin;
      const other = failover && {
        id: `${originId(behaviour)} failover`,
        origin: failover.origin,
        written: written?.parts.get('failover')?.parts.get('origin'),
      };
      return [{ id: originId(behaviour), origin: behaviour.origin, written }, ...(other ? [other] : [])];
    });
}

/** What an origin is, as far as it decides how it is asked. */
export type Asked = 'bucket' | 'api' | 'function' | 'address';

export function askedAs(origin: AnyOrigin): Asked {
  if (origin.kind !== 'url') return origin.kind;
  return 'segments' in origin.url ? 'address' : 'function';
}

/** The address of a function, where the origin is one. */
export function functionOf(origin: AnyOrigin): Thing<'consumers'> | undefined {
  return origin.kind === 'url' && !('segments' in origin.url) ? origin.url : undefined;
}

/** Whether CloudFront signs what it asks: a bucket always, a function whose address IAM guards. */
export function isSigned(origin: AnyOrigin): boolean {
  if (origin.kind === 'bucket') return true;
  return functionOf(origin)?.settings.from.some((source) => source.kind === 'url' && source.url === 'iam') ?? false;
}

/** Which methods are let through; a body before a signed address must be hashed by whoever sends it. */
export function methodsOf({ origin, settings }: Behaviour): 'read' | 'read-and-options' | 'all' {
  return settings.methods ?? (isSigned(origin) || origin.failover ? 'read' : 'all');
}
