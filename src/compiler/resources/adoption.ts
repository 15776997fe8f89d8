import type { Resource } from '../cloud/part.ts';
import type { Value } from '../cloud/value.ts';
import type { Text } from '../resolve/model.ts';
import { existing, type Existing } from './existing.ts';
import type { Context, Piece } from './meaning.ts';

interface Said {
  readonly adopt?: Text | undefined;
  readonly physicalName?: string | undefined;
}

/** What stands behind the last `:` or `/` of an ARN or an address: a name, or an id. */
export const lastPart = (written: string): string => written.slice(Math.max(written.lastIndexOf(':'), written.lastIndexOf('/')) + 1);

/** What the thing is called in AWS, where the file says so: what is adopted keeps its name. */
export function nameInAws({ adopt, physicalName }: Said, context: Context): Piece | undefined {
  return existing(adopt, context)?.name ?? physicalName;
}

/**
 * Of a resource that takes in what exists: how CloudFormation finds it, by the primary identifier of its type. It must have a
 * deletion policy; what says none is kept. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export function adopting(
  { adopt }: Said,
  context: Context,
  identifier: (found: Existing) => Readonly<Record<string, Value>>,
): Pick<Resource, 'adopts' | 'deletion' | 'replaced'> {
  const found = existing(adopt, context);
  return found ? { deletion: 'Retain', replaced: 'Retain', adopts: identifier(found) } : {};
}
