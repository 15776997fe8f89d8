import type { Place } from '../text/source-text.ts';

/** An error stops the pipeline; a warning and a hint do not, and can be accepted in the file. */
export type Severity = 'error' | 'warning' | 'hint';

/** A replacement of text at a place: a fix is data, so that a terminal can print it and an editor apply it. */
export interface Edit {
  readonly place: Place;
  readonly text: string;
}

export interface Fix {
  /** What the fix does, as an order: “Write 30 seconds”. */
  readonly title: string;
  readonly edits?: readonly Edit[];
  /** Only the author can tell whether it is meant: an editor offers it, and nothing makes it unasked. */
  readonly choice?: true;
  /** Other ways to correct the same. */
  readonly or?: readonly Fix[];
}

/** A fix and what can be done instead of it. */
export const waysOf = (fix: Fix): readonly Fix[] => [fix, ...(fix.or ?? [])];

/** What can be done, as one line: “Add `fifo: true`, or remove `deduplication`”. */
export const orderOf = (fix: Fix): string =>
  waysOf(fix)
    .map(({ title }, index) => (index === 0 ? title : title.charAt(0).toLowerCase() + title.slice(1)))
    .join(', or ');

/** A second place that belongs to a finding: the other declaration, the setting it collides with. */
export interface Related {
  readonly message: string;
  readonly place: Place;
}

/** A kind of mistake, described once. `Facts` are what one occurrence adds. */
export interface Problem<Facts> {
  readonly severity: Severity;
  /** What is wrong, here. */
  readonly message: (facts: Facts) => string;
  /** Why that matters, everywhere: one paragraph, which becomes the page of this code. */
  readonly why: string;
  /** What to do about it, here. */
  readonly fix?: (facts: Facts, place: Place) => Fix | undefined;
  /** The page of AWS's documentation that is the source. */
  readonly page?: string;
  /** What else is found on its line follows from it, and is not told. */
  readonly garbles?: true;
}

export interface CodedProblem<Facts> extends Problem<Facts> {
  readonly code: string;
}

/** Gives each problem its key as its code, so that no code is ever written twice. */
export function problems<const S extends Record<string, Problem<never>>>(set: S): Coded<S> {
  const coded: Record<string, CodedProblem<never>> = {};
  for (const [code, problem] of Object.entries(set)) coded[code] = { ...problem, code };
  return coded as Coded<S>;
}

export type Coded<S> = {
  readonly [C in keyof S]: S[C] extends Problem<infer Facts> ? CodedProblem<Facts> : never;
};

/** One mistake, at one place. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly why: string;
  /** Worked out when it is asked for. */
  readonly fix?: Fix | undefined;
  readonly related?: readonly Related[];
}

export type Report = <Facts>(problem: CodedProblem<Facts>, place: Place, facts: Facts, related?: readonly Related[]) => void;

/** Collects the findings of a run: each once, however many stages meet it. */
export class Findings {
  readonly #byKey = new Map<string, Finding>();
  readonly #garbled = new Map<string, string>();

  readonly report: Report = (problem, place, facts, related) => {
    const message = problem.message(facts);
    const key = [problem.code, place.source.path, place.span.start, place.span.end, message].join('\0');
    if (this.#byKey.has(key)) return;
    if (problem.garbles) this.#garbled.set(lineOf(place), problem.code);
    let fix: { readonly is: Fix | undefined } | undefined;
    this.#byKey.set(key, {
      code: problem.code,
      severity: problem.severity,
      message,
      place,
      why: problem.why,
      ...(related?.length && { related }),
      get fix() {
        fix ??= { is: problem.fix?.(facts, place) };
        return fix.is;
      },
    });
  };

  get failed(): boolean {
    for (const { severity } of this.#byKey.values()) if (severity === 'error') return true;
    return false;
  }

  /** The findings in reading order: the file, then the line, then the column. */
  get inOrder(): readonly Finding[] {
    const told = [...this.#byKey.values()].filter(({ code, place }) => (this.#garbled.get(lineOf(place)) ?? code) === code);
    return inReadingOrder(told);
  }
}

export function inReadingOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.place.source.path, b.place.source.path) ||
      a.place.span.start - b.place.span.start ||
      a.place.span.end - b.place.span.end ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function lineOf({ source, span }: Place): string {
  return `${source.path}:${source.position(span.start).line}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
