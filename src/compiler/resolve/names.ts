import type { Kind } from '../../schema/system.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { nearest } from '../text/suggest.ts';
import type { Thing } from './model.ts';
import { resolveProblems } from './problems.ts';

/** A stack holds no more resources than that, so among more names nobody looks for the one that was meant. */
const MOST = 500;

/** What the system declares, by section and name. */
export class Names {
  readonly #things = new Map<string, Map<string, Thing>>();

  declare(thing: Thing): void {
    const section = this.#things.get(thing.kind) ?? new Map<string, Thing>();
    this.#things.set(thing.kind, section.set(thing.called, thing));
  }

  get(kind: string, name: string): Thing | undefined {
    return this.#things.get(kind)?.get(name);
  }

  named(name: string): readonly Thing[] {
    return [...this.#things.values()].flatMap((section) => section.get(name) ?? []);
  }

  all(kind: string): readonly Thing[] {
    return [...(this.#things.get(kind)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get words(): readonly string[] {
    return [...this.#things.values()].flatMap((section) => [...section.keys()]);
  }

  /** The thing of one of these kinds that a name stands for; what is wrong with the name is reported. */
  find(written: string, kinds: readonly string[], place: Place, report: Report): Thing | undefined {
    const [section, name] = written.includes('.') ? split(written) : [undefined, written];
    const searched = section === undefined ? kinds : [section];
    const found = searched.flatMap((kind) => this.get(kind, name) ?? []);
    const [one, another] = found;
    if (one && another) {
      report(resolveProblems['ambiguous-name'], place, { name, choices: found.map(({ path }) => path) });
      return undefined;
    }
    if (one && kinds.includes(one.kind)) return one;
    const elsewhere = one ?? this.named(name)[0];
    const misplaced = section !== undefined && !one && elsewhere && kinds.includes(elsewhere.kind);
    if (elsewhere && !misplaced) {
      report(resolveProblems['wrong-kind'], place, { name, found: elsewhere.kind, kinds }, [
        { message: 'It is declared here.', place: elsewhere.place },
      ]);
      return undefined;
    }
    const known = kinds.flatMap((kind) => this.all(kind).map((thing) => thing.called));
    report(resolveProblems['unknown-name'], place, {
      name: misplaced ? written : name,
      kinds,
      meant: misplaced ? elsewhere.path : known.length > MOST ? undefined : nearest(name, known),
      known,
    });
    return undefined;
  }
}

function split(written: string): readonly [Kind | string, string] {
  const at = written.indexOf('.');
  return [written.slice(0, at), written.slice(at + 1)];
}
