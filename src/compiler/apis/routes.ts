import type { Written } from '../check/written.ts';
import type { Address } from '../cloud/address.ts';
import { attribute, type Intrinsic } from '../cloud/value.ts';
import type { Fn, Model, Settings, Thing } from '../resolve/model.ts';
import { fnOf, functionAddress, invokedArn, thingAddress } from '../resources/function-address.ts';
import type { Place } from '../text/source-text.ts';

export type Api = Thing<'apis'>;
export type RouteSettings = Settings<'apis'>['routes'][string];

/** One route of an API. */
export interface Route {
  readonly api: Api;
  /** As it was written: `GET /orders/{id}`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly settings: RouteSettings;
  readonly written: Written<RouteSettings>;
  readonly place: Place;
}

/** The routes of an API, in the order of their keys. */
export function routesOf(api: Api): readonly Route[] {
  const written: Written = api.written.at('routes');
  return [...written.parts].flatMap(([key, part]) => {
    const [method = '', path = ''] = key.split(' ');
    return part.broken
      ? []
      : [
          {
            api,
            key,
            method,
            path,
            settings: part.value as RouteSettings,
            written: part as Written<RouteSettings>,
            place: part.key ?? part.place,
          },
        ];
  });
}

/** The function a route leads to: what it is called, its address, and its settings. */
export interface RoutedFunction {
  readonly title: string;
  readonly address: Address<'AWS::Lambda::Function'>;
  /** What is called: its alias, where it has one. */
  readonly arn: Intrinsic;
  readonly fn: Fn | undefined;
}

export function functionOf(route: Route, model: Model): RoutedFunction | undefined {
  const { settings, api, key } = route;
  if (settings.kind === 'function') {
    const thing = settings.function;
    const declared = fnOf(thing, model);
    const own = thingAddress(thing);
    return { title: thing.name, address: own, arn: declared ? invokedArn(declared) : attribute(own, 'Arn'), fn: declared };
  }
  if (settings.kind !== 'handler') return undefined;
  const fn = handlersOf(model).get(`${api.path} ${key}`);
  return fn && { title: fn.title, address: functionAddress(fn), arn: invokedArn(fn), fn };
}

/** The functions whose handlers are written in routes, by the API and the route. An API may have hundreds, and asks for each. */
function handlersOf(model: Model): ReadonlyMap<string, Fn> {
  const known = handlers.get(model);
  if (known) return known;
  const found = new Map<string, Fn>();
  for (const fn of model.functions)
    for (const key of fn.within) {
      const route = `${fn.owner.path} ${key}`;
      if (!found.has(route)) found.set(route, fn);
    }
  handlers.set(model, found);
  return found;
}

const handlers = new WeakMap<Model, ReadonlyMap<string, Fn>>();

/** The parameters of a path, in order. */
export function parametersOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map((match) => match[1] ?? '');
}
