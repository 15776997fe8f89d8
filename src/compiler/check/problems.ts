import { problems, type Fix } from '../diagnostics/problem.ts';
import { flowTextAt, wholeAs, withValue } from '../edit/edits.ts';
import { add, choosing, fixing, leaveOut, leaveOutKey, leavingOutIfMeant, oneOf, replacing, rewritten, write } from '../edit/fixes.ts';
import { listed } from '../text/suggest.ts';
import type { Place } from '../text/source-text.ts';
import { NAME_LENGTH, RESERVED } from '../../schema/names.ts';

interface Meant {
  readonly meant?: string | undefined;
}

interface Renaming extends Meant {
  /** The value as the key that is meant takes it, where that is not as it is written. */
  readonly value?: string | undefined;
  /** Whether that key takes the value at all. */
  readonly fits?: boolean;
}

function renaming({ meant, value, fits }: Renaming, place: Place): Fix | undefined {
  const fix = replacing(meant)(place);
  if (!fix?.edits || meant === undefined) return fix;
  if (!fits) return { title: fix.title };
  return value === undefined ? fix : { ...fix, title: `Write \`${meant}: ${value}\``, edits: [...fix.edits, ...withValue(place, value)] };
}

const didYouMean = ({ meant }: Meant, place: Place) => replacing(meant)(place);

/** CloudFormation’s pseudo parameters, by what they are called here. */
const PSEUDO: Readonly<Record<string, string | undefined>> = {
  'AWS::Region': '$(region)',
  'AWS::AccountId': '$(account)',
  'AWS::Partition': '$(partition)',
  'AWS::StackName': '$(stack)',
};

/** A function of CloudFormation that gives nothing but pseudo parameters, as it is written here. */
function referred(key: string, place: Place): Fix | undefined {
  const argument = (flowTextAt(place) ?? '').replace(/^(['"])(.*)\1$/, '$2');
  const meant =
    key === 'Ref'
      ? PSEUDO[argument]
      : key === 'Fn::Sub'
        ? argument.replace(/\$\{([^}]*)\}/g, (all, name: string) => PSEUDO[name] ?? all)
        : undefined;
  return meant === undefined || meant.includes('${') ? undefined : fixing(`Write \`${meant}\``, wholeAs(place, meant));
}

/** What can be wrong with the form of a file, whatever it means. */
export const checkProblems = problems({
  'unknown-key': {
    severity: 'error',
    message: ({ key, where }: { key: string; where: string } & Meant) => `There is no \`${key}\` ${where}.`,
    why: 'An unknown key would be ignored, and the system would differ from what its author expects.',
    fix: (facts: { key: string; where: string; known: readonly string[] } & Renaming, place) =>
      renaming(facts, place) ??
      (facts.known.length > 0 && facts.known.length <= 24 ? { title: `These are known: ${facts.known.join(', ')}` } : undefined),
  },
  'not-for-this-kind': {
    severity: 'error',
    message: ({ key, where, reason }: { key: string; where: string; reason: string }) => `There is no \`${key}\` ${where}: ${reason}.`,
    why: 'Other kinds of things have this setting. For this kind it has no meaning in AWS.',
    fix: leavingOutIfMeant,
  },
  'missing-key': {
    severity: 'error',
    message: ({ key, doc }: { key: string; doc: string }) => `\`${key}\` is missing. ${doc}`,
    why: 'There is no default that could be guessed safely for this setting.',
    fix: ({ key, words }: { key: string; words: readonly string[] }, place) => oneOf(words.map((word) => add(place, key, word))),
  },
  'unknown-word': {
    severity: 'error',
    message: ({ written, words }: { written: string; words: readonly string[] } & Meant) =>
      `\`${written}\` is not allowed here; write ${listed(words, 'or')}.`,
    why: 'The setting is one of a few words. Another would be ignored or refused by AWS in the middle of a deployment.',
    fix: didYouMean,
  },
  'wrong-type': {
    severity: 'error',
    message: ({ expected, found }: { expected: string; found: string } & Meant) => `Expected ${expected}, found ${found}.`,
    why: 'YAML can say the same in several ways, but a text, a number, a list and a mapping are four different things.',
    fix: ({ meant }: { expected: string; found: string } & Meant, place) =>
      meant === undefined ? undefined : { title: `Write ${meant}`, edits: [{ place, text: meant }] },
  },
  malformed: {
    severity: 'error',
    message: ({ written, means }: { written: string; means: string } & Meant) => `\`${written}\` is not ${means}.`,
    why: 'The text has a form that the compiler must understand, or that AWS demands.',
    fix: didYouMean,
  },
  'bare-number': {
    severity: 'error',
    message: ({ written, means }: { written: string; means: string; spelling: string }) => `\`${written}\` has no unit. This is ${means}.`,
    why: 'Seconds or minutes, MiB or GiB: whoever reads a bare number has to look it up, and one AWS service counts in hours what another counts in seconds. Units are written.',
    fix: ({ spelling }: { written: string; means: string; spelling: string }, place) => ({
      title: `Write ${spelling}`,
      edits: [{ place, text: spelling }],
    }),
  },
  'out-of-range': {
    severity: 'error',
    message: ({ written, reason }: { written: string; reason: string }) => `\`${written}\` is out of range. ${reason}`,
    why: 'AWS refuses values outside of this range, often only in the middle of a deployment.',
    fix: ({ reason, near }: { reason: string; near?: string | undefined }, place) => {
      const limit = near ?? /at (?:least|most) ([0-9]+ [A-Za-z]+)\.$/.exec(reason)?.[1];
      return limit === undefined ? undefined : choosing(rewritten(place, limit));
    },
  },
  'too-long': {
    severity: 'error',
    message: ({ length, max }: { length: number; max: number }) => `This text has ${length} characters; the limit is ${max}.`,
    why: 'AWS refuses longer texts.',
  },
  'wrong-number-of-items': {
    severity: 'error',
    message: ({ found, min, max }: { found: number; min: number | undefined; max: number | undefined }) =>
      max !== undefined && found > max
        ? `This list has ${found} items; it can have ${max}.`
        : `This list needs at least ${min} item${min === 1 ? '' : 's'}.`,
    why: 'AWS refuses lists outside of these bounds, or an empty list says nothing.',
  },
  'bad-name': {
    severity: 'error',
    message: ({ name, means }: { name: string; means: string } & Meant) => `\`${name}\` is not ${means}.`,
    why: 'Names become parts of logical ids, ARNs and policies. A sign that means something there (`*`, `:`, `/`) would make them name something else.',
    fix: didYouMean,
  },
  'reserved-name': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` cannot be used as a name: it is a reserved word.`,
    why: `These words are reserved: ${RESERVED.join(', ')}.`,
  },
  'name-too-long': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has ${name.length} characters; the limit for a name is ${NAME_LENGTH}.`,
    why: 'Names become parts of physical names, some of which AWS limits to 63 or 64 characters.',
  },
  'two-kinds': {
    severity: 'error',
    message: ({ noun, kinds }: { noun: string; kinds: readonly string[] }) =>
      `Only one ${noun} can be given here, not ${listed(kinds)} together.`,
    why: 'The key says which kind it is, so there is exactly one. Write several sources as a list: `from: [{ stream: a }, { stream: b }]`.',
    fix: ({ kinds }: { kinds: readonly string[] }, place) => oneOf(kinds.map((kind) => leaveOutKey(place, kind))),
  },
  'no-kind': {
    severity: 'error',
    message: ({ noun, kinds }: { noun: string; kinds: readonly string[] }) => `No ${noun} is given: write one of ${listed(kinds, 'or')}.`,
    why: 'The key says which kind it is.',
  },
  'option-of-another-kind': {
    severity: 'error',
    message: ({ key, kind, of }: { key: string; kind: string; of: readonly string[] }) =>
      `\`${key}\` is not a setting of \`${kind}\`; it belongs to ${listed(
        of.map((one) => `\`${one}\``),
        'or',
      )}.`,
    why: 'Each kind has the settings its AWS counterpart has. One that does not apply would be ignored.',
    fix: ({ sure }: { sure: boolean }, place) => (sure ? leaveOut(place) : choosing(leaveOut(place))),
  },
  'empty-value': {
    severity: 'error',
    message: ({ expected }: { expected: string }) => `The value is missing; expected ${expected}.`,
    why: 'A key without a value is most often a line that was not finished.',
  },
  'digits-lost': {
    severity: 'error',
    message: ({ written, value }: { written: string; value: string }) => `YAML reads \`${written}\` as the number ${value}.`,
    why: 'Leading zeros, more than 15 digits, trailing zeros behind a point and exponents do not survive as numbers. Account ids and versions lose digits this way.',
    fix: ({ written }: { written: string; value: string }, place) => ({
      title: `Write '${written}'`,
      edits: [{ place, text: `'${written}'` }],
    }),
  },
  'intrinsic-in-data': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` is a CloudFormation function, which cannot be used in data.`,
    why: 'In a pattern, a policy or a document the key would be taken by CloudFormation and replaced. Write `$(…)`, or put the resource under `resources`, where its functions are meant.',
    fix: ({ key }: { key: string }, place) => referred(key, place),
  },
  'macro-in-template': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` is not allowed here.`,
    why: 'Transforms and macros run code in the account while the template is read: what is deployed is then not what was reviewed.',
  },
  'interpolation-here': {
    severity: 'error',
    message: () => '`$(…)` cannot be used here.',
    why: 'Interpolation stands in values of text: environment, descriptions, ARNs, domains. Names, handlers, words and units are read by the compiler itself; what differs by stage is said in `stages` or `values`.',
    fix: ({ literal }: { literal: string | undefined }, place) => (literal === undefined ? undefined : choosing(write(place, literal))),
  },
  'schema-disagrees': {
    severity: 'error',
    message: ({ keyword }: { keyword: string }) => `The schema of the language does not allow this (${keyword}).`,
    why: 'The published schema refuses what stands here, and the compiler has no better words for it. Please report it: a finding should say what is wrong.',
  },
});
