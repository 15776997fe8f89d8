import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Identities } from '../identity.ts';
import type { Store } from '../s3/action.ts';
import type { Operation } from './operation.ts';
import type { Script } from './script.ts';
import type { Stack, StackResource } from './stack.ts';
import { World } from './world.ts';

/** A stack within a stack is made by the machine that makes stacks: it calls back with what went wrong. */
export type Nest = (
  op: Operation,
  resource: StackResource,
  verb: 'CREATE' | 'UPDATE' | 'ROLLBACK' | 'DELETE',
  ended: (reason?: string) => void,
) => void;

/** Everything the stacks live in. */
export class Cloud {
  readonly clock: Clock;
  readonly account: string;
  readonly identities: Identities;
  readonly store: Store;
  readonly script: Script;
  readonly nest: Nest;
  readonly world = new World();
  readonly stacks: Stack[] = [];
  #n = 0;

  constructor(parts: Pick<Cloud, 'clock' | 'account' | 'identities' | 'store' | 'script' | 'nest'>) {
    this.clock = parts.clock;
    this.account = parts.account;
    this.identities = parts.identities;
    this.store = parts.store;
    this.script = parts.script;
    this.nest = parts.nest;
  }

  serial(): number {
    this.#n += 1;
    return this.#n;
  }

  /** Ids are the same in every run. */
  #digest(): string {
    return createHash('sha256').update(`fake ${this.serial()}`).digest('hex');
  }

  uuid(): string {
    const hex = this.#digest();
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
  }

  hex(length: number): string {
    return this.#digest().slice(0, length);
  }

  /** As CloudFormation ends the names it makes. */
  suffix(): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    return [...Buffer.from(this.#digest(), 'hex')]
      .slice(0, 12)
      .map((byte) => letters[byte % letters.length])
      .join('');
  }

  /** `arn:aws-cn:cloudformation:…` in China. */
  arn(region: string, account: string, what: string): string {
    return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:${what}/${this.uuid()}`;
  }

  /** By name the living one; by ARN any, also a deleted one. */
  find(region: string, account: string, nameOrId: string): Stack | undefined {
    if (nameOrId.startsWith('arn:')) return this.stacks.find(({ id }) => id === nameOrId);
    return this.stacks.find((stack) => stack.name === nameOrId && stack.region === region && stack.account === account && !stack.gone);
  }
}

export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
