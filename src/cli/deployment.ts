import type { CommandName, Values } from './commands.ts';
import { runApply, runDeploy, runDiff, runPlan, runRollback } from './deployment/deploying.ts';
import { runBootstrap } from './deployment/bootstrapping.ts';
import { runAttach, runOutputs, runRecover, runRemove, runStatus } from './deployment/standing.ts';
import { runDoctor, runGc } from './deployment/upkeep.ts';
import { ending, type DeploymentValues } from './deployment/session.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import type { Tool } from './tool.ts';

/** Every command that speaks to AWS. */
export type DeploymentCommand = Exclude<CommandName, 'compile' | 'validate' | 'fix' | 'init' | 'schema' | 'explain' | 'lsp' | 'playground'>;

const runs: { readonly [N in DeploymentCommand]: (values: DeploymentValues, terminal: Terminal, tool: Tool) => Promise<ExitCode> } = {
  deploy: runDeploy,
  diff: runDiff,
  plan: runPlan,
  apply: runApply,
  rollback: runRollback,
  status: runStatus,
  outputs: runOutputs,
  attach: runAttach,
  recover: runRecover,
  remove: runRemove,
  bootstrap: runBootstrap,
  gc: runGc,
  doctor: runDoctor,
};

/** Runs a command of deployment: however it ends, it is told, and the code says it. */
export function runDeployment(name: DeploymentCommand, values: Values, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  return ending(() => runs[name](values as unknown as DeploymentValues, terminal, tool), values as unknown as DeploymentValues, terminal);
}
