import type { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import type { SystemStack } from './stacks/split.ts';
import { emitProblems } from './problems.ts';

/** What CloudFormation takes at the most. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST = { resources: 500, outputs: 200, parameters: 200, bytes: 1_000_000 } as const;

/** Reports a stack that is too large for CloudFormation, and what makes it so. */
export function verifyLimits({ name, template }: SystemStack, root: Written, report: Report): void {
  const place = root.parts.get('name')?.place ?? root.place;
  const resources = Object.values(template.Resources);
  const paths = resources.map((one) => one.Metadata?.eventsystem.path ?? '');
  const counted: readonly (readonly [string, number, number, () => readonly string[]])[] = [
    ['resources', resources.length, MOST.resources, () => most(paths.map((path) => [path, 1]))],
    ['outputs', Object.keys(template.Outputs ?? {}).length, MOST.outputs, () => ['`outputs`']],
    ['parameters', Object.keys(template.Parameters ?? {}).length, MOST.parameters, () => ['`parameters`']],
    ['bytes', size(template), MOST.bytes, () => most(resources.map((one, index) => [paths[index] ?? '', size(one)]))],
  ];
  for (const [what, count, limit, fill] of counted)
    if (count > limit) report(emitProblems['template-limit'], place, { stack: name, what, count, limit, most: fill() });
}

/** Reports a role whose own policies are longer than IAM takes; white space does not count. */
export function verifyRole(
  id: string,
  properties: unknown,
  reasons: readonly (readonly [string, number])[],
  place: Place,
  report: Report,
): void {
  const policies = (properties as { readonly Policies?: readonly { readonly PolicyDocument: unknown }[] }).Policies ?? [];
  const total = policies.reduce((sum, { PolicyDocument }) => sum + size(PolicyDocument), 0);
  if (total > 10_240) report(emitProblems['role-limit'], place, { role: id, size: total, most: most(reasons) });
}

function size(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** The three sections and things that take the most. */
function most(weights: readonly (readonly [string, number])[]): readonly string[] {
  const sums = new Map<string, number>();
  for (const [path, weight] of weights) {
    const thing = path.split('.').slice(0, 2).join('.');
    sums.set(thing, (sums.get(thing) ?? 0) + weight);
  }
  return [...sums]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([path, weight]) => `\`${path}\` (${weight.toLocaleString('en-US')})`);
}
