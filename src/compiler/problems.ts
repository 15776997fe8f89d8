import type { CodedProblem } from './diagnostics/problem.ts';
import { problemSets } from './generated/problem-sets.ts';

/** Every kind of mistake that can be found, by its code. */
export const allProblems: readonly CodedProblem<never>[] = problemSets
  .flatMap((set) => Object.values(set))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/** What a problem’s message looks like: with the names of its facts in capitals in place of the facts. */
export function messageForm({ message }: CodedProblem<never>): string {
  return formOf(message);
}

/** What a text made of facts looks like, with their names in place of them. */
export function formOf(text: (facts: never) => string): string {
  // A text that is nothing but a fact gives back what stands for it.
  return String((text as (facts: unknown) => string)(facts));
}

/** The same for what its fix says. Nothing where there is no fix, or none without a place to look at. */
export function fixForm({ fix }: CodedProblem<never>): string | undefined {
  try {
    return (fix as ((facts: unknown) => { readonly title: string } | undefined) | undefined)?.(facts)?.title;
  } catch {
    return undefined;
  }
}

const facts: unknown = new Proxy({}, { get: (_, name) => stand(String(name)) });

/** Stands for a fact, whatever it is: read as a text, it is its name; read as a list, it holds its name alone. */
function stand(name: string): unknown {
  const text = name.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();
  return new Proxy([text], {
    get(list, key) {
      if (key === Symbol.toPrimitive) return () => text;
      const asked: object = key in String.prototype && key !== 'length' && key !== 'at' ? Object(text) : list;
      const found: unknown = Reflect.get(asked, key, asked);
      return typeof found === 'function' ? found.bind(asked) : found;
    },
  });
}
