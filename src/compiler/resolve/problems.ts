import { problems } from '../diagnostics/problem.ts';
import { choosing, leaveOutKey, oneOf, oneOfTwo, replacing, rewritten } from '../edit/fixes.ts';
import type { Place } from '../text/source-text.ts';
import { listed } from '../text/suggest.ts';

export const resolveProblems = problems({
  'unknown-name': {
    severity: 'error',
    message: ({ name, kinds }: { name: string; kinds: readonly string[]; meant: string | undefined; known: readonly string[] }) =>
      `Nothing named \`${name}\` is declared in ${listed(
        kinds.map((kind) => `\`${kind}\``),
        'or',
      )}.`,
    why: 'Names refer to what this system declares. Declare what exists elsewhere with `existing`.',
    fix: ({ meant, known }: { name: string; kinds: readonly string[]; meant: string | undefined; known: readonly string[] }, place) =>
      replacing(meant)(place) ?? (known.length > 0 ? { title: `Declared: ${known.slice(0, 20).join(', ')}` } : undefined),
  },
  'wrong-kind': {
    severity: 'error',
    message: ({ name, found, kinds }: { name: string; found: string; kinds: readonly string[] }) =>
      `\`${name}\` is declared in \`${found}\`, but this needs something from ${listed(
        kinds.map((kind) => `\`${kind}\``),
        'or',
      )}.`,
    why: 'A source, a grant or an integration works only with things of its own kind.',
  },
  'ambiguous-name': {
    severity: 'error',
    message: ({ name, choices }: { name: string; choices: readonly string[] }) =>
      `\`${name}\` could mean ${listed(
        choices.map((one) => `\`${one}\``),
        'or',
      )}.`,
    why: 'Names are unique only within their section. Qualify a name that could mean two things with its section.',
    fix: ({ choices }: { name: string; choices: readonly string[] }, place) => oneOf(choices.map((text) => rewritten(place, text))),
  },
  'declared-twice': {
    severity: 'error',
    message: ({ name, where }: { name: string; where: string }) => `\`${name}\` is declared twice in ${where}.`,
    why: 'A name refers to one thing, across all files of a system. Functions and consumers share one namespace, so that one can move to the other section.',
    fix: ({ first }: { first: Place }, place) => oneOfTwo(place, first),
  },
  'unknown-stage': {
    severity: 'error',
    message: ({ stage, known }: { stage: string; known: readonly string[]; meant: string | undefined }) =>
      `There is no stage \`${stage}\`. ${known.length === 0 ? 'The file lists none; without `--stage`, `dev` is used.' : `Listed: ${known.join(', ')}.`}`,
    why: 'Every stage but `dev` must be listed in `stages`, so that a typo does not create a new system.',
  },
  'new-in-stage': {
    severity: 'error',
    message: ({ name, stage }: { name: string; stage: string }) =>
      `The stage \`${stage}\` adds \`${name}\`, which the system does not declare.`,
    why: 'A stage changes what the system declares. What exists in only one stage was never tested in another, and a misspelled name would create a second thing next to the intended one.',
    fix: ({ meant }: { meant: string | undefined }, place) => replacing(meant)(place),
  },
  'in-two-places': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has both \`system\` and \`existing\`; use one of them.`,
    why: '`system` finds a thing by what its system shares; `existing` finds it by name or ARN.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'existing'), leaveOutKey(place, 'system')),
  },
  'existing-in-stage-only': {
    severity: 'error',
    message: ({ name, stage }: { name: string; stage: string }) =>
      `\`${name}\` is created in the other stages, but already exists in \`${stage}\`.`,
    why: 'A thing cannot be created in one stage and exist already in another, unless the base file says `existing`: the two differ in permissions, in what can be changed and in what is deleted.',
  },
  'bad-interpolation': {
    severity: 'error',
    message: ({ written }: { written: string }) => `\`${written}\` is not a reference: it is not closed or has no name.`,
    why: '`$(…)` contains a name and, after a dot, an attribute: `$(orders)`, `$(orders.arn)`, `$(stage)`, `$(values.x)`. Write a literal `$(` as `$$(`.',
    fix: ({ meant }: { meant: string | undefined }, place) => (meant === undefined ? undefined : choosing(rewritten(place, meant))),
  },
  'unknown-attribute': {
    severity: 'error',
    message: ({ name, attribute, known }: { name: string; attribute: string; known: readonly string[]; meant: string | undefined }) =>
      attribute === ''
        ? `\`${name}\` cannot be used by itself in \`$(…)\`. ${known.length > 0 ? `It has the attributes ${listed(known)}.` : 'It has no attributes.'}`
        : `\`${name}\` has no attribute \`${attribute}\`. ${known.length > 0 ? `It has ${listed(known)}.` : 'It has none.'}`,
    why: 'Each kind has a fixed set of attributes, listed in the language reference.',
    fix: ({ meant }: { name: string; attribute: string; known: readonly string[]; meant: string | undefined }, place) =>
      replacing(meant)(place),
  },
  'unknown-reference': {
    severity: 'error',
    message: ({ written }: { written: string; meant: string | undefined }) => `\`${written}\` refers to nothing this system declares.`,
    why: '`$(…)` refers to a declared thing, or to `stage`, `name`, `region`, `account`, `partition`, `stack`, `values.X`, `parameters.X`, `resources.X`, `vpc.X`.',
    fix: ({ meant }: { written: string; meant: string | undefined }, place) => replacing(meant)(place),
  },
  'dollar-brace': {
    severity: 'warning',
    message: ({ written }: { written: string; meant: string }) => `\`${written}\` is taken literally: interpolation is written \`$(…)\`.`,
    why: '`${…}` is a syntax error inside { } of YAML, and means something else to CloudFormation, IAM and IoT. It is passed on unchanged.',
    fix: ({ meant, known }: { meant: string; known: boolean }, place) =>
      known ? rewritten(place, meant) : { title: `Write \`${meant}\`` },
  },
  'unreadable-file': {
    severity: 'error',
    message: ({ path, reason }: { path: string; reason: string }) => `\`${path}\` cannot be read: ${reason}.`,
    why: 'Every file a system names must be inside its project and readable: a build must not depend on anything else on the machine.',
    fix: ({ meant }: { meant?: string | undefined }, place) => replacing(meant)(place),
  },
  'files-too-large': {
    severity: 'error',
    message: () => 'The files of this system are larger than 1 MiB in total.',
    why: 'A system is meant for people to read. The limit keeps a mistake from exhausting the compiler’s time and memory.',
  },
});
