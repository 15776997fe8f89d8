import { address, logicalId } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { arn, ref, text, type Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Context } from '../resources/meaning.ts';
import { apiAddress, stageNameOf } from '../resources/api-addresses.ts';
import { functionOf, routesOf, type Api, type Route, type RoutedFunction } from './routes.ts';

export const permissionProblems = problems({
  'permissions-folded': {
    severity: 'hint',
    message: ({ title, to }: { title: string; to: string }) =>
      `\`${title}\` has too many routes for one permission each: a single one for \`${to}\` covers them all.`,
    why: 'A function’s resource policy is limited to 20 KB. Each route gets its own permission as long as they fit; otherwise routes share one for the path they have in common.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
});

/** How many permissions fit into the policy of a function: 20 KB, of which each takes about 400 bytes. */
const MOST = 45;

interface Permission {
  /** The route, or what several have in common. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly route: Route;
  readonly fn: RoutedFunction;
}

/** Who may call which function: API Gateway, for one API, stage, method and path. */
export function permissionParts(api: Api, context: Context): readonly Part[] {
  const stage = stageNameOf(api);
  return permissionsOf(api, context).map(({ name, method, path, route, fn }) => {
    const source: Value = arn(
      'execute-api',
      text(ref(apiAddress(api)), `/${stage}/${method === 'ANY' ? '*' : method}${path.replace(/\{[^{}]+\}/g, '*')}`),
    );
    return resource(
      address(
        'AWS::Lambda::Permission',
        [
          { name: api.name, word: 'Api' },
          { name, word: 'Route' },
        ],
        `Permission${name === route.key ? '' : 'For'}${name === route.key ? '' : logicalId(fn.address)}`,
      ),
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: fn.arn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: source,
      },
      { because: route.place, path: `${api.path}.routes.${route.key}` },
    );
  });
}

function permissionsOf(api: Api, context: Context): readonly Permission[] {
  const routed = routesOf(api).flatMap((route) => {
    const fn = functionOf(route, context.model);
    return fn ? [{ name: route.key, method: route.method, path: route.path, route, fn }] : [];
  });
  // A function keeps the permissions of all APIs in one policy.
  const total = new Map<string, number>();
  for (const other of context.model.all('apis')) {
    for (const route of other.written.broken ? [] : routesOf(other)) {
      const fn = functionOf(route, context.model);
      if (fn) total.set(logicalId(fn.address), (total.get(logicalId(fn.address)) ?? 0) + 1);
    }
  }
  const byFunction = new Map<string, Permission[]>();
  for (const one of routed) {
    const id = logicalId(one.fn.address);
    byFunction.set(id, [...(byFunction.get(id) ?? []), one]);
  }
  return [...byFunction].flatMap(([id, all]) => ((total.get(id) ?? 0) > MOST && all.length > 1 ? folded(all) : all));
}

/** The one permission that holds for all of these routes: their longest common path, else the whole stage. */
function folded(all: readonly Permission[]): readonly Permission[] {
  const [first] = all;
  if (!first) return [];
  // A key that is no path has nothing in common with others.
  if (all.some(({ path }) => path === '')) return [{ ...first, name: '*', method: 'ANY', path: '' }];
  const segments = all.map(({ path }) => path.split('/').slice(1, -1));
  const common = (segments[0] ?? []).filter((_, index) =>
    segments.every((one) => one.slice(0, index + 1).join('/') === (segments[0] ?? []).slice(0, index + 1).join('/')),
  );
  const path = `/${[...common, '*'].join('/')}`;
  return [{ ...first, name: `ANY ${path}`, method: 'ANY', path }];
}

export function verifyPermissions(api: Api, context: Context, report: Report): void {
  for (const { name, route, fn } of permissionsOf(api, context)) {
    if (name !== route.key) report(permissionProblems['permissions-folded'], route.place, { title: fn.title, to: name });
  }
}
