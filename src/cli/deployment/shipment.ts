import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainStyle } from '../../compiler/diagnostics/print.ts';
import type { Artifacts } from '../../compiler/compile.ts';
import type { Shipment } from '../../deploy/shipment.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { counted, formatFindings } from '../formats.ts';
import { placesFrom, relocated } from '../places.ts';
import { shown, type Project } from '../project.ts';
import type { Terminal } from '../terminal.ts';
import { versionOf, type Tool } from '../tool.ts';
import { parametersGiven, projectOf, type DeploymentValues, type StageFacts } from './session.ts';

/** What is to be deployed, and where from. */
export interface Prepared {
  readonly project: Project;
  readonly stage: StageFacts;
  /** One for each stack, in the order they are deployed. */
  readonly shipments: readonly Shipment[];
  readonly artifacts: Artifacts;
}

/** Compiles what is to be deployed; findings are told, and an error is the end. */
export async function prepared(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<Prepared | ExitCode> {
  const { stage } = values.options;
  const compiler = await tool.load('compile');
  const built = await compiler.built({ argument: values.argument, options: stage === undefined ? {} : { stage } }, terminal, tool);
  if (typeof built === 'number') return built;
  const { project, artifacts, findings, out } = built;
  const told = relocated(findings, project.root, placesFrom(terminal, 'text'));
  const write = values.options.json ? terminal.err : terminal.out;
  if (told.length > 0) {
    const style = values.options.json ? plainStyle : terminal.style;
    write(
      `${formatFindings(told, 'text', style, () => versionOf(tool))}${counted(told)} in ${shown(join(project.root, project.main), terminal.cwd)}.\n\n`,
    );
  }
  if (!artifacts) return exitCodes.findings;
  const { model } = artifacts.system;
  const { system, assets } = artifacts.manifest;
  const code = assets.map(({ file, bytes, functions }) => ({ key: `assets/${file}`, file: join(out, 'assets', file), bytes, functions }));
  return {
    project,
    artifacts,
    stage: stageOf(model),
    shipments: artifacts.stacks.map(({ name, template, handed }) => ({
      system,
      target: {
        stack: name,
        template,
        origins: artifacts.origins,
        stage: model.stage,
        protected: model.protected,
        given: parametersGiven(values),
        tags: { 'eventsystem:stage': model.stage, 'eventsystem:system': system },
        role: values.options['role-arn'],
        ...(artifacts.stacks.length > 1 && { handed }),
      },
      assets: code,
    })),
  };
}

/** A stage that nothing is compiled for; findings are told, and an error is the end. */
export async function known(
  values: DeploymentValues,
  terminal: Terminal,
  tool: Tool,
): Promise<{ readonly project: Project; readonly stage: StageFacts; readonly system: string } | ExitCode> {
  const project = projectOf(values, terminal);
  if (typeof project === 'number') return project;
  const { understood } = await tool.load('validate');
  const { findings, model } = understood(project, values.options.stage, tool);
  if (model) return { project, stage: stageOf(model), system: model.name };
  const told = relocated(findings, project.root, placesFrom(terminal, 'text'));
  terminal.out(`${formatFindings(told, 'text', terminal.style, () => versionOf(tool))}${counted(told)}.\n`);
  return exitCodes.findings;
}

function stageOf(model: Artifacts['system']['model']): StageFacts {
  return {
    name: model.stage,
    stack: model.stack,
    protected: model.protected,
    ...(model.region !== undefined && { region: model.region }),
    ...(model.account !== undefined && { account: model.account }),
  };
}

/** The lines of the last compilation, for a stack that is only looked at; none where there was none. */
export function originsIn(project: Project, stage: string): Shipment['target']['origins'] {
  try {
    return JSON.parse(
      readFileSync(join(project.root, '.eventsystem', stage, 'template.origins.json'), 'utf8'),
    ) as Shipment['target']['origins'];
  } catch {
    return {};
  }
}
