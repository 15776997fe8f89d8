import type { Written } from '../check/written.ts';
import { jsonOf } from '../cloud/json.ts';
import type { Value } from '../cloud/value.ts';
import { problems, type Fix, type Report } from '../diagnostics/problem.ts';
import { flowTextAt, instead, keyThere } from '../edit/edits.ts';
import { choosing, fixing, rename, replacing, write } from '../edit/fixes.ts';
import type { Data } from '../resolve/model.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import type { Place } from '../text/source-text.ts';
import { nearest } from '../text/suggest.ts';
import { verifyPattern } from './filter.ts';

const PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

/** What the sender wrote stands in `detail`. */
function belowDetail(key: string, place: Place): Fix {
  const value = flowTextAt(place);
  const edits = value === undefined ? [] : keyThere(place, 'detail') ? [] : instead(place, `detail: { ${key}: ${value} }`);
  return choosing(fixing('Put it under `detail`', edits));
}

export const eventPatternProblems = problems({
  'pattern-key': {
    severity: 'error',
    message: ({ key }: { key: string; meant: string | undefined }) => `An event has no \`${key}\`.`,
    why: 'A pattern on a missing field matches no event, and there would be no error. What the sender wrote is in `detail`.',
    fix: ({ key, meant }: { key: string; meant: string | undefined }, place) =>
      meant === undefined ? belowDetail(key, place) : replacing(meant)(place),
    page: `${PAGE}/eb-events-structure.html`,
  },
  'pattern-of-everything': {
    severity: 'error',
    message: () => 'A pattern needs something to match.',
    why: 'EventBridge rejects an empty pattern. `{ source: [{ prefix: "" }] }` matches every event.',
    fix: (_: unknown, place) => choosing(write(place, "{ source: [{ prefix: '' }] }")),
    page: `${PAGE}/eb-event-patterns.html`,
  },
  'unknown-operator': {
    severity: 'error',
    message: ({ operator }: { operator: string; meant: string | undefined }) => `EventBridge patterns have no operator \`${operator}\`.`,
    why: 'An object in a list of values is an operator: prefix, suffix, anything-but, numeric, exists, cidr, wildcard, equals-ignore-case.',
    fix: ({ meant }: { operator: string; meant: string | undefined }, place) => (meant === undefined ? undefined : rename(place, meant)),
    page: `${PAGE}/eb-create-pattern-operators.html`,
  },
});

/** What every event has. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
const KEYS = ['source', 'detail-type', 'detail', 'account', 'region', 'resources', 'id', 'time', 'version', 'replay-name', '$or'];

const OPERATORS = ['prefix', 'suffix', 'anything-but', 'numeric', 'exists', 'cidr', 'wildcard', 'equals-ignore-case'];

/** Words of other languages of patterns. */
const OTHER_WORDS: Readonly<Record<string, string | undefined>> = {
  number: 'numeric',
  ip: 'cidr',
  not: 'anything-but',
  glob: 'wildcard',
  like: 'wildcard',
};

/** Reports a pattern that would match nothing, or that EventBridge refuses. */
export function verifyEventPattern(pattern: Written, report: Report): void {
  if (pattern.parts.size === 0 && !pattern.broken) report(eventPatternProblems['pattern-of-everything'], pattern.place, {});
  for (const [key, part] of pattern.parts) {
    if (!KEYS.includes(key)) report(eventPatternProblems['pattern-key'], part.key ?? part.place, { key, meant: nearest(key, KEYS) });
    else verifyPattern(key, part, report);
    verifyOperators(part, report);
  }
}

function verifyOperators(part: Written, report: Report): void {
  const inList = Array.isArray(part.value);
  for (const inner of part.parts.values()) {
    if (inList && part.key && isOperators(inner)) {
      for (const [operator, value] of inner.parts) {
        if (!OPERATORS.includes(operator))
          report(eventPatternProblems['unknown-operator'], value.key ?? value.place, {
            operator,
            meant: nearest(operator, OPERATORS) ?? OTHER_WORDS[operator],
          });
      }
    } else verifyOperators(inner, report);
  }
}

const isOperators = ({ value }: Written): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('segments' in value);

interface Transformer {
  readonly InputPathsMap?: { readonly [name: string]: Piece };
  readonly InputTemplate: Piece;
}

type Input = { readonly Input?: Piece; readonly InputPath?: string; readonly InputTransformer?: Transformer };

/** What a target receives instead of the event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function inputOf(input: Data | undefined, context: Context): Input {
  if (input === undefined) return {};
  const value = context.data(input);
  if (typeof value === 'string' && value.startsWith('$.')) return { InputPath: value };
  if (isTransformer(value)) {
    const { template } = value;
    const paths = value.paths as { readonly [name: string]: Piece } | undefined;
    return {
      InputTransformer: {
        ...(paths !== undefined && { InputPathsMap: paths }),
        InputTemplate: typeof template === 'string' ? template : jsonOf(template),
      },
    };
  }
  return { Input: jsonOf(value) };
}

function isTransformer(value: Value): value is { readonly paths?: Value; readonly template: Value } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'template' in value &&
    Object.keys(value).every((key) => key === 'paths' || key === 'template')
  );
}
