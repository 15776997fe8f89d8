import type { Done, Stack, StackResource } from './stack.ts';

/** Remembers what is about to be done, once for each resource: how it was when the stack was last stable. */
export function remember(stack: Stack, resource: StackResource, did: Done['did']): void {
  const { undo } = stack;
  const { logicalId, type: _, ...before } = resource;
  const known = undo?.done.find((one) => one.logicalId === logicalId);
  if (!known) return void undo?.done.push({ logicalId, did, before: { ...before } });
  if (did !== 'replace') return;
  // Replaced once more before the stack was stable: what was between goes.
  if (known.did !== 'update') undo?.discarded.push({ ...resource });
  else undo?.done.splice(undo.done.indexOf(known), 1, { ...known, did });
}

/** What others have taken the place of. */
export const replaced = ({ undo, resources }: Stack): readonly StackResource[] =>
  (undo?.done ?? []).flatMap(({ logicalId, before, did }) => {
    const now = resources.get(logicalId);
    return did === 'replace' && before && now && before.physicalId !== now.physicalId ? [{ ...before, logicalId, type: now.type }] : [];
  });
