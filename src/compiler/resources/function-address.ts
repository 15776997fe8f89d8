import { address, type Address, type Named } from '../cloud/address.ts';
import type { Fn, Thing } from '../resolve/model.ts';

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
