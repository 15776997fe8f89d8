import { starters } from '../../src/cli/starters.ts';
import { START } from './start.ts';
import { MAIN } from './workspace.ts';

/** A system to begin with: its own file, and the files beside it. */
export interface Beginning {
  readonly title: string;
  readonly text: string;
  readonly beside: ReadonlyMap<string, string>;
}

/** The system the page opens with, and what `eventsystem init` can start with. */
export const beginnings: readonly Beginning[] = [
  { title: 'a shop', text: START, beside: new Map() },
  ...Object.values(starters).map(({ doc, files }) => {
    const { [MAIN]: text = '', ...beside } = files('shop');
    return { title: doc, text: text.replace(/^# yaml-language-server:.*\n/, ''), beside: new Map(Object.entries(beside)) };
  }),
];
