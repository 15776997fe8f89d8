import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingData, plainStyle } from '../../compiler/diagnostics/print.ts';
import type { Finding } from '../../compiler/diagnostics/problem.ts';
import type { Artifacts } from '../../compiler/compile.ts';
import type { Adoption, Template } from '../../compiler/emit/emit.ts';
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
  if (told.length > 0 && !(values.options.json && !artifacts)) {
    const style = values.options.json ? plainStyle : terminal.style;
    write(
      `${formatFindings(told, 'text', style, () => versionOf(tool))}${counted(told)} in ${shown(join(project.root, project.main), terminal.cwd)}.\n\n`,
    );
  }
  if (!artifacts) return refused(values, terminal, told);
  const { model } = artifacts.system;
  const { system, assets, adopts = [] } = artifacts.manifest;
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
        ...adoptedIn(template, adopts),
        ...(artifacts.stacks.length > 1 && { handed }),
      },
      assets: code,
    })),
  };
}

/** What of it a stack takes in: what stands in its template. */
function adoptedIn({ Resources }: Template, adopts: readonly Adoption[]): { readonly adopts?: readonly Adoption[] } {
  const own = adopts.filter(({ id }) => Object.hasOwn(Resources, id));
  return own.length > 0 ? { adopts: own } : {};
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
  if (!values.options.json) terminal.out(`${formatFindings(told, 'text', terminal.style, () => versionOf(tool))}${counted(told)}.\n`);
  return refused(values, terminal, told);
}

/** The file has an error: with `--json` that is the outcome. */
function refused({ options }: DeploymentValues, terminal: Terminal, findings: readonly Finding[]): ExitCode {
  const data = { ok: false, code: 'findings', exit: exitCodes.findings, findings: findings.map(findingData) };
  if (options.json) terminal.out(`${JSON.stringify(data, null, 2)}\n`);
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
