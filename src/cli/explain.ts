import { allFaults } from '../deploy/faults.ts';
import { endings } from '../deploy/fault.ts';
import { clean, wrapped } from './text.ts';
import { allProblems, fixForm, formOf, messageForm } from '../compiler/problems.ts';
import { nearest } from '../compiler/text/suggest.ts';
import type { ValuesOf } from './commands.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `eventsystem explain CODE`: what a finding says, or the end of a deployment; why, what to do, and where AWS says so. */
export function runExplain({ argument: code = '' }: ValuesOf<'explain'>, { out, err, style }: Terminal): ExitCode {
  const fault = allFaults.find((one) => one.code === code);
  if (fault) {
    const lines = [
      style.severity('error', `error[${fault.code}], exit code ${endings[fault.ends]}`),
      ...wrapped('', formOf(fault.message)).map(style.strong),
      '',
      ...wrapped('', fault.why),
      '',
      ...wrapped('next: ', formOf(fault.next)),
      ...(fault.page === undefined ? [] : ['', style.faint(fault.page)]),
    ];
    out(`${lines.join('\n')}\n`);
    return exitCodes.ok;
  }
  const problem = allProblems.find((one) => one.code === code);
  if (!problem) {
    const meant = nearest(
      code,
      [...allProblems, ...allFaults].map((one) => one.code),
    );
    err(`There is no finding \`${clean(code)}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}\n`);
    return exitCodes.usage;
  }
  const fix = fixForm(problem);
  const lines = [
    style.severity(problem.severity, `${problem.severity}[${problem.code}]`),
    ...wrapped('', messageForm(problem)).map(style.strong),
    '',
    ...wrapped('', problem.why),
    ...(fix === undefined ? [] : ['', ...wrapped('fix: ', fix)]),
    ...(problem.page === undefined ? [] : ['', style.faint(problem.page)]),
  ];
  out(`${lines.join('\n')}\n`);
  return exitCodes.ok;
}
