import {
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetHookResultCommand,
  GetStackPolicyCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListHookResultsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  type CloudFormationClient,
  type DescribeChangeSetOutput,
  type HookResultSummary,
  type OperationEvent,
  type Stack,
  type StackEvent,
  type StackResourceSummary,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { Connection } from './connect.ts';
import { AwsFailure, Malformed } from './failure.ts';

/** A stack as CloudFormation describes it, with what every description has. */
export type StackState = Stack & { readonly StackId: string; readonly StackStatus: StackStatus };

export type Event = StackEvent & { readonly EventId: string; readonly Timestamp: Date };

export type ChangeSet = DescribeChangeSetOutput & { readonly ChangeSetId: string; readonly Status: string };

export type { HookResultSummary, OperationEvent, StackResourceSummary };

/** CloudFormation, as deployments ask it: every answer has what it must have, and every page is read. */
export class Stacks {
  readonly #aws: Connection;

  constructor(aws: Connection) {
    this.#aws = aws;
  }

  /** The stack by its name or ARN; nothing where there is none. */
  async describe(name: string): Promise<StackState | undefined> {
    try {
      return await this.#read('DescribeStacks', async (client) => {
        const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
        if (!stack?.StackId || !stack.StackStatus) throw new Malformed('no stack in the response');
        return stack as StackState;
      });
    } catch (error) {
      if (error instanceof AwsFailure && error.kind === 'invalid' && /does not exist/.test(error.message)) return undefined;
      throw error;
    }
  }

  /** The template of a stack or a change set as it was handed over, or as macros left it; nothing where CloudFormation has none. */
  async template(of: string, stage: 'Original' | 'Processed' = 'Original'): Promise<string | undefined> {
    const which = of.includes(':changeSet/') ? { ChangeSetName: of } : { StackName: of };
    try {
      return await this.#read('GetTemplate', async (client) => {
        const { TemplateBody: body } = await client.send(new GetTemplateCommand({ ...which, TemplateStage: stage }));
        return body;
      });
    } catch (error) {
      if (error instanceof AwsFailure && (error.kind === 'invalid' || error.kind === 'missing')) return undefined;
      throw error;
    }
  }

  /** Every resource of a stack. */
  resources(name: string): Promise<readonly StackResourceSummary[]> {
    return this.#pages('ListStackResources', async (client, NextToken) => {
      const page = await client.send(new ListStackResourcesCommand({ StackName: name, NextToken }));
      // A stack without resources is not to be mistaken for one that can go.
      if (!page.StackResourceSummaries) throw new Malformed('no resources in the response');
      return { items: page.StackResourceSummaries, next: page.NextToken };
    });
  }

  /** Change sets that wait at a stack. */
  changeSets(name: string) {
    return this.#pages('ListChangeSets', async (client, NextToken) => {
      const page = await client.send(new ListChangeSetsCommand({ StackName: name, NextToken }));
      if (!page.Summaries) throw new Malformed('no change sets in the response');
      return { items: page.Summaries, next: page.NextToken };
    });
  }

  /** Who uses an export. */
  async importers(name: string): Promise<readonly string[]> {
    try {
      return await this.#pages('ListImports', async (client, NextToken) => {
        const page = await client.send(new ListImportsCommand({ ExportName: name, NextToken }));
        return { items: page.Imports, next: page.NextToken };
      });
    } catch (error) {
      // Nobody uses it, or nobody may know: CloudFormation refuses in time.
      if (error instanceof AwsFailure && (error.kind === 'invalid' || error.kind === 'denied')) return [];
      throw error;
    }
  }

  /** Every stack of the account in the region that is there or was not deleted to its end. */
  all() {
    return this.#pages('ListStacks', async (client, NextToken) => {
      const page = await client.send(new ListStacksCommand({ NextToken }));
      return { items: page.StackSummaries?.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE'), next: page.NextToken };
    });
  }

  /**
   * A change set with all its pages. With the values of properties CloudFormation may leave out whole changes and only says so in
   * the reason, so that it is then described again without them. https://github.com/aws/aws-cdk-cli/issues/1780
   */
  async changeSet(arn: string, values: boolean): Promise<ChangeSet> {
    const one = await this.#changeSet(arn, values);
    if (!values || !/\[WARN\].*incomplete/s.test(one.StatusReason ?? '')) return one;
    const bare = await this.#changeSet(arn, false);
    const known = new Map((one.Changes ?? []).map((change) => [change.ResourceChange?.LogicalResourceId, change] as const));
    return { ...one, Changes: (bare.Changes ?? []).map((change) => known.get(change.ResourceChange?.LogicalResourceId) ?? change) };
  }

  async #changeSet(arn: string, values: boolean): Promise<ChangeSet> {
    let whole: ChangeSet | undefined;
    let next: string | undefined;
    do {
      const page = await this.#read('DescribeChangeSet', async (client) => {
        const answer = await client.send(
          new DescribeChangeSetCommand({ ChangeSetName: arn, NextToken: next, ...(values && { IncludePropertyValues: true }) }),
        );
        if (!answer.Status || !answer.ChangeSetId) throw new Malformed('no status in the response');
        return answer as ChangeSet;
      });
      whole = whole ? { ...whole, Changes: [...(whole.Changes ?? []), ...(page.Changes ?? [])] } : page;
      next = page.NextToken;
    } while (next);
    return whole;
  }

  /** Events of a stack, newest first, page by page. */
  async *events(arn: string): AsyncGenerator<readonly Event[]> {
    const tokens = new Set<string>();
    let next: string | undefined;
    do {
      const page = await this.#read('DescribeStackEvents', async (client) => {
        const answer = await client.send(new DescribeStackEventsCommand({ StackName: arn, NextToken: next }));
        if (!answer.StackEvents) throw new Malformed('no events in the response');
        return answer;
      });
      yield (page.StackEvents ?? []).filter((event): event is Event => event.EventId !== undefined && event.Timestamp !== undefined);
      next = page.NextToken;
      // A token that comes back leads round in a circle.
    } while (next && !tokens.has(next) && tokens.add(next).size < 500);
  }

  /** What failed while a change set was made or executed, as CloudFormation itself sorts it out; nothing where that may not be asked. */
  async failures(query: { readonly StackName?: string; readonly ChangeSetName?: string }): Promise<readonly OperationEvent[] | undefined> {
    try {
      return await this.#pages('DescribeEvents', async (client, NextToken) => {
        const page = await client.send(new DescribeEventsCommand({ ...query, NextToken, Filters: { FailedEvents: true } }));
        return { items: page.OperationEvents, next: page.NextToken };
      });
    } catch (error) {
      if (error instanceof AwsFailure) return undefined;
      throw error;
    }
  }

  /** What hooks said about a change set; nothing where that may not be asked. */
  async hooks(changeSet: string): Promise<readonly HookResultSummary[]> {
    try {
      return await this.#pages('ListHookResults', async (client, NextToken) => {
        const page = await client.send(new ListHookResultsCommand({ TargetType: 'CHANGE_SET', TargetId: changeSet, NextToken }));
        return { items: page.HookResults, next: page.NextToken };
      });
    } catch (error) {
      if (error instanceof AwsFailure) return [];
      throw error;
    }
  }

  /** What a hook asks to be done, line by line. */
  async remedies(hook: string): Promise<readonly string[]> {
    try {
      const { Annotations: all = [] } = await this.#read('GetHookResult', (client) =>
        client.send(new GetHookResultCommand({ HookResultId: hook })),
      );
      return all.flatMap(({ StatusMessage: said, RemediationMessage: remedy }) => [said, remedy].filter((text) => text !== undefined));
    } catch (error) {
      if (error instanceof AwsFailure) return [];
      throw error;
    }
  }

  /** The stack policy as it stands; nothing where there is none. */
  async policy(name: string): Promise<string | undefined> {
    const answer = await this.#read('GetStackPolicy', (client) => client.send(new GetStackPolicyCommand({ StackName: name })));
    return answer.StackPolicyBody;
  }

  #read<T>(action: string, send: (client: CloudFormationClient) => Promise<T>): Promise<T> {
    return this.#aws.call.read(`cloudformation:${action}`, () => send(this.#aws.clients().cloudFormation));
  }

  /** All items of all pages. */
  async #pages<T>(
    action: string,
    send: (
      client: CloudFormationClient,
      next: string | undefined,
    ) => Promise<{ readonly items: readonly T[] | undefined; readonly next: string | undefined }>,
  ): Promise<readonly T[]> {
    const all: T[] = [];
    const tokens = new Set<string>();
    let next: string | undefined;
    do {
      const page = await this.#read(action, (client) => send(client, next));
      all.push(...(page.items ?? []));
      next = page.next;
    } while (next && !tokens.has(next) && tokens.add(next).size < 500);
    return all;
  }
}
