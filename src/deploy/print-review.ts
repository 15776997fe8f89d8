import { clean, type Style } from '../compiler/diagnostics/print.ts';
import { wordOf } from '../views/resource-words.ts';
import { follows, type Change } from './changes.ts';
import { isTag } from './details.ts';
import type { Review } from './review.ts';

/** A plan as a person reads it: what is made, changed and lost, by the lines of the file; what opens wider; what it costs. */
export function printReview(review: Review, style: Style): string {
  const { changes, destroyed, widenings, left, warnings, cost, stack, first, told } = review;
  const note =
    told === 'from the template'
      ? ', as the template tells; CloudFormation plans it when the stacks before it are there'
      : told === 'at the end'
        ? ', at the end, when nothing uses it any more'
        : changes.length === 0
          ? ', in its outputs only'
          : '';
  const lost = new Set(destroyed);
  const plain = changes.filter((one) => !lost.has(one) && !follows(one) && !tagged(one));
  const sections = [
    style.strong(`${told === 'to be removed' ? 'To be removed' : first ? 'To be made' : 'To be changed'}: ${stack}${note}`),
    ...grouped(plain, widthOf(changes)).map((lines) => lines.map((line) => `  ${line}`).join('\n')),
    ...block('', sideLines(changes.filter((one) => !lost.has(one)))),
    ...block(style.severity('error', 'Lost, or may be lost'), destroyed.map(lossLine)),
    ...block(
      'Leaves the stack, stays, and goes on costing',
      left.map((one) => `${one.path ?? one.id}  ${wordOf(one.type)} ${one.id}${one.kept === 'snapshot' ? ', as a snapshot' : ''}`),
    ),
    ...block(
      style.severity('warning', 'Opens wider'),
      widenings.map(({ id, what }) => `${placeOf(changes, id)}  ${what}`),
    ),
    ...block(style.severity('warning', 'CloudFormation warns'), warnings),
    costLine(cost),
  ];
  return `${sections
    .filter((text) => text !== '')
    .map(clean)
    .join('\n')}\n`;
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...(title === '' ? [] : [`\n${title}`]), ...lines.map((line) => `  ${line}`)];
}

/** Only what is written on it changes. */
function tagged({ action, details, replaced }: Change): boolean {
  return (
    action === 'modify' &&
    replaced === 'no' &&
    details.length > 0 &&
    details.every((one) => isTag(one) || one.follows) &&
    details.some(isTag)
  );
}

/** What need not be read resource by resource. */
function sideLines(changes: readonly Change[]): readonly string[] {
  const tags = changes.filter(tagged);
  const values = new Set(
    tags.flatMap(({ details }) =>
      details
        .filter((one) => isTag(one) && (one.before ?? one.after) !== undefined)
        .map(({ before, after }) => `${before ?? 'nothing'} → ${after ?? 'nothing'}`),
    ),
  );
  const after = changes.filter(follows);
  return [
    ...(tags.length === 0 ? [] : [`~ tags of ${tags.length} resources: ${[...values].slice(0, 4).join(', ')}`]),
    ...(after.length === 0 ? [] : [`~ ${after.length} more, written as before, are set anew because they refer to what changes`]),
  ];
}

const signs: Readonly<Record<Change['action'], string>> = { add: '+', modify: '~', remove: '-', import: '←', unknown: '?' };

/** Paths stand under each other, as long as they are not too long. */
function widthOf(changes: readonly Change[]): number {
  return Math.min(44, Math.max(0, ...changes.map(({ path, id }) => (path ?? id).length)));
}

/** What the same path of the file asks for, and what becomes of it in the same way, is one line. */
function grouped(changes: readonly Change[], width: number): readonly (readonly string[])[] {
  const groups = new Map<string, Change[]>();
  for (const one of changes) {
    const key = [one.action, one.path ?? one.id, one.replaced].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const order = (one: readonly Change[]) => `${one[0]?.path ?? one[0]?.id ?? ''}\0${one[0]?.action ?? ''}`;
  return [...groups.values()]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((group) => [lineOf(group, width), ...group.flatMap((one) => (one.action === 'modify' ? detailLines(one) : []))]);
}

function lineOf(group: readonly Change[], width = 0): string {
  const [first] = group;
  if (!first) return '';
  const words = new Map<string, number>();
  for (const { type } of group) words.set(wordOf(type), (words.get(wordOf(type)) ?? 0) + 1);
  const what = [...words].map(([word, count]) => (count === 1 ? word : `${count} × ${word}`)).join(', ');
  const replaced = first.replaced === 'yes' ? ' is replaced' : first.replaced === 'perhaps' ? ' is perhaps replaced' : '';
  const drift = first.drift === undefined ? '' : ` (changed by hand: ${first.drift.toLowerCase()})`;
  return `${signs[first.action]} ${(first.path ?? first.id).padEnd(width)}  ${what}${replaced}${drift}${first.line === undefined ? '' : `  ${first.line}`}`;
}

const SHOWN = 6;

/** The values that change, but those that only follow. */
function detailLines({ id, details }: Change): readonly string[] {
  const own = details.filter((one) => !one.follows && !isTag(one));
  const lines = own.slice(0, SHOWN).map(({ path, before, after, replaces }) => {
    const values = before === undefined && after === undefined ? '' : `: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
    const again = replaces === 'yes' ? ', makes a new one' : replaces === 'perhaps' ? ', perhaps makes a new one' : '';
    return `    ${id} ${path.replace(/^Properties\./, '')}${values}${again}`;
  });
  return own.length > SHOWN ? [...lines, `    ${id}: and ${own.length - SHOWN} more`] : lines;
}

/** What is lost, at its line. */
export function lossLine(one: Change): string {
  return `${lineOf([one])}: ${lossOf(one)}`;
}

function lossOf({ id, action, replaced, details, drift }: Change): string {
  if (drift === 'DELETED') return `${id} was deleted by hand and would be made anew, empty`;
  if (action === 'remove') return `${id} is deleted with all it holds`;
  const why = details.filter(({ replaces }) => replaces !== 'no').map(({ path }) => path);
  return `${id} is ${replaced === 'yes' ? '' : 'perhaps '}replaced by an empty one${why.length === 0 ? '' : `, because ${why.join(', ')} changes`}`;
}

function placeOf(changes: readonly Change[], id: string): string {
  const found = changes.find((one) => one.id === id);
  return found?.path === undefined ? id : `${found.path}${found.line === undefined ? '' : ` (${found.line})`}`;
}

function costLine({ before, after }: Review['cost']): string {
  const dollars = (amount: number) => `$${amount.toFixed(2)}`;
  if (Math.abs(after - before) < 0.005) return '';
  if (before === 0) return `\nCosts about ${dollars(after)} a month, used or not`;
  return `\nCosts ${after > before ? 'more' : 'less'}: about ${dollars(before)} → ${dollars(after)} a month, used or not`;
}
