import type { Clock } from './clock.ts';
import { stackShown } from './cloudformation/stacks.ts';
import type { Service } from './cloudformation/action.ts';
import type { Change } from './machine/compare.ts';
import type { Finding } from './machine/finding.ts';
import type { Hook } from './machine/script.ts';
import type { Stack } from './machine/stack.ts';
import type { Tree } from './tree.ts';

/** What a test says about CloudFormation as a whole: how it answers, not what it does. */
export class Scenes {
  readonly #service: Service;
  readonly #clock: Clock;

  constructor(service: Service) {
    this.#service = service;
    this.#clock = service.cloud.clock;
  }

  get #script() {
    return this.#service.cloud.script;
  }

  /** After its next change (and `after` true answers) `reads` answers of DescribeStacks show the stack as it is now. */
  lags(stack: Stack, reads: number, after = 0): void {
    this.#service.reads.lag(`DescribeStacks ${stack.id}`, stackShown(this.#service.cloud, stack), reads, after);
  }

  /** Events are told so much later than they happen. */
  eventsLate(ms: number): void {
    this.#eventsShown((events) => events.filter(({ Timestamp }) => Number(Timestamp) <= this.#clock.now - ms));
  }

  /** Each event comes twice. */
  eventsTwice(): void {
    this.#eventsShown((events) => events.flatMap((event) => [event, event]));
  }

  /** Neighbours change places. */
  eventsOutOfOrder(): void {
    this.#eventsShown((events) => events.map((event, index) => events[index % 2 === 0 ? index + 1 : index - 1] ?? event));
  }

  #eventsShown(how: (events: readonly Tree[]) => readonly Tree[]): void {
    const before = this.#script.eventsShown;
    this.#script.eventsShown = (stack) => how(before(stack));
  }

  /** The next change set fails with this reason. */
  changeSetFails(reason: string): void {
    this.#script.changeSetFailures.push(reason);
  }

  /** The next change set never settles. */
  changeSetHangs(): void {
    this.#script.hangingChangeSets += 1;
  }

  /** CloudFormation cannot assume this role. */
  roleIsRefused(arn: string): void {
    this.#script.refusedRoles.add(arn);
  }

  /** The next change set’s validation finds this. */
  validation(finding: Partial<Finding> & Pick<Finding, 'logicalId' | 'reason'>): void {
    this.#script.validations.push({
      check: 'PropertyValidation',
      name: 'PROPERTY_VALIDATION',
      mode: 'FAIL',
      type: 'AWS::CloudFormation::Stack',
      path: `/Resources/${finding.logicalId}`,
      ...finding,
    });
  }

  /** A hook of the account is asked about every change set. */
  changeSetHook(hook: Hook | undefined): void {
    this.#script.changeSetHook = hook;
  }

  /** With property values, these changes are missing from the answer, with the warning that says so. */
  valuesHide(...logicalIds: readonly string[]): void {
    this.#script.hiddenChanges = logicalIds;
  }

  /** Change sets show other changes than they have. */
  changesShown(edit: (changes: readonly Change[]) => readonly Change[]): void {
    this.#script.edited = edit;
  }

  /** Somebody changed a resource by hand. */
  drift(stack: Stack, logicalId: string, how: Tree | 'DELETED' | 'UNSUPPORTED' | 'UNKNOWN' | 'NOT_CHECKED'): void {
    const { world } = this.#service.cloud;
    const resource = stack.resource(logicalId);
    const thing = resource && world.named(stack.region, resource.type, resource.physicalId);
    if (!resource || !thing) throw new Error(`${stack.name} has no ${logicalId}.`);
    if (how === 'DELETED') world.remove(thing);
    else if (typeof how === 'string') this.#script.of(stack.name, logicalId).driftStatus = how;
    else thing.properties = { ...thing.properties, ...how };
  }

  /** An alarm goes to ALARM. */
  alarmRings(arn: string): void {
    this.#script.ringing.add(arn);
  }
}
