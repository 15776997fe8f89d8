import { AwsFailure } from './aws/failure.ts';
import { Store } from './aws/store.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import type { Run } from './run.ts';
import { interrupted } from './told.ts';

/** Deletes every version of every object, three times over: somebody may still write. */
export async function emptyBucket(run: Run, bucket: string): Promise<void> {
  const store = new Store(run.aws, bucket, run.identity.account);
  await broken(store);
  let refused: readonly { readonly key: string; readonly reason: string }[] = [];
  for (let pass = 1; pass <= 3; pass++) {
    const all = await store.versions();
    if (all.length === 0) return;
    run.world.operator.say(`Deleting ${all.length} objects and versions in ${bucket}.`);
    refused = [];
    for (let at = 0; at < all.length; at += 1000) {
      if (run.world.interruption.count > 0) throw interrupted(run.world.interruption, `objects of ${bucket}, which are deleted`);
      refused = [...refused, ...(await store.delete(all.slice(at, at + 1000)))];
    }
    if (refused.some(({ reason }) => /denied/i.test(reason))) break;
  }
  if ((await store.versions()).length > 0)
    throw stop(
      faults['bucket-not-empty'],
      { buckets: [bucket] },
      { details: refused.slice(0, 10).map(({ key, reason }) => `${key}: ${reason}`) },
    );
}

/** S3 deletes a bucket that has unfinished uploads; without the right to break them off it is emptied all the same. */
async function broken(store: Store): Promise<void> {
  try {
    await store.abortUploads();
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
  }
}
