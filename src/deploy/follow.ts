import { AwsFailure } from './aws/failure.ts';
import type { Event, StackState } from './aws/stacks.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import type { Run } from './run.ts';
import { ended, standingOf } from './stack-status.ts';
import { Tape } from './tape.ts';

/** What is watched. */
export interface Watch {
  /** The stack’s ARN: a name may be another stack’s tomorrow. */
  readonly stack: string;
  readonly name: string;
  /** Our operation’s token; nothing where another’s is watched. */
  readonly token?: string;
  readonly changeSet?: string;
  /** Only events from then on, by CloudFormation’s clock. */
  readonly since?: Date;
  /** When to give up watching another’s operation, in milliseconds since 1970. */
  readonly until?: number;
  /** What is done to it, where that is not a deployment: “removed”. */
  readonly doing?: string;
  /** Stop when the work is done and only what was replaced is still being deleted. */
  readonly leaveCleaning?: boolean;
  /** Orders the operation once more, where nothing is seen of it. */
  readonly again?: () => Promise<unknown>;
  /** Each event once, in the order they happened; `path` leads through nested stacks. */
  readonly onEvent?: (event: Event, path: string) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** How many signals were heard before; by itself those that came until now. */
  readonly heard?: number;
  /** A signal came; what is given ends the watching. */
  readonly onSignal?: (status: string) => Promise<'on' | 'leave' | 'cancelled'>;
}

export interface Progress {
  /** Resources that are done, by their ids behind those of nested stacks. */
  readonly done: ReadonlySet<string>;
  /** What is being worked on. */
  readonly running: readonly Running[];
}

export interface Running {
  readonly id: string;
  readonly type: string;
  /** `CREATE`, `UPDATE`, `DELETE`. */
  readonly verb: string;
  /** Since when, by this machine’s clock; AWS’s may be another. */
  readonly since: number;
}

/** How an operation ended. */
export interface End {
  readonly status: string;
  readonly stack: StackState | undefined;
  readonly events: readonly Seen[];
  /** Whoever watched had it taken back. */
  readonly cancelled: boolean;
}

/** An event, and the nested stacks it came through. */
export interface Seen {
  readonly event: Event;
  readonly path: string;
}

/** So long AWS may answer with errors, and so long the network may be away: what comes back goes on where it was. */
const BLIND = 15 * 60_000;
const OFFLINE = 45 * 60_000;
const EVIDENCE = 2 * 60_000;

/**
 * Watches an operation to its end. That a stack has a good status is no success: it may be the one of the last deployment, told late.
 * Only what is seen of this operation counts. Nothing where the time was up.
 */
export async function follow(run: Run, watch: Watch): Promise<End | undefined> {
  try {
    return await followed(run, watch);
  } finally {
    run.world.operator.live(undefined);
  }
}

async function followed(run: Run, watch: Watch): Promise<End | undefined> {
  const { clock, interruption } = run.world;
  const began = clock.now();
  const look = looks(run, watch, began);
  let looking: Promise<Look> | undefined;
  let status = '';
  let cancelled = false;
  let { heard = interruption.count } = watch;
  for (;;) {
    looking ??= look();
    // It may fail while somebody is asked something.
    looking.catch(() => undefined);
    const seen = await Promise.race([looking, interruption.next()]);
    if (seen) {
      looking = undefined;
      if (seen.end) return { ...seen.end, cancelled };
      status = seen.status ?? status;
      if (watch.until !== undefined && clock.now() > watch.until) return undefined;
      const elapsed = clock.now() - began;
      const pause = elapsed < 60_000 ? 2000 : elapsed < 600_000 ? 5000 : 10_000;
      await Promise.race([clock.sleep(pause * (0.9 + 0.2 * clock.random())), interruption.next()]);
    }
    if (interruption.count === heard) continue;
    heard = interruption.count;
    // Whoever breaks off at once is asked when there is something to tell.
    status ||= (await Promise.race([looking, clock.sleep(3000)]))?.status ?? '';
    const wanted = (await watch.onSignal?.(status)) ?? 'leave';
    if (wanted === 'leave') throw stop(faults['detached'], { stack: watch.name, doing: doingOf(watch) });
    cancelled ||= wanted === 'cancelled';
  }
}

/** What one look at the operation showed. */
interface Look {
  readonly end?: Omit<End, 'cancelled'>;
  readonly status?: string;
}

/** Looks at an operation, again and again. That AWS does not answer for a while is no end. */
function looks(run: Run, watch: Watch, began: number): () => Promise<Look> {
  const { clock } = run.world;
  const tape = new Tape(run, watch);
  let lastSeen = began;
  let again = 0;
  return async () => {
    try {
      await tape.read();
      const stack = await run.stacks.describe(watch.stack);
      lastSeen = clock.now();
      const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
      const evident = watch.token === undefined || (await tape.started());
      if (evident && isOver(status, watch, tape)) {
        // The status turns before the last events can be read.
        await tape.read();
        return { end: { status, stack, events: tape.events } };
      }
      if (!evident && clock.now() - began > EVIDENCE * (again + 1)) {
        if (again > 0 || !watch.again)
          throw stop(
            faults['not-seen-starting'],
            { stack: watch.name, doing: doingOf(watch) },
            // A removal that does not begin goes on nowhere.
            { ends: watch.doing === 'removed' ? 'recovery' : 'detached' },
          );
        again++;
        await watch.again();
      }
      watch.onProgress?.(tape.progress());
      return { status };
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      if (
        error.kind === 'expired' ||
        error.kind === 'no-credentials' ||
        clock.now() - lastSeen > (error.kind === 'unreachable' ? OFFLINE : BLIND)
      )
        throw stop(faults['out-of-sight'], { stack: watch.name, detail: error.message, doing: doingOf(watch) }, { failure: error });
      return {};
    }
  };
}

/** What is done to the stack, in a sentence. */
function doingOf({ doing = 'deployed' }: Watch): string {
  return doing;
}

function isOver(status: string, { token, leaveCleaning }: Watch, tape: Tape): boolean {
  if (!ended(status)) return false;
  if (standingOf(status) === 'cleaning' && leaveCleaning !== true) return false;
  // What a stack was before our operation is told for a while after it began.
  return token === undefined || tape.rootEnd !== undefined || tape.executed;
}

/** From when on events are of an operation that is ordered now: after the last there is, by CloudFormation’s clock. */
export async function fromNowOn({ stacks }: Run, stack: string): Promise<{ readonly since?: Date }> {
  try {
    for await (const [latest] of stacks.events(stack)) return latest ? { since: new Date(latest.Timestamp.getTime() + 1) } : {};
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
  }
  return {};
}
