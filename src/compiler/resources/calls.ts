import type { Fn } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { accessOf } from './access.ts';
import { allowedTo } from './allow.ts';
import type { Context, Statement } from './meaning.ts';

/** What a function’s own code may do, and the lines that say so. */
export function callsOf(fn: Fn, context: Context): readonly (Statement & { readonly place: Place })[] {
  return [
    ...accessOf(fn, context).flatMap(({ allowance, place }) => allowance.statements.map((statement) => ({ ...statement, place }))),
    ...allowedTo(fn, context),
  ];
}
