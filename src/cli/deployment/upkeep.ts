import { artifactBucket } from '../../deploy/bucket.ts';
import { agrees, declined } from '../../deploy/approve.ts';
import type { StoredObject } from '../../deploy/aws/store.ts';
import { mark, sweep } from '../../deploy/collect.ts';
import { examineAll, type Check } from '../../deploy/doctor.ts';
import { endings, stop } from '../../deploy/fault.ts';
import { faults } from '../../deploy/faults.ts';
import { clean } from '../../compiler/diagnostics/print.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import type { Tool } from '../tool.ts';
import { placeOf } from './bootstrapping.ts';
import { outcome, session, type DeploymentValues } from './session.ts';

async function opened(values: DeploymentValues, terminal: Terminal, tool: Tool) {
  const found = await placeOf(values, terminal, tool);
  if (typeof found === 'number') return found;
  const { region, account } = found;
  const stage = {
    name: 'account',
    stack: 'account',
    protected: false,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
  };
  return session(values, stage, found.root, terminal, tool);
}

/** `eventsystem gc`. */
export async function runGc(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const run = await opened(values, terminal, tool);
  if (typeof run === 'number') return run;
  const store = await artifactBucket(run, values.options['artifact-bucket']);
  if (!store) throw stop(faults['not-bootstrapped'], { region: run.aws.region, account: run.identity.account });
  const { marked, waiting, cleared, due, nextDue } = await mark(run, store);
  const told = [
    ...(marked.length > 0
      ? [
          `${sized(marked)} in ${store.bucket} ${are(marked)} no longer used and now marked. \`gc\` deletes ${them(marked)} after 30 days if still unused.`,
        ]
      : []),
    ...(waiting.length > 0 && nextDue
      ? [`${sized(waiting)} ${are(waiting)} already marked; the first can be deleted on ${nextDue.toISOString().slice(0, 10)}.`]
      : []),
    ...(cleared.length > 0 ? [`${sized(cleared)} ${are(cleared)} in use again and no longer marked.`] : []),
  ];
  for (const line of told) run.world.operator.say(line);
  const counts = { marked: marked.length, waiting: waiting.length, cleared: cleared.length };
  if (due.length === 0)
    return outcome(
      values,
      terminal,
      { deleted: 0, bytes: 0, refused: 0, ...counts },
      'Nothing has been unused for 30 days; nothing is deleted.\n',
    );
  if (values.options.yes !== true) {
    if (!run.world.operator.present)
      throw stop(faults['approval-needed'], { what: ['--yes'] }, { details: [`To be deleted: ${sized(due)}`] });
    if (
      !(await agrees(
        run.world,
        `${sized(due)} in ${store.bucket} ${due.length === 1 ? 'has' : 'have'} been unused for 30 days. Delete ${them(due)} permanently? [y/N] `,
      ))
    )
      throw declined(run.world, store.bucket);
  }
  const { gone, refused } = await sweep(run, store, due);
  for (const { key, reason } of refused.slice(0, 10)) run.world.operator.say(`${key} could not be deleted: ${reason}`);
  return outcome(
    values,
    terminal,
    { deleted: gone.length, bytes: bytesOf(gone), refused: refused.length, ...counts },
    `Deleted ${sized(gone)} in ${store.bucket}${refused.length === 0 ? '' : `; ${refused.length} could not be deleted`}.\n`,
  );
}

const bytesOf = (all: readonly StoredObject[]): number => all.reduce((sum, { bytes }) => sum + bytes, 0);

const sized = (all: readonly StoredObject[]): string =>
  `${all.length} ${all.length === 1 ? 'artifact' : 'artifacts'} (${Math.ceil(bytesOf(all) / 1024)} KiB)`;

const are = ({ length }: readonly unknown[]): string => (length === 1 ? 'is' : 'are');

const them = ({ length }: readonly unknown[]): string => (length === 1 ? 'it' : 'them');

/** `eventsystem doctor`. */
export async function runDoctor(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const run = await opened(values, terminal, tool);
  if (typeof run === 'number') return run;
  const checks = await examineAll(run, values.options['artifact-bucket']);
  const bad = checks.some(({ state }) => state === 'bad');
  outcome(values, terminal, { ok: !bad, checks }, checks.map((one) => printCheck(one, terminal)).join(''));
  return bad ? endings.refused : endings.done;
}

const marks: Readonly<Record<Check['state'], string>> = { good: '✓', doubtful: '!', bad: '✗', unknown: '?' };

function printCheck({ what, state, says }: Check, { style }: Terminal): string {
  const mark = state === 'good' ? marks.good : style.severity(state === 'bad' ? 'error' : 'warning', marks[state]);
  return `${mark} ${what.padEnd(28)}  ${clean(says)}\n`;
}
