import { agrees, declined } from './approve.ts';
import { AwsFailure } from './aws/failure.ts';
import type { Store } from './aws/store.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { keyOf, recorded, recordsOf, type Recorded } from './records.ts';
import type { Run } from './run.ts';
import type { Shipment } from './shipment.ts';
import type { Standing } from './standing.ts';

export interface OlderOptions {
  /** What becomes of code that is older than what stands: it is refused, only told, or let through. */
  readonly older: 'refuse' | 'tell' | 'let';
}

/** A shipment with the commit its code is of, where version control tells; one of an earlier deployment has its own. */
export async function sourced(run: Pick<Run, 'world'>, shipment: Shipment): Promise<Shipment> {
  const commit = shipment.commit ?? (await run.world.history?.())?.commit;
  return commit === undefined ? shipment : { ...shipment, commit };
}

/**
 * Ends where what stands was deployed from a commit that this code does not contain: somebody has not pulled, or an old job runs late.
 * What a protected stage has must be contained; elsewhere a branch of one’s own is only told. Where nobody can tell, nothing is held up.
 */
export async function refuseOlder(
  run: Run,
  { commit, target }: Shipment,
  standing: Standing,
  store: Store | undefined,
  { older }: OlderOptions,
): Promise<void> {
  if (older === 'let' || !store || commit === undefined) return;
  const record = await deployedFrom(run, store, target.stack, standing);
  const history = record && (await run.world.history?.());
  if (!history || record.commit === undefined || bare(record.commit) === bare(commit)) return;
  const relation = await history.relation(bare(record.commit));
  if (relation === 'contained') return;
  const facts = {
    stack: target.stack,
    theirs: short(record.commit),
    ours: short(commit),
    by: record.author,
    isOlder: relation === 'older',
  };
  const message = faults['older-code'].message(facts);
  if (relation === 'unknown')
    return run.world.operator.say(
      `Cannot tell whether this code is newer than the deployed commit ${facts.theirs}: the clone is shallow. Fetch the history with \`git fetch --unshallow\`, or \`fetch-depth: 0\` in actions/checkout.`,
    );
  if (older === 'tell' || (relation === 'apart' && !target.protected)) return run.world.operator.say(`Warning: ${message}`);
  if (!run.world.operator.present) throw stop(faults['older-code'], facts);
  if (!(await agrees(run.world, `${message} Continue? [y/N] `))) throw declined(run.world, target.stack);
}

/** The last deployment, where it is what stands: else somebody else has deployed since, and nobody knows from where. */
async function deployedFrom(run: Run, store: Store, stack: string, { template }: Standing): Promise<Recorded | undefined> {
  if (!template) return undefined;
  try {
    const [latest] = await recordsOf(store, stack);
    const record = latest === undefined ? undefined : await recorded(store, stack, latest);
    return record?.template === keyOf({ template }) ? record : undefined;
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    run.world.operator.say(`Cannot tell whether this code is newer than what is deployed: ${error.message}`);
    return undefined;
  }
}

/** Without the sign of files that were changed since. */
const bare = (commit: string): string => commit.replace(/\+$/, '');

const short = (commit: string): string => bare(commit).slice(0, 10);
