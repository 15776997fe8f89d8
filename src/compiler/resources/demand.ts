import type { Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';

/** What one construct needs of another’s resource, by the kind of thing it is; the owner folds it in. */
export interface Needs {
  databases:
    { readonly user: string; readonly access: 'write' | 'read' | 'login'; readonly by: 'iam' | 'secret' } | { readonly dataApi: true };
}

export interface Demand<K extends keyof Needs = keyof Needs> {
  readonly on: Thing<K>;
  readonly need: Needs[K];
  readonly because: Place;
}
