import { limited, verbs, type Grantable } from '../../schema/access.ts';
import type { Written } from '../check/written.ts';
import { problems } from '../diagnostics/problem.ts';
import { wholeAs } from '../edit/edits.ts';
import type { Report } from '../diagnostics/problem.ts';
import { choosing, fixing, guessing, oneOf, replacing, rewritten } from '../edit/fixes.ts';
import type { Fn, Thing } from '../resolve/model.ts';
import { listed, nearest } from '../text/suggest.ts';
import type { Place } from '../text/source-text.ts';
import { grantable } from './grantable.ts';
import type { Allowance, Context, Statement, Use } from './meaning.ts';

export const accessProblems = problems({
  'unknown-verb': {
    severity: 'error',
    message: ({
      verb,
      name,
      kind,
      known,
    }: {
      verb: string;
      name: string;
      kind: string;
      known: readonly string[];
      meant: string | undefined;
    }) =>
      `\`${verb}\` cannot be granted on \`${name}\`, which is declared in \`${kind}\`: use ${listed(
        known.map((one) => `\`${one}\``),
        'or',
      )}.`,
    why: 'Each verb stands for a fixed list of actions on one resource. A single API action can be named instead, with a capital: `PutRecord`.',
    fix: ({ known, meant }: { verb: string; name: string; kind: string; known: readonly string[]; meant: string | undefined }, place) =>
      replacing(meant)(place) ?? oneOf(known.map((verb) => rewritten(place, verb))),
  },
  'unknown-action': {
    severity: 'error',
    message: ({ action }: { action: string; meant: string | undefined }) => `AWS has no action \`${action}\`.`,
    why: 'IAM accepts any text as an action and then never matches it: the call would be denied at run time.',
    fix: ({ meant }: { meant: string | undefined }, place) => guessing(meant)(place),
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  },
  'action-without-resource': {
    severity: 'error',
    message: ({ action }: { action: string }) => `\`${action}\` takes no resource: it is granted on everything or not at all.`,
    why: 'A grant on one resource would never match. If the action is needed, grant it in `allow` on `*`, where readers of the file can see it.',
    // That it works on everything is for the author to say.
    fix: ({ action }: { action: string }, place) =>
      place.source.text.slice(0, place.span.start).endsWith(`${action} on `)
        ? choosing(rewritten(place, '*'))
        : choosing({ title: `Write \`${action} on *\` in \`allow\`` }),
  },
  'no-limit': {
    severity: 'error',
    message: ({ verb, name }: { verb: string; name: string }) => `\`${verb}\` on \`${name}\` takes no limit.`,
    why: 'Only some verbs can be limited further: `{ connect: USER }` names a database’s user.',
    fix: ({ verb }: { verb: string; name: string }, place) => choosing(fixing(`Write \`${verb}\` without a limit`, wholeAs(place, verb))),
  },
});

/** One verb, or one action, that a function was granted on one thing. */
export interface Granted {
  readonly thing: Thing<Grantable>;
  readonly verb: string;
  readonly place: Place;
  readonly allowance: Allowance;
}

/** Everything `access` gives a function, in the order of names and verbs. Many ask, so it is worked out once. */
export function accessOf(fn: Fn, context: Context): readonly Granted[] {
  let known = granted.get(context);
  if (!known) granted.set(context, (known = new Map()));
  let access = known.get(fn);
  if (!access) known.set(fn, (access = workedOut(fn, context)));
  return access;
}

const granted = new WeakMap<Context, Map<Fn, readonly Granted[]>>();

function workedOut(fn: Fn, context: Context): readonly Granted[] {
  return entriesOf(fn).flatMap(({ thing, written, key }) =>
    verbsIn(written).flatMap(({ verb, limit, place }) => {
      const allowance = allow(thing, verb, limit, fn, place ?? key, context);
      return allowance ? [{ thing, verb, place: key, allowance }] : [];
    }),
  );
}

/** What is granted on something that was refused is not looked at. */
const entriesOf = (fn: Fn) => (fn.settings.access ?? []).filter(({ thing }) => !thing.written.broken);

interface SaidVerb {
  readonly verb: string;
  readonly limit: string | undefined;
  readonly place: Place | undefined;
}

function verbsIn({ value, place, parts }: Pick<Written, 'value' | 'place' | 'parts'>): readonly SaidVerb[] {
  if (typeof value === 'string') return [{ verb: value, limit: undefined, place }];
  if (Array.isArray(value)) return [...parts.values()].map((part) => ({ verb: String(part.value), limit: undefined, place: part.place }));
  return [...parts].flatMap(([verb, part]) => {
    const limits: readonly unknown[] = Array.isArray(part.value) ? part.value : [part.value];
    return limits.map((limit) => ({ verb, limit: typeof limit === 'string' ? limit : undefined, place: part.key }));
  });
}

function allow<K extends Grantable>(
  thing: Thing<K>,
  verb: string,
  limit: string | undefined,
  fn: Fn,
  place: Place,
  context: Context,
): Allowance | undefined {
  const meaning = grantable[thing.kind];
  if (/^[A-Z]/.test(verb)) {
    const { service, arn } = meaning;
    if (service === undefined || !arn) return undefined;
    return { statements: [{ actions: [`${service}:${verb}`], on: [arn(thing, context)] }] };
  }
  // Here a word of the file becomes a key of the table; whether it is one was checked.
  const table = (meaning.access ?? {}) as Readonly<Record<string, (thing: Thing<K>, use: Use, context: Context) => Allowance>>;
  return Object.hasOwn(table, verb) ? table[verb]?.(thing, { fn, limit, place }, context) : undefined;
}

/** What is declared of an action’s service, with the narrowest verb that gives leave for the action. */
export function verbsFor(action: string, fn: Fn, context: Context): readonly { readonly thing: Thing; readonly verb: string }[] {
  return context.model.things.flatMap((thing) => {
    if (thing.written.broken || !isGrantable(thing) || grantable[thing.kind].service !== action.split(':')[0]) return [];
    const ways = Object.keys(verbs[thing.kind]).flatMap((verb) => {
      const actions = allow(thing, verb, undefined, fn, fn.place, context)?.statements.flatMap((statement) => statement.actions) ?? [];
      return actions.includes(action) ? [{ verb, breadth: actions.length }] : [];
    });
    const [narrowest] = ways.sort((a, b) => a.breadth - b.breadth);
    return narrowest ? [{ thing, verb: narrowest.verb }] : [];
  });
}

const isGrantable = (thing: Thing): thing is Thing<Grantable> => Object.hasOwn(grantable, thing.kind);

/** Statements of a function’s own code, from `access`. */
export function statementsOf(access: readonly Granted[]): readonly Statement[] {
  return access.flatMap(({ allowance }) => allowance.statements);
}

/** Reports verbs and actions that mean nothing. */
export function verifyAccess(fn: Fn, context: Context, report: Report): void {
  for (const { thing, written } of entriesOf(fn)) {
    const known = Object.keys(verbs[thing.kind]);
    for (const { verb, limit, place = written.place } of verbsIn(written)) {
      if (/^[A-Z]/.test(verb)) verifyAction(`${grantable[thing.kind].service ?? ''}:${verb}`, place, context, report);
      else if (!known.includes(verb))
        report(accessProblems['unknown-verb'], place, {
          verb,
          name: thing.name,
          kind: thing.kind,
          known,
          meant: nearest(verb, known) ?? alike(verb, known),
        });
      else if (limit !== undefined && !limited[thing.kind]?.includes(verb))
        report(accessProblems['no-limit'], place, { verb, name: thing.name });
    }
  }
}

/** Words for the same, each of one kind or another, or of other tools. */
const SAME: readonly (readonly string[])[] = [
  ['write', 'put', 'send', 'publish', 'produce', 'emit', 'enqueue', 'insert', 'update', 'upload'],
  ['read', 'get', 'receive', 'consume', 'query', 'poll', 'select', 'download'],
  ['connect', 'use', 'write', 'select'],
  ['invoke', 'call', 'run', 'start', 'execute'],
  ['delete', 'remove'],
];

/** The verb of a kind that says what another’s word says. */
function alike(verb: string, known: readonly string[]): string | undefined {
  return SAME.flatMap((words) => (words.includes(verb) ? words : [])).find((word) => known.includes(word));
}

/** Reports an action that does not exist, or that takes no resource. */
export function verifyAction(action: string, place: Place, { catalogue }: Context, report: Report): void {
  const [service = '', name = ''] = action.split(':');
  const known = catalogue.actions(service);
  const kinds = known && Object.hasOwn(known.actions, name) ? known.actions[name] : undefined;
  if (!kinds) {
    const near = known ? nearest(name, Object.keys(known.actions)) : undefined;
    const meant = near ?? (known ? undefined : nearest(service, catalogue.services));
    report(accessProblems['unknown-action'], place, { action, meant: near === undefined ? meant : near });
  } else if (kinds.length === 0) report(accessProblems['action-without-resource'], place, { action });
}
