import type { CodedFault } from './fault.ts';
import { artifactFaults } from './faults/artifacts.ts';
import { entryFaults } from './faults/entry.ts';
import { outcomeFaults } from './faults/outcomes.ts';
import { planningFaults } from './faults/planning.ts';

/** Every way in which a command of deployment ends before its time. */
export const faults = { ...entryFaults, ...artifactFaults, ...planningFaults, ...outcomeFaults };

/** All of them, by their codes. */
export const allFaults: readonly CodedFault<never>[] = Object.values(faults).sort((a, b) => (a.code < b.code ? -1 : 1));
