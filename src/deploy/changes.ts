import type { Change as CloudFormationChange, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Catalogue } from '../compiler/cloud/catalogue.ts';
import type { Origins, Template } from '../compiler/emit/emit.ts';
import type { ChangeSet, Stacks } from './aws/stacks.ts';
import { detailsOf, type Detail } from './details.ts';
import { digestOf } from './target.ts';

/** One resource that a change set changes. */
export interface Change {
  /** The logical id; behind those of the nested stacks it is in. */
  readonly id: string;
  readonly type: string;
  /** The path in the file that asked for it, and its line; nothing for what the file no longer has. */
  readonly path: string | undefined;
  readonly line: string | undefined;
  readonly action: 'add' | 'modify' | 'remove' | 'import' | 'unknown';
  /** Whether another resource takes its place. */
  readonly replaced: 'no' | 'perhaps' | 'yes';
  /** What becomes of the one that goes, where one goes. */
  readonly kept: 'no' | 'retained' | 'snapshot';
  /** It holds what cannot be made again. */
  readonly stateful: boolean;
  readonly details: readonly Detail[];
  /** What lives differs from what the stack says: somebody changed it by hand. */
  readonly drift: string | undefined;
}

export interface Reading {
  readonly origins: Origins;
  /** The template that stands, for what the file no longer has. */
  readonly before: Template | undefined;
  readonly catalogue: Catalogue;
}

/** What holds data, or an address that others know, besides what the registry calls stateful. */
const KEPT_BY_OTHERS = new Set([
  'AWS::SNS::Topic',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::CloudFront::Distribution',
  'AWS::EC2::EIP',
  'AWS::Events::Archive',
  'AWS::CloudFormation::Stack',
]);

/** Whether a resource holds data, or an address that others know. */
export function isKept(type: string, catalogue: Catalogue): boolean {
  return catalogue.resourceType(type)?.stateful === true || KEPT_BY_OTHERS.has(type);
}

/** Every change of a change set, those in nested stacks included, in the order of their ids. */
export async function changesOf(set: ChangeSet, stacks: Stacks, reading: Reading, within = ''): Promise<readonly Change[]> {
  const all = await Promise.all(
    (set.Changes ?? []).map(async (one: CloudFormationChange) => {
      const change = one.ResourceChange;
      if (!change?.LogicalResourceId) return [];
      const own = changeOf(change, reading, within);
      const nested = change.ChangeSetId
        ? await changesOf(await stacks.changeSet(change.ChangeSetId, true), stacks, reading, `${own.id}/`)
        : [];
      return [own, ...nested];
    }),
  );
  return all.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

function changeOf(change: ResourceChange, { origins, before, catalogue }: Reading, within: string): Change {
  const {
    LogicalResourceId: own = '',
    ResourceType: type = '',
    Action: action,
    Replacement: replacement,
    PolicyAction: policy,
    Details: details = [],
  } = change;
  const origin = within === '' && Object.hasOwn(origins, own) ? origins[own] : undefined;
  return {
    id: within + own,
    type,
    path: origin?.path ?? (within === '' ? before?.Resources[own]?.Metadata?.eventsystem?.path : undefined),
    line: origin && `${origin.file}:${origin.line}`,
    action: actions[action ?? ''] ?? 'unknown',
    replaced: replacedBy(action, replacement, policy, details),
    kept:
      policy === 'Retain' || policy === 'ReplaceAndRetain'
        ? 'retained'
        : policy === 'Snapshot' || policy === 'ReplaceAndSnapshot'
          ? 'snapshot'
          : 'no',
    stateful: isKept(type, catalogue),
    details: detailsOf(details),
    drift: ['MODIFIED', 'DELETED', 'UNKNOWN'].includes(change.ResourceDriftStatus ?? '') ? change.ResourceDriftStatus : undefined,
  };
}

const actions: Readonly<Record<string, Change['action']>> = { Add: 'add', Modify: 'modify', Remove: 'remove', Import: 'import' };

/** What is not known for sure counts as “perhaps”: a word of CloudFormation’s that is newer than this list, too. */
function replacedBy(
  action: string | undefined,
  replacement: string | undefined,
  policy: string | undefined,
  details: readonly ResourceChangeDetail[],
): Change['replaced'] {
  if (action === 'Add' || action === 'Remove' || action === 'Import') return 'no';
  if (replacement === 'True' || policy?.startsWith('ReplaceAnd')) return 'yes';
  if (action !== 'Modify' || replacement === 'Conditional' || (replacement !== undefined && replacement !== 'False')) return 'perhaps';
  return details.some(
    ({ Target: target, Evaluation: evaluation }) => evaluation === 'Dynamic' && (target?.RequiresRecreation ?? 'Never') !== 'Never',
  )
    ? 'perhaps'
    : 'no';
}

/** Something is lost, or may be: data, or the address by which others know it. */
export function destroys({ stateful, action, replaced, kept, drift }: Change): boolean {
  if (!stateful) return false;
  if (drift === 'DELETED') return true;
  if (action === 'remove') return kept === 'no';
  return replaced !== 'no' || action === 'unknown';
}

/** Nothing about it is written otherwise: it refers to something that changes, or may. */
export function follows({ action, details, replaced, stateful }: Change): boolean {
  return (
    action === 'modify' &&
    details.length > 0 &&
    details.every((one) => one.follows) &&
    !(stateful && replaced !== 'no') &&
    replaced !== 'yes'
  );
}

/** What was approved: the same changes have the same digest, in whatever order CloudFormation tells them. */
export function digestOfChanges(changes: readonly Change[]): string {
  return digestOf(
    JSON.stringify(
      changes.map(({ id, type, action, replaced, kept, details, drift }) => [
        id,
        type,
        action,
        replaced,
        kept,
        drift ?? null,
        details.map(({ path, replaces, before, after }) => [path, replaces, before ?? null, after ?? null]).sort(),
      ]),
    ),
  );
}
