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
    message: ({ key, where }: { key: string; where: string } & Meant) => `Unknown key \`${key}\` ${where}.`,
    why: 'An unknown key would be ignored, and the system would differ from what its author expects.',
    fix: (facts: { key: string; where: string; known: readonly string[] } & Renaming, place) =>
      renaming(facts, place) ??
      (facts.known.length > 0 && facts.known.length <= 24 ? { title: `Known keys: ${facts.known.join(', ')}` } : undefined),
  },
  'not-for-this-kind': {
    severity: 'error',
    message: ({ key, where, reason }: { key: string; where: string; reason: string }) => `\`${key}\` cannot be used ${where}: ${reason}.`,
    why: 'Other parts of the file have this setting. Here it has no meaning, for the reason given.',
    fix: leavingOutIfMeant,
  },
  'missing-key': {
    severity: 'error',
    message: ({ key, doc }: { key: string; doc: string }) => `\`${key}\` is missing. ${doc}`,
    why: 'This setting has no safe default.',
    fix: ({ key, words }: { key: string; words: readonly string[] }, place) => oneOf(words.map((word) => add(place, key, word))),
  },
  'unknown-word': {
    severity: 'error',
    message: ({ written, words }: { written: string; words: readonly string[] } & Meant) =>
      `\`${written}\` is not allowed here; write ${listed(words, 'or')}.`,
    why: 'The setting takes one of a few words. Any other would be ignored, or rejected by AWS in the middle of a deployment.',
    fix: didYouMean,
  },
  'wrong-type': {
    severity: 'error',
    message: ({ expected, found }: { expected: string; found: string } & Meant) => `Expected ${expected}, found ${found}.`,
    why: 'YAML has several ways to write a value, but text, a number, a list and a mapping are four different things.',
    fix: ({ meant }: { expected: string; found: string } & Meant, place) =>
      meant === undefined ? undefined : { title: `Write \`${meant}\``, edits: [{ place, text: meant }] },
  },
  malformed: {
    severity: 'error',
    message: ({ written, means }: { written: string; means: string } & Meant) => `\`${written}\` is not ${means}.`,
    why: 'The value must have a form that the compiler can read or that AWS requires.',
    fix: didYouMean,
  },
  'bare-number': {
    severity: 'error',
    message: ({ written, means }: { written: string; means: string; spelling: string }) => `\`${written}\` has no unit. This is ${means}.`,
    why: 'A bare number leaves the reader to look up whether it means seconds or minutes, MiB or GiB, and AWS services differ. Always write the unit.',
    fix: ({ spelling }: { written: string; means: string; spelling: string }, place) => ({
      title: `Write ${spelling}`,
      edits: [{ place, text: spelling }],
    }),
  },
  'out-of-range': {
    severity: 'error',
    message: ({ written, reason }: { written: string; reason: string }) => `\`${written}\` is out of range. ${reason}`,
    why: 'AWS rejects values outside this range, often only in the middle of a deployment.',
    fix: ({ reason, near }: { reason: string; near?: string | undefined }, place) => {
      const limit = near ?? /at (?:least|most) ([0-9]+ [A-Za-z]+)\.$/.exec(reason)?.[1];
      return limit === undefined ? undefined : choosing(rewritten(place, limit));
    },
  },
  'too-long': {
    severity: 'error',
    message: ({ length, max }: { length: number; max: number }) => `This text has ${length} characters; the limit is ${max}.`,
    why: 'AWS rejects longer values.',
  },
  'wrong-number-of-items': {
    severity: 'error',
    message: ({ found, min, max }: { found: number; min: number | undefined; max: number | undefined }) =>
      max !== undefined && found > max
        ? `This list has ${found} items; the limit is ${max}.`
        : `This list needs at least ${min} item${min === 1 ? '' : 's'}.`,
    why: 'AWS rejects lists outside these bounds, or an empty list would mean nothing.',
  },
  'bad-name': {
    severity: 'error',
    message: ({ name, means }: { name: string; means: string } & Meant) => `\`${name}\` is not ${means}.`,
    why: 'Names become parts of logical ids, ARNs and policies. A character with a meaning there (`*`, `:`, `/`) would make them refer to something else.',
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
    why: 'The key selects the kind, so there can be only one. Write several sources as a list: `from: [{ stream: a }, { stream: b }]`.',
    fix: ({ kinds }: { kinds: readonly string[] }, place) => oneOf(kinds.map((kind) => leaveOutKey(place, kind))),
  },
  'no-kind': {
    severity: 'error',
    message: ({ noun, kinds }: { noun: string; kinds: readonly string[] }) => `No ${noun} is given: write one of ${listed(kinds, 'or')}.`,
    why: 'The key selects the kind.',
  },
  'option-of-another-kind': {
    severity: 'error',
    message: ({ key, kind, of }: { key: string; kind: string; of: readonly string[] }) =>
      `\`${key}\` is not a setting of \`${kind}\`; it belongs to ${listed(
        of.map((one) => `\`${one}\``),
        'or',
      )}.`,
    why: 'Each kind has the settings of its AWS counterpart. One that does not apply would be ignored.',
    fix: ({ sure }: { sure: boolean }, place) => (sure ? leaveOut(place) : choosing(leaveOut(place))),
  },
  'empty-value': {
    severity: 'error',
    message: ({ expected }: { expected: string }) => `The value is missing; expected ${expected}.`,
    why: 'A key without a value is usually an unfinished line.',
  },
  'digits-lost': {
    severity: 'error',
    message: ({ written, value }: { written: string; value: string }) => `YAML reads \`${written}\` as the number ${value}.`,
    why: 'Leading zeros, trailing decimal zeros, exponents and more than 15 digits do not survive as numbers. Account IDs and versions lose digits this way.',
    fix: ({ written }: { written: string; value: string }, place) => ({
      title: `Write '${written}'`,
      edits: [{ place, text: `'${written}'` }],
    }),
  },
  'intrinsic-in-data': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` is a CloudFormation function, which cannot be used inside data.`,
    why: 'In a pattern, a policy or a document CloudFormation would evaluate the key and replace it. Write `$(…)`, or put the resource under `resources`, where intrinsic functions work.',
    fix: ({ key }: { key: string }, place) => referred(key, place),
  },
  'macro-in-template': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` is not allowed here.`,
    why: 'Transforms and macros rewrite the template during the deployment: what is deployed is then not what was reviewed.',
  },
  'interpolation-here': {
    severity: 'error',
    message: () => '`$(…)` cannot be used here.',
    why: '`$(…)` works in text values: environment, descriptions, ARNs, domains. Names, handlers, keywords and units are read by the compiler itself; set what differs by stage in `stages` or `values`.',
    fix: ({ literal }: { literal: string | undefined }, place) => (literal === undefined ? undefined : choosing(write(place, literal))),
  },
  'schema-disagrees': {
    severity: 'error',
    message: ({ keyword }: { keyword: string }) => `The language’s schema does not allow this (${keyword}).`,
    why: 'The published schema rejects this, and the compiler cannot explain it better. Please report it: a finding should say what is wrong.',
  },
});
