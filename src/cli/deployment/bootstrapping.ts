import { BOOTSTRAP, outputOf } from '../../deploy/bucket.ts';
import { deployerPolicy } from '../../deploy/deployer-policy.ts';
import { Stop } from '../../deploy/fault.ts';
import type { Run } from '../../deploy/run.ts';
import { ship, type Shipped } from '../../deploy/ship.ts';
import type { Template } from '../../compiler/emit/emit.ts';
import type { Artifacts } from '../../compiler/compile.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';
import type { Tool } from '../tool.ts';
import { shipOptions } from './options.ts';
import { outcome, parametersGiven, session, tellWhere, type DeploymentValues } from './session.ts';
import { known } from './shipment.ts';

/** `eventsystem bootstrap`. */
export async function runBootstrap(values: DeploymentValues, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const found = await placeOf(values, terminal, tool);
  if (typeof found === 'number') return found;
  const { root, region, account, system } = found;
  const run = await session(
    values,
    {
      name: 'bootstrap',
      stack: BOOTSTRAP,
      protected: false,
      ...(region !== undefined && { region }),
      ...(account !== undefined && { account }),
    },
    root,
    terminal,
    tool,
  );
  if (values.options['print-policy']) {
    const { partition, account: own } = run.identity;
    const bucket = outputOf(await run.stacks.describe(BOOTSTRAP), 'ArtifactBucket') ?? `${BOOTSTRAP}-*`;
    const policy = deployerPolicy({
      partition,
      account: own,
      region: run.aws.region,
      prefix: `${system}-`,
      bucket,
      role: values.options['role-arn'],
    });
    terminal.out(`${JSON.stringify(policy, null, 2)}\n`);
    return 0;
  }
  tellWhere(run);
  const { bootstrapTemplate } = await tool.load('compile');
  const { stack, unchanged } = await bootstrapped(run, await bootstrapTemplate(tool), values, terminal);
  const bucket = outputOf(stack, 'ArtifactBucket') ?? '';
  return outcome(
    values,
    terminal,
    { unchanged, bucket },
    `${unchanged ? 'Nothing to change: code' : 'Code'} for ${run.aws.region} goes to ${bucket}.\n`,
  );
}

/** Where a command without a system of its own looks: the file’s stage, where there is a file. */
export async function placeOf(
  values: DeploymentValues,
  terminal: Terminal,
  tool: Tool,
): Promise<{ readonly root: string; readonly region?: string; readonly account?: string; readonly system: string } | ExitCode> {
  const project = findProject(values.argument, terminal.cwd);
  if ('problem' in project && values.argument === undefined) return { root: terminal.cwd, system: '' };
  const found = await known(values, terminal, tool);
  if (typeof found === 'number') return found;
  const { region, account } = found.stage;
  return {
    root: found.project.root,
    system: found.system,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
  };
}

function bootstrapped(run: Run, template: Template, values: DeploymentValues, terminal: Terminal): Promise<Shipped> {
  return ship(
    run,
    {
      system: BOOTSTRAP,
      target: {
        stack: BOOTSTRAP,
        template,
        origins: {},
        stage: 'bootstrap',
        // Without it no code can be deployed, nor rolled back to.
        protected: true,
        given: Object.fromEntries(Object.entries(parametersGiven(values)).filter(([name]) => name in (template.Parameters ?? {}))),
        tags: {},
        role: values.options['role-arn'],
        inline: true,
      },
      assets: [],
    },
    shipOptions(values, terminal),
  );
}

/** Deploys; where the account has no place for code yet, somebody who sits there is asked whether to make it first. */
export async function bootstrapFirst(
  run: Run,
  { bootstrap }: Pick<Artifacts, 'bootstrap'>,
  values: DeploymentValues,
  terminal: Terminal,
  work: () => Promise<Shipped>,
): Promise<Shipped> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Stop && error.code === 'not-bootstrapped') || !run.world.operator.present) throw error;
    const answer = await run.world.operator.ask(`${error.message} Create it now, as the stack ${BOOTSTRAP}? [y/N] `);
    if (!/^y/i.test(answer?.trim() ?? '')) throw error;
    await bootstrapped(run, bootstrap, { ...values, options: { ...values.options, yes: true } }, terminal);
    return work();
  }
}
