import type { SdkCall } from '../cloud/sdk-call.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Fn } from '../resolve/model.ts';
import { callsOf } from '../resources/calls.ts';
import type { Context } from '../resources/meaning.ts';
import { actionOf } from './sdk-actions.ts';

export const proveProblems = problems({
  'call-without-grant': {
    severity: 'warning',
    message: ({ title, command, action, file }: { title: string; command: string; action: string; file: string }) =>
      `\`${file}\` sends \`${command}\`, and nothing grants \`${title}\` the action \`${action}\`.`,
    why: 'The call would be refused at run time. Grant it with `access`, or with a line of `allow` for what no declared thing stands for. A command that is imported and never sent for this function can be accepted.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html',
  },
});

/** Compares the calls seen in a function’s code with what it was granted. */
export function prove(context: Context, callsIn: (fn: Fn) => readonly SdkCall[], report: Report): void {
  for (const fn of context.model.functions) {
    const granted = new Set(callsOf(fn, context).flatMap(({ actions }) => actions));
    for (const call of callsIn(fn)) {
      const action = actionOf(call, context.catalogue);
      if (action === undefined || granted.has(action)) continue;
      report(proveProblems['call-without-grant'], fn.handlerPlace, { title: fn.title, command: call.command, action, file: call.file });
    }
  }
}
