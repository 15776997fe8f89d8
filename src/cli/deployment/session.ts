import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { endings, Stop, stop } from '../../deploy/fault.ts';
import { faults } from '../../deploy/faults.ts';
import { interruptions } from '../../deploy/interruption.ts';
import { journalIn, noJournal } from '../../deploy/journal.ts';
import type { Run } from '../../deploy/run.ts';
import { openSession, told } from '../../deploy/session.ts';
import type { Clock, History, World } from '../../deploy/world.ts';
import { Tunnel } from '../../deploy/aws/tunnel.ts';
import { clean } from '../../compiler/diagnostics/print.ts';
import { installedCatalogue } from '../catalogue.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { githubError } from '../github.ts';
import { wrapped } from '../text.ts';
import { historyOf } from './history.ts';
import { oneLine, operatorAt } from './operator.ts';
import { reviewUnder } from './options.ts';
import { configuredEndpoints, configuredRegion, proxyOf } from './surroundings.ts';
import { findProject, type Project } from '../project.ts';
import type { Terminal } from '../terminal.ts';
import { catalogueFolder, versionOf, type Tool } from '../tool.ts';

/** Whatever a command of deployment may be told. */
export interface DeploymentValues {
  readonly argument: string | undefined;
  readonly options: {
    readonly [name in Switch]?: true;
  } & { readonly [name in Text]?: string } & { readonly [name in Texts]?: readonly string[] };
}

type Switch =
  | 'allow-downgrade'
  | 'allow-endpoint'
  | 'json'
  | 'force'
  | 'adopt'
  | 'revert-drift'
  | 'express'
  | 'ephemeral'
  | 'confirm-recreate'
  | 'yes'
  | 'no-rollback'
  | 'no-wait-cleanup'
  | 'no-journal'
  | 'retry-transient'
  | 'cancel'
  | 'print-policy';

type Text =
  'stage' | 'region' | 'profile' | 'endpoint' | 'artifact-bucket' | 'role-arn' | 'wait-for-stack' | 'approve-security' | 'to' | 'out';

type Texts = 'parameter' | 'rollback-alarm' | 'approve-destroy' | 'skip' | 'empty' | 'retain';

/** The stage as a session has to know it. */
export interface StageFacts {
  readonly name: string;
  readonly stack: string;
  readonly region?: string;
  readonly account?: string;
  readonly protected: boolean;
}

/** Opens AWS for a stage; `data` says that what is printed is data by itself. Credentials come from where every AWS tool takes them. */
export async function session(
  values: DeploymentValues,
  stage: StageFacts,
  root: string,
  terminal: Terminal,
  tool: Tool,
  { data = false }: { readonly data?: boolean } = {},
): Promise<Run> {
  const { options } = values;
  // The SDK says on Node 20 that it will want a newer one some day; whoever deploys cannot do anything about that.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  tool.optimise();
  // Whatever of the SDK looks for a profile finds this one: its region and endpoints are not another’s.
  if (options.profile !== undefined) process.env['AWS_PROFILE'] = options.profile;
  const proxy = proxyOf(terminal.environment);
  const chain = {
    ...(options.profile !== undefined && { profile: options.profile }),
    ...(proxy && { clientConfig: { requestHandler: { httpsAgent: new Tunnel(proxy) } } }),
  };
  const world = worldOf(values, terminal, data, root, tool);
  return told(async () =>
    openSession({
      region: options.region ?? (stage.region === undefined ? await configuredRegion() : undefined),
      stage: {
        name: stage.name,
        protected: stage.protected,
        ...(stage.region !== undefined && { region: stage.region }),
        ...(stage.account !== undefined && { account: stage.account }),
      },
      // Each call asks anew, so that what was renewed outside is found.
      credentials: () => defaultProvider(chain)(),
      endpoint: options.endpoint,
      ambientEndpoints: options.endpoint === undefined ? await configuredEndpoints() : [],
      ...(proxy && { proxy }),
      allowEndpoint: options['allow-endpoint'] === true,
      catalogue: installedCatalogue(catalogueFolder(tool)),
      world,
      journal: (account, region, stack = stage.stack) =>
        options['no-journal']
          ? noJournal
          : journalIn(join(root, '.eventsystem', 'deploy', `${account}-${region}-${stack}.json`), stack, (line) =>
              world.operator.say(line),
            ),
    }),
  );
}

/** Tells where something is going to happen, and as whom, before anybody is asked. */
export function tellWhere({ aws, identity, world }: Run): void {
  world.operator.say(`Account ${identity.account}, ${aws.region}, as ${identity.arn}`);
}

/** The clock of this machine. */
const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((done) => void setTimeout(done, milliseconds)),
  random: Math.random,
};

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What takes our ears off the process again. */
const listening: (() => void)[] = [];

/** This terminal as the one who deploys. With `--json` all that is told meanwhile goes to standard error. */
function worldOf({ options }: DeploymentValues, terminal: Terminal, data: boolean, root: string, tool: Tool): World {
  const interruption = interruptions();
  for (const signal of SIGNALS) {
    const raise = (): void => interruption.raise(signal);
    process.on(signal, raise);
    listening.push(() => process.off(signal, raise));
  }
  // Where what is printed is data, all that is told meanwhile goes elsewhere.
  const write = options.json || options['print-policy'] || data ? terminal.err : terminal.out;
  const operator = operatorAt(terminal, write, interruption);
  listening.push(operator.end);
  let history: Promise<History | undefined> | undefined;
  return {
    clock: terminal.clock ?? clock,
    interruption,
    run: randomBytes(4).toString('hex'),
    author: authorOf(),
    version: versionOf(tool),
    history: () => (history ??= historyOf(root)),
    operator,
  };
}

/** Who deploys, for colleagues who meet the plan: a name, and the machine by a digest. */
function authorOf(): string {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
  try {
    return `${userInfo().username}@${machine}`;
  } catch {
    return machine;
  }
}

/** The project that is meant, or the end of the command. */
export function projectOf(values: DeploymentValues, terminal: Terminal): Project | ExitCode {
  const project = findProject(values.argument, terminal.cwd);
  if (!('problem' in project)) return project;
  terminal.err(`${project.problem}\n`);
  return exitCodes.usage;
}

/** `--parameter NAME=VALUE`, each. */
export function parametersGiven({ options }: DeploymentValues): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (options.parameter ?? []).map((one) => {
      const at = one.indexOf('=');
      if (at < 1) throw stop(faults['parameter-missing'], { names: [one] });
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

/** Runs a command; an early end is told on standard error, and in JSON where that is asked for. */
export async function ending(work: () => Promise<ExitCode>, { options }: DeploymentValues, terminal: Terminal): Promise<ExitCode> {
  try {
    return await told(work);
  } catch (error) {
    if (error instanceof Stop) {
      const review = reviewUnder({ argument: undefined, options });
      if (options.json) terminal.out(`${JSON.stringify({ ...stopData(error), ...(review && { review }) }, null, 2)}\n`);
      else terminal.err(printStop(error));
      if (!options.json && terminal.environment['GITHUB_ACTIONS'] === 'true') terminal.out(githubError(placed(error, terminal.cwd)));
      return endings[error.ends];
    }
    if (error instanceof Error && 'syscall' in error) {
      return refusedByDisk(error, options.json === true, terminal);
    }
    throw error;
  } finally {
    for (const stopListening of listening.splice(0)) stopListening();
  }
}

/** What the disk refuses is no fault of a deployment’s: without its journal none is begun. */
function refusedByDisk(error: Error, json: boolean, terminal: Terminal): ExitCode {
  const path = 'path' in error ? String(error.path) : '';
  const message = `File system error${path === '' ? '' : ` at ${clean(path)}`}: ${clean(error.message)}.`;
  const next = path.includes(join('.eventsystem', 'deploy'))
    ? 'The deployment journal is written there, so that an interrupted run can be resumed. Make room for it, or do without: `--no-journal`.'
    : 'Check free space and write permission.';
  terminal.err(`${message}\n${wrapped('  next: ', next).join('\n')}\n`);
  if (json) terminal.out(`${JSON.stringify({ ok: false, code: 'disk', exit: exitCodes.disk, message, next }, null, 2)}\n`);
  return exitCodes.disk;
}

/** What happened, why, and what to do next; with the call and its id, for whoever asks AWS. */
export function printStop({ code, message, why, next, details, failure }: Stop): string {
  const lines = [
    `error[${code}] ${message}`,
    ...details.map((line) => `  ${line}`),
    ...wrapped('  why:  ', why),
    ...wrapped('  next: ', next),
    ...(failure ? [`  call: ${failure.action}${failure.request === undefined ? '' : `, request ${failure.request}`}`] : []),
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

/** An end at the line it is about, where its details name one of a file that is here. */
function placed({ code, message, details, next }: Stop, cwd: string): Parameters<typeof githubError>[0] {
  const [, file = '', line = '', column = ''] =
    details.map((one) => /^(\S+):(\d+):(\d+)\b/.exec(one)).find((found) => found !== null) ?? [];
  const place = file !== '' && existsSync(join(cwd, file)) ? { file, line, col: column } : {};
  return { code, text: [message, ...details, next].join('\n'), place };
}

function stopData({ code, ends, message, why, next, details, failure }: Stop): object {
  return {
    ok: false,
    code,
    ends,
    exit: endings[ends],
    message,
    why,
    next,
    details,
    ...(failure && { call: { action: failure.action, error: failure.named, request: failure.request } }),
  };
}

/** A command has ended well. */
export function outcome(values: DeploymentValues, terminal: Terminal, data: object, text: string): ExitCode {
  terminal.out(values.options.json ? `${JSON.stringify({ ok: true, ...data }, null, 2)}\n` : text);
  return endings.done;
}
