import type { Stack } from './machine/stack.ts';
import type { ChangeSet } from './machine/change-set.ts';
import { deleteStack } from './machine/deletion.ts';
import { cancelUpdate, continueRollback } from './machine/recovery.ts';
import type { Service } from './cloudformation/action.ts';
import { cloudformation } from './cloudformation/api.ts';
import { Bucket } from './s3/bucket.ts';
import { LIMITS } from './template/check.ts';
import type { Tree } from './tree.ts';
import type { Call } from './wire.ts';

export interface Request {
  readonly stack: string;
  readonly template: object | string;
  readonly name?: string;
  readonly type?: 'CREATE' | 'UPDATE';
  readonly capabilities?: readonly string[];
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly more?: Tree;
}

/** Another person with the same rights: what they do happens at once, without HTTP, and is not in the call log. */
export class Someone {
  readonly #service: Service;
  readonly #region: string;
  readonly #account: string;
  #n = 0;

  constructor(service: Service, region: string, account: string) {
    this.#service = service;
    this.#region = region;
    this.#account = account;
  }

  /** Any operation of CloudFormation. */
  does(action: string, params: Tree): Tree | void {
    const call = {
      n: 0,
      service: 'cloudformation',
      action,
      params,
      region: this.#region,
      account: this.#account,
      accessKeyId: 'AKIASOMEONE',
    };
    return cloudformation(this.#service)(call as unknown as Call);
  }

  /** Makes a change set and lets it become complete. */
  makesChangeSet({ stack, template, name, type, capabilities, description, parameters = {}, tags, token, more = {} }: Request): ChangeSet {
    this.#n += 1;
    const isThere = this.stack(stack) !== undefined && this.stack(stack)?.status !== 'REVIEW_IN_PROGRESS';
    this.does('CreateChangeSet', {
      StackName: stack,
      ChangeSetName: name ?? `someone-${this.#n}`,
      ChangeSetType: type ?? (isThere ? 'UPDATE' : 'CREATE'),
      ...this.#sent(typeof template === 'string' ? template : JSON.stringify(template)),
      Capabilities: capabilities ?? ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      Description: description,
      ClientToken: token,
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      ...(tags ? { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } : {}),
      ...more,
    });
    const made = this.#known(stack).changeSets.at(-1);
    if (!made) throw new Error(`No change set of ${stack}.`);
    this.#service.cloud.clock.settle(() => /COMPLETE|FAILED/.test(made.status));
    return made;
  }

  /** Within the call, or through a bucket of theirs when it is too large for that. */
  #sent(text: string): Tree {
    if (Buffer.byteLength(text) <= LIMITS.inlineBytes) return { TemplateBody: text };
    const { store, clock } = this.#service.cloud;
    const name = `someones-artifacts-${this.#region}`;
    const bucket = store.buckets.get(name) ?? new Bucket({ name, region: this.#region, owner: this.#account }, clock.date());
    store.buckets.set(name, bucket);
    bucket.put('template.json', Buffer.from(text), clock.date());
    return { TemplateURL: `https://s3.${this.#region}.amazonaws.com/${name}/template.json` };
  }

  /** Starts what a change set says; `deploys` also sees it through. */
  starts(request: Request): Stack {
    const { id, status, statusReason } = this.makesChangeSet(request);
    if (status !== 'CREATE_COMPLETE') throw new Error(statusReason ?? status);
    this.does('ExecuteChangeSet', { ChangeSetName: id, ClientRequestToken: request.token ?? `someone-${this.#n}` });
    return this.#known(request.stack);
  }

  deploys(request: Request): Stack {
    const stack = this.starts(request);
    this.#service.cloud.clock.settle(() => !stack.inProgress);
    return stack;
  }

  deletesStack(name: string): void {
    const stack = this.stack(name);
    if (stack) deleteStack(this.#service.cloud, stack, {});
  }

  cancelsUpdate(name: string): void {
    cancelUpdate(this.#known(name));
  }

  continuesRollback(name: string, skip: readonly string[] = []): void {
    continueRollback(this.#service.cloud, this.#known(name), undefined, skip);
  }

  deletesChangeSet(stack: string, name: string): void {
    this.does('DeleteChangeSet', { StackName: stack, ChangeSetName: name });
  }

  executes(stack: string, name: string): void {
    this.does('ExecuteChangeSet', { StackName: stack, ChangeSetName: name, ClientRequestToken: `someone-${name}` });
  }

  /** A thing that no stack made. */
  makes(type: string, physicalId: string, properties: Tree = {}): void {
    const thing = { type, region: this.#region, identifier: physicalId, physicalId, properties, attributes: {}, stackId: undefined };
    this.#service.cloud.world.add(thing);
  }

  stack(name: string): Stack | undefined {
    return this.#service.cloud.find(this.#region, this.#account, name);
  }

  #known(name: string): Stack {
    const stack = this.stack(name);
    if (!stack) throw new Error(`No stack ${name}.`);
    return stack;
  }
}
