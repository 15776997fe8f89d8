import type { ChangeSet } from './change-set.ts';
import type { Cloud } from './cloud.ts';
import type { Stack, StackResource } from './stack.ts';
import type { Walk } from './walk.ts';

export type OperationType = 'CREATE_STACK' | 'UPDATE_STACK' | 'DELETE_STACK' | 'ROLLBACK' | 'CONTINUE_ROLLBACK' | 'CREATE_CHANGESET';

/** One thing that is done to a stack: its events carry its token and its id. */
export class Operation {
  readonly id: string;
  readonly type: OperationType;
  readonly token: string | undefined;
  readonly stack: Stack;
  readonly cloud: Cloud;
  readonly started: Date;
  ended: Date | undefined;
  alive = true;
  /** What is walked at this moment. */
  walk: Walk | undefined;
  /** The change set it executes. */
  changeSet: ChangeSet | undefined;
  onEnd: (() => void) | undefined;
  /** What was begun before an interruption never comes to its end. */
  #phase = 0;

  constructor(cloud: Cloud, stack: Stack, type: OperationType, token: string | undefined, id = cloud.uuid()) {
    this.cloud = cloud;
    this.stack = stack;
    this.type = type;
    this.token = token;
    this.id = id;
    this.started = cloud.clock.date();
    stack.operations.push(this);
  }

  /** Later, unless the operation has been interrupted by then. */
  after(ms: number, act: () => void): void {
    const phase = this.#phase;
    this.cloud.clock.after(ms, () => {
      if (this.alive && phase === this.#phase) act();
    });
  }

  /** What is under way is given up, with its events. */
  interrupt(): void {
    this.walk?.stop();
    this.walk = undefined;
    this.#phase += 1;
  }

  /** The stack’s own status, told by an event. */
  become(status: string, reason?: string, detailedStatus?: string): void {
    const { stack } = this;
    stack.status = status;
    stack.reason = reason;
    stack.detailedStatus = detailedStatus;
    this.event({ logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, reason, detailedStatus });
  }

  /** A resource’s status, told by an event. */
  tell(resource: StackResource, status: string, reason?: string, more: Partial<Told> = {}): void {
    resource.status = status;
    resource.reason = reason;
    resource.at = this.cloud.clock.date();
    const { logicalId, physicalId, type } = resource;
    this.event({ logicalId, physicalId, type, status, reason, properties: JSON.stringify(resource.properties), ...more });
  }

  event(told: Told): void {
    const { stack, cloud, token, id } = this;
    const isStack = told.physicalId === stack.id;
    stack.events.push({
      StackId: stack.id,
      EventId: isStack ? cloud.uuid() : `${told.logicalId}-${told.status}-${cloud.clock.date().toISOString()}-${cloud.serial()}`,
      StackName: stack.name,
      OperationId: id,
      LogicalResourceId: told.logicalId,
      PhysicalResourceId: told.physicalId,
      ResourceType: told.type,
      Timestamp: cloud.clock.date(),
      ResourceStatus: told.status,
      ResourceStatusReason: told.reason,
      ResourceProperties: told.properties,
      ClientRequestToken: token,
      DetailedStatus: told.detailedStatus,
      ...told.hook,
    });
  }

  end(): void {
    this.alive = false;
    this.ended = this.cloud.clock.date();
    if (this.stack.operation === this) this.stack.operation = undefined;
    this.onEnd?.();
  }
}

export interface Told {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly properties?: string;
  readonly detailedStatus?: string | undefined;
  readonly hook?: Readonly<Record<string, string>>;
}
