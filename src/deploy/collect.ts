import type { Current, Store, StoredObject } from './aws/store.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { KEPT_RECORDS, recorded, recordsOf } from './records.ts';
import type { Run } from './run.ts';

const DAY = 86_400_000;

/** What is younger may be of a deployment that is still to come: it is not marked. */
const YOUNG = 7 * DAY;

/** So long something has to have been unused before it is deleted. */
const GRACE = 30 * DAY;

/** The tag of what nothing needs: since when, as far as was seen. */
const MARK = 'eventsystem:unused-since';

/** What was found in the bucket. */
export interface Collection {
  /** Unused, and marked just now. */
  readonly marked: readonly StoredObject[];
  /** Unused, and marked before; with when the first of it can be deleted. */
  readonly waiting: readonly StoredObject[];
  readonly nextDue: Date | undefined;
  /** Used again: the mark is taken off. */
  readonly cleared: readonly StoredObject[];
  /** Unused for thirty days. */
  readonly due: readonly Current[];
}

/**
 * Marks what nothing needs, and takes the mark off what is needed again. An artifact is needed if any stack in whatever state names it,
 * any change set that waits, or one of the last ten deployments of any stack, since a rollback reads the code of before.
 */
export async function mark(run: Run, store: Store): Promise<Collection> {
  if (!(await store.versioned())) throw stop(faults['bucket-keeps-no-versions'], { bucket: store.bucket });
  const objects = [...(await store.newest('assets/')), ...(await store.newest('templates/'))];
  const needed = await neededBy(run, store);
  const now = run.world.clock.now();
  const found = { marked: [] as Current[], waiting: [] as Current[], cleared: [] as Current[], due: [] as Current[] };
  let first = Infinity;
  await inLanes(objects, async (one) => {
    const since = Date.parse((await store.tag(one, MARK)) ?? '');
    const isMarked = !Number.isNaN(since);
    if (needed.has(one.key)) {
      if (!isMarked) return;
      await store.setTag(one, undefined);
      found.cleared.push(one);
    } else if (!isMarked) {
      if (one.modified === undefined || now - one.modified.getTime() < YOUNG) return;
      await store.setTag(one, { Key: MARK, Value: new Date(now).toISOString() });
      found.marked.push(one);
    } else if (now - since < GRACE) {
      found.waiting.push(one);
      first = Math.min(first, since + GRACE);
    } else found.due.push(one);
  });
  return { ...found, nextDue: Number.isFinite(first) ? new Date(first) : undefined };
}

/**
 * Deletes what was marked thirty days ago and is still unused: exactly the version with the mark. Whoever deploys the same code again
 * meanwhile has sent a version of their own, which stays. Gives what would not go.
 */
export async function sweep(
  run: Run,
  store: Store,
  due: readonly Current[],
): Promise<{ readonly gone: readonly Current[]; readonly refused: readonly { readonly key: string; readonly reason: string }[] }> {
  // Somebody may have thought about it for a while.
  const needed = await neededBy(run, store);
  const unused = due.filter(({ key }) => !needed.has(key));
  const refused: { readonly key: string; readonly reason: string }[] = [];
  for (let at = 0; at < unused.length; at += 1000) refused.push(...(await store.delete(unused.slice(at, at + 1000))));
  const stays = new Set(refused.map(({ key }) => key));
  return { gone: unused.filter(({ key }) => !stays.has(key)), refused };
}

/** Looks at many objects, eight at a time. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/** Change sets that were executed, or never will be. */
const OVER: ReadonlySet<string> = new Set(['EXECUTE_COMPLETE', 'EXECUTE_FAILED', 'OBSOLETE']);

/** The keys of everything that is needed: whatever looks like one counts, wherever it stands. */
async function neededBy(run: Run, store: Store): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  const look = (text: string | undefined): void => {
    for (const [key] of (text ?? '').matchAll(/(?:assets|templates)\/[\w.-]+/g)) needed.add(key);
  };
  for (const { StackId: id } of await run.stacks.all()) {
    if (id === undefined) continue;
    look(JSON.stringify((await run.stacks.describe(id))?.Parameters));
    const plans = (await run.stacks.changeSets(id)).filter(({ ExecutionStatus: status = '' }) => !OVER.has(status));
    for (const of of [id, ...plans.flatMap(({ ChangeSetId: set }) => set ?? [])]) {
      const text = await run.stacks.template(of);
      look(text);
      // What a macro makes of it names code, too.
      if (text?.includes('Transform')) look(await run.stacks.template(of, 'Processed'));
    }
  }
  // The records of a stack that is gone are all there is of it.
  const records = await store.list('deployments/');
  for (const stack of new Set(records.map(({ key }) => key.split('/')[1] ?? ''))) await neededByRecords(store, stack, look);
  return needed;
}

async function neededByRecords(store: Store, stack: string, look: (text: string | undefined) => void): Promise<void> {
  const read = new Set<string>();
  for (const id of (await recordsOf(store, stack)).slice(0, KEPT_RECORDS)) {
    const record = await recorded(store, stack, id);
    for (const template of record ? [record.template, ...(record.stacks ?? []).map((one) => one.template)] : []) {
      if (read.has(template)) continue;
      read.add(template);
      look(template);
      look(await store.text(template));
    }
  }
}
