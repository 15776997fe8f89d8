import type { Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { circleProblems } from '../verify/circles.ts';
import type { Template } from './emit.ts';
import type { Json } from './render.ts';
import { askedIn } from './stacks/references.ts';

/** For each resource those that are made before it. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>;

/** Reports resources that wait for each other: CloudFormation would refuse the whole template. */
export function verifyCircles(
  resources: Template['Resources'],
  places: ReadonlyMap<string, Place>,
  otherwise: Place,
  report: Report,
): void {
  for (const way of circles(needsOf(resources))) {
    const [first = '', second = first] = way;
    report(circleProblems['circle'], places.get(first) ?? otherwise, { from: first, to: second, way: [...way, first] });
  }
}

/** What each resource waits for, of the same template: by reference, or by `DependsOn`. */
export function needsOf(resources: Template['Resources']): Needs {
  return new Map(
    Object.entries(resources).map(([id, one]) => {
      const named = [...askedIn(one as unknown as Json).map((asked) => asked.id), ...(one.DependsOn ?? [])];
      return [id, new Set(named.filter((other) => Object.hasOwn(resources, other)))];
    }),
  );
}

/** Groups of nodes that wait for each other (strongly connected components), each sorted; those of one node left out. */
export function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  // Tarjan’s algorithm, with a stack of its own: a system may be deeper than JavaScript’s.
  const visit = (root: string): void => {
    const work: { node: string; rest: Iterator<string> }[] = [];
    const enter = (node: string) => {
      numbers.set(node, numbers.size);
      lowest.set(node, numbers.size - 1);
      stack.push(node);
      onStack.add(node);
      work.push({ node, rest: (edges.get(node) ?? new Set<string>()).values() });
    };
    enter(root);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { node } = top;
      const next = top.rest.next();
      if (!next.done) {
        if (!numbers.has(next.value)) enter(next.value);
        else if (onStack.has(next.value)) lowest.set(node, Math.min(lowest.get(node) ?? 0, numbers.get(next.value) ?? 0));
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above) lowest.set(above.node, Math.min(lowest.get(above.node) ?? 0, lowest.get(node) ?? 0));
      if (lowest.get(node) !== numbers.get(node)) continue;
      const group: string[] = [];
      for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
        onStack.delete(one);
        group.push(one);
        if (one === node) break;
      }
      if (group.length > 1 || edges.get(node)?.has(node)) found.push(group.sort());
    }
  };
  for (const node of edges.keys()) if (!numbers.has(node)) visit(node);
  return found;
}

/** Whether two nodes wait for each other. */
export function circular(edges: ReadonlyMap<string, ReadonlySet<string>>): (a: string, b: string) => boolean {
  const groups = new Map(circles(edges).flatMap((group, index) => group.map((node) => [node, index] as const)));
  return (a, b) => groups.has(a) && groups.get(a) === groups.get(b);
}
