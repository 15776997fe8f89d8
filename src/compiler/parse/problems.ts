import { problems, type Fix } from '../diagnostics/problem.ts';
import { anchoredText, flowTextAt, instead, quoted, valueWithCommas } from '../edit/edits.ts';
import { choosing, fixing, oneOfTwo, rewritten } from '../edit/fixes.ts';
import type { Place } from '../text/source-text.ts';

export const LIMITS = { bytes: 256 * 1024, nodes: 20_000, depth: 32, lines: 20_000 } as const;

const writtenAt = ({ source, span }: Place): string => source.text.slice(span.start, span.end);

function inQuotes(place: Place): Fix {
  const text = quoted(writtenAt(place));
  return { title: `Put it in quotes: ${text}`, edits: [{ place, text }] };
}

/** What an alias stands for, in its place; the anchor goes when no alias needs it any more. */
function unaliased(place: Place, sign: '*' | '&', text: string): Fix {
  const name = text.slice(1);
  if (sign === '&') {
    const [, ...behind] = place.source.text.split(`*${name}`);
    const used = behind.some((rest) => !/^[\w-]/.test(rest));
    const space = /^[ \t]*/.exec(place.source.text.slice(place.span.end))?.[0].length ?? 0;
    const whole = { source: place.source, span: { start: place.span.start, end: place.span.end + space } };
    return used
      ? { title: 'Replace each alias with its value, and remove the anchor' }
      : { title: 'Remove the anchor', edits: [{ place: whole, text: '' }] };
  }
  const anchored = name === '' ? undefined : anchoredText(place.source, name);
  return anchored === undefined ? inQuotes(place) : { title: 'Replace the alias with its value', edits: [{ place, text: anchored }] };
}

/** The entries to merge, in place of the merge key. */
function unmerged(place: Place): Fix {
  const value = flowTextAt(place);
  const entries = value === undefined ? undefined : /^\{ (.+) \}$/.exec(value)?.[1];
  const single = entries !== undefined && !/[,{}[\]]/.test(entries);
  return fixing('Replace the merge key with its entries', single ? instead(place, entries) : []);
}

const SHORT_FORMS: Readonly<Record<string, (value: string) => string | undefined>> = {
  '!Ref': (name) => (/^[A-Za-z0-9]+$/.test(name) ? `$(${kebab(name)})` : undefined),
  '!GetAtt': (name) => {
    const [, thing = '', attribute = ''] = /^([A-Za-z0-9]+)\.([A-Za-z0-9]+)$/.exec(name) ?? [];
    return thing === '' ? undefined : `$(${kebab(thing)}.${attribute.charAt(0).toLowerCase()}${attribute.slice(1)})`;
  },
};

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** What CloudFormation’s short forms are called here. What a logical id names is a guess. */
function untagged(tag: string, place: Place): Fix | undefined {
  const { source, span } = place;
  const [, space = '', value = ''] = /^([ \t]*)([^\r\n,}\]#]*)/.exec(source.text.slice(span.end)) ?? [];
  const whole = { source, span: { start: span.start, end: span.end + space.length + value.trimEnd().length } };
  const meant = SHORT_FORMS[tag]?.(value.trim());
  if (meant !== undefined) return choosing(rewritten(whole, meant));
  if (tag !== '!Sub') return undefined;
  return { title: 'Remove `!Sub`', edits: [{ place: { source, span: { start: span.start, end: span.end + space.length } }, text: '' }] };
}

function lineAfter({ source, span }: Place): number {
  const end = source.text.indexOf('\n', span.end);
  return end === -1 ? source.text.length : end + 1;
}

/** An invisible character, or the escape for one in a text in double quotes. */
function withoutHidden(place: Place, isHidden: (character: string) => boolean): Fix {
  const written = writtenAt(place);
  const seen = written.startsWith('"')
    ? written.replace(/\\(?:([abev0NLP])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[^])/g, (escape, letter, ...codes) => {
        const code = codes.slice(0, 3).find((one) => typeof one === 'string');
        const hidden =
          letter !== undefined || (typeof code === 'string' && isHidden(String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff))));
        return hidden ? '' : escape;
      })
    : '';
  return { title: 'Remove it', edits: [{ place, text: seen }] };
}

/** From the value before the comma to the last of what was taken for keys. */
function wholeInQuotes(place: Place): Fix {
  const whole = valueWithCommas(place);
  return fixing('Put the whole value in quotes', whole ? [{ place: whole, text: quoted(writtenAt(whole)) }] : []);
}

export const parseProblems = problems({
  'too-large': {
    severity: 'error',
    message: ({ what }: { what: string }) => `This file is too large: ${what}.`,
    why: 'A system file is meant for people to read. The limits (256 KiB, 20,000 lines and 20,000 values a file, 1 MiB with all included files) keep a mistake, or an attack, from exhausting the compiler’s time and memory.',
    fix: () => ({ title: 'Split the system, or move parts of it to files named in `include`' }),
  },
  'too-deep': {
    severity: 'error',
    message: () => `This is nested deeper than ${LIMITS.depth} levels.`,
    why: 'Nothing in the language needs more than a dozen levels; very deep nesting is a mistake or an attack on the parser.',
  },
  'not-yaml': {
    severity: 'error',
    message: ({ reason }: { reason: string }) => reason,
    why: 'The file must be YAML 1.2. If one line cannot be read, the rest may be misread, so nothing is compiled.',
    fix: ({ repair }: { repair?: Fix | undefined }) => repair,
    garbles: true,
  },
  'not-a-mapping': {
    severity: 'error',
    message: ({ found }: { found: string }) =>
      `A system file is a mapping of sections such as \`name\` and \`streams\`, but this is ${found}.`,
    why: 'The top of the file names its sections: `name: shop`, `streams:`, `consumers:` and so on.',
    fix: (_: unknown, place) =>
      /^[a-z][a-z0-9-]*$/.test(writtenAt(place)) ? choosing(rewritten(place, `name: ${writtenAt(place)}`)) : undefined,
  },
  'empty-file': {
    severity: 'error',
    message: () => 'This file is empty.',
    why: 'A system needs at least a `name`. `eventsystem init` writes a system to start from.',
  },
  alias: {
    severity: 'error',
    message: ({ sign, text }: { sign: '*' | '&'; text: string }) =>
      sign === '*'
        ? `In YAML a plain \`*\` starts an alias${text.length > 1 ? `, here \`${text}\`` : ''}; aliases are not supported.`
        : `YAML anchors such as \`${text}\` are not supported.`,
    why: 'With aliases, one place in the file changes another, and a small file can expand without limit. Put what functions share in `defaults`; a value that begins with * needs quotes.',
    fix: (facts: { sign: '*' | '&'; text: string }, place) => unaliased(place, facts.sign, facts.text),
  },
  'merge-key': {
    severity: 'error',
    message: () => 'Merge keys (`<<`) are not supported.',
    why: 'YAML 1.2 has no merge key: 1.1 parsers merge, others keep a key named `<<`. Put what functions share in `defaults`.',
    fix: (_: unknown, place) => unmerged(place),
  },
  tag: {
    severity: 'error',
    message: ({ tag }: { tag: string }) => `YAML tags such as \`${tag}\` are not supported.`,
    why: 'Tags such as `!Ref` and `!GetAtt` are CloudFormation’s short forms. Write `$(orders)` and `$(orders.arn)` instead, or the long forms `Ref:` and `Fn::GetAtt:` in `resources`.',
    fix: ({ tag }: { tag: string }, place) => untagged(tag, place),
  },
  directive: {
    severity: 'error',
    message: () => 'YAML directives are not supported.',
    why: 'A directive such as `%YAML 1.1` changes what words like `on` and `012` mean. The file is always read as YAML 1.2.',
    fix: (_: unknown, place) => ({
      title: 'Remove it',
      edits: [{ place: { source: place.source, span: { start: place.span.start, end: lineAfter(place) } }, text: '' }],
    }),
  },
  'several-documents': {
    severity: 'error',
    message: () => 'A second YAML document starts here; a file holds one.',
    why: 'What follows `---` would be read by some tools and ignored by others. Use `include` for a system in several files.',
    fix: (_: unknown, place) =>
      place.source.text.slice(place.span.end).trim() === ''
        ? { title: 'Remove the separator', edits: [{ place, text: '' }] }
        : { title: 'Remove the separator, or move what follows to a file named in `include`' },
  },
  'duplicate-key': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` is defined a second time.`,
    why: 'YAML parsers keep one of the two and silently drop the other.',
    fix: ({ first }: { first: Place }, place) => oneOfTwo(place, first),
  },
  'look-alike-key': {
    severity: 'error',
    message: ({ key, other }: { key: string; other: string }) =>
      `\`${key}\` and \`${other}\` differ only in case or in how a letter is encoded.`,
    why: 'People read the two as one. What is derived from them (names in AWS, environment variables) can collide where case does not matter.',
    fix: ({ first }: { first: Place }, place) => oneOfTwo(place, first),
  },
  'odd-key': {
    severity: 'error',
    message: ({ found }: { found: string }) => `A key must be text, but this is ${found}.`,
    why: 'Keys name things. YAML also allows lists, mappings, numbers and null as keys, and every tool turns those into text in its own way.',
  },
  'unsafe-name': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` cannot be a key.`,
    why: 'In JavaScript this name reaches into every object, so it could change how tools that read the result behave.',
  },
  'odd-character': {
    severity: 'error',
    message: ({ codepoint, name }: { codepoint: string; name: string }) => `There is ${name} (${codepoint}) here.`,
    why: 'Control characters, invisible spaces and characters that change the text direction make a file say something other than what a person sees.',
    fix: ({ isHidden }: { isHidden: (character: string) => boolean }, place) => withoutHidden(place, isHidden),
    garbles: true,
  },
  'comma-in-braces': {
    severity: 'error',
    message: ({ before, rest }: { before: string; rest: string }) =>
      `Inside { } a comma ends a value, so this is read as two: \`${before}\`, and a key \`${rest}\` without a value.`,
    why: 'Inside { } and [ ], commas separate values. Expressions such as `cron(…)` and SQL need quotes there.',
    fix: (_: unknown, place) => wholeInQuotes(place),
  },
  'braces-in-key': {
    severity: 'error',
    message: () => 'Inside { }, a key that contains braces must be in quotes.',
    why: 'Inside { } another { begins a mapping, so `GET /orders/{id}` is not read as one key. On a line of its own it needs no quotes.',
    fix: (_: unknown, place) => inQuotes(place),
  },
  'dynamic-reference': {
    severity: 'error',
    message: () => '`{{resolve:…}}` is not supported.',
    why: 'CloudFormation resolves dynamic references anywhere in a template, and there is no way to escape one: a secret would end up in a description or an environment variable that many can read. Give the function `access` to the secret and read it at run time.',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html',
    garbles: true,
  },
});
