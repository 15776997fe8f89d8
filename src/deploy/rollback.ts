import type { Store } from './aws/store.ts';
import { artifactBucket } from './bucket.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { KEPT_RECORDS, recorded, recordsOf } from './records.ts';
import type { Run } from './run.ts';
import { keysIn, type Shipment } from './shipment.ts';
import { templateOf } from './standing.ts';
import type { Target } from './target.ts';
import { keepFor } from './upload.ts';

/**
 * An earlier deployment as one to be made again, through the same gates as any other. Without a word it is the one before the
 * last. CloudFormation’s own RollbackStack is for stacks that stand where they failed, and undoes nothing.
 */
export async function earlier(run: Run, target: Target, to: string | undefined, named: string | undefined): Promise<readonly Shipment[]> {
  const store = await artifactBucket(run, named);
  if (!store) throw stop(faults['not-bootstrapped'], { region: run.aws.region, account: run.identity.account });
  const known = await recordsOf(store, target.stack);
  const id = to ?? known[1];
  const record = id === undefined ? undefined : await recorded(store, target.stack, id);
  if (!record) throw stop(faults['no-such-deployment'], { wanted: id ?? 'before the last', known: known.slice(0, 10) });
  const stacks = record.stacks ?? [{ stack: record.stack, template: record.template, parameters: record.parameters, handed: undefined }];
  return Promise.all(
    stacks.map(async ({ stack, template: key, parameters, handed }): Promise<Shipment> => {
      const template = templateOf(await store.text(key));
      if (!template) throw stop(faults['no-such-deployment'], { wanted: record.id, known: known.slice(0, 10) });
      await refuseGone(run, store, [key, ...keysIn(template)], record.id, known);
      return {
        system: record.system,
        target: {
          ...target,
          stack,
          template,
          origins: record.origins,
          tags: record.tags,
          given: { ...parameters, ...target.given },
          ...(handed && { handed }),
        },
        assets: [],
        ...(record.commit !== undefined && { commit: record.commit }),
      };
    }),
  );
}

/** Ends where code that the template names is not there any more. What is there stays there, though nothing has used it for long. */
async function refuseGone(run: Run, store: Store, keys: readonly string[], wanted: string, known: readonly string[]): Promise<void> {
  const gone: string[] = [];
  const isKept = known.indexOf(wanted) < KEPT_RECORDS;
  for (const key of keys.filter((one) => /^(assets|templates)\//.test(one)))
    if (!(isKept ? await store.head(key) : await keepFor(store, key, run.world.clock))) gone.push(key);
  if (gone.length > 0)
    throw stop(
      faults['no-such-deployment'],
      { wanted, known: known.slice(0, 10) },
      { details: gone.map((key) => `Code no longer in the bucket: ${key}`) },
    );
}
