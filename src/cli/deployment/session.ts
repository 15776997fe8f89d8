import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';
import { createHash, randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { endings, Stop, stop } from '../../deploy/fault.ts';
import { faults } from '../../deploy/faults.ts';
import { interruptions } from '../../deploy/interruption.ts';
import { journalIn, noJournal } from '../../deploy/journal.ts';
import type { Run } from '../../deploy/run.ts';
import { openSession, told } from '../../deploy/session.ts';
import type { Clock, World } from '../../deploy/world.ts';
import { clean } from '../../compiler/diagnostics/print.ts';
import { installedCatalogue } from '../catalogue.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { wrapped } from '../text.ts';
import { findProject, type Project } from '../project.ts';
import type { Terminal } from '../terminal.ts';
import { catalogueFolder, type Tool } from '../tool.ts';

/** Whatever a command of deployment may be told. */
export interface DeploymentValues {
  readonly argument: string | undefined;
  readonly options: {
    readonly [name in Switch]?: true;
  } & { readonly [name in Text]?: string } & { readonly [name in Texts]?: readonly string[] };
}

type Switch =
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

/** Opens AWS for a stage. Credentials come from where every AWS tool takes them. */
export async function session(values: DeploymentValues, stage: StageFacts, root: string, terminal: Terminal, tool: Tool): Promise<Run> {
  const { options } = values;
  // The SDK says on Node 20 that it will want a newer one some day; whoever deploys cannot do anything about that.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  tool.optimise();
  const profile = options.profile ?? terminal.environment['AWS_PROFILE'];
  const chain = profile === undefined ? {} : { profile };
  const world = worldOf(values, terminal);
  return told(async () =>
    openSession({
      region: options.region ?? (stage.region === undefined ? await configuredRegion(profile) : undefined),
      stage: {
        name: stage.name,
        protected: stage.protected,
        ...(stage.region !== undefined && { region: stage.region }),
        ...(stage.account !== undefined && { account: stage.account }),
      },
      // Each call asks anew, so that what was renewed outside is found.
      credentials: () => defaultProvider(chain)(),
      endpoint: options.endpoint,
      ambientEndpoints: ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_CLOUDFORMATION', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_STS'].flatMap(
        (name) => terminal.environment[name] ?? [],
      ),
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

async function configuredRegion(profile: string | undefined): Promise<string | undefined> {
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, {
      ...NODE_REGION_CONFIG_FILE_OPTIONS,
      ...(profile !== undefined && { profile }),
    })();
  } catch {
    return undefined;
  }
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
function worldOf({ options }: DeploymentValues, terminal: Terminal): World {
  const interruption = interruptions();
  for (const signal of SIGNALS) {
    const raise = (): void => interruption.raise(signal);
    process.on(signal, raise);
    listening.push(() => process.off(signal, raise));
  }
  const write = options.json ? terminal.err : terminal.out;
  let living = false;
  const clear = (): void => {
    if (living) terminal.err('\r\u001B[K');
    living = false;
  };
  return {
    clock: terminal.clock ?? clock,
    interruption,
    run: randomBytes(4).toString('hex'),
    author: authorOf(),
    operator: {
      say(line) {
        clear();
        write(`${clean(line)}\n`);
      },
      status(line) {
        if (!terminal.interactive) return;
        terminal.err(`\r\u001B[K${clean(line).slice(0, 110)}`);
        living = true;
      },
      present: terminal.interactive,
      ask(question) {
        clear();
        return terminal.ask(question);
      },
    },
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
      if (options.json) terminal.out(`${JSON.stringify(stopData(error), null, 2)}\n`);
      else terminal.err(printStop(error));
      return endings[error.ends];
    }
    if (error instanceof Error && 'syscall' in error) {
      terminal.err(`The disk refuses${'path' in error ? ` ${clean(String(error.path))}` : ''}: ${clean(error.message)}.\n`);
      return exitCodes.disk;
    }
    throw error;
  } finally {
    for (const stopListening of listening.splice(0)) stopListening();
  }
}

/** What happened, why, and what to do next; with the call and its id, for whoever asks AWS. */
function printStop({ code, message, why, next, details, failure }: Stop): string {
  const lines = [
    `error[${code}] ${message}`,
    ...details.map((line) => `  ${line}`),
    ...wrapped('  why:  ', why),
    ...wrapped('  next: ', next),
    ...(failure ? [`  call: ${failure.action}${failure.request === undefined ? '' : `, request ${failure.request}`}`] : []),
  ];
  return `${lines.map(clean).join('\n')}\n`;
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
