import { artifactBucket } from './bucket.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { recorded, recordsOf } from './records.ts';
import type { Run } from './run.ts';
import { keysIn, type Shipment } from './shipment.ts';
import { templateOf } from './standing.ts';
import type { Target } from './target.ts';

/**
 * An earlier deployment as one to be made again, through the same gates as any other. Without a word it is the one before the
 * last. CloudFormation’s own RollbackStack is for stacks that stand where they failed, and undoes nothing.
 */
export async function earlier(run: Run, target: Target, to: string | undefined, named: string | undefined): Promise<Shipment> {
  const store = await artifactBucket(run, named);
  if (!store) throw stop(faults['not-bootstrapped'], { region: run.aws.region, account: run.identity.account });
  const known = await recordsOf(store, target.stack);
  const id = to ?? known[1];
  const record = id === undefined ? undefined : await recorded(store, target.stack, id);
  if (!record) throw stop(faults['no-such-deployment'], { wanted: id ?? 'before the last', known: known.slice(0, 10) });
  const template = templateOf(await store.text(record.template));
  if (!template) throw stop(faults['no-such-deployment'], { wanted: record.id, known: known.slice(0, 10) });
  const gone: string[] = [];
  for (const key of keysIn(template)) if (key.startsWith('assets/') && !(await store.head(key))) gone.push(key);
  if (gone.length > 0)
    throw stop(
      faults['no-such-deployment'],
      { wanted: record.id, known: known.slice(0, 10) },
      { details: gone.map((key) => `Its code is gone: ${key}`) },
    );
  return {
    system: record.system,
    target: { ...target, template, origins: record.origins, tags: record.tags, given: { ...record.parameters, ...target.given } },
    assets: [],
  };
}
