import type { Tree } from '../tree.ts';
import type { Change } from './compare.ts';
import type { Finding } from './finding.ts';
import type { Stack } from './stack.ts';

export type Verb = 'CREATE' | 'UPDATE' | 'DELETE' | 'IMPORT' | 'ROLLBACK';

export interface FailOptions {
  /** So often, then it works; for good without it. */
  readonly times?: number;
  /** The handler’s error code: the reason is worded as CloudFormation words a handler’s message. */
  readonly code?: string;
  /** Before it is begun, without a physical id, or (the default) at its end. */
  readonly at?: 'start' | 'end';
}

export interface Hook {
  readonly type: string;
  readonly fails: boolean;
  readonly mode?: 'FAIL' | 'WARN';
  readonly reason?: string;
  /** What GetHookResult advises. */
  readonly remediation?: string;
}

interface Failure extends FailOptions {
  readonly reason: string;
  left: number;
}

/** What a test has said about one resource. */
export class ResourceScript {
  readonly #failures = new Map<Verb, Failure>();
  #duration: number | undefined;
  hook: Hook | undefined;
  /** What drift detection says of it, whatever it is. */
  driftStatus: 'UNSUPPORTED' | 'UNKNOWN' | 'NOT_CHECKED' | undefined;

  fails(verb: Verb, reason: string, options: FailOptions = {}): this {
    this.#failures.set(verb, { reason, ...options, left: options.times ?? Infinity });
    return this;
  }

  /** Everything about it works again. */
  recovers(verb?: Verb): this {
    if (verb) this.#failures.delete(verb);
    else this.#failures.clear();
    return this;
  }

  takes(ms: number): this {
    this.#duration = ms;
    return this;
  }

  /** Never ends by itself. */
  hangs(): this {
    return this.takes(Infinity);
  }

  hooked(hook: Hook): this {
    this.hook = hook;
    return this;
  }

  get duration(): number | undefined {
    return this.#duration;
  }

  /** The failure that is due, once asked. */
  failure(verb: Verb, at: 'start' | 'end'): (FailOptions & { readonly reason: string }) | undefined {
    const failure = this.#failures.get(verb);
    if (!failure || failure.left <= 0 || (failure.at ?? 'end') !== at) return undefined;
    failure.left -= 1;
    return failure;
  }
}

/** What tests have said about resources, by logical id (or `Stack/LogicalId`). */
export class Script {
  readonly #resources = new Map<string, ResourceScript>();
  /** Alarms that ring, by ARN. */
  readonly ringing = new Set<string>();
  /** How long types take, on top of the defaults. */
  readonly durations = new Map<string, number>();

  /** Findings that the next change set’s validation tells. */
  readonly validations: Finding[] = [];
  /** The hook that is asked when the next change sets are made. */
  changeSetHook: Hook | undefined;
  /** Reasons with which the next change sets fail. */
  readonly changeSetFailures: string[] = [];
  /** So many of the next change sets stay in progress. */
  hangingChangeSets = 0;
  /** Parameters of Systems Manager that templates read. */
  readonly parameters = new Map<string, string>();
  readonly refusedRoles = new Set<string>();
  /** Logical ids that a change set leaves out when property values are asked for. */
  hiddenChanges: readonly string[] = [];
  /** Change sets as they are told: an unknown action, one more change. */
  edited: (changes: readonly Change[]) => readonly Change[] = (changes) => changes;
  /** Events as they are told: late, twice, out of order. */
  eventsShown: (stack: Stack) => readonly Tree[] = ({ events }) => events;

  resource(name: string): ResourceScript {
    const script = this.#resources.get(name) ?? new ResourceScript();
    this.#resources.set(name, script);
    return script;
  }

  of(stackName: string, logicalId: string): ResourceScript {
    return this.#resources.get(`${stackName}/${logicalId}`) ?? this.resource(logicalId);
  }
}
