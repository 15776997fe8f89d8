import type { Store } from './aws/store.ts';
import { recorded, recordsOf } from './records.ts';
import type { Run } from './run.ts';
import { keysIn } from './shipment.ts';
import { templateOf } from './standing.ts';

const DAY = 86_400_000;
const KEPT_RECORDS = 10;

export interface Garbage {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Artifacts that nothing needs: named by no stack in whatever state, by no waiting change set, and by none of the last ten
 * deployments of any stack, and older than thirty days. A rollback reads the code of before: what is in doubt stays.
 */
export async function garbageIn(run: Run, store: Store): Promise<readonly Garbage[]> {
  const [assets, templates, deployments] = [await store.list('assets/'), await store.list('templates/'), await store.list('deployments/')];
  const needed = new Set<string>();
  for (const { StackId: id, StackName: name = '' } of await run.stacks.all()) {
    if (id === undefined) continue;
    needs(needed, await run.stacks.template(id));
    for (const { ChangeSetId: set } of await run.stacks.changeSets(id)) if (set) needs(needed, await run.stacks.template(set));
    await needsOfRecords(store, name, needed);
  }
  // The records of a stack that is gone are all there is of it.
  for (const stack of new Set(deployments.map(({ key }) => key.split('/')[1] ?? ''))) await needsOfRecords(store, stack, needed);
  const now = run.world.clock.now();
  return [...assets, ...templates].filter(
    ({ key, modified }) => !needed.has(key) && modified !== undefined && now - modified.getTime() > 30 * DAY,
  );
}

function needs(needed: Set<string>, text: string | undefined): void {
  for (const key of keysIn(templateOf(text))) needed.add(key);
}

async function needsOfRecords(store: Store, stack: string, needed: Set<string>): Promise<void> {
  for (const id of (await recordsOf(store, stack)).slice(0, KEPT_RECORDS)) {
    const record = await recorded(store, stack, id);
    for (const template of record ? [record.template, ...(record.stacks ?? []).map((one) => one.template)] : []) {
      if (needed.has(template)) continue;
      needed.add(template);
      needs(needed, await store.text(template));
    }
  }
}
