import type { Written } from '../check/written.ts';
import type { SdkCall } from '../cloud/sdk-call.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { fixing, granting, oneOf, type Granting } from '../edit/fixes.ts';
import type { Fn } from '../resolve/model.ts';
import { verbsFor } from '../resources/access.ts';
import { callsOf } from '../resources/calls.ts';
import type { Context } from '../resources/meaning.ts';
import { actionOf } from './sdk-actions.ts';

export const proveProblems = problems({
  'call-without-grant': {
    severity: 'warning',
    message: ({ title, command, action, file }: { title: string; command: string; action: string; file: string }) =>
      `\`${file}\` sends \`${command}\`, but nothing grants \`${title}\` the action \`${action}\`.`,
    why: 'The call would be denied at run time. Grant it with `access`, or with `allow` for what this file does not declare. If this function imports the command but never sends it, accept the finding.',
    fix: ({ ways }: { ways: readonly Granting[] }) =>
      oneOf(ways.map((way) => fixing(`Add \`access: { ${way.name}: ${way.verb} }\``, granting(way)))),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html',
  },
});

/** The verbs that would grant an action, on whatever is declared of its service. */
function waysTo(action: string, fn: Fn, context: Context): readonly Granting[] {
  const access = (fn.written as Written).parts.get('access');
  return verbsFor(action, fn, context).map(({ thing, verb }) => {
    const entry = access?.parts.get(thing.called);
    return { name: thing.called, verb, fn: fn.place, access: access?.key, entry: entry?.key };
  });
}

/** Compares the calls seen in a function’s code with what it was granted. */
export function prove(context: Context, callsIn: (fn: Fn) => readonly SdkCall[], report: Report): void {
  for (const fn of context.model.functions) {
    const granted = new Set(callsOf(fn, context).flatMap(({ actions }) => actions));
    for (const call of callsIn(fn)) {
      const action = actionOf(call, context.catalogue);
      if (action === undefined || granted.has(action)) continue;
      report(proveProblems['call-without-grant'], fn.handlerPlace, {
        title: fn.title,
        command: call.command,
        action,
        file: call.file,
        ways: waysTo(action, fn, context),
      });
    }
  }
}
