import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import type { Shipment } from '../shipment.ts';
import type { Standings } from './standing.ts';

/** A resource that stands in one stack and would be made in another. */
export interface Move {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

/** What is made anew without a loss: it holds nothing, and nobody knows its name. */
const REMADE = new Set([
  'AWS::Lambda::Permission',
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Policy',
  'AWS::CloudFormation::WaitConditionHandle',
]);

/** What stands in another stack than it is wanted in. */
export function movesOf(standings: Standings, shipments: readonly Shipment[]): readonly Move[] {
  const wanted = new Map(
    shipments.flatMap(({ target }) => Object.keys(target.template.Resources).map((id) => [id, target.stack] as const)),
  );
  const stays = (id: string, stack: string) => standings.get(stack)?.template?.Resources[id] !== undefined;
  return [...standings].flatMap(([from, { template }]) =>
    Object.entries(template?.Resources ?? {}).flatMap(([id, { Type: type }]) => {
      const to = wanted.get(id);
      return to === undefined || to === from || REMADE.has(type) || stays(id, to) ? [] : [{ id, type, from, to }];
    }),
  );
}

/**
 * Refuses what would be deleted in one stack and made anew, empty, in another. CloudFormation could move resources between stacks,
 * but not into stacks with new parameters, nor what names itself by its stack.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html
 */
export function refuseMoves(standings: Standings, shipments: readonly Shipment[], main: string): void {
  const moves = movesOf(standings, shipments);
  if (moves.length === 0) return;
  const known = standings.get(main)?.template?.Metadata?.eventsystem;
  const now = shipments.find(({ target }) => target.stack === main)?.target.template.Metadata?.eventsystem;
  const form = known ? `stacks: { functions: ${known.functions}, wiring: ${known.wiring} }` : 'stacks: one';
  throw stop(
    faults['stacks-differ'],
    {
      stack: main,
      count: moves.length,
      form,
      because: !known ? 'one' : known.functions === now?.functions && known.wiring === now.wiring ? 'tie' : 'counts',
    },
    {
      details: [
        ...moves.slice(0, 8).map(({ id, type, from, to }) => `${id} (${type}) is in ${from} and would be created again in ${to}`),
        ...(moves.length > 8 ? [`… and ${moves.length - 8} more.`] : []),
      ],
    },
  );
}
