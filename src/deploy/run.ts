import type { Catalogue } from '../compiler/cloud/catalogue.ts';
import type { Connection, Identity } from './aws/connect.ts';
import { StackChanges } from './aws/stack-changes.ts';
import { Stacks } from './aws/stacks.ts';
import type { Journal } from './journal.ts';
import type { World } from './world.ts';

/** One run of a command: AWS as one identity in one region, and what the run remembers. */
export interface Run {
  readonly aws: Connection;
  readonly identity: Identity;
  readonly stacks: Stacks;
  readonly changes: StackChanges;
  readonly catalogue: Catalogue;
  readonly world: World;
  readonly journal: Journal;
  /** The journal of another stack of the same system. */
  readonly journalOf: (stack: string) => Journal;
}

/** The tokens of a run begin so; what begins so is of this tool. */
export const OURS = 'eventsystem-';

/** The token by which an operation of a run is known again. */
export function tokenOf(run: string, of: string): string {
  return `${OURS}${of}-${run}`;
}
