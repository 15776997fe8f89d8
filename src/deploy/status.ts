import type { StackState } from './aws/stacks.ts';
import { AwsFailure } from './aws/failure.ts';
import { artifactBucket } from './bucket.ts';
import { Stop } from './fault.ts';
import { outputsOf } from './outputs.ts';
import { recordsOf } from './records.ts';
import type { Run } from './run.ts';
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
}

export async function reportOf(run: Run, name: string, named: string | undefined): Promise<Report> {
  const stack = await run.stacks.describe(name);
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
    outputs: stack ? outputsOf(stack) : {},
    deployments: await deployments(run, stack, name, named),
  };
}

async function deployments(run: Run, stack: StackState | undefined, name: string, named: string | undefined): Promise<readonly string[]> {
  const has = stack?.Parameters?.find(({ ParameterKey: key }) => key === 'ArtifactBucket')?.ParameterValue;
  try {
    const store = await artifactBucket(run, named ?? has);
    return store ? await recordsOf(store, name) : [];
  } catch (error) {
    if (error instanceof AwsFailure || error instanceof Stop) return [];
    throw error;
  }
}
