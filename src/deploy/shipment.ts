import type { Template } from '../compiler/emit/emit.ts';
import type { Target } from './target.ts';

/** A file of code, under the key by which the template names it. */
export interface Asset {
  readonly key: string;
  /** Where it lies, absolute. */
  readonly file: string;
  readonly bytes: number;
  /** What it is the code of, for messages. */
  readonly functions: readonly string[];
}

/** What is deployed: a stack’s template, and the code it names. */
export interface Shipment {
  readonly system: string;
  readonly target: Target;
  readonly assets: readonly Asset[];
  /** The commit that the code is of, where version control tells; with a `+` where files were changed since. */
  readonly commit?: string;
}

/** The keys of code that a template names. */
export function keysIn(template: Template | undefined): ReadonlySet<string> {
  const keys = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries(value)) {
      if ((name === 'S3Key' || name === 'Key') && typeof item === 'string') keys.add(item);
      look(item);
    }
  };
  look(template?.Resources);
  return keys;
}
