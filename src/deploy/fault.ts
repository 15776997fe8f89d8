import type { AwsFailure } from './aws/failure.ts';

/** How a command of deployment ends, as the process says it. */
export const endings = {
  done: 0,
  /** A person has to say yes, or said no. */
  approval: 3,
  /** AWS refused what was planned; nothing was changed. */
  refused: 4,
  /** It failed, and everything is as it was. */
  rolledBack: 5,
  /** It failed, and somebody has to repair it. */
  recovery: 6,
  /** Somebody else was there. */
  conflict: 7,
  /** Credentials, account or region are not the right ones. */
  credentials: 8,
  /** AWS could not be reached; nothing was changed. */
  transport: 9,
  /** It goes on in AWS, without us. */
  detached: 75,
  interrupted: 130,
  terminated: 143,
} as const;

export type Ending = keyof typeof endings;

/** A way in which a deployment ends early, described once; its key is its code. `Facts` are what one occurrence adds. */
export interface Fault<Facts> {
  readonly ends: Ending;
  readonly message: (facts: Facts) => string;
  /** Why it is so, everywhere: one paragraph. */
  readonly why: string;
  /** The next step, here. */
  readonly next: (facts: Facts) => string;
  readonly page?: string;
}

export interface CodedFault<Facts> extends Fault<Facts> {
  readonly code: string;
}

/** Gives each fault its key as its code. */
export function faultsOf<const S extends Record<string, Fault<never>>>(
  set: S,
): { readonly [C in keyof S]: S[C] extends Fault<infer Facts> ? CodedFault<Facts> : never } {
  const coded: Record<string, CodedFault<never>> = {};
  for (const [code, fault] of Object.entries(set)) coded[code] = { ...fault, code };
  return coded as { readonly [C in keyof S]: S[C] extends Fault<infer Facts> ? CodedFault<Facts> : never };
}

/** Ends the command: thrown where it is known, told in one place. */
export class Stop extends Error {
  readonly code: string;
  readonly ends: Ending;
  readonly why: string;
  readonly next: string;
  /** The call that AWS answered so. */
  readonly failure: AwsFailure | undefined;
  /** What more there is to tell, in lines. */
  readonly details: readonly string[];

  constructor(told: {
    readonly code: string;
    readonly ends: Ending;
    readonly message: string;
    readonly why: string;
    readonly next: string;
    readonly failure: AwsFailure | undefined;
    readonly details: readonly string[];
  }) {
    super(told.message);
    this.code = told.code;
    this.ends = told.ends;
    this.why = told.why;
    this.next = told.next;
    this.failure = told.failure;
    this.details = told.details;
  }
}

/** A stop of a kind. */
export function stop<Facts>(
  { code, ends, message, why, next }: CodedFault<Facts>,
  facts: Facts,
  more: { readonly failure?: AwsFailure; readonly details?: readonly string[]; readonly ends?: Ending } = {},
): Stop {
  return new Stop({
    code,
    ends: more.ends ?? ends,
    message: message(facts),
    why,
    next: next(facts),
    failure: more.failure,
    details: more.details ?? [],
  });
}
