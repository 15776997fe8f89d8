import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Stop, stop } from '../../deploy/fault.ts';
import { faults } from '../../deploy/faults.ts';
import { outputsOf } from '../../deploy/outputs.ts';
import { printReview } from '../../deploy/print-review.ts';
import { transient } from '../../deploy/remedies.ts';
import { earlier } from '../../deploy/rollback.ts';
import type { Review } from '../../deploy/review.ts';
import type { Run } from '../../deploy/run.ts';
import type { Shipped, ShipOptions } from '../../deploy/ship.ts';
import { applySystem, diffSystem, prepareSystem, systemPlanFrom } from '../../deploy/siblings/plan-system.ts';
import { shipSystem } from '../../deploy/siblings/ship-system.ts';
import type { Shipment } from '../../deploy/shipment.ts';
import { clean } from '../../compiler/diagnostics/print.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { shown, type Project } from '../project.ts';
import type { Terminal } from '../terminal.ts';
import type { Tool } from '../tool.ts';
import { writeTogether } from '../write.ts';
import { bootstrapFirst } from './bootstrapping.ts';
import { shipOptions } from './options.ts';
import { outcome, session, tellWhere, type DeploymentValues } from './session.ts';
import { known, originsIn, prepared } from './shipment.ts';

/** `eventsystem deploy`. */
export async function runDeploy(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  if (contradict(values, terminal)) return exitCodes.usage;
  const made = await prepared(values, terminal, tool);
  if (typeof made === 'number') return made;
  const { shipments, stage, project, artifacts } = made;
  const run = await session(values, stage, project.root, terminal, tool);
  tellWhere(run);
  const options = shipOptions(values, terminal);
  const again = values.options['retry-transient'] === true;
  const shipped = await bootstrapFirst(run, artifacts, values, terminal, () => shippedOnce(run, shipments, options, again));
  return finished(run, shipped, project, stage.name, values, terminal);
}

/** CloudFormation takes one of the two. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
function contradict({ options }: DeploymentValues, terminal: Terminal): boolean {
  if (!options.ephemeral || !options['no-rollback']) return false;
  terminal.err('--ephemeral deletes a stack whose creation fails, and --no-rollback keeps it: use only one of them.\n');
  return true;
}

/** Deploys, and once more where it failed of something that passes by itself. */
async function shippedOnce(run: Run, shipments: readonly Shipment[], options: ShipOptions, again: boolean): Promise<Shipped> {
  try {
    return await shipSystem(run, shipments, options);
  } catch (error) {
    if (!(again && error instanceof Stop && error.ends === 'rolledBack' && error.details.some(transient))) throw error;
    run.world.operator.say('The failure was transient; deploying once more.');
    return shipSystem({ ...run, world: { ...run.world, run: run.world.run.split('').reverse().join('') } }, shipments, options);
  }
}

/** `eventsystem diff`. */
export async function runDiff(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const made = await prepared(values, terminal, tool);
  if (typeof made === 'number') return made;
  const run = await session(values, made.stage, made.project.root, terminal, tool);
  tellWhere(run);
  const found = await diffSystem(run, made.shipments, { ...shipOptions(values, terminal), older: 'tell' });
  if (!found)
    return outcome(
      values,
      terminal,
      { unchanged: true, stack: made.stage.stack },
      `${made.stage.stack} is up to date; nothing would change.\n`,
    );
  return outcome(values, terminal, { unchanged: false, review: found.review }, printed(found.reviews, terminal));
}

/** `eventsystem plan -o FILE`. */
export async function runPlan(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const made = await prepared(values, terminal, tool);
  if (typeof made === 'number') return made;
  const run = await session(values, made.stage, made.project.root, terminal, tool);
  tellWhere(run);
  const planned = await prepareSystem(run, made.shipments, shipOptions(values, terminal));
  if (!planned)
    return outcome(
      values,
      terminal,
      { unchanged: true, stack: made.stage.stack },
      `${made.stage.stack} is up to date; there is nothing to plan.\n`,
    );
  const path = resolve(terminal.cwd, values.options.out ?? 'plan.json');
  writeTogether(dirname(path), new Map([[path.slice(dirname(path).length + 1), `${JSON.stringify(planned.file, null, 2)}\n`]]));
  const file = shown(path, terminal.cwd);
  const { review, reviews } = planned;
  return outcome(
    values,
    terminal,
    { unchanged: false, review, file },
    `${printed(reviews, terminal)}\nWrote the plan to ${clean(file)} (digest ${review.digest.slice(0, 12)}). Execute it with \`eventsystem apply ${clean(file)}\`.\n`,
  );
}

function printed(reviews: readonly Review[], terminal: Terminal): string {
  return reviews.map((one) => printReview(one, terminal)).join('\n');
}

/** `eventsystem apply PLAN`. */
export async function runApply(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const path = resolve(terminal.cwd, values.argument ?? '');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    terminal.err(`There is no file ${clean(values.argument ?? '')}.\n`);
    return exitCodes.usage;
  }
  const file = systemPlanFrom(text, shown(path, terminal.cwd));
  const all = 'stacks' in file ? file.stacks.map(({ shipment }) => shipment) : [file.shipment];
  const main = all.find(({ target }) => target.template.Metadata) ?? all[0];
  if (!main) throw stop(faults['plan-file'], { file: shown(path, terminal.cwd), detail: 'it contains no stack' });
  const { target } = main;
  const root = dirname(path);
  const stage = { name: target.stage, stack: target.stack, protected: target.protected, region: file.region, account: file.account };
  const run = await session(values, stage, root, terminal, tool);
  tellWhere(run);
  const shipped = await applySystem(run, file, shipOptions(values, terminal));
  return finished(run, shipped, { root, main: '' }, target.stage, values, terminal);
}

/** `eventsystem rollback`. */
export async function runRollback(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  if (contradict(values, terminal)) return exitCodes.usage;
  const found = await known(values, terminal, tool);
  if (typeof found === 'number') return found;
  const { project, stage, system } = found;
  const run = await session(values, stage, project.root, terminal, tool);
  tellWhere(run);
  const target = {
    stack: stage.stack,
    template: { AWSTemplateFormatVersion: '2010-09-09' as const, Resources: {} },
    origins: originsIn(project, stage.name),
    stage: stage.name,
    protected: stage.protected,
    given: {},
    tags: { 'eventsystem:stage': stage.name, 'eventsystem:system': system },
    role: values.options['role-arn'],
  };
  const shipments = await earlier(run, target, values.options.to, values.options['artifact-bucket']);
  // That it is older is what was asked for.
  const shipped = await shipSystem(run, shipments, { ...shipOptions(values, terminal), older: 'let' });
  return finished(run, shipped, project, stage.name, values, terminal);
}

/** Keeps what the stack tells, and says how it went. */
function finished(
  { world, aws }: Run,
  { stack, unchanged, review }: Shipped,
  project: Project,
  stage: string,
  values: DeploymentValues,
  terminal: Terminal,
): ExitCode {
  const outputs = outputsOf(stack);
  writeTogether(join(project.root, '.eventsystem', 'outputs'), new Map([[`${stage}.json`, `${JSON.stringify(outputs, null, 2)}\n`]]));
  const lines = Object.entries(outputs).map(([name, value]) => `  ${name} = ${clean(value)}\n`);
  const text = unchanged ? `${stack.StackName ?? ''} in ${aws.region} is up to date; nothing was changed.\n` : '';
  return outcome(
    values,
    terminal,
    { unchanged, stack: stack.StackName, status: stack.StackStatus, outputs, run: world.run, ...(review && { review }) },
    text + lines.join(''),
  );
}
