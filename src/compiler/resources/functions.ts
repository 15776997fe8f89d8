import type { Part } from '../cloud/part.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Fn } from '../resolve/model.ts';
import { asyncDemands, asyncParts, verifyAsync } from './async.ts';
import { accessOf, verifyAccess } from './access.ts';
import { allowedTo, verifyAllow } from './allow.ts';
import { callsOf } from './calls.ts';
import type { Demand } from './demand.ts';
import { environmentOf, verifyEnvironment } from './environment.ts';
import { functionAddress, roleAddress } from './function-address.ts';
import { functionParts } from './function-parts.ts';
import { verifySettings } from './function-settings.ts';
import { specOf } from './function-spec.ts';
import { versionPart } from './function-version.ts';
import type { Context, Destination, Member, SystemMeaning } from './meaning.ts';

/** Every function, wherever it was declared: in a section, in a route, in an authorizer. */
export const functions: SystemMeaning = {
  verify(context, report) {
    for (const fn of whole(context)) verifyFunction(fn, context, report);
  },
  demands: (context) => whole(context).flatMap((fn) => demandsOf(fn, context)),
  members: (context) => whole(context).flatMap((fn) => memberOf(fn, context) ?? []),
  expand: (context) => context.model.functions.flatMap((fn) => expandFunction(fn, context)),
};

/** Functions whose settings are whole: what is wrong with the others was reported. */
const whole = ({ model }: Context): readonly Fn[] => model.functions.filter(({ written }) => !written.broken);

function verifyFunction(fn: Fn, context: Context, report: Report): void {
  verifyAccess(fn, context, report);
  verifyAllow(fn, context, report);
  verifySettings(fn, context, report);
  verifyEnvironment(fn, context, report);
  verifyAsync(fn, context, report);
}

function demandsOf(fn: Fn, context: Context): readonly Demand[] {
  return [
    ...accessOf(fn, context).flatMap(({ thing, place, allowance }) =>
      (allowance.needs ?? []).map((need) => ({ on: thing, need, because: place }) as Demand),
    ),
    ...asyncDemands(fn),
  ];
}

/** The function as one that lives in the VPC: because it says so, or because something it uses is only there. */
function memberOf(fn: Fn, context: Context): Member | undefined {
  const granted = accessOf(fn, context);
  const reached = granted.flatMap(({ allowance }) => allowance.reaches ?? []);
  if (fn.settings.vpc !== true && reached.length === 0) return undefined;
  return {
    fn: functionAddress(fn),
    role: roleAddress(fn),
    title: fn.title,
    reaches: [...reached, ...egressOf(fn)],
    calls: callsOf(fn, context),
    because: fn.place,
    path: fn.path,
  };
}

function egressOf(fn: Fn): readonly Destination[] {
  const written = fn.written.at('egress');
  return (fn.settings.egress ?? []).map(({ port, to }, index) => ({
    to: 'range',
    range: to,
    port,
    place: written.parts.get(String(index))?.place ?? written.place,
  }));
}

function expandFunction(fn: Fn, context: Context): readonly Part[] {
  const { path } = fn;
  const spec = specOf(fn, context);
  const granted = accessOf(fn, context);
  const to = roleAddress(fn);
  return [
    ...functionParts(spec, context),
    ...(spec.atEdge ? [versionPart(fn, spec, context)] : []),
    ...granted.flatMap(({ thing, verb, place, allowance }) =>
      allowance.statements.map((statement): Part => ({
        part: 'grant',
        to,
        ...statement,
        by: 'code',
        reason: `${verb} ${thing.name}`,
        because: place,
        path: `${path}.access.${thing.name}`,
      })),
    ),
    ...allowedTo(fn, context).map(({ place, ...statement }): Part => ({
      part: 'grant',
      to,
      ...statement,
      by: 'code',
      reason: 'granted by `allow`',
      because: place,
      path: `${path}.allow`,
    })),
    ...environmentOf(fn, context),
    ...asyncParts(fn, context),
  ];
}
