import type { Tree } from '../tree.ts';
import type { Change } from './compare.ts';
import type { Made, Settings, Stack } from './stack.ts';

/** A change set, from its request to its execution. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT';
  readonly created: Date;
  readonly made: Made;
  readonly settings: Settings;
  readonly description: string | undefined;
  readonly clientToken: string | undefined;
  readonly request: Tree;
  readonly onStackFailure: string | undefined;
  readonly includeNestedStacks: boolean;
  readonly importExistingResources: boolean;
  readonly deploymentMode: string | undefined;
  readonly toImport: readonly Tree[];
  readonly parent: ChangeSet | undefined;
  readonly operationId: string;
  status: string;
  statusReason: string | undefined;
  executionStatus: string;
  changes: readonly Change[];
  /** Changes that are left out when property values are asked for, with the warning AWS then gives. */
  hidden: readonly string[];
  executedWith: string | undefined;
  hooks: Tree[];
}
