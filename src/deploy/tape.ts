import { AwsFailure } from './aws/failure.ts';
import type { Event } from './aws/stacks.ts';
import type { Progress, Running, Seen, Watch } from './follow.ts';
import type { Run } from './run.ts';
import { ended } from './stack-status.ts';

/** The events of a stack and of those nested in it, each once. */
export class Tape {
  readonly #run: Run;
  readonly #watch: Watch;
  readonly #seen = new Set<string>();
  readonly #stacks: { readonly arn: string; readonly path: string }[];
  readonly #running = new Map<string, Running>();
  readonly #done = new Set<string>();
  readonly events: Seen[] = [];
  #started = false;
  #mayRead = true;
  /** The change set says that it has been executed. */
  executed = false;
  /** The event with which the stack itself came to an end, under our token. */
  rootEnd: Event | undefined;

  constructor(run: Run, watch: Watch) {
    this.#run = run;
    this.#watch = watch;
    this.#stacks = [{ arn: watch.stack, path: '' }];
  }

  /** Takes what is new, oldest first. Where a page is missing nothing is taken: the next reading finds it all. */
  async read(): Promise<void> {
    // What is found nested on the way is read in the same round.
    for (const { arn, path } of this.#stacks) {
      const fresh = await this.#fresh(arn);
      const newest = Math.max(...fresh.map(({ Timestamp: at }) => at.getTime()));
      // The sort keeps the order of events of one moment: newest first is turned round before.
      for (const event of fresh.reverse().sort((a, b) => a.Timestamp.getTime() - b.Timestamp.getTime())) {
        this.#seen.add(event.EventId);
        this.#take(event, path, newest - event.Timestamp.getTime());
      }
    }
  }

  /** Events that were not seen before, newest first. */
  async #fresh(arn: string): Promise<Event[]> {
    const fresh = new Map<string, Event>();
    if (!this.#mayRead) return [];
    try {
      for await (const page of this.#run.stacks.events(arn)) {
        for (const event of page) if (!this.#seen.has(event.EventId) && this.#counts(event)) fresh.set(event.EventId, event);
        // What an earlier reading told, and what was before our operation, is the end of what is new.
        if (page.some((event) => this.#seen.has(event.EventId) || !this.#counts(event))) break;
      }
    } catch (error) {
      if (!(error instanceof AwsFailure && error.kind === 'denied')) throw error;
      this.#mayRead = false;
      this.#run.world.operator.say(`${error.action} is denied: only the result is shown, not the events.`);
    }
    return [...fresh.values()];
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

  progress(): Progress {
    return { done: this.#done, running: [...this.#running.values()] };
  }

  #counts({ Timestamp: at }: Event): boolean {
    return this.#watch.since === undefined || at.getTime() >= this.#watch.since.getTime();
  }

  /** `age` is how long before the newest one an event happened. */
  #take(event: Event, path: string, age: number): void {
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
        const since = this.#run.world.clock.now() - age;
        if (!this.#running.has(key)) this.#running.set(key, { id: key, type, verb: status.split('_')[0] ?? '', since });
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
