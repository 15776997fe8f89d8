import type { DeletionPolicy } from '../cloud/part.ts';
import type { Model } from '../resolve/model.ts';

interface Said {
  readonly deletion?: 'retain' | 'snapshot' | 'delete' | undefined;
  readonly deletionProtection?: boolean | undefined;
}

interface Keeping {
  readonly deletion: DeletionPolicy;
  readonly replaced: 'Delete' | 'Retain' | 'Snapshot';
}

/**
 * What becomes of data when its resource goes. Without a word it stays, unless its very creation failed: a leftover of
 * a failed creation would only be in the way of the next try.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
export function keeping({ deletion }: Said, model: Model): Keeping {
  switch (deletion) {
    case 'delete':
      return { deletion: 'Delete', replaced: 'Delete' };
    case 'snapshot':
      return { deletion: 'Snapshot', replaced: 'Snapshot' };
    case 'retain':
      return { deletion: 'Retain', replaced: 'Retain' };
    default:
      return { deletion: model.protected ? 'Retain' : 'RetainExceptOnCreate', replaced: 'Retain' };
  }
}

/** Whether AWS refuses to delete it: as said, else in protected stages. */
export function deletionProtected(settings: Said, model: Model): boolean {
  return settings.deletionProtection ?? model.protected;
}
