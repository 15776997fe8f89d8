import { artifactBucket } from '../bucket.ts';
import type { Store } from '../aws/store.ts';
import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import type { Run } from '../run.ts';
import type { Plan, ShipOptions } from '../ship.ts';
import { isSettled, type Standing } from '../standing.ts';
import { keysIn, type Shipment } from '../shipment.ts';
import { parametersOf } from '../target.ts';
import { handedTo, withGiven, type States } from './handed.ts';
import type { Standings } from './standing.ts';

/** One stack on the way of a system’s deployment. */
export interface Leg {
  /** The run with a name and a journal of the stack’s own. */
  readonly run: Run;
  readonly shipment: Shipment;
  readonly standing: Standing;
  /** The stack was on the way before: now what is left is taken from it. */
  readonly after?: true;
}

/** A leg with what CloudFormation plans for it. */
export interface PlannedLeg extends Leg {
  /** Nothing where nothing changes, or where what the stack is handed is not there yet. */
  readonly plan: Plan | undefined;
  /** The values it was planned with. */
  readonly handed: Readonly<Record<string, string>> | undefined;
}

/** Each stack of a system with what stands of it, and the bucket all their code goes to; no bucket where nothing differs. */
export async function legsOf(
  run: Run,
  shipments: readonly Shipment[],
  standings: Standings,
  options: Pick<ShipOptions, 'bucket' | 'force' | 'revertDrift'>,
): Promise<{ readonly legs: readonly Leg[]; readonly store: Store | undefined }> {
  const bare = shipments.map((shipment) => legOf(run, shipment, standings));
  const has = bare.map(({ standing }) => bucketIn(standing)).find((one) => one !== undefined);
  const known = options.bucket ?? has;
  const states = statesOf(standings);
  const given = (bucket: string) => bare.map((leg) => ({ ...leg, shipment: withGiven(leg.shipment, { ArtifactBucket: bucket }) }));
  if (known !== undefined && given(known).every((leg) => isAsItShouldBe(leg, states, options)))
    return { legs: given(known), store: undefined };
  const store = await artifactBucket(run, known);
  if (!store) throw stop(faults['not-bootstrapped'], { region: run.aws.region, account: run.identity.account });
  return { legs: given(store.bucket), store };
}

function legOf(run: Run, shipment: Shipment, standings: Standings): Leg {
  const { target } = shipment;
  const keys = keysIn(target.template);
  return {
    run: runOf(run, target.stack),
    shipment: { ...shipment, assets: shipment.assets.filter(({ key }) => keys.has(key)) },
    standing: standings.get(target.stack) ?? { stack: undefined, template: undefined, text: undefined },
  };
}

/** The same run for one stack: its tokens and change sets are called after it, and it has a journal of its own. */
export function runOf(run: Run, stack: string): Run {
  return { ...run, world: { ...run.world, run: `${run.world.run}-${stack}`.slice(0, 90) }, journal: run.journalOf(stack) };
}

/** The same run, for another change of the same stack: its tokens are no longer those of the first. */
export function anew(run: Run): Run {
  return { ...run, world: { ...run.world, run: `${run.world.run}-2` } };
}

function bucketIn({ stack }: Standing): string | undefined {
  return stack?.Parameters?.find(({ ParameterKey: name }) => name === 'ArtifactBucket')?.ParameterValue;
}

export function statesOf(standings: Standings): States {
  return new Map([...standings].map(([name, { stack, template }]) => [name, template ? stack : undefined]));
}

/** Whether a stack is what it is to become, given what the stacks before it are. */
export function isAsItShouldBe(
  { shipment, standing }: Leg,
  states: States,
  { force, revertDrift }: Pick<ShipOptions, 'force' | 'revertDrift'>,
): boolean {
  const { stack } = standing;
  const handed = handedTo(shipment.target, states);
  if (force || revertDrift || !stack || !standing.template || handed === undefined) return false;
  return isSettled(withGiven(shipment, handed), standing, stack);
}

/** Ends before anything is done where a parameter will have no value. */
export function refuseMissing({ shipment: { target }, standing }: Leg): void {
  const later = Object.fromEntries(Object.keys(target.handed ?? {}).map((name) => [name, '']));
  parametersOf({ ...target, given: { ...target.given, ...later } }, standing.stack);
}
