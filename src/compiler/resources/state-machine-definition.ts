import { problems, type Report } from '../diagnostics/problem.ts';
import { addInto, replacing } from '../edit/fixes.ts';
import type { Written } from '../check/written.ts';
import type { Data, Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { readJson } from '../text/json-file.ts';
import { nearestFile } from '../text/files.ts';
import { listed, nearest } from '../text/suggest.ts';
import type { Context } from './meaning.ts';

type Machine = Thing<'stateMachines'>;
type Fields = { readonly [key: string]: Data };

const PAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html';

export const definitionProblems = problems({
  'no-definition-file': {
    severity: 'error',
    message: ({ file, reason }: { file: string; reason: string }) => `\`${file}\` cannot be read: ${reason}.`,
    why: 'The steps of a state machine are a JSON file in this project, in Amazon States Language.',
    fix: ({ meant }: { meant?: string | undefined }, place) => replacing(meant)(place),
    page: PAGE,
  },
  'unknown-state': {
    severity: 'error',
    message: ({ state, from }: { state: string; from: string; meant: string | undefined }) =>
      `\`${from}\` leads to \`${state}\`, but there is no such state.`,
    why: 'Step Functions rejects a definition with a transition to a missing state.',
    fix: ({ meant, at }: { meant: string | undefined; at: Place | undefined }) =>
      at ? replacing(meant)(at) : meant === undefined ? undefined : { title: `Write \`${meant}\`` },
    page: PAGE,
  },
  'no-states': {
    severity: 'error',
    message: ({ missing }: { missing: readonly string[]; only: string | undefined }) =>
      `The definition has no ${listed(
        missing.map((name) => `\`${name}\``),
        'and no',
      )}.`,
    why: 'A definition names its first state in `StartAt` and has all of them in `States`.',
    fix: ({ missing, only }: { missing: readonly string[]; only: string | undefined }, place) =>
      missing.length === 1 && missing[0] === 'StartAt' && only !== undefined ? addInto(place, 'StartAt', only) : undefined,
    page: PAGE,
  },
});

/** The definition with what its `$(…)` refer to, wherever it is written; nothing where it cannot be read. */
export function definitionOf(machine: Machine, context: Context, report: Report): Data | undefined {
  const { definition } = machine.settings;
  if (typeof definition !== 'string') return definition;
  const { place } = machine.written.at('definition');
  const found = readJson(definition, context.files);
  if ('data' in found) return referring(found.data as Data, place, context, report);
  const meant = context.files.exists(definition) ? undefined : nearestFile(definition, context.files);
  report(definitionProblems['no-definition-file'], place, { file: definition, reason: found.problem, meant });
  return undefined;
}

/** JSON of a file, its texts with what they refer to. */
function referring(value: Data, place: Place, context: Context, report: Report): Data {
  if (typeof value === 'string') return value.includes('$(') ? (context.model.refer(value, place, report) ?? '') : value;
  if (Array.isArray(value)) return value.map((item: Data) => referring(item, place, context, report));
  if (typeof value !== 'object' || value === null || isText(value)) return value;
  return Object.fromEntries(Object.entries(value as Fields).map(([key, item]) => [key, referring(item, place, context, report)]));
}

const isText = (value: Data): value is Text => typeof value === 'object' && value !== null && 'segments' in value && 'place' in value;

const isFields = (value: Data | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isText(value);

/** Functions of this system that the definition names. */
export function functionsIn(value: Data): readonly Thing<'functions' | 'consumers'>[] {
  if (isText(value))
    return value.segments.flatMap((segment) =>
      typeof segment !== 'string' && segment.to === 'thing' && (segment.thing.kind === 'functions' || segment.thing.kind === 'consumers')
        ? [segment.thing as Thing<'functions' | 'consumers'>]
        : [],
    );
  if (Array.isArray(value)) return value.flatMap((item: Data) => functionsIn(item));
  return isFields(value) ? Object.values(value).flatMap(functionsIn) : [];
}

/** The only state there is. */
function onlyOf(states: Data | undefined): string | undefined {
  const [only, another] = isFields(states) ? Object.keys(states) : [];
  return another === undefined ? only : undefined;
}

/** Reports steps that lead nowhere. */
export function verifyDefinition(machine: Machine, definition: Data, report: Report): void {
  const { place } = machine.written.at('definition');
  if (!isFields(definition)) return;
  const { StartAt, States } = definition;
  if (typeof StartAt !== 'string' || !isFields(States)) {
    const missing = [...(typeof StartAt === 'string' ? [] : ['StartAt']), ...(isFields(States) ? [] : ['States'])];
    return report(definitionProblems['no-states'], place, { missing, only: onlyOf(States) });
  }
  const known = Object.keys(States);
  const states = (machine.written as Written).parts.get('definition')?.parts.get('States');
  const lead = (from: string, to: Data | undefined, at?: Written) => {
    if (typeof to === 'string' && !known.includes(to))
      report(definitionProblems['unknown-state'], place, { state: to, from, meant: nearest(to, known), at: at?.place });
  };
  lead('StartAt', StartAt, (machine.written as Written).parts.get('definition')?.parts.get('StartAt'));
  for (const [name, state] of Object.entries(States)) {
    if (!isFields(state)) continue;
    for (const key of ['Next', 'Default']) lead(name, state[key], states?.parts.get(name)?.parts.get(key));
    for (const list of [state['Choices'], state['Catch']])
      if (Array.isArray(list)) for (const one of list as readonly Data[]) if (isFields(one)) lead(name, one['Next']);
  }
}
