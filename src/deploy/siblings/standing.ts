import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import type { Run } from '../run.ts';
import { standingStack, type Standing } from '../standing.ts';
import type { Target } from '../target.ts';

/** The stacks of a system as they stand, by their names, in the order they are deployed. */
export type Standings = ReadonlyMap<string, Standing>;

/** What says whose a stack is. */
export type Owner = Pick<Target, 'stack' | 'tags'>;

/**
 * Looks what stands of a system. The application’s template says whether there is more than that; only where there is, or where the
 * application is not there and a first deployment may have ended half-way, are the others looked for.
 */
export async function standingSystem(run: Run, owner: Owner, wanted: readonly string[] = []): Promise<Standings> {
  const main = await standingStack(run, owner.stack);
  const found = new Map<string, Standing>([[owner.stack, main]]);
  const said = main.template?.Metadata?.eventsystem?.stacks;
  const alone = wanted.every((name) => name === owner.stack) && main.template !== undefined && said === undefined;
  if (alone) return found;
  const look = async (name: string): Promise<boolean> => {
    if (!found.has(name)) found.set(name, await ownStack(run, name, owner));
    return found.get(name)?.stack !== undefined;
  };
  const named = [...wanted, ...(said ?? []).map((end) => `${owner.stack}-${end}`), `${owner.stack}-network`, `${owner.stack}-data`];
  for (const name of named) await look(name);
  // One that failed before the application was told of it is the next by its number.
  for (const word of ['functions', 'wiring']) {
    const numbers = [...found.keys()].flatMap((name) => numberIn(name.slice(owner.stack.length + 1), word));
    for (let next = Math.max(0, ...numbers) + 1; await look(`${owner.stack}-${word}-${next}`); next++);
  }
  const there = [...found].filter(([name, { stack }]) => stack !== undefined || name === owner.stack || wanted.includes(name));
  return new Map(there.sort(([a], [b]) => rankOf(a, owner.stack) - rankOf(b, owner.stack)));
}

/** A stack of the system; one of that name that is another’s is not touched. */
async function ownStack(run: Run, name: string, { tags }: Owner): Promise<Standing> {
  const standing = await standingStack(run, name);
  const has = new Map((standing.stack?.Tags ?? []).map(({ Key: key, Value: value }) => [key, value]));
  const foreign = ['eventsystem:system', 'eventsystem:stage'].filter((key) => has.get(key) !== tags[key]);
  if (standing.stack && standing.template && foreign.length > 0) throw stop(faults['stack-of-others'], { stack: name });
  return standing;
}

/** Where a stack comes in the order: network, data, functions, the application, what ties others to functions. */
function rankOf(name: string, main: string): number {
  const end = name.slice(main.length + 1);
  const [word = '', number = '0'] = /^([a-z]+)(?:-(\d+))?$/.exec(end)?.slice(1) ?? [];
  const words = ['network', 'data', 'functions', '', 'wiring'];
  return words.indexOf(word) * 1000 + Number(number);
}

function numberIn(end: string, word: string): readonly number[] {
  const found = new RegExp(`^${word}-(\\d+)$`).exec(end)?.[1];
  return found === undefined ? [] : [Number(found)];
}
