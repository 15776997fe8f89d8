import type { Allowed } from '../../schema/access.ts';
import type { Written } from '../check/written.ts';
import type { ServiceActions } from '../cloud/catalogue.ts';
import { account, partition, region, text } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, rewritten } from '../edit/fixes.ts';
import { nearest } from '../text/suggest.ts';
import type { Fn, Resolved, Text } from '../resolve/model.ts';
import { within, type Place } from '../text/source-text.ts';
import { accessProblems } from './access.ts';
import type { Context, Piece, Statement } from './meaning.ts';

export const allowProblems = problems({
  'needs-resource': {
    severity: 'error',
    message: ({ action, kinds }: { action: string; kinds: readonly string[] }) =>
      `\`${action}\` can be limited to a resource (${kinds.join(', ')}), so \`*\` grants more than is needed.`,
    why: 'A function gets the actions its lines name, on the resources they name, and nothing else. `*` is only for actions that take no resource.',
  },
  'resource-of-another-kind': {
    severity: 'error',
    message: ({ action, resource, kinds }: { action: string; resource: string; kinds: readonly string[] }) =>
      `\`${action}\` does not work on \`${resource}\`; its resources look like ${kinds.join(' or ')}.`,
    why: 'IAM compares strings: a statement whose ARN does not have the action’s format never matches, and the call is denied at run time.',
    fix: ({ meant }: { meant: string | undefined }, place) => (meant === undefined ? undefined : choosing(rewritten(place, meant))),
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  },
  'wildcard-in-resource': {
    severity: 'warning',
    message: ({ resource }: { resource: string }) => `\`${resource}\` matches more than one resource.`,
    why: 'It also covers every resource that is ever created with a matching name. If that is intended, `accept` records the reason.',
  },
});

/** One line of `allow`: actions on resources. */
interface Line {
  readonly actions: readonly { readonly name: string; readonly place: Place }[];
  readonly resources: readonly { readonly written: Text; readonly place: Place }[];
  readonly when: Statement['when'];
}

/** What `allow` gives a function. */
export function allowedTo(fn: Fn, context: Context): readonly (Statement & { readonly place: Place })[] {
  return linesOf(fn, context).map(({ line, place }) => ({
    actions: line.actions.map(({ name }) => name),
    on: line.resources.map(({ written }) => fullArn(written, line.actions[0]?.name ?? '', context)),
    ...(line.when && { when: line.when }),
    place,
  }));
}

function linesOf(fn: Fn, context: Context): readonly { readonly line: Line; readonly place: Place }[] {
  const written: Written<readonly Resolved<Allowed>[] | undefined> = fn.written.at('allow');
  return [...written.parts.values()].map((part) => ({ line: lineOf(part as Written<Resolved<Allowed>>, context), place: part.place }));
}

function lineOf(part: Written<Resolved<Allowed>>, context: Context): Line {
  const { value, place } = part;
  if ('segments' in value) return split(value, place);
  return {
    actions: value.Action.map((name, index) => ({ name, place: part.parts.get('Action')?.parts.get(String(index))?.place ?? place })),
    resources: value.Resource.map((written, index) => ({
      written,
      place: part.parts.get('Resource')?.parts.get(String(index))?.place ?? place,
    })),
    when: value.Condition === undefined ? undefined : (context.data(value.Condition) as Statement['when']),
  };
}

/** `ses:SendEmail, ses:SendRawEmail on identity/example.com` */
function split(written: Text, place: Place): Line {
  const [first = '', ...rest] = written.segments;
  const head = typeof first === 'string' ? first : '';
  const at = head.indexOf(' on ');
  const actions = [...head.slice(0, at).matchAll(/[^\s,]+/g)].map((match) => ({
    name: match[0],
    place: place.span.end - place.span.start >= head.length ? within(place, match.index, match.index + match[0].length) : place,
  }));
  const resource = head.slice(at + 4);
  const start = at + 4;
  const resourcePlace =
    place.span.end - place.span.start >= head.length
      ? { source: place.source, span: { start: place.span.start + start, end: place.span.end } }
      : place;
  return {
    actions,
    resources: [{ written: { segments: resource === '' ? rest : [resource, ...rest], place: resourcePlace }, place: resourcePlace }],
    when: undefined,
  };
}

/** An ARN in full: what was left out of it is filled in from the form of the action’s resources. */
function fullArn(written: Text, action: string, context: Context): Piece {
  const [first] = written.segments;
  const value = context.text(written);
  if (typeof first !== 'string' || first.startsWith('arn:') || first === '*') return value;
  const [service = ''] = action.split(':');
  const format = formatsOf(action, context.catalogue.actions(service)).find((one) => fits(tailOf(one), first, written.segments.length > 1));
  const [, , , where = '', who = ''] = (format ?? `arn:p:${service}:r:a:`).split(':');
  return text('arn:', partition, ':', service, ':', where === '' ? '' : region, ':', who === '' ? '' : account, ':', value);
}

function formatsOf(action: string, service: ServiceActions | undefined): readonly string[] {
  const name = action.split(':')[1] ?? '';
  const kinds = service && Object.hasOwn(service.actions, name) ? (service.actions[name] ?? []) : [];
  return kinds.flatMap((kind) => service?.resources[kind.replace('?', '')] ?? []);
}

/** The part of an ARN behind the account. */
function tailOf(format: string): string {
  return format.split(':').slice(5).join(':');
}

/** Whether a resource has the form of an ARN’s last part; of one with references in it only the start is compared. */
function fits(format: string, resource: string, open: boolean): boolean {
  const pattern = format
    .split(/\$\{[^}]*\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
  if (!open) return new RegExp(`^${pattern}$`, 's').test(resource);
  const literal = format.split('${')[0] ?? '';
  return resource.startsWith(literal) || literal.startsWith(resource);
}

/** The resource in the one form there is, where only what stands before its name is missing. */
function formOf(resource: string, forms: readonly string[], open: boolean): string | undefined {
  const [form, another] = forms;
  const before = form === undefined || another !== undefined || open ? undefined : /^([^$]+)\$\{[^}]*\}$/.exec(form)?.[1];
  return before === undefined || /[/:]/.test(resource) ? undefined : `${before}${resource}`;
}

export function verifyAllow(fn: Fn, context: Context, report: Report): void {
  for (const { line } of linesOf(fn, context)) {
    for (const { name: action, place } of line.actions) {
      const [service = '', name = ''] = action.split(':');
      const known = context.catalogue.actions(service);
      const kinds = known && Object.hasOwn(known.actions, name) ? known.actions[name] : undefined;
      if (!kinds) {
        const near = known ? nearest(name, Object.keys(known.actions)) : undefined;
        const other = known ? undefined : nearest(service, context.catalogue.services);
        const meant = near !== undefined ? `${service}:${near}` : other !== undefined ? `${other}:${name}` : undefined;
        report(accessProblems['unknown-action'], place, { action, meant });
        continue;
      }
      for (const resource of line.resources) verifyResource(action, kinds, resource, formatsOf(action, known), report);
    }
  }
}

function verifyResource(
  action: string,
  kinds: readonly string[],
  { written, place }: Line['resources'][number],
  formats: readonly string[],
  report: Report,
): void {
  const literal = written.segments.map((segment) => (typeof segment === 'string' ? segment : '\u0000')).join('');
  if (literal === '*') {
    // An action that may do without its one kind of resource is documented for `*`; of several, one is always needed.
    const [only, another] = kinds;
    const optional = another === undefined && (only === undefined || only.endsWith('?'));
    if (!optional) report(allowProblems['needs-resource'], place, { action, kinds: kinds.map((kind) => kind.replace('?', '')) });
    return;
  }
  if (kinds.length === 0) return report(accessProblems['action-without-resource'], place, { action });
  if (literal.includes('*')) report(allowProblems['wildcard-in-resource'], place, { resource: literal.replaceAll('\u0000', '$(…)') });
  if (literal.startsWith('\u0000')) return;
  const tail = literal.startsWith('arn:') ? literal.split(':').slice(5).join(':') : literal;
  const start = tail.split('\u0000')[0] ?? '';
  const open = tail !== start || tail.includes('*');
  const shown = start.split('*')[0] ?? '';
  if (!formats.some((format) => fits(tailOf(format), open ? shown : tail, open))) {
    report(allowProblems['resource-of-another-kind'], place, {
      action,
      resource: literal.replaceAll('\u0000', '$(…)'),
      kinds: formats.map(tailOf),
      meant: formOf(tail, formats.map(tailOf), open),
    });
  }
}
