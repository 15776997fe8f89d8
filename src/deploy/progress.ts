import { wordOf } from '../views/resource-words.ts';
import type { Event } from './aws/stacks.ts';
import type { Progress, Watch } from './follow.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/** What usually takes long, in minutes. */
const usual: readonly { readonly type: string; readonly verb?: string; readonly minutes: string }[] = [
  { type: 'AWS::RDS::DBInstance', minutes: '5 to 15' },
  { type: 'AWS::RDS::DBCluster', minutes: '5 to 15' },
  { type: 'AWS::RDS::DBProxy', minutes: '5 to 10' },
  { type: 'AWS::CloudFront::Distribution', minutes: '5 to 10' },
  { type: 'AWS::Lambda::Function', verb: 'DELETE', minutes: '20 to 45, in a VPC' },
  { type: 'AWS::EC2::NatGateway', minutes: '2 to 5' },
  { type: 'AWS::EC2::VPCEndpoint', minutes: '2 to 5' },
  { type: 'AWS::MSK::Cluster', minutes: '20 to 40' },
  { type: 'AWS::AmazonMQ::Broker', minutes: '15 to 25' },
  { type: 'AWS::DocDB::DBInstance', minutes: '5 to 15' },
  { type: 'AWS::CertificateManager::Certificate', minutes: 'as long as its DNS record takes' },
];

/** How a deployment is told while it runs: a line for each event, and where somebody watches a line that lives. */
export function watching(
  { world }: Run,
  target: Pick<Target, 'origins' | 'stack'>,
  total: number,
): Pick<Watch, 'onEvent' | 'onProgress' | 'onSignal'> {
  const { operator, interruption } = world;
  return {
    onEvent(event, path) {
      if (begins(event) && (operator.present || event.ResourceStatusReason?.endsWith('Initiated'))) return;
      operator.say(eventLine(event, path, target));
    },
    onProgress(progress) {
      operator.status(progressLine(progress, total, world.clock.now()));
    },
    async onSignal(status) {
      if (!operator.present || interruption.signal === 'SIGTERM' || interruption.count > 1) return 'leave';
      const answer = await operator.ask(
        `${target.stack} goes on being deployed in AWS (${status}). Keep watching, or leave it alone? [k/L] `,
      );
      return /^k/i.test(answer?.trim() ?? '') ? 'on' : 'leave';
    },
  };
}

/** A beginning: on the line that lives where somebody watches, and told once where nobody does. */
function begins({ ResourceStatus: status }: Event): boolean {
  return status?.endsWith('_IN_PROGRESS') === true;
}

/** `12:00:31  CREATE_COMPLETE       databases.ledger  database instance LedgerDatabase`; the time is AWS’s. */
export function eventLine(event: Event, path: string, { origins }: Pick<Target, 'origins'>): string {
  const {
    Timestamp: at,
    ResourceStatus: status,
    LogicalResourceId: id = '',
    ResourceType: type = '',
    ResourceStatusReason: reason,
  } = event;
  const origin = path === '' && Object.hasOwn(origins, id) ? origins[id] : undefined;
  const place = origin ? `${origin.path}  ` : '';
  const why = reason === undefined || reason === '' || reason.endsWith('Initiated') ? '' : `: ${reason}`;
  const hook = event.HookType === undefined ? '' : ` (${event.HookType})`;
  return `${at.toISOString().slice(11, 19)}  ${(event.HookStatus ?? status ?? '').padEnd(20)}  ${place}${wordOf(type)} ${path}${id}${hook}${why}`;
}

function progressLine({ done, running, elapsed }: Progress, total: number, now: number): string {
  const [longest] = [...running].sort((a, b) => a.since.getTime() - b.since.getTime());
  const what = longest ? `; ${longest.id} since ${spell(Math.max(0, now - longest.since.getTime()))}${hint(longest.type)}` : '';
  return `${Math.min(done, total)} of ${total}, ${spell(elapsed)}${what}`;
}

function hint(type: string): string {
  const known = usual.find((one) => one.type === type);
  return known ? ` (usually ${known.minutes} min)` : '';
}

export function spell(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
