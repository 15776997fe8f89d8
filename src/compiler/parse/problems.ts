import { problems, type Fix } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';

export const LIMITS = { bytes: 256 * 1024, nodes: 20_000, depth: 32, lines: 20_000 } as const;

const quoted = (_: unknown, place: Place): Fix => {
  const written = place.source.text.slice(place.span.start, place.span.end);
  const text = `'${written.replaceAll("'", "''")}'`;
  return { title: `Put it in quotes: ${text}`, edits: [{ place, text }] };
};

const removed =
  (title: string) =>
  (_: unknown, place: Place): Fix => ({ title, edits: [{ place, text: '' }] });

export const parseProblems = problems({
  'too-large': {
    severity: 'error',
    message: ({ what }: { what: string }) => `This file is too large: ${what}.`,
    why: 'A system file is something a person reads. The limits (256 KiB, 20,000 lines and 20,000 values a file, 1 MiB with all included files) keep a mistake, or an attack, from taking the compiler’s time and memory.',
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
    why: 'The file must be YAML 1.2. Where a line cannot be read, the rest may be read differently from what was meant, so nothing is compiled.',
    garbles: true,
  },
  'not-a-mapping': {
    severity: 'error',
    message: ({ found }: { found: string }) =>
      `A system file is a mapping of sections such as \`name\` and \`streams\`, but this is ${found}.`,
    why: 'The top of the file names its sections: `name: shop`, `streams:`, `consumers:` and so on.',
  },
  'empty-file': {
    severity: 'error',
    message: () => 'This file is empty.',
    why: 'A system needs a `name` at least. `eventsystem init` writes a system to start from.',
  },
  alias: {
    severity: 'error',
    message: ({ sign, text }: { sign: '*' | '&'; text: string }) =>
      sign === '*'
        ? `In YAML a plain \`*\` starts an alias${text.length > 1 ? `, here \`${text}\`` : ''}; aliases are not taken here.`
        : `Anchors such as \`${text}\` are not taken here.`,
    why: 'Aliases make one place of the file change another, and can make a small file expand without end. Say what functions share once, in `defaults`; a text that begins with * needs quotes.',
    fix: (facts: { sign: '*' | '&'; text: string }, place) =>
      facts.sign === '*' ? quoted(facts, place) : removed('Remove the anchor')(facts, place),
  },
  'merge-key': {
    severity: 'error',
    message: () => 'Merge keys (`<<`) are not taken here.',
    why: 'YAML 1.2 has no merge key: readers of 1.1 merge, others keep a key named `<<`. Say what functions share once, in `defaults`.',
  },
  tag: {
    severity: 'error',
    message: ({ tag }: { tag: string }) => `Tags such as \`${tag}\` are not taken here.`,
    why: 'Tags such as `!Ref` and `!GetAtt` are CloudFormation’s short forms. Write `$(orders)` and `$(orders.arn)` instead, or the long forms `Ref:` and `Fn::GetAtt:` in `resources`.',
  },
  directive: {
    severity: 'error',
    message: () => 'YAML directives are not taken here.',
    why: 'A directive such as `%YAML 1.1` changes what words like `on` and `012` mean. The file is always read as YAML 1.2.',
  },
  'several-documents': {
    severity: 'error',
    message: () => 'A second YAML document starts here; a file holds one.',
    why: 'What follows `---` would be read by some tools and ignored by others. Use `include` for a system in several files.',
    fix: removed('Remove the separator'),
  },
  'duplicate-key': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` stands here a second time.`,
    why: 'YAML readers take one of the two and drop the other without a word.',
  },
  'look-alike-key': {
    severity: 'error',
    message: ({ key, other }: { key: string; other: string }) =>
      `\`${key}\` and \`${other}\` are told apart only by case or by how a letter is encoded.`,
    why: 'People read the two as one. Whatever is made of them (names in AWS, environment variables) can collide where case does not count.',
  },
  'odd-key': {
    severity: 'error',
    message: ({ found }: { found: string }) => `A key is a plain text, but this is ${found}.`,
    why: 'Keys name things. YAML also takes lists, mappings, numbers and nothing as keys, and every tool turns those into texts in its own way.',
  },
  'unsafe-name': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` cannot be a key.`,
    why: 'In JavaScript this word reaches into every object; tools that read the result could be made to change their own behaviour by it.',
  },
  'odd-character': {
    severity: 'error',
    message: ({ codepoint, name }: { codepoint: string; name: string }) => `There is ${name} (${codepoint}) here, which cannot be seen.`,
    why: 'Control characters, invisible spaces and characters that change the direction of reading make a file say something else than what a person sees in it.',
    fix: removed('Remove it'),
    garbles: true,
  },
  'comma-in-braces': {
    severity: 'error',
    message: ({ before, rest }: { before: string; rest: string }) =>
      `Inside { } a comma ends a value, so this is read as two: \`${before}\`, and a key \`${rest}\` without a value.`,
    why: 'Inside { } and [ ] commas separate. Expressions such as `cron(…)` and SQL need quotes there.',
    fix: () => ({ title: 'Put the whole value in quotes' }),
  },
  'braces-in-key': {
    severity: 'error',
    message: () => 'Inside { } a key with braces must stand in quotes.',
    why: 'Inside { } another { begins a mapping, so `GET /orders/{id}` is not read as one key. On a line of its own it needs no quotes.',
    fix: () => ({ title: "Put the key in quotes, or on a line of its own: 'GET /orders/{id}': src/get.ts" }),
  },
  'dynamic-reference': {
    severity: 'error',
    message: () => '`{{resolve:…}}` is not taken here.',
    why: 'CloudFormation resolves dynamic references in any text of a template, and there is no way to escape one: a secret would end up in a description or an environment variable that many can read. Give the function `access` to the secret and read it at run time.',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html',
    garbles: true,
  },
});
