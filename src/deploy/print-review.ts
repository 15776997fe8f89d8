import { clean, type Style } from '../compiler/diagnostics/print.ts';
import { wordOf } from '../views/resource-words.ts';
import type { Change, Detail } from './changes.ts';
import type { Review } from './review.ts';

/** A plan as a person reads it: what is made, changed and lost, by the lines of the file; what opens wider; what it costs. */
export function printReview(review: Review, style: Style): string {
  const { changes, destroyed, widenings, left, warnings, cost, stack, first } = review;
  const lost = new Set(destroyed);
  const plain = changes.filter((one) => !lost.has(one));
  const sections = [
    style.strong(`${first ? 'To be made' : 'To be changed'}: ${stack}${changes.length === 0 ? ', in its outputs only' : ''}`),
    ...grouped(plain).map((lines) => lines.map((line) => `  ${line}`).join('\n')),
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
  return lines.length === 0 ? [] : [`\n${title}`, ...lines.map((line) => `  ${line}`)];
}

const signs: Readonly<Record<Change['action'], string>> = { add: '+', modify: '~', remove: '-', import: '←', unknown: '?' };

/** What the same path of the file asks for, and what becomes of it in the same way, is one line. */
function grouped(changes: readonly Change[]): readonly (readonly string[])[] {
  const groups = new Map<string, Change[]>();
  for (const one of changes) {
    const key = [one.action, one.path ?? one.id, one.replaced].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const order = (one: readonly Change[]) => `${one[0]?.path ?? one[0]?.id ?? ''}\0${one[0]?.action ?? ''}`;
  return [...groups.values()]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((group) => [
      lineOf(group),
      ...group.flatMap((one) => (one.action === 'modify' ? one.details.map((detail) => `    ${detailLine(one, detail)}`) : [])),
    ]);
}

function lineOf(group: readonly Change[]): string {
  const [first] = group;
  if (!first) return '';
  const words = new Map<string, number>();
  for (const { type } of group) words.set(wordOf(type), (words.get(wordOf(type)) ?? 0) + 1);
  const what = [...words].map(([word, count]) => (count === 1 ? word : `${count} × ${word}`)).join(', ');
  const replaced = first.replaced === 'yes' ? ' is replaced' : first.replaced === 'perhaps' ? ' is perhaps replaced' : '';
  const drift = first.drift === undefined ? '' : ` (changed by hand: ${first.drift.toLowerCase()})`;
  return `${signs[first.action]} ${(first.path ?? first.id).padEnd(36)}  ${what}${replaced}${drift}${first.line === undefined ? '' : `  ${first.line}`}`;
}

function detailLine({ id }: Change, { path, before, after, replaces }: Detail): string {
  const values = before === undefined && after === undefined ? '' : `: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
  const again = replaces === 'yes' ? ', makes a new one' : replaces === 'perhaps' ? ', perhaps makes a new one' : '';
  return `${id} ${path}${values}${again}`;
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
