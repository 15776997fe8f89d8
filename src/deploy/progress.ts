import { wordOf } from '../views/resource-words.ts';
import type { Event } from './aws/stacks.ts';
import type { Progress, Running, Watch } from './follow.ts';
import { tokenOf, type Run } from './run.ts';
import type { Target } from './target.ts';

/** What usually takes long, in minutes. */
const usual: readonly { readonly type: string; readonly verb?: string; readonly minutes: string; readonly where?: string }[] = [
  { type: 'AWS::RDS::DBInstance', minutes: '5 to 15' },
  { type: 'AWS::RDS::DBCluster', minutes: '5 to 15' },
  { type: 'AWS::RDS::DBProxy', minutes: '5 to 10' },
  { type: 'AWS::CloudFront::Distribution', minutes: '5 to 10' },
  { type: 'AWS::Lambda::Function', verb: 'DELETE', minutes: '20 to 45', where: ' in a VPC' },
  { type: 'AWS::EC2::SecurityGroup', verb: 'DELETE', minutes: '20 to 45', where: ' if functions used it' },
  { type: 'AWS::EC2::Subnet', verb: 'DELETE', minutes: '20 to 45', where: ' if functions used it' },
  { type: 'AWS::EC2::NatGateway', minutes: '2 to 5' },
  { type: 'AWS::EC2::VPCEndpoint', minutes: '2 to 5' },
  { type: 'AWS::MSK::Cluster', minutes: '20 to 40' },
  { type: 'AWS::AmazonMQ::Broker', minutes: '15 to 25' },
  { type: 'AWS::DocDB::DBInstance', minutes: '5 to 15' },
  { type: 'AWS::ElastiCache::ServerlessCache', minutes: '2 to 5' },
  { type: 'AWS::ElastiCache::ReplicationGroup', minutes: '10 to 15' },
  { type: 'AWS::CertificateManager::Certificate', minutes: 'as long as DNS validation takes' },
];

export interface Watching {
  /** The stack’s ARN. */
  readonly stack: string;
  /** What happens to it, in a sentence. */
  readonly doing: 'deployed' | 'removed' | 'rolled back';
  /** The resources that are surely worked on; nothing where nobody knows. */
  readonly expected?: ReadonlySet<string>;
}

/** How an operation is told while it runs: a line for each event, and where somebody watches a few that live. */
export function watching(
  run: Run,
  target: Pick<Target, 'origins' | 'stack'>,
  { stack, doing, expected }: Watching,
): Pick<Watch, 'stack' | 'name' | 'doing' | 'onEvent' | 'onProgress' | 'onSignal'> {
  const { operator, clock } = run.world;
  const began = clock.now();
  return {
    stack,
    name: target.stack,
    doing,
    onEvent(event, path) {
      if (begins(event) && (operator.present || event.ResourceStatusReason?.endsWith('Initiated'))) return;
      operator.say(eventLine(event, path, target));
    },
    onProgress(progress) {
      operator.live(() => boardOf(progress, { began, now: clock.now(), expected, target }));
    },
    onSignal: (status) => asked(run, target.stack, { stack, doing }, status),
  };
}

/** What becomes of an operation that somebody wants to break off. In CI it is never cancelled. */
async function asked(run: Run, name: string, { stack, doing }: Watching, status: string): Promise<'on' | 'leave' | 'cancelled'> {
  const { operator, interruption, run: id } = run.world;
  if (!operator.present || interruption.signal === 'SIGTERM' || interruption.count > 1) return 'leave';
  const may = status === 'UPDATE_IN_PROGRESS' || status === 'CREATE_IN_PROGRESS';
  const answer = await operator.ask(
    `${name} is still being ${doing} in AWS (${status}): [k]eep watching, [d]etach${may ? ', [c]ancel and roll back' : ''}? `,
  );
  if (/^k/i.test(answer?.trim() ?? '')) return 'on';
  if (!may || !/^c/i.test(answer?.trim() ?? '')) return 'leave';
  const token = tokenOf(id, 'cancel');
  if (status === 'UPDATE_IN_PROGRESS') await run.changes.cancelUpdate(stack, token);
  else {
    // A creation cannot be cancelled, only deleted.
    const sure = await operator.ask(`${name} is being created: cancelling deletes it. Delete it? [y/N] `);
    if (!/^y(es)?$/i.test(sure?.trim() ?? '')) return 'on';
    await run.changes.remove(stack, token, undefined);
  }
  return 'cancelled';
}

/** A beginning: among the lines that live where somebody watches, and told once where nobody does. */
function begins({ ResourceStatus: status }: Event): boolean {
  return status?.endsWith('_IN_PROGRESS') === true;
}

/** `12:00:31Z  CREATE_COMPLETE       databases.ledger  database instance LedgerDatabase`; the time is AWS’s, in UTC. */
export function eventLine(event: Event, path: string, { origins }: Pick<Target, 'origins'>): string {
  const {
    Timestamp: at,
    ResourceStatus: status,
    LogicalResourceId: id = '',
    ResourceType: type = '',
    ResourceStatusReason: told,
    HookStatusReason: reason = told,
  } = event;
  const why = reason === undefined || reason === '' || reason.endsWith('Initiated') ? '' : `: ${reason}`;
  const hook = event.HookType === undefined ? '' : ` (${event.HookType})`;
  const time = `${at.toISOString().slice(11, 19)}Z`;
  return `${time}  ${(event.HookStatus ?? status ?? '').padEnd(20)}  ${nameOf(path + id, type, origins)}${hook}${why}`;
}

function nameOf(id: string, type: string, origins: Target['origins']): string {
  const origin = Object.hasOwn(origins, id) ? origins[id] : undefined;
  return `${origin ? `${origin.path}  ` : ''}${wordOf(type)} ${id}`;
}

const SHOWN = 5;

interface Board {
  readonly began: number;
  readonly now: number;
  readonly expected: ReadonlySet<string> | undefined;
  readonly target: Pick<Target, 'origins'>;
}

/** What runs, how long already, and what usually takes long; the longest first. */
function boardOf({ done, running }: Progress, { began, now, expected, target }: Board): readonly string[] {
  const finished = expected ? [...done].filter((id) => expected.has(id)).length : done.size;
  const all = [...running].sort((a, b) => a.since - b.since);
  return [
    `${finished}${expected ? ` of ${expected.size}` : ''} done, ${spell(now - began)}`,
    ...all
      .slice(0, SHOWN)
      .map((one) => `  ${spell(Math.max(0, now - one.since)).padEnd(12)}${nameOf(one.id, one.type, target.origins)}${hint(one)}`),
    ...(all.length > SHOWN ? [`  and ${all.length - SHOWN} more`] : []),
  ];
}

function hint({ type, verb }: Running): string {
  const known = usual.find((one) => one.type === type && (one.verb === undefined ? verb !== 'DELETE' : one.verb === verb));
  if (!known) return '';
  return `, usually ${known.minutes}${/^\d/.test(known.minutes) ? ' min' : ''}${known.where ?? ''}`;
}

export function spell(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
