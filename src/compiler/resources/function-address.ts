import { address, type Address, type Named } from '../cloud/address.ts';
import { attribute, ref, type Intrinsic } from '../cloud/value.ts';
import type { Fn, Model, Thing } from '../resolve/model.ts';

type FunctionThing = Thing<'functions' | 'consumers'>;

/**
 * The names of a function: its own, or for one in a route the API’s and the route’s. Functions and consumers
 * share their names and their word, so that one can move to the other section and keep its resources.
 */
export function namesOf(fn: Fn): readonly Named[] {
  const { owner, within, named } = fn;
  if (named !== undefined) return [{ name: named, word: 'Function' }];
  const route = within.map((name): Named => ({ name, word: 'Function' }));
  switch (owner.kind) {
    case 'functions':
    case 'consumers':
      return [{ name: owner.name, word: 'Function' }];
    case 'authorizers':
      return [{ name: owner.name, word: 'Authorizer' }, ...route];
    default:
      return [{ name: owner.name, word: 'Api' }, ...route];
  }
}

export function functionAddress(fn: Fn): Address<'AWS::Lambda::Function'> {
  const names = namesOf(fn);
  return address('AWS::Lambda::Function', names, names.at(-1)?.word === 'Function' ? '' : 'Function');
}

export function roleAddress(fn: Fn): Address<'AWS::IAM::Role'> {
  return address('AWS::IAM::Role', namesOf(fn), 'Role');
}

export function logGroupAddress(fn: Fn): Address<'AWS::Logs::LogGroup'> {
  return address('AWS::Logs::LogGroup', namesOf(fn), 'LogGroup');
}

/** The address of a function declared in a section. */
export function thingAddress({ name }: FunctionThing): Address<'AWS::Lambda::Function'> {
  return address('AWS::Lambda::Function', { name, word: 'Function' });
}

export function thingLogGroup({ name }: FunctionThing): Address<'AWS::Logs::LogGroup'> {
  return address('AWS::Logs::LogGroup', { name, word: 'Function' }, 'LogGroup');
}

/** The alias that leads callers to a version, and its name: of a function whose versions are told apart. */
export const ALIAS = 'live';

export function aliasAddress(fn: Fn): Address<'AWS::Lambda::Alias'> {
  return address('AWS::Lambda::Alias', namesOf(fn), 'Alias');
}

/** Whether callers come to one version after the other, and not to whatever was deployed last. */
export function isVersioned({ settings }: Fn): boolean {
  return settings.release !== undefined || settings.provisionedConcurrency !== undefined || settings.snapStart === true;
}

/** What callers call, as an ARN: the alias where there is one, else the function. */
export function invokedArn(fn: Fn): Intrinsic {
  return isVersioned(fn) ? ref(aliasAddress(fn)) : attribute(functionAddress(fn), 'Arn');
}

/** The same as a name: a mapping and the API of Lambda take either. */
export function invokedName(fn: Fn): Intrinsic {
  return isVersioned(fn) ? ref(aliasAddress(fn)) : ref(functionAddress(fn));
}

/** The alias as what a setting of the function’s calls names besides the function; it must be there first. */
export function qualified(fn: Fn): { readonly qualifier: string; readonly dependsOn: readonly Address[] } | undefined {
  return isVersioned(fn) ? { qualifier: ALIAS, dependsOn: [aliasAddress(fn)] } : undefined;
}

/** A declared function as one that is called. */
export function fnOf(thing: Pick<FunctionThing, 'path'>, { functions }: Pick<Model, 'functions'>): Fn | undefined {
  return functions.find(({ path }) => path === thing.path);
}
