import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  paginateDescribeStackEvents,
  type CreateChangeSetCommandInput,
  type DescribeChangeSetCommandOutput,
  type ExecuteChangeSetCommandInput,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { FakeAws } from '../aws.ts';

export type Template = Readonly<Record<string, unknown>>;

/** The real clients at the fake, and the steps that most tests need. */
export class Clients {
  readonly cfn: CloudFormationClient;
  readonly s3: S3Client;
  readonly sts: STSClient;

  constructor(aws: FakeAws, { accessKeyId = 'AKIATEST', region = 'eu-west-1', attempts = 1 } = {}) {
    const config = {
      endpoint: aws.url,
      region,
      credentials: { accessKeyId, secretAccessKey: 'secret' },
      maxAttempts: attempts,
      requestHandler: { requestTimeout: 1000, throwOnRequestTimeout: true, socketTimeout: 1000 },
    };
    this.cfn = new CloudFormationClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.sts = new STSClient(config);
  }

  /** A change set that has settled, whatever became of it. */
  async changeSet(
    StackName: string,
    template: Template,
    more: Partial<CreateChangeSetCommandInput> = {},
  ): Promise<DescribeChangeSetCommandOutput> {
    const TemplateBody = JSON.stringify(template);
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    const request = { StackName, ChangeSetName: `set-${(serial += 1)}`, TemplateBody, Capabilities, ...more };
    const { Id } = await this.cfn.send(new CreateChangeSetCommand(request));
    for (;;) {
      const described = await this.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues: true }));
      if (described.Status === 'CREATE_COMPLETE' || described.Status === 'FAILED') return described;
    }
  }

  async execute({ ChangeSetId }: DescribeChangeSetCommandOutput, more: Partial<ExecuteChangeSetCommandInput> = {}): Promise<void> {
    await this.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId, ClientRequestToken: `token-${(serial += 1)}`, ...more }));
  }

  /** Until nothing is under way. */
  async settled(StackName: string): Promise<Stack> {
    for (;;) {
      const stack = await this.stack(StackName);
      if (!stack.StackStatus?.endsWith('_IN_PROGRESS') || stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack;
    }
  }

  async stack(StackName: string): Promise<Stack> {
    const { Stacks } = await this.cfn.send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks ?? [];
    if (!stack) throw new Error(`No ${StackName}`);
    return stack;
  }

  /** Makes a stack, or changes it, to the end. By its ARN, for it may be gone. */
  async deploy(
    name: string,
    template: Template,
    more: Partial<CreateChangeSetCommandInput> = {},
    execution: Partial<ExecuteChangeSetCommandInput> = {},
  ): Promise<Stack> {
    const settled = await this.changeSet(name, template, more);
    if (settled.Status === 'FAILED') throw new Error(settled.StatusReason);
    await this.execute(settled, execution);
    return this.settled(settled.StackId ?? name);
  }

  create(
    name: string,
    template: Template,
    more: Partial<CreateChangeSetCommandInput> = {},
    execution: Partial<ExecuteChangeSetCommandInput> = {},
  ) {
    return this.deploy(name, template, { ChangeSetType: 'CREATE', ...more }, execution);
  }

  /** Oldest first, all pages. */
  async events(StackName: string): Promise<readonly StackEvent[]> {
    const events: StackEvent[] = [];
    for await (const page of paginateDescribeStackEvents({ client: this.cfn }, { StackName })) events.push(...(page.StackEvents ?? []));
    return events.reverse();
  }

  /** `Orders CREATE_FAILED: reason` */
  async story(StackName: string): Promise<readonly string[]> {
    return (await this.events(StackName)).map(
      ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        `${LogicalResourceId} ${ResourceStatus}${ResourceStatusReason ? `: ${ResourceStatusReason}` : ''}`,
    );
  }
}

let serial = 0;

/** What a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'nothing';
}

export const queue = (properties: Readonly<Record<string, unknown>> = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });
