import type { Metafile } from 'esbuild';

/** Which files of a run of esbuild were read for which entry. Handlers share most of what they import, so paths are numbers here. */
export class Reach {
  readonly #paths: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #imports: readonly (readonly number[])[];

  constructor(inputs: Metafile['inputs']) {
    this.#paths = Object.keys(inputs).sort();
    this.#numbers = new Map(this.#paths.map((path, number) => [path, number]));
    this.#imports = this.#paths.map((path) => {
      const imported = inputs[path]?.imports ?? [];
      return [...new Set(imported.flatMap((one) => (one.external ? [] : (this.#numbers.get(one.path) ?? []))))];
    });
  }

  /** Every file that was read for an entry, sorted: what it took only a constant from is not among a bundle’s own inputs. */
  from(entry: string): readonly string[] {
    const first = this.#numbers.get(entry);
    if (first === undefined) return [entry];
    const reached = new Uint8Array(this.#paths.length);
    reached[first] = 1;
    const waiting = [first];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const next of this.#imports[at] ?? []) {
        if (reached[next]) continue;
        reached[next] = 1;
        waiting.push(next);
      }
    return this.#paths.filter((_, number) => reached[number]);
  }
}
