import type { ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { masked } from './mask.ts';

/** A property that changes. */
export interface Detail {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Its change makes another resource: always, or perhaps. */
  readonly replaces: 'no' | 'perhaps' | 'yes';
  /** It is written as before, and refers to something that may change. */
  readonly follows: boolean;
}

/** What CloudFormation writes for a value it will only know then. */
const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** The properties that change, each once, down to the values that differ. */
export function detailsOf(all: readonly ResourceChangeDetail[]): readonly Detail[] {
  const byPath = new Map<string, Detail[]>();
  for (const { Target: target, Evaluation: evaluation } of all) {
    if (!target) continue;
    const path = (target.Path ?? [target.Attribute, target.Name].filter((part) => part !== undefined).join('/'))
      .replace(/^\//, '')
      .replaceAll('/', '.');
    const again = target.RequiresRecreation ?? 'Never';
    const replaces = again === 'Never' ? 'no' : again === 'Always' && evaluation !== 'Dynamic' ? 'yes' : 'perhaps';
    // Where somebody changed it by hand, what lives is what will be overwritten.
    const before = target.Drift?.ActualValue ?? target.BeforeValue;
    const found = differences(path, parsed(before), parsed(target.AfterValue));
    const told = before === undefined && target.AfterValue === undefined;
    const details = told
      ? [{ path, before: undefined, after: undefined, replaces, follows: evaluation === 'Dynamic' } as const]
      : found.map((one): Detail => ({
          ...one,
          before: masked(one.path, one.before),
          after: masked(one.path, one.after),
          replaces,
          follows: later(one),
        }));
    for (const detail of details) {
      const known = byPath.get(detail.path) ?? [];
      // The same property may be told once for each cause.
      const same = known.findIndex(({ before, after }) => before === detail.before && after === detail.after);
      if (same < 0) byPath.set(detail.path, [...known, detail]);
      else if (worse(detail, known[same])) known[same] = detail;
    }
  }
  return [...byPath.values()].flat();
}

/** Values that differ between two templates, as details without CloudFormation’s word. */
export function leaves(path: string, before: unknown, after: unknown, replaces: Detail['replaces']): readonly Detail[] {
  return differences(path, before, after).map((one) => ({
    ...one,
    before: masked(one.path, one.before),
    after: masked(one.path, one.after),
    replaces,
    follows: false,
  }));
}

/** A tag says nothing of what a resource does. */
export function isTag({ path }: Detail): boolean {
  return /(^|\.)(UserPool)?Tags(\.|$)/.test(path);
}

const severity = { no: 0, perhaps: 1, yes: 2 } as const;

function worse(one: Detail, other: Detail | undefined): boolean {
  return !other || severity[one.replaces] > severity[other.replaces];
}

interface Difference {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function later({ after }: Difference): boolean {
  return after?.includes(LATER) === true;
}

function differences(path: string, before: unknown, after: unknown): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const lists = Array.isArray(before) && Array.isArray(after);
  if (lists && before.every((item) => typeof item !== 'object') && after.every((item) => typeof item !== 'object')) {
    const gone = before.filter((item) => !after.includes(item));
    const come = after.filter((item) => !before.includes(item));
    return [{ path, before: gone.length === 0 ? undefined : text(gone), after: come.length === 0 ? undefined : text(come) }];
  }
  if (lists) return differentItems(path, before, after);
  if (isBag(before) && isBag(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(`${path}.${key}`, before[key], after[key]));
  }
  return [{ path, before: text(before), after: text(after) }];
}

/** What is in one list and not in the other: an item that only moved, because another came before it, is none. */
function differentItems(path: string, before: readonly unknown[], after: readonly unknown[]): readonly Difference[] {
  const [had, has] = [before, after].map((list) => new Set(list.map((item) => JSON.stringify(item))));
  const gone = [...before.entries()].filter(([, item]) => has?.has(JSON.stringify(item)) === false);
  const come = [...after.entries()].filter(([, item]) => had?.has(JSON.stringify(item)) === false);
  if (gone.length === 0 && come.length === 0) return [{ path, before: 'another order', after: 'this order' }];
  if (gone.length === come.length) return come.flatMap(([at, item], index) => differences(`${path}.${at}`, gone[index]?.[1], item));
  return [
    ...gone.map(([at, item]) => ({ path: `${path}.${at}`, before: text(item), after: undefined })),
    ...come.map(([at, item]) => ({ path: `${path}.${at}`, before: undefined, after: text(item) })),
  ];
}

function isBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(value: string | undefined): unknown {
  if (value === undefined || !/^\s*[{[]/.test(value) || value.startsWith('{{')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}
