import type { Call } from './wire.ts';

/** Everything that was asked, in order. */
export class Calls {
  readonly all: Call[] = [];
  /** Told of each as it comes. */
  onCall: (call: Call) => void = () => {};

  add(call: Call): void {
    this.all.push(call);
    this.onCall(call);
  }

  /** The calls of one action. */
  of(action: string): readonly Call[] {
    return this.all.filter((call) => call.action === action);
  }

  count(action: string): number {
    return this.of(action).length;
  }

  /** `CreateChangeSet DescribeChangeSet×3 …`: the conversation at a glance. */
  story(): string {
    const words: { action: string; times: number }[] = [];
    for (const { action } of this.all) {
      const last = words.at(-1);
      if (last?.action === action) last.times += 1;
      else words.push({ action, times: 1 });
    }
    return words.map(({ action, times }) => (times > 1 ? `${action}×${times}` : action)).join(' ');
  }

  /** Those that change something. */
  mutations(): readonly Call[] {
    return this.all.filter(({ action }) => !/^(Get|Head|List|Describe|Detect|Validate)/.test(action));
  }

  clear(): void {
    this.all.length = 0;
  }
}
