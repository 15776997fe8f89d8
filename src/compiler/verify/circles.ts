import { problems, type Report } from '../diagnostics/problem.ts';
import { outerKeyAt } from '../edit/edits.ts';
import { choosing, leaveOut } from '../edit/fixes.ts';
import type { Fn, Model, Thing } from '../resolve/model.ts';
import { namedIn } from '../resources/whole.ts';
import type { Place } from '../text/source-text.ts';

export const circleProblems = problems({
  circle: {
    severity: 'error',
    message: ({ from, to, way }: { from: string; to: string; way: readonly string[] }) =>
      `\`${from}\` needs \`${to}\` to be created first, and vice versa: ${way.join(' → ')}.`,
    why: 'CloudFormation rejects resources that wait for each other. An API’s address is in every request (`requestContext.domainName`), so the functions behind it do not need it as a variable; two functions that call each other can be decoupled by an event.',
    fix: ({ variable }: { variable?: boolean }, place) => (variable ? choosing(leaveOut(place)) : undefined),
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html',
  },
});

/** Something that waits for something else to be made: a function, or a thing. */
interface Edge {
  readonly to: string;
  readonly place: Place;
}

/** Reports what waits for itself: by names, by `$(…)`, by `access`. */
export function verifyCircles(model: Model, standsAlone: (thing: Thing) => boolean, report: Report): void {
  const graph = graphOf(model, standsAlone);
  const reported = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    const way = wayBack(start, graph);
    const [first] = way;
    if (!first) continue;
    const nodes = [start, ...way.map(({ to }) => to)];
    const key = [...new Set(nodes)].sort().join(' ');
    if (reported.has(key)) continue;
    reported.add(key);
    report(circleProblems['circle'], first.place, { from: start, to: first.to, way: nodes, variable: isVariable(first.place) });
  }
}

/** It is told by a variable of the environment, which the code may do without. */
const isVariable = (place: Place): boolean => outerKeyAt(place) === 'environment';

/** The shortest way from a node back to it. */
function wayBack(start: string, graph: ReadonlyMap<string, readonly Edge[]>): readonly Edge[] {
  const ways = new Map<string, readonly Edge[]>([[start, []]]);
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const way = ways.get(node) ?? [];
    for (const edge of graph.get(node) ?? []) {
      if (edge.to === start) return [...way, edge];
      if (ways.has(edge.to)) continue;
      ways.set(edge.to, [...way, edge]);
      queue.push(edge.to);
    }
  }
  return [];
}

/** Who waits for whom: a function for what it refers to, a thing for its functions and for what it names. */
function graphOf(model: Model, standsAlone: (thing: Thing) => boolean): ReadonlyMap<string, readonly Edge[]> {
  const graph = new Map<string, Edge[]>();
  const add = (from: string, to: string, place: Place) => {
    const edges = graph.get(from) ?? [];
    if (!edges.some((edge) => edge.to === to)) graph.set(from, [...edges, { to, place }]);
  };
  const nodeOf = (thing: Thing) => functionOf(thing, model)?.path ?? thing.path;
  for (const fn of model.functions) {
    if (fn.owner.path !== fn.path && !standsAlone(fn.owner)) add(fn.owner.path, fn.path, fn.place);
    for (const { thing, key } of fn.settings.access ?? []) if (nodeOf(thing) !== fn.path) add(fn.path, nodeOf(thing), key);
  }
  for (const thing of model.things) {
    if (standsAlone(thing)) continue;
    // A plan’s APIs, a route’s function: whatever a thing names must be there before it.
    // A grant can stand by itself, and so does what is between a source and its consumer.
    for (const named of namedIn(thing.settings, ['access', 'from'])) if (named !== thing) add(nodeOf(thing), nodeOf(named), thing.place);
  }
  for (const { owner, within, reference } of model.references) {
    if (reference.to !== 'thing' || !owner) continue;
    const fn = model.functions.find((one) => one.owner === owner && one.within.join(' ') === within);
    const from = fn?.path ?? nodeOf(owner);
    // A function cannot be told its own ARN; Lambda gives it its name.
    add(from, nodeOf(reference.thing), reference.place);
  }
  return graph;
}

/** A consumer or a declared function is the function itself. */
function functionOf(thing: Thing, { functions }: Model): Fn | undefined {
  return functions.find((fn) => fn.path === thing.path);
}
