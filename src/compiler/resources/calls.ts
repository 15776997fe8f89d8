import type { Fn } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { accessOf } from './access.ts';
import { allowedTo } from './allow.ts';
import type { Context, Statement } from './meaning.ts';

/**
 * What a function’s own code calls, and the lines that say so. What a service does in its name is no call of its code:
 * Kinesis asks KMS itself, so no road to KMS is needed. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function callsOf(fn: Fn, context: Context): readonly (Statement & { readonly place: Place })[] {
  return [
    ...accessOf(fn, context).flatMap(({ allowance, place }) =>
      allowance.statements.filter(isOwn).map((statement) => ({ ...statement, place })),
    ),
    ...allowedTo(fn, context),
  ];
}

const isOwn = ({ when }: Statement): boolean => when?.['StringEquals']?.['kms:ViaService'] === undefined;
