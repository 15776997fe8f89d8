import type { Tree } from '../tree.ts';
import type { ResourceDefinition, Template } from '../template/template.ts';
import type { ChangeSet } from './change-set.ts';
import type { ResourceDrift } from './drift.ts';
import type { Operation } from './operation.ts';
import type { Hook } from './script.ts';

/** A resource as the stack knows it. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  status: string;
  reason: string | undefined;
  at: Date;
  definition: ResourceDefinition;
  /** With every function worked out. */
  properties: Tree;
  /** The resources it was made after. */
  needs: readonly string[];
  nested?: Stack;
  drift?: ResourceDrift;
}

export const hasGone = ({ status }: StackResource): boolean => /^DELETE_(COMPLETE|SKIPPED)$/.test(status);

/** What a stack was made of at one time. */
export interface Made {
  readonly template: Template;
  /** As it was sent. */
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Settings {
  tags: readonly Tree[];
  capabilities: readonly string[];
  notificationArns: readonly string[];
  roleArn: string | undefined;
  rollbackConfiguration: Tree | undefined;
  deploymentConfig: Tree | undefined;
}

export interface OutputValue {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** One thing an operation did. */
export interface Done {
  readonly logicalId: string;
  readonly did: 'create' | 'update' | 'replace' | 'adopt';
  /** The resource as it was. */
  readonly before: Omit<StackResource, 'logicalId' | 'type'> | undefined;
}

/** The way back to how a stack was. */
export interface Undo {
  readonly made: Made | undefined;
  readonly settings: Settings;
  done: Done[];
  /** What an earlier creation that failed has left. */
  readonly discarded: StackResource[];
}

export interface HookResult {
  readonly id: string;
  readonly hook: Hook;
  readonly mode: string;
  readonly target: string;
  readonly targetType: 'STACK' | 'CHANGE_SET';
  readonly at: Date;
  readonly reason: string;
  readonly annotations?: readonly Tree[];
}

/** One stack, living or deleted. */
export class Stack {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly created: Date;
  readonly parent: Stack | undefined;
  updated: Date | undefined;
  deleted: Date | undefined;
  status = 'REVIEW_IN_PROGRESS';
  reason: string | undefined;
  detailedStatus: string | undefined;
  made: Made | undefined;
  settings: Settings = {
    tags: [],
    capabilities: [],
    notificationArns: [],
    roleArn: undefined,
    rollbackConfiguration: undefined,
    deploymentConfig: undefined,
  };
  disableRollback = false;
  retainExceptOnCreate = false;
  terminationProtection = false;
  policy: string | undefined;
  changeSetId: string | undefined;
  outputs: readonly OutputValue[] = [];
  /** Names of exports of other stacks that it uses. */
  imports: readonly string[] = [];
  readonly resources = new Map<string, StackResource>();
  /** Oldest first. */
  readonly events: Tree[] = [];
  /** What only DescribeEvents tells, oldest first. */
  readonly validations: { readonly event: Tree; readonly changeSetId: string }[] = [];
  readonly operations: Operation[] = [];
  readonly changeSets: ChangeSet[] = [];
  /** The one under way. */
  operation: Operation | undefined;
  driftStatus = 'NOT_CHECKED';
  driftCheckedAt: Date | undefined;
  /** What an operation has done so far, for the way back. */
  undo: Undo | undefined;
  readonly hookResults: HookResult[] = [];
  /** What the next operation comes to at its end, if the test says so. */
  doom: string | undefined;

  constructor(id: string, name: string, region: string, account: string, created: Date, parent?: Stack) {
    this.id = id;
    this.name = name;
    this.region = region;
    this.account = account;
    this.created = created;
    this.parent = parent;
  }

  get root(): Stack {
    return this.parent?.root ?? this;
  }

  get gone(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }

  get inProgress(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }

  /** The resource as it stands, with what it is and where. */
  resource(logicalId: string): StackResource | undefined {
    return this.resources.get(logicalId);
  }
}
