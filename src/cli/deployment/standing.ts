import { join } from 'node:path';
import { stop } from '../../deploy/fault.ts';
import { faults } from '../../deploy/faults.ts';
import { outputsOf } from '../../deploy/outputs.ts';
import { attachSystem, recoverSystem } from '../../deploy/siblings/recover-system.ts';
import type { Inventory, Item } from '../../deploy/inventory.ts';
import type { Kept } from '../../deploy/kept.ts';
import { remove } from '../../deploy/remove.ts';
import type { Run } from '../../deploy/run.ts';
import { reportOf, type Report } from '../../deploy/status.ts';
import type { Target } from '../../deploy/target.ts';
import { clean } from '../../compiler/diagnostics/print.ts';
import { wordOf } from '../../views/resource-words.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Project } from '../project.ts';
import type { Terminal } from '../terminal.ts';
import type { Tool } from '../tool.ts';
import { writeTogether } from '../write.ts';
import { outcome, session, tellWhere, type DeploymentValues, type StageFacts } from './session.ts';
import { known, originsIn } from './shipment.ts';

interface Opened {
  readonly run: Run;
  readonly project: Project;
  readonly stage: StageFacts;
  readonly target: Target;
}

/** A stack that stands, and AWS opened for it. */
async function opened(values: DeploymentValues, terminal: Terminal, tool: Tool, data = false): Promise<Opened | ExitCode> {
  const found = await known(values, terminal, tool);
  if (typeof found === 'number') return found;
  const { project, stage, system } = found;
  return {
    project,
    stage,
    run: await session(values, stage, project.root, terminal, tool, { data }),
    target: {
      stack: stage.stack,
      template: { AWSTemplateFormatVersion: '2010-09-09', Resources: {} },
      origins: originsIn(project, stage.name),
      stage: stage.name,
      protected: stage.protected,
      given: {},
      tags: { 'eventsystem:stage': stage.name, 'eventsystem:system': system },
      role: values.options['role-arn'],
    },
  };
}

/** `eventsystem status`. */
export async function runStatus(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const found = await opened(values, terminal, tool);
  if (typeof found === 'number') return found;
  const report = await reportOf(found.run, found.target, values.options['artifact-bucket']);
  return outcome(values, terminal, { ...report }, printReport(report, found.run.aws.region));
}

const standings: Readonly<Record<Report['standing'], string>> = {
  absent: 'is not deployed',
  proposed: 'was planned but never created',
  settled: 'is deployed',
  busy: 'is being changed',
  cleaning: 'is deployed; replaced resources are being deleted',
  stillborn: 'was not created; its empty stack remains',
  paused: 'failed in its last deployment and was not rolled back',
  broken: 'must be recovered',
  undeletable: 'could not be deleted',
  unknown: 'has an unknown status',
};

function printReport(report: Report, region: string): string {
  const { stack, standing, status, reason, changed, resources, unwell, outputs, deployments, latest, stacks = [] } = report;
  const lines = [
    `${stack} in ${region} ${standings[standing]}${status === undefined ? '' : ` (${status})`}.`,
    ...(reason === undefined ? [] : [`  ${reason}`]),
    ...(changed
      ? [`  ${resources} resources, last changed ${changed.toISOString()}${report.protected ? ', protected from deletion' : ''}`]
      : []),
    ...unwell.map((one) => `  ${one}`),
    ...stacks.flatMap((one) => [
      `  ${one.stack} ${standings[one.standing]}${one.status === undefined ? '' : ` (${one.status})`}, ${one.resources} resources`,
      ...one.unwell.map((each) => `    ${each}`),
    ]),
    ...Object.entries(outputs).map(([name, value]) => `  ${name} = ${value}`),
    ...(deployments.length === 0 ? [] : ['Deployments, latest first:']),
    ...deployments.slice(0, 10).map((id, index) => `  ${id}${index === 0 && latest ? `  by ${latest.author}${ofCommit(latest)}` : ''}`),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}

const ofCommit = ({ commit }: { readonly commit?: string }): string =>
  commit === undefined ? '' : `, commit ${commit.slice(0, 10)}${commit.endsWith('+') ? ' plus uncommitted changes' : ''}`;

/** `eventsystem outputs`. */
export async function runOutputs(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const found = await opened(values, terminal, tool, true);
  if (typeof found === 'number') return found;
  const { run, stage, project } = found;
  const stack = await run.stacks.describe(stage.stack);
  if (!stack) throw stop(faults['no-stack'], { stack: stage.stack, region: run.aws.region });
  const outputs = outputsOf(stack);
  writeTogether(join(project.root, '.eventsystem', 'outputs'), new Map([[`${stage.name}.json`, `${JSON.stringify(outputs, null, 2)}\n`]]));
  return outcome(
    values,
    terminal,
    { outputs },
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${clean(value)}\n`)
      .join(''),
  );
}

/** `eventsystem attach`. */
export async function runAttach(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const found = await opened(values, terminal, tool);
  if (typeof found === 'number') return found;
  const status = await attachSystem(found.run, found.target);
  return outcome(values, terminal, { stack: found.stage.stack, status }, `${found.stage.stack}: ${status}.\n`);
}

/** `eventsystem recover`. */
export async function runRecover(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const found = await opened(values, terminal, tool);
  if (typeof found === 'number') return found;
  const { skip = [], cancel, yes } = values.options;
  const status = await recoverSystem(found.run, found.target, { skip, cancel: cancel === true, yes: yes === true });
  return outcome(values, terminal, { stack: found.stage.stack, status }, `${found.stage.stack} is recovered (${status}).\n`);
}

/** `eventsystem remove`. */
export async function runRemove(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const found = await opened(values, terminal, tool);
  if (typeof found === 'number') return found;
  tellWhere(found.run);
  const { yes, empty = [], retain = [], json } = values.options;
  const kept = await remove(
    found.run,
    { target: found.target },
    {
      yes: yes === true,
      empty,
      retain,
      onInventory: (inventory) => (json ? undefined : terminal.out(printInventory(inventory))),
    },
  );
  const { stack } = found.stage;
  if (!kept) return outcome(values, terminal, { removed: false, stack }, `There is no stack ${stack}; nothing to remove.\n`);
  const of = (as: Kept['as']) => kept.filter((one) => one.as === as).map(({ as: _, ...rest }) => rest);
  return outcome(
    values,
    terminal,
    { removed: true, stack, retained: of('itself'), snapshots: of('snapshot') },
    `${stack} is removed.\n${keptLines(kept)}`,
  );
}

function printInventory({ stack, deleted, retained, snapshots, full }: Inventory): string {
  const section = (title: string, items: readonly Item[]) =>
    items.length === 0
      ? ''
      : `${title}\n${items.map(({ id, type, physical }) => `  ${id}  ${wordOf(type)}  ${clean(physical)}\n`).join('')}`;
  return (
    `To be removed: ${stack} and ${deleted.length} of its resources\n` +
    section('Deleted after a final snapshot', snapshots) +
    section('Kept, and still billed', retained) +
    section('Not empty', full)
  );
}

/** What outlives the stack: what it is called in AWS, and how it is taken back. */
function keptLines(kept: readonly Kept[]): string {
  const costs = kept.reduce((sum, { monthly }) => sum + monthly, 0);
  const stays = kept.filter(({ as }) => as === 'itself');
  const taken = kept.filter(({ as }) => as === 'snapshot');
  const lines = (all: readonly Kept[]) =>
    [...all]
      .sort((one, other) => (one.path ?? one.id).localeCompare(other.path ?? other.id))
      .flatMap(({ id, type, physical, arn, path, next }) => [`  ${path ?? id}  ${wordOf(type)} ${id}: ${arn ?? physical}`, `    ${next}`]);
  return [
    ...(stays.length === 0 ? [] : [`These remain${costs > 0 ? `, at about $${costs.toFixed(2)} a month in fixed costs` : ''}:`]),
    ...lines(stays),
    ...(taken.length === 0 ? [] : ['A snapshot of each of these remains, billed by size:']),
    ...lines(taken),
  ]
    .map((line) => `${clean(line)}\n`)
    .join('');
}
