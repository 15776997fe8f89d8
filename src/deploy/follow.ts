import { AwsFailure } from './aws/failure.ts';
import type { Event, StackState } from './aws/stacks.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import type { Run } from './run.ts';
import { ended, standingOf } from './stack-status.ts';

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
  /** How many resources change. */
  readonly total?: number;
  /** Stop when the work is done and only what was replaced is still being deleted. */
  readonly leaveCleaning?: boolean;
  /** Orders the operation once more, where nothing is seen of it. */
  readonly again?: () => Promise<unknown>;
  /** Each event once, in the order they happened; `path` leads through nested stacks. */
  readonly onEvent?: (event: Event, path: string) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** A signal came; what is given ends the watching. */
  readonly onSignal?: (status: string) => Promise<'on' | 'leave'>;
}

export interface Progress {
  readonly done: number;
  readonly total: number | undefined;
  /** What is being worked on, and since when. */
  readonly running: readonly { readonly id: string; readonly type: string; readonly since: Date }[];
  readonly elapsed: number;
}

/** How an operation ended. */
export interface End {
  readonly status: string;
  readonly stack: StackState | undefined;
  readonly events: readonly Seen[];
}

/** An event, and the nested stacks it came through. */
export interface Seen {
  readonly event: Event;
  readonly path: string;
}

const BLIND = 15 * 60_000;
const EVIDENCE = 2 * 60_000;

/**
 * Watches an operation to its end. That a stack has a good status is no success: it may be the one of the last deployment, told late.
 * Only what is seen of this operation counts. Nothing where the time was up.
 */
export async function follow(run: Run, watch: Watch): Promise<End | undefined> {
  const { world } = run;
  const { clock, interruption } = world;
  const began = clock.now();
  const tape = new Tape(run, watch);
  let lastSeen = began;
  let again = 0;
  let signals = interruption.count;
  for (;;) {
    let stack: StackState | undefined;
    try {
      await tape.read();
      stack = await run.stacks.describe(watch.stack);
      lastSeen = clock.now();
      const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
      const evident = watch.token === undefined || (await tape.started());
      if (evident && isOver(status, watch, tape)) {
        // The status turns before the last events can be read.
        await tape.read();
        return { status, stack, events: tape.events };
      }
      if (!evident && clock.now() - began > EVIDENCE * (again + 1)) {
        if (again > 0 || !watch.again) throw stop(faults['not-seen-starting'], { stack: watch.name });
        again++;
        await watch.again();
      }
      watch.onProgress?.(tape.progress(clock.now() - began));
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      if (error.kind === 'expired' || error.kind === 'no-credentials' || clock.now() - lastSeen > BLIND)
        throw stop(faults['out-of-sight'], { stack: watch.name, detail: error.message }, { failure: error });
    }
    if (watch.until !== undefined && clock.now() > watch.until) return undefined;
    const elapsed = clock.now() - began;
    const pause = elapsed < 60_000 ? 2000 : elapsed < 600_000 ? 5000 : 10_000;
    await Promise.race([clock.sleep(pause * (0.9 + 0.2 * clock.random())), interruption.next()]);
    if (interruption.count > signals) {
      signals = interruption.count;
      if (!watch.onSignal || (await watch.onSignal(stack?.StackStatus ?? '')) === 'leave')
        throw stop(faults['detached'], { stack: watch.name });
    }
  }
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

/** The events of a stack and of those nested in it, each once. */
class Tape {
  readonly #run: Run;
  readonly #watch: Watch;
  readonly #seen = new Set<string>();
  readonly #stacks: { readonly arn: string; readonly path: string }[];
  readonly #running = new Map<string, { readonly id: string; readonly type: string; readonly since: Date }>();
  readonly #done = new Set<string>();
  readonly events: Seen[] = [];
  #started = false;
  /** The change set says that it has been executed. */
  executed = false;
  /** The event with which the stack itself came to an end, under our token. */
  rootEnd: Event | undefined;

  constructor(run: Run, watch: Watch) {
    this.#run = run;
    this.#watch = watch;
    this.#stacks = [{ arn: watch.stack, path: '' }];
  }

  async read(): Promise<void> {
    // What is found nested on the way is read in the same round.
    for (const { arn, path } of this.#stacks) {
      const fresh: Event[] = [];
      const ids = new Set<string>();
      for await (const page of this.#run.stacks.events(arn)) {
        // What an earlier reading told, and what was before our operation, is the end of what is new.
        const old = page.some((event) => (this.#seen.has(event.EventId) && !ids.has(event.EventId)) || !this.#counts(event));
        for (const event of page) {
          if (this.#seen.has(event.EventId) || !this.#counts(event)) continue;
          this.#seen.add(event.EventId);
          ids.add(event.EventId);
          fresh.push(event);
        }
        if (old) break;
      }
      // The sort keeps the order of events of one moment: newest first is turned round before.
      for (const event of fresh.reverse().sort((a, b) => a.Timestamp.getTime() - b.Timestamp.getTime())) this.#take(event, path);
    }
  }

  /** Whether our operation is seen: by an event with its token, or by the change set. */
  async started(): Promise<boolean> {
    const { changeSet } = this.#watch;
    if (changeSet !== undefined && !this.executed && !(this.#started && this.rootEnd)) {
      try {
        const { ExecutionStatus: status } = await this.#run.stacks.changeSet(changeSet, false);
        this.#started ||= ['EXECUTE_IN_PROGRESS', 'EXECUTE_COMPLETE', 'EXECUTE_FAILED'].includes(status ?? '');
        this.executed = status === 'EXECUTE_COMPLETE' || status === 'EXECUTE_FAILED';
      } catch (error) {
        // An executed change set may be gone with its stack.
        if (!(error instanceof AwsFailure && (error.kind === 'missing' || error.kind === 'denied'))) throw error;
      }
    }
    return this.#started;
  }

  progress(elapsed: number): Progress {
    return { done: this.#done.size, total: this.#watch.total, running: [...this.#running.values()], elapsed };
  }

  #counts({ Timestamp: at }: Event): boolean {
    return this.#watch.since === undefined || at.getTime() >= this.#watch.since.getTime();
  }

  #take(event: Event, path: string): void {
    const { token, stack, onEvent } = this.#watch;
    const { LogicalResourceId: id = '', ResourceStatus: status = '', ResourceType: type = '', PhysicalResourceId: physical } = event;
    const root = event.PhysicalResourceId === stack || (path === '' && physical === event.StackId);
    if (root && event.ClientRequestToken === token && token !== undefined) {
      this.#started = true;
      if (ended(status)) this.rootEnd = event;
    }
    this.events.push({ event, path });
    if (!root) {
      const key = path + id;
      if (status.endsWith('_IN_PROGRESS')) {
        if (!this.#running.has(key)) this.#running.set(key, { id: key, type, since: event.Timestamp });
      } else {
        this.#running.delete(key);
        if (status.endsWith('_COMPLETE')) this.#done.add(key);
      }
      if (
        type === 'AWS::CloudFormation::Stack' &&
        physical &&
        physical !== event.StackId &&
        !this.#stacks.some(({ arn }) => arn === physical)
      )
        this.#stacks.push({ arn: physical, path: `${key}/` });
    }
    onEvent?.(event, path);
  }
}
