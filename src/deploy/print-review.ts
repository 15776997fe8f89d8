import { clean, type Style } from '../compiler/diagnostics/print.ts';
import { wordOf } from '../views/resource-words.ts';
import { follows, type Change } from './changes.ts';
import { isTag } from './details.ts';
import type { Review } from './review.ts';

/** How a review is printed. */
export interface Paper {
  readonly style: Style;
  /** Columns; nothing where lines may be of any length. */
  readonly width?: number | undefined;
}

/** A plan as a person reads it: what is made, changed and lost, by the lines of the file; what opens wider; what it costs. */
export function printReview(review: Review, paper: Paper): string {
  const { changes, destroyed, widenings, left, warnings, cost, stack, then } = review;
  const { style } = paper;
  const lost = new Set(destroyed);
  const plain = changes.filter((one) => !lost.has(one) && !follows(one) && !tagged(one));
  const sections = [
    style.strong(clean(`${titleOf(review)}: ${stack}${noteOf(review)}`)),
    ...block('', [...grouped(plain, paper), ...sideLines(changes.filter((one) => !lost.has(one)))]),
    ...block(style.severity('error', 'Lost, or possibly lost'), destroyed.map(lossLine)),
    ...block(
      'Removed from the stack, but kept and still billed',
      left.map((one) => `${one.path ?? one.id}  ${wordOf(one.type)} ${one.id}${one.kept === 'snapshot' ? ', as a snapshot' : ''}`),
    ),
    ...block(
      style.severity('warning', 'Wider access'),
      widenings.map(({ id, what }) => `${placeOf(changes, id)}  ${what}`),
    ),
    ...block(style.severity('warning', 'CloudFormation warns'), warnings),
    // What is taken in costs what it did.
    ...(takesIn(review) ? [] : block('', costLines(cost), '')),
    ...block('Then, in a separate plan that is shown first', thenLines(then)),
  ];
  return `${sections.join('\n')}\n`;
}

/** A plan that takes things in does nothing else. */
function titleOf(review: Review): string {
  if (takesIn(review)) return 'To be imported, unchanged';
  if (review.told === 'to be removed') return 'To be removed';
  return review.first ? 'To be created' : 'To be changed';
}

/** Where what is shown comes from, or when it is done, where that is another than usual. */
function noteOf({ told, changes }: Review): string {
  if (told === 'from the template') return ', from the template; CloudFormation plans it once the stacks before it exist';
  if (told === 'at the end') return ', at the end, once nothing uses it';
  return changes.length === 0 ? ', outputs only' : '';
}

const takesIn = ({ changes }: Review): boolean => changes.length > 0 && changes.every(({ action }) => action === 'import');

/** How much is still to come. */
function thenLines(then: readonly Change[]): readonly string[] {
  const count = (action: Change['action']) => then.filter((one) => one.action === action).length;
  const words = { add: 'created', modify: 'changed', remove: 'removed' } as const;
  const parts = (['add', 'modify', 'remove'] as const).flatMap((action) =>
    count(action) > 0 ? [`${count(action)} ${words[action]}`] : [],
  );
  return then.length === 0 ? [] : [parts.join(', '), 'and what was imported is updated to match the file'];
}

/** A title, and lines below it; nothing of what AWS or the file says speaks to the terminal. */
function block(title: string, lines: readonly string[], indent = '  '): readonly string[] {
  if (lines.length === 0) return [];
  return [...(title === '' && indent !== '' ? [] : [`\n${title}`.trimEnd()]), ...lines.map((line) => clean(`${indent}${line}`))];
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
    ...(after.length === 0 ? [] : [`~ ${after.length} more, only because values they refer to change`]),
  ];
}

const signs: Readonly<Record<Change['action'], string>> = { add: '+', modify: '~', remove: '-', import: '←', unknown: '?' };

/** What the same path of the file asks for, and what becomes of it in the same way, is one entry. */
function grouped(changes: readonly Change[], { width }: Paper): readonly string[] {
  const groups = new Map<string, Change[]>();
  for (const one of changes) {
    const key = [one.action, one.path ?? one.id, one.replaced].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const order = (one: readonly Change[]) => `${one[0]?.path ?? one[0]?.id ?? ''}\0${one[0]?.action ?? ''}`;
  const columns = [
    Math.min(44, Math.max(0, ...changes.map(({ path, id }) => (path ?? id).length))),
    Math.max(0, ...changes.map(({ line }) => line?.length ?? 0)),
  ] as const;
  return [...groups.values()]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .flatMap((group) => [
      ...folded(headOf(group, columns), whatOf(group), width),
      ...group.flatMap((one) => (one.action === 'modify' ? detailLines(one) : [])),
    ]);
}

/** Where in the file, in columns that stand under each other. */
function headOf([first]: readonly Change[], [path, line]: readonly [number, number] = [0, 0]): string {
  if (!first) return '';
  const where = line === 0 && first.line === undefined ? '' : `  ${(first.line ?? '').padEnd(line)}`;
  return `${signs[first.action]} ${(first.path ?? first.id).padEnd(path)}${where}`;
}

/** Which resources, and what becomes of them. */
function whatOf(group: readonly Change[]): string {
  const words = new Map<string, number>();
  for (const { type } of group) words.set(wordOf(type), (words.get(wordOf(type)) ?? 0) + 1);
  const what = [...words].map(([word, count]) => (count === 1 ? word : `${count} × ${word}`)).join(', ');
  const [first] = group;
  const replaced = first?.replaced === 'yes' ? ' is replaced' : first?.replaced === 'perhaps' ? ' may be replaced' : '';
  return `${what}${replaced}${first?.drift === undefined ? '' : ` (changed by hand: ${first.drift.toLowerCase()})`}`;
}

/** A list behind its head, and what does not fit below itself. */
function folded(head: string, list: string, width = Infinity): readonly string[] {
  const room = Math.max(24, width - head.length - 6);
  const lines: string[] = [];
  for (const item of list.split(/(?<=,) /)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length < room) lines[lines.length - 1] = `${last} ${item}`;
    else lines.push(item);
  }
  return lines.map((line, index) => `${index === 0 ? head : ' '.repeat(head.length)}  ${line}`);
}

const SHOWN = 6;

/** The values that change, but those that only follow. */
function detailLines({ id, details }: Change): readonly string[] {
  const own = details.filter((one) => !one.follows && !isTag(one));
  const lines = own.slice(0, SHOWN).map(({ path, before, after, replaces }) => {
    if (path.endsWith('Code.S3Key')) return `    ${id} has new code`;
    const again = replaces === 'yes' ? ', requires replacement' : replaces === 'perhaps' ? ', may require replacement' : '';
    return `    ${id} ${plain(path)}${valuesOf(before, after)}${again}`;
  });
  return own.length > SHOWN ? [...lines, `    ${id}: and ${own.length - SHOWN} more`] : lines;
}

/** What CloudFormation writes for a value it will only know then. */
const later = (value = 'nothing'): string => value.replaceAll('{{changeSet:KNOWN_AFTER_APPLY}}', '(known after deployment)');

function valuesOf(before: string | undefined, after: string | undefined): string {
  if (before === undefined && after === undefined) return '';
  return before === '****' && after === '****' ? ', value hidden' : `: ${later(before)} → ${later(after)}`;
}

const plain = (path: string): string => path.replace(/^Properties\./, '');

/** What is lost, at its line. */
export function lossLine(one: Change): string {
  return `${headOf([one])}  ${whatOf([one])}: ${lossOf(one)}`;
}

function lossOf({ id, action, replaced, details, drift }: Change): string {
  if (drift === 'DELETED') return `${id} was deleted by hand and would be created again, empty`;
  if (action === 'remove') return `${id} is deleted with everything in it`;
  const causes = details.filter(({ replaces }) => replaces !== 'no');
  const why = causes.map(({ path, before, after }) => `${plain(path)}${valuesOf(before, after)}`);
  const named = details.find(
    ({ path, after, before }) => after === undefined && before !== undefined && /^Properties\.(\w*Name)$/.test(path),
  );
  const help = named === undefined ? '' : `; \`physicalName: ${named.before ?? ''}\` keeps it`;
  return `${id} ${replaced === 'yes' ? 'is' : 'may be'} replaced by an empty one${why.length === 0 ? '' : ` (${why.join('; ')})`}${help}`;
}

function placeOf(changes: readonly Change[], id: string): string {
  const found = changes.find((one) => one.id === id);
  return found?.path === undefined ? id : `${found.path}${found.line === undefined ? '' : ` (${found.line})`}`;
}

function costLines({ before, after }: Review['cost']): readonly string[] {
  const dollars = (amount: number) => `$${amount.toFixed(2)}`;
  if (Math.abs(after - before) < 0.005) return [];
  if (before === 0) return [`Fixed costs: about ${dollars(after)} a month`];
  return [`Fixed costs ${after > before ? 'rise' : 'fall'}: about ${dollars(before)} → ${dollars(after)} a month`];
}
