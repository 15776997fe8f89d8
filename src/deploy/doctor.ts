import { DescribeAccountLimitsCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { AwsFailure } from './aws/failure.ts';
import { Store } from './aws/store.ts';
import { BOOTSTRAP, outputOf } from './bucket.ts';
import type { Run } from './run.ts';

/** One thing that was looked at. */
export interface Check {
  readonly what: string;
  readonly state: 'good' | 'doubtful' | 'bad' | 'unknown';
  readonly says: string;
}

/** Looks at everything a deployment relies on, and changes nothing. */
export async function examineAll(run: Run, named: string | undefined): Promise<readonly Check[]> {
  const { identity, aws, world } = run;
  const checks: Check[] = [
    {
      what: 'credentials',
      state: identity.arn.endsWith(':root') ? 'doubtful' : 'good',
      says: `${identity.arn}${identity.expires ? `, until ${identity.expires.toISOString()}` : ''}`,
    },
    { what: 'region', state: 'good', says: `${aws.region}, account ${identity.account}` },
  ];
  if (identity.expires && identity.expires.getTime() - world.clock.now() < 45 * 60_000)
    checks.push({
      what: 'time left',
      state: 'doubtful',
      says: 'the credentials expire within 45 minutes; a database takes up to 15, a distribution 10',
    });
  checks.push(...(await bucketChecks(run, named)), await logsCheck(run), ...(await limits(run)));
  return checks;
}

async function bucketChecks(run: Run, named: string | undefined): Promise<readonly Check[]> {
  const what = 'artifact bucket';
  const stack = await asked(() => run.stacks.describe(BOOTSTRAP));
  const bucket = named ?? (stack instanceof AwsFailure ? undefined : outputOf(stack, 'ArtifactBucket'));
  if (bucket === undefined)
    return [{ what, state: 'bad', says: stack instanceof AwsFailure ? stack.message : 'none yet: run `eventsystem bootstrap`' }];
  const store = new Store(run.aws, bucket, run.identity.account);
  const where = await asked(() => store.location());
  if (where instanceof AwsFailure) return [{ what, state: 'bad', says: `${bucket}: ${where.message}` }];
  const found = [
    where === run.aws.region ? undefined : `it is in ${where}`,
    said(await asked(() => store.shut()), 'it does not block public access'),
    said(await asked(() => store.versioned()), 'versioning is off'),
  ].filter((one) => one !== undefined);
  return [
    { what, state: found.length === 0 ? 'good' : where === run.aws.region ? 'doubtful' : 'bad', says: [bucket, ...found].join(': ') },
  ];
}

function said(answer: boolean | AwsFailure, wrong: string): string | undefined {
  if (answer instanceof AwsFailure) return answer.kind === 'missing' ? wrong : `${answer.action} is denied`;
  return answer ? undefined : wrong;
}

/** The role by which API Gateway writes logs is the account’s, once per region. */
async function logsCheck({ aws }: Run): Promise<Check> {
  const what = 'API Gateway logging role';
  const found = await asked(() =>
    aws.call.read('cloudformation:ListStackResources', () =>
      aws.clients().cloudFormation.send(new ListStackResourcesCommand({ StackName: BOOTSTRAP })),
    ),
  );
  if (found instanceof AwsFailure)
    return /does not exist/.test(found.message)
      ? { what, state: 'bad', says: 'missing, so APIs cannot write logs: run `eventsystem bootstrap`' }
      : { what, state: 'unknown', says: found.message };
  const role = found.StackResourceSummaries?.find(({ ResourceType: type }) => type === 'AWS::ApiGateway::Account');
  return role?.ResourceStatus?.endsWith('_COMPLETE') === true
    ? { what, state: 'good', says: 'created by the bootstrap stack' }
    : { what, state: 'doubtful', says: 'not in the bootstrap stack: APIs write logs only if it was set some other way' };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeAccountLimits.html */
async function limits({ aws, stacks }: Run): Promise<readonly Check[]> {
  const what = 'stack quota';
  const answer = await asked(() =>
    aws.call.read('cloudformation:DescribeAccountLimits', () => aws.clients().cloudFormation.send(new DescribeAccountLimitsCommand({}))),
  );
  if (answer instanceof AwsFailure) return [{ what, state: 'unknown', says: answer.message }];
  const limit = answer.AccountLimits?.find(({ Name: name }) => name === 'StackLimit')?.Value;
  if (limit === undefined) return [{ what, state: 'unknown', says: 'AWS did not return it' }];
  const all = await asked(() => stacks.all());
  if (all instanceof AwsFailure) return [{ what, state: 'unknown', says: all.message }];
  return [
    {
      what,
      state: all.length >= limit ? 'bad' : all.length > 0.9 * limit ? 'doubtful' : 'good',
      says: `${all.length} of ${limit} used`,
    },
  ];
}

async function asked<T>(question: () => Promise<T>): Promise<T | AwsFailure> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof AwsFailure) return error;
    throw error;
  }
}
