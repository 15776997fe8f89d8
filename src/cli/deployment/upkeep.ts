import { artifactBucket } from '../../deploy/bucket.ts';
import { garbageIn } from '../../deploy/collect.ts';
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
  const garbage = await garbageIn(run, store);
  const bytes = garbage.reduce((sum, one) => sum + one.bytes, 0);
  const what = `${garbage.length} artifacts, ${Math.ceil(bytes / 1024)} KiB, in ${store.bucket}`;
  if (garbage.length === 0)
    return outcome(values, terminal, { deleted: 0, bytes: 0 }, 'Nothing that is older than 30 days is without use.\n');
  if (values.options.yes !== true) {
    if (!run.world.operator.present) throw stop(faults['approval-needed'], { what: ['--yes'] });
    const answer = await run.world.operator.ask(`Delete ${what}? [y/N] `);
    if (!/^y/i.test(answer?.trim() ?? '')) throw stop(faults['declined'], { stack: store.bucket });
  }
  let refused = 0;
  for (let at = 0; at < garbage.length; at += 1000)
    refused += (await store.delete(garbage.slice(at, at + 1000).map(({ key }) => ({ key, version: undefined })))).length;
  return outcome(
    values,
    terminal,
    { deleted: garbage.length - refused, refused, bytes },
    `Deleted ${what}${refused === 0 ? '' : `, but ${refused} would not go`}. Their last versions stay for 30 days.\n`,
  );
}

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
