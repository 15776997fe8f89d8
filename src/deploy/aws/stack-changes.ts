import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  RollbackStackCommand,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
  type CloudFormationClient,
  type CreateChangeSetInput,
} from '@aws-sdk/client-cloudformation';
import type { Connection } from './connect.ts';
import { AwsFailure, Malformed } from './failure.ts';

export type Proposal = CreateChangeSetInput & { readonly ChangeSetName: string; readonly StackName: string };

/** CloudFormation, as deployments change it: each change has a token, so that asking twice does nothing twice. */
export class StackChanges {
  readonly #aws: Connection;

  constructor(aws: Connection) {
    this.#aws = aws;
  }

  /** Proposes a change; gives the ARNs of the change set and of its stack. */
  propose(input: Proposal): Promise<{ readonly changeSet: string; readonly stack: string }> {
    return this.#change(
      'CreateChangeSet',
      async (client) => {
        const { Id: changeSet, StackId: stack } = await client.send(new CreateChangeSetCommand(input));
        if (!changeSet || !stack) throw new Malformed('no change set in the response');
        return { changeSet, stack };
      },
      async (client) => {
        const made = await describedOrNothing(client, { ChangeSetName: input.ChangeSetName, StackName: input.StackName });
        return made?.ChangeSetId && made.StackId ? { changeSet: made.ChangeSetId, stack: made.StackId } : undefined;
      },
    );
  }

  /** Executes a change set: a failure is taken back, or left standing; what an import takes in is never deleted by it. */
  execute(changeSet: string, stack: string, token: string, failure: 'taken-back' | 'left-standing' | 'let-go'): Promise<true> {
    return this.#change(
      'ExecuteChangeSet',
      async (client) => {
        try {
          await client.send(
            new ExecuteChangeSetCommand({
              ChangeSetName: changeSet,
              StackName: stack,
              ClientRequestToken: token,
              ...(failure === 'left-standing' && { DisableRollback: true }),
              ...(failure === 'taken-back' && { RetainExceptOnCreate: true }),
            }),
          );
        } catch (error) {
          // An earlier attempt of ours was heard.
          if (new AwsFailure('ExecuteChangeSet', error).kind !== 'token-taken') throw error;
        }
        return true as const;
      },
      async (client) => {
        const status = (await describedOrNothing(client, { ChangeSetName: changeSet, StackName: stack }))?.ExecutionStatus;
        return status === 'EXECUTE_IN_PROGRESS' || status === 'EXECUTE_COMPLETE' || status === 'EXECUTE_FAILED'
          ? (true as const)
          : undefined;
      },
    );
  }

  /** Takes a proposal back; one that is gone already is left as it is. Not where its status forbids it: it is still being made, or executed. */
  async withdraw(changeSet: string): Promise<boolean> {
    try {
      await this.#again('DeleteChangeSet', (client) => client.send(new DeleteChangeSetCommand({ ChangeSetName: changeSet })));
      return true;
    } catch (error) {
      if (!(error instanceof AwsFailure && ['missing', 'status', 'invalid'].includes(error.kind))) throw error;
      return error.kind !== 'status';
    }
  }

  async remove(stack: string, token: string, role: string | undefined, retain: readonly string[] = []): Promise<void> {
    await this.#again('DeleteStack', (client) =>
      client.send(
        new DeleteStackCommand({
          StackName: stack,
          ClientRequestToken: token,
          ...(role !== undefined && { RoleARN: role }),
          ...(retain.length > 0 && { RetainResources: [...retain] }),
        }),
      ),
    );
  }

  async cancelUpdate(stack: string, token: string): Promise<void> {
    await this.#again('CancelUpdateStack', (client) =>
      client.send(new CancelUpdateStackCommand({ StackName: stack, ClientRequestToken: token })),
    );
  }

  async continueRollback(stack: string, token: string, role: string | undefined, skip: readonly string[]): Promise<void> {
    await this.#again('ContinueUpdateRollback', (client) =>
      client.send(
        new ContinueUpdateRollbackCommand({
          StackName: stack,
          ClientRequestToken: token,
          ...(role !== undefined && { RoleARN: role }),
          ...(skip.length > 0 && { ResourcesToSkip: [...skip] }),
        }),
      ),
    );
  }

  /** Takes a stack whose failed operation was left standing back to its last good state. */
  async rollBack(stack: string, token: string, role: string | undefined): Promise<void> {
    await this.#again('RollbackStack', (client) =>
      client.send(
        new RollbackStackCommand({
          StackName: stack,
          ClientRequestToken: token,
          RetainExceptOnCreate: true,
          ...(role !== undefined && { RoleARN: role }),
        }),
      ),
    );
  }

  async protect(stack: string, on: boolean): Promise<void> {
    await this.#again('UpdateTerminationProtection', (client) =>
      client.send(new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: on })),
    );
  }

  async setPolicy(stack: string, policy: string): Promise<void> {
    await this.#again('SetStackPolicy', (client) => client.send(new SetStackPolicyCommand({ StackName: stack, StackPolicyBody: policy })));
  }

  #change<T>(
    action: string,
    send: (client: CloudFormationClient) => Promise<T>,
    found: (client: CloudFormationClient) => Promise<T | undefined>,
  ): Promise<T> {
    const { call, clients } = this.#aws;
    return call.change(
      `cloudformation:${action}`,
      () => send(clients().cloudFormation),
      () => found(clients().cloudFormation),
    );
  }

  /** A change that may be asked for any number of times. */
  #again<T>(action: string, send: (client: CloudFormationClient) => Promise<T>): Promise<T> {
    return this.#aws.call.read(`cloudformation:${action}`, () => send(this.#aws.clients().cloudFormation));
  }
}

async function describedOrNothing(client: CloudFormationClient, which: { readonly ChangeSetName: string; readonly StackName: string }) {
  try {
    return await client.send(new DescribeChangeSetCommand(which));
  } catch (error) {
    const { kind } = new AwsFailure('DescribeChangeSet', error);
    if (kind === 'missing' || kind === 'invalid') return undefined;
    throw error;
  }
}
