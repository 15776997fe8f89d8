import { AwsFailure } from './aws/failure.ts';
import { Store } from './aws/store.ts';
import type { StackState } from './aws/stacks.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import type { Run } from './run.ts';

export const BOOTSTRAP = 'eventsystem-bootstrap';

/** The bucket that code goes to: the one that was named, or the account’s own; nothing where it has none yet. */
export async function artifactBucket(run: Run, named: string | undefined): Promise<Store | undefined> {
  const bucket = named ?? outputOf(await run.stacks.describe(BOOTSTRAP), 'ArtifactBucket');
  if (bucket === undefined) return undefined;
  const store = new Store(run.aws, bucket, run.identity.account);
  await examine(run, store, named !== undefined);
  return store;
}

export function outputOf(stack: StackState | undefined, name: string): string | undefined {
  return stack?.Outputs?.find(({ OutputKey: key }) => key === name)?.OutputValue;
}

/** Sees that the bucket is ours, here, and shut. What may not be asked is not held against it. */
async function examine({ aws, identity, world }: Run, store: Store, foreign: boolean): Promise<void> {
  const { bucket } = store;
  try {
    const where = await store.location();
    if (where !== aws.region) throw stop(faults['bucket-elsewhere'], { bucket, where, region: aws.region });
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    if (error.kind === 'missing') throw stop(faults['bucket-missing'], { bucket }, { failure: error });
    if (error.kind === 'denied') throw stop(faults['bucket-of-others'], { bucket, account: identity.account }, { failure: error });
    if (error.kind === 'redirect')
      throw stop(faults['bucket-elsewhere'], { bucket, where: error.region ?? 'another region', region: aws.region }, { failure: error });
    throw error;
  }
  if (!foreign) return;
  const shut = await asked(() => store.shut());
  if (shut === false) throw stop(faults['bucket-open'], { bucket });
  if ((await asked(() => store.versioned())) === false)
    world.operator.say(`Versioning is off for the bucket ${bucket}: overwritten objects are lost, and a rollback may not find its code.`);
}

async function asked<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'missing') return false as T;
    if (error instanceof AwsFailure) return undefined;
    throw error;
  }
}

/** The address of a bucket. CloudFormation takes no other, whatever server we speak to; those that stand in for AWS know it too. */
export function bucketUrl(partition: string, region: string, bucket: string): string {
  return `https://s3.${region}.${suffixOf(partition)}/${bucket}`;
}

/** Where CloudFormation finds an object: a version of it, where there are versions. */
export function urlOf({ aws, identity }: Run, bucket: string, key: string, version: string | undefined): string {
  return `${bucketUrl(identity.partition, aws.region, bucket)}/${key}${version === undefined || version === 'null' ? '' : `?versionId=${encodeURIComponent(version)}`}`;
}

/** The domain of AWS’s services in a partition: what `AWS::URLSuffix` stands for. */
export function suffixOf(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : partition === 'aws-eusc' ? 'amazonaws.eu' : 'amazonaws.com';
}
