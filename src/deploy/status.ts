import type { StackState } from './aws/stacks.ts';
import { AwsFailure } from './aws/failure.ts';
import { artifactBucket } from './bucket.ts';
import { Stop } from './fault.ts';
import { outputsOf } from './outputs.ts';
import { recorded, recordsOf, type Recorded } from './records.ts';
import type { Run } from './run.ts';
import { standingSystem, type Owner } from './siblings/standing.ts';
import { standingOf, type Standing } from './stack-status.ts';

/** How a stack stands. */
export interface Report {
  readonly stack: string;
  readonly standing: Standing;
  readonly status: string | undefined;
  readonly reason: string | undefined;
  readonly changed: Date | undefined;
  readonly resources: number;
  readonly protected: boolean;
  /** Resources that are in no good state, with the reason. */
  readonly unwell: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  /** What was deployed before, the latest first. */
  readonly deployments: readonly string[];
  /** Whose the latest is, and of which commit. */
  readonly latest?: Pick<Recorded, 'author' | 'commit' | 'by'>;
  /** The other stacks of a system that is several, in the order they are deployed. */
  readonly stacks?: readonly Omit<Report, 'deployments' | 'latest' | 'outputs' | 'stacks'>[];
}

export async function reportOf(run: Run, owner: Owner, named: string | undefined): Promise<Report> {
  const standings = await standingSystem(run, owner);
  const main = standings.get(owner.stack)?.stack;
  const others = [...standings].filter(([name]) => name !== owner.stack);
  return {
    ...(await stackReport(run, owner.stack, main)),
    outputs: main ? outputsOf(main) : {},
    ...(await deployments(run, main, owner.stack, named)),
    ...(others.length > 0 && { stacks: await Promise.all(others.map(([name, { stack }]) => stackReport(run, name, stack))) }),
  };
}

async function stackReport(
  run: Run,
  name: string,
  stack: StackState | undefined,
): Promise<Omit<Report, 'deployments' | 'latest' | 'outputs' | 'stacks'>> {
  const resources = stack ? await run.stacks.resources(stack.StackId) : [];
  return {
    stack: name,
    standing: standingOf(stack?.StackStatus),
    status: stack?.StackStatus,
    reason: stack?.StackStatusReason,
    changed: stack?.LastUpdatedTime ?? stack?.CreationTime,
    resources: resources.length,
    protected: stack?.EnableTerminationProtection === true,
    unwell: resources
      .filter(({ ResourceStatus: status = '' }) => status.endsWith('_FAILED'))
      .map(
        ({ LogicalResourceId: id = '', ResourceStatus: status = '', ResourceStatusReason: reason = '' }) => `${id} ${status}: ${reason}`,
      ),
  };
}

async function deployments(
  run: Run,
  stack: StackState | undefined,
  name: string,
  named: string | undefined,
): Promise<Pick<Report, 'deployments' | 'latest'>> {
  const has = stack?.Parameters?.find(({ ParameterKey: key }) => key === 'ArtifactBucket')?.ParameterValue;
  try {
    const store = await artifactBucket(run, named ?? has);
    const all = store ? await recordsOf(store, name) : [];
    const [id] = all;
    const record = store && id !== undefined ? await recorded(store, name, id) : undefined;
    if (!record) return { deployments: all };
    const { author, commit, by } = record;
    return { deployments: all, latest: { author, ...(commit !== undefined && { commit }), ...(by !== undefined && { by }) } };
  } catch (error) {
    if (error instanceof AwsFailure || error instanceof Stop) return { deployments: [] };
    throw error;
  }
}
