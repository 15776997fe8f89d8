import { attributes, pseudo, vpcAttributes } from '../../schema/attributes.ts';
import type { Report } from '../diagnostics/problem.ts';
import { within, type Place } from '../text/source-text.ts';
import { nearest } from '../text/suggest.ts';
import { parseProblems } from '../parse/problems.ts';
import type { Reference, Text, Thing } from './model.ts';
import type { Names } from './names.ts';
import { resolveProblems } from './problems.ts';

/** What stands behind the words that are texts, and what may be referred to. */
export interface Scope {
  readonly names: Names;
  readonly stage: string;
  readonly system: string;
  readonly values: ReadonlyMap<string, string>;
  readonly parameters: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
}

/** A text with each `$(…)` replaced by what it stands for; `undefined` where one stands for nothing. */
export function interpolate(written: string, place: Place, scope: Scope, report: Report): Text | undefined {
  const at = (from: number, to: number) => (place.span.end - place.span.start === written.length ? within(place, from, to) : place);
  const segments: (string | Reference)[] = [];
  let literal = '';
  let failed = false;
  let last = 0;
  for (const match of written.matchAll(/\$\$\(|\$\(([^()]*)\)|\$\(/g)) {
    literal += written.slice(last, match.index);
    last = match.index + match[0].length;
    const here = at(match.index, last);
    const inner = match[1]?.trim();
    if (match[0] === '$$(') literal += '$(';
    else if (inner === undefined || !/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(inner)) {
      report(resolveProblems['bad-interpolation'], here, { written: match[0], meant: closed(written.slice(match.index), match[0]) });
      failed = true;
    } else {
      const meaning = refer(inner, here, scope, report);
      if (meaning === undefined) failed = true;
      else if (typeof meaning === 'string') literal += meaning;
      else {
        if (literal !== '') segments.push(literal);
        segments.push(meaning);
        literal = '';
      }
    }
  }
  literal += written.slice(last);
  for (const match of written.matchAll(/\$\{([^{}]*)\}/g)) {
    const end = match.index + match[0].length;
    const meant = meantBy(match[1] ?? '');
    report(resolveProblems['dollar-brace'], at(match.index, end), {
      written: match[0],
      meant: `$(${meant})`,
      known: isKnown(meant, scope),
    });
  }
  if (literal !== '' || segments.length === 0) segments.push(literal);
  // Two values that are harmless alone can make one together.
  if (segments.some((segment) => typeof segment === 'string' && segment.includes('{{resolve:'))) {
    report(parseProblems['dynamic-reference'], place, {});
    failed = true;
  }
  return failed ? undefined : { segments, place };
}

/** What may be meant by one that is not closed, or that holds more than a name. */
function closed(rest: string, found: string): string | undefined {
  const name = /^\$\(\s*([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)/.exec(rest)?.[1];
  return name !== undefined && found.endsWith(')') ? `$(${name})` : undefined;
}

/** What other tools’ variables are called here. */
function meantBy(variable: string): string {
  const pseudoName = /^AWS::(\w+)$/.exec(variable)?.[1];
  if (pseudoName !== undefined)
    return { Region: 'region', AccountId: 'account', Partition: 'partition', StackName: 'stack' }[pseudoName] ?? variable;
  if (/stage/i.test(variable)) return 'stage';
  if (/region/i.test(variable)) return 'region';
  return variable.replace(/^(self:custom|self:provider|param|opt|env|custom):?\.?/, 'values.').replace(/\s/g, '');
}

/** Whether the system has what another tool’s variable stands for. */
const isKnown = (path: string, { names, values }: Scope): boolean => {
  if (['stage', 'name'].includes(path) || Object.hasOwn(pseudo, path)) return true;
  const [first = '', ...rest] = path.split('.');
  const attribute = rest.join('.');
  if (first === 'values') return values.has(attribute);
  const [one, another] = names.named(first);
  return one !== undefined && !another && Object.keys(attributes[one.kind]).some((known) => matching(known, attribute) !== undefined);
};

function refer(path: string, place: Place, scope: Scope, report: Report): Reference | string | undefined {
  const [first = '', ...rest] = path.split('.');
  const attribute = rest.join('.');
  const thing = thingAt(path, place, scope, report);
  if (thing === 'reported') return undefined;
  if (thing) return ofThing(thing.thing, thing.attribute, path, place, report);
  if (first === 'stage' && attribute === '') return scope.stage;
  if (first === 'name' && attribute === '') return scope.system;
  if (first === 'values' && attribute !== '') {
    const value = scope.values.get(attribute);
    if (value !== undefined) return value;
    return unknown(
      path,
      place,
      [...scope.values.keys()].map((key) => `values.${key}`),
      report,
    );
  }
  if (first === 'parameters' && scope.parameters.has(attribute)) return { to: 'parameter', name: attribute, place };
  if (first === 'resources' && rest[0] !== undefined && scope.resources.has(rest[0])) {
    return { to: 'resource', name: rest[0], attribute: rest.length > 1 ? rest.slice(1).join('.') : undefined, place };
  }
  if (first === 'vpc' && Object.hasOwn(vpcAttributes, attribute))
    return { to: 'vpc', attribute: attribute as keyof typeof vpcAttributes, place };
  if (Object.hasOwn(pseudo, path)) return { to: 'pseudo', attribute: path as keyof typeof pseudo, place };
  const known = ['stage', 'name', ...Object.keys(pseudo), ...Object.keys(vpcAttributes).map((key) => `vpc.${key}`), ...scope.names.words];
  const more = [...[...scope.parameters].map((name) => `parameters.${name}`), ...[...scope.resources].map((name) => `resources.${name}`)];
  return unknown(path, place, [...known, ...more], report);
}

function unknown(path: string, place: Place, known: readonly string[], report: Report): undefined {
  const meant = nearest(path, known);
  report(resolveProblems['unknown-reference'], place, { written: `$(${path})`, meant: meant === undefined ? undefined : `$(${meant})` });
  return undefined;
}

/** The thing a path begins with: `orders.arn`, or qualified, `streams.orders.arn`. */
function thingAt(
  path: string,
  place: Place,
  { names }: Scope,
  report: Report,
): { thing: Thing; attribute: string } | 'reported' | undefined {
  const [first = '', second = '', ...rest] = path.split('.');
  const qualified = names.get(first, second);
  if (qualified) return { thing: qualified, attribute: rest.join('.') };
  const found = names.named(first);
  const [one, another] = found;
  if (one && another) {
    report(resolveProblems['ambiguous-name'], place, {
      name: first,
      choices: found.map((thing) => `$(${[thing.path, ...path.split('.').slice(1)].join('.')})`),
    });
    return 'reported';
  }
  return one && { thing: one, attribute: path.split('.').slice(1).join('.') };
}

function ofThing(thing: Thing, attribute: string, path: string, place: Place, report: Report): Reference | undefined {
  const known = Object.keys(attributes[thing.kind]);
  for (const pattern of known) {
    const part = matching(pattern, attribute);
    // The tables of attributes and the kinds of things are made of the same keys.
    if (part !== undefined) return { to: 'thing', thing, attribute: pattern as never, place, ...(part !== '' && { part }) };
  }
  const named = known.filter((one) => one !== '');
  const meant = nearest(attribute, named);
  const base = attribute === '' ? path : path.slice(0, -attribute.length - 1);
  report(resolveProblems['unknown-attribute'], place, {
    name: base,
    attribute,
    known: named,
    meant: meant === undefined ? undefined : `$(${base}.${meant})`,
  });
  return undefined;
}

/** What stands for the `*` of an attribute’s pattern, nothing where it has none, `undefined` where it does not fit. */
function matching(pattern: string, attribute: string): string | undefined {
  if (pattern === attribute) return '';
  const [before, after] = pattern.split('*');
  if (after === undefined || before === undefined || !attribute.startsWith(before) || !attribute.endsWith(after)) return undefined;
  const part = attribute.slice(before.length, attribute.length - after.length);
  return part === '' || part.includes('.') ? undefined : part;
}
