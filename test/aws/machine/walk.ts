/** One thing to do, after the others it needs. */
export interface Step {
  readonly id: string;
  readonly needs: readonly string[];
  /** Calls back once, at once or later. */
  readonly begin: (ended: (failed?: boolean) => void) => void;
  /** Another step failed while this one was under way. */
  readonly cancel?: () => void;
}

export interface Walk {
  /** Nothing more is begun; what is under way is cancelled and counts as failed. */
  stop(): void;
}

/**
 * Steps in the order of their needs, as many at once as can be. After a failure either everything stops (`cancel`), or
 * only what needs the failed step is left out (`continue`).
 */
export function walk(steps: readonly Step[], after: 'cancel' | 'continue', ended: (failed: readonly string[]) => void): Walk {
  const waiting = new Map(steps.map((step) => [step.id, step]));
  const running = new Map<string, Step>();
  const failed: string[] = [];
  let over = false;

  const cancelRunning = (): void => {
    for (const [id, step] of running) {
      running.delete(id);
      failed.push(id);
      step.cancel?.();
    }
    waiting.clear();
  };

  const finish = (step: Step, hasFailed: boolean): void => {
    if (!running.delete(step.id)) return;
    if (hasFailed) failed.push(step.id);
    if (hasFailed && after === 'cancel') cancelRunning();
    proceed();
  };

  const ready = (step: Step): boolean => step.needs.every((id) => !waiting.has(id) && !running.has(id) && !failed.includes(id));

  let proceeding = false;
  const proceed = (): void => {
    if (proceeding || over) return;
    proceeding = true;
    for (let next = first(); next; next = first()) {
      const step = next;
      waiting.delete(step.id);
      running.set(step.id, step);
      step.begin((hasFailed = false) => finish(step, hasFailed));
    }
    proceeding = false;
    if (running.size > 0) return;
    over = true;
    ended(failed);
  };
  const first = (): Step | undefined => [...waiting.values()].find(ready);

  proceed();
  return {
    stop: () => {
      if (over) return;
      over = true;
      cancelRunning();
    },
  };
}
