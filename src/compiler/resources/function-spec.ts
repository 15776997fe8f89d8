import type { Fn } from '../resolve/model.ts';
import { accessOf } from './access.ts';
import { isEdge } from './edge.ts';
import { functionAddress, logGroupAddress, roleAddress } from './function-address.ts';
import type { FunctionSpec } from './function-parts.ts';
import type { Context } from './meaning.ts';

/** A function of the file as one that is to be made. */
export function specOf(fn: Fn, context: Context): FunctionSpec {
  const { settings, path, place: because } = fn;
  const granted = accessOf(fn, context);
  return {
    address: functionAddress(fn),
    role: roleAddress(fn),
    logGroup: logGroupAddress(fn),
    code: context.code(fn),
    settings,
    inVpc: settings.vpc === true || granted.some(({ allowance }) => (allowance.reaches ?? []).length > 0),
    atEdge: isEdge(fn),
    dependsOn: granted.flatMap(({ allowance }) => allowance.after ?? []),
    because,
    path,
  };
}
