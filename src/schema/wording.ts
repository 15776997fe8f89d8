import { functionSettings } from './function.ts';
import type { Count, List, Shape } from './kit.ts';
import { from } from './receivers.ts';
import { route } from './routes.ts';
import { source } from './sources/index.ts';

/** What may be written, in a few words. */
export function takes(shape: Shape): string {
  const told = TOLD.get(shape);
  if (told !== undefined) return told;
  switch (shape.form) {
    case 'leaf': {
      if (shape.names) return `a name of ${shape.names.map(code).join(' or ')}${shape.interpolated ? `, or ${shape.means}` : ''}`;
      const means = prose(shape.means)
        .replace('a length of time with its unit', 'a [duration](#units)')
        .replace('an amount of data with its unit', 'a [size](#units)');
      return [shape.interpolated ? `${means}, with \`$(…)\`` : means, shape.range].filter(Boolean).join('; ');
    }
    case 'word':
      return Object.keys(shape.words).map(code).join(', ');
    case 'count':
      return number(shape);
    case 'flag':
      return '`true`, `false`';
    case 'raw':
      return shape.of === 'object' ? 'an object, as AWS writes it' : 'anything';
    case 'list':
      return listed(shape);
    case 'map':
      return `a map: ${prose(firstPart(shape.key.means))} → ${takes(shape.value)}`;
    case 'object':
      return shape.short?.text === undefined ? 'an object' : `an object, or its ${code(shape.short.text)}`;
    case 'choice':
      return `an object with ${Object.keys(shape.variants).map(code).join(' or ')}`;
    case 'forms':
      return [shape.flag, shape.count, shape.text, shape.list, shape.object].flatMap((form) => (form ? takes(form) : [])).join(', or ');
  }
}

/** The noun of a description, without what it must look like. */
function firstPart(means: string): string {
  return means.split(/[:,] /)[0] ?? means;
}

function listed({ item, single, min, max }: List): string {
  const most = max === undefined ? '' : `, up to ${max}`;
  return single
    ? `${takes(item)}, or a list${most}`
    : `a list${min !== undefined && min > 1 ? ` of at least ${min}` : ''}${most}: ${takes(item)}`;
}

function number({ from: least, to, fraction }: Count): string {
  const kind = fraction ? 'a number' : 'a whole number';
  if (least !== undefined && to !== undefined) return `${kind} from ${least} to ${to}`;
  return least === undefined ? kind : `${kind} from ${least}`;
}

/** The words of a choice of words, each with its meaning. */
export function wordsOf(shape: Shape): readonly string[] {
  switch (shape.form) {
    case 'word':
      return Object.entries(shape.words).map(([word, doc]) => `${code(word)}: ${prose(doc)}`);
    case 'list':
      return wordsOf(shape.item);
    case 'forms':
      return shape.text ? wordsOf(shape.text) : [];
    default:
      return [];
  }
}

/** Where the parts are told that stand in more than one place. */
export const TOLD = new Map<Shape, string>([
  [route, '[a route](#routes)'],
  [source, '[a source](#sources)'],
  ...Object.values(from).map(({ item }) => [item, '[what it can receive](#receivers)'] as const),
  [functionSettings.access, 'names and [verbs](#access)'],
]);

export function code(text: string): string {
  return `\`${text}\``;
}

/** Text in which Markdown finds nothing to format but what stands in backticks. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[*_<]/g, (sign) => (sign === '<' ? '&lt;' : `\\${sign}`))))
    .join('');
}
