import { problems, type Report } from '../diagnostics/problem.ts';
import { add, leaveOutKey, leavingOut } from '../edit/fixes.ts';
import type { Model, Text, Thing } from '../resolve/model.ts';
import { lastPart } from './adoption.ts';
import type { SystemMeaning } from './meaning.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html';

export const adoptionProblems = problems({
  'adopted-and-existing': {
    severity: 'error',
    message: ({ name, other }: { name: string; other: string }) =>
      `\`${name}\` cannot be adopted: \`${other}\` says that it is managed elsewhere.`,
    why: '`adopt` brings a resource into this system’s stack, which then manages all its settings. `existing` and `system` only use it.',
    fix: () => ({ title: 'Keep one of the two' }),
    page: PAGE,
  },
  'adopted-is-named': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is adopted and keeps its name, so it cannot have a \`physicalName\`.`,
    why: 'With another name, CloudFormation would replace the adopted resource.',
    fix: leavingOut,
    page: PAGE,
  },
  'adopted-is-not-known': {
    severity: 'error',
    message: ({ written }: { written: string }) => `\`${written}\` is not known before the deployment.`,
    why: 'A resource is imported before anything else is created, so its identifier can contain `$(stage)`, `$(values.X)`, `$(region)`, `$(account)` and `$(partition)`, but nothing that is computed later.',
    page: PAGE,
  },
  'adopted-elsewhere': {
    severity: 'error',
    message: ({ there, here }: { there: string; here: string }) => `This ARN is in ${there}, but the system is deployed to ${here}.`,
    why: 'A stack can only contain resources of its own account and region. Use others with `existing`.',
    page: PAGE,
  },
  'adopted-twice': {
    severity: 'error',
    message: ({ name, other }: { name: string; other: string }) => `\`${name}\` and \`${other}\` adopt the same resource.`,
    why: 'A resource can have only one place, in one stack.',
    page: PAGE,
  },
  'adopted-fifo': {
    severity: 'error',
    message: ({ name, fifo }: { name: string; fifo: boolean }) =>
      fifo ? `\`${name}\` is FIFO, but what it adopts is not.` : `\`${name}\` adopts something FIFO, but does not have \`fifo: true\`.`,
    why: 'The name of a FIFO queue or topic ends in `.fifo`. A standard one cannot become FIFO, or the other way round.',
    fix: ({ fifo }: { name: string; fifo: boolean }, place) => (fifo ? leaveOutKey(place, 'fifo') : add(place, 'fifo', 'true')),
  },
  'adopted-has-its-value': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is adopted, so no value is generated for it.`,
    why: 'An adopted secret keeps its value. Generating one would overwrite it.',
    fix: leavingOut,
  },
});

/** What is taken into the stack although it was made elsewhere. */
export const adoption: SystemMeaning = {
  verify({ model }, report) {
    const seen = new Map<string, Thing>();
    for (const thing of model.things) {
      const adopt = thing.written.broken ? undefined : adoptOf(thing);
      if (!adopt) continue;
      verifyOne(thing, adopt, model, report);
      const key = `${thing.kind} ${identityOf(adopt)}`;
      const other = seen.get(key);
      if (other) report(adoptionProblems['adopted-twice'], adopt.place, { name: thing.name, other: other.name });
      seen.set(key, thing);
    }
  },
};

interface Adopting {
  readonly adopt?: Text | boolean;
  readonly fifo?: boolean;
}

function adoptOf({ settings }: Thing): Text | undefined {
  const { adopt } = settings as Adopting;
  return typeof adopt === 'object' ? adopt : undefined;
}

function verifyOne({ name, kind, settings, written }: Thing, adopt: Text, model: Model, report: Report): void {
  const at = (key: string) => written.parts.get(key)?.key;
  const other = (['system', 'existing'] as const).find((key) => at(key));
  const otherAt = other && at(other);
  if (otherAt) return report(adoptionProblems['adopted-and-existing'], otherAt, { name, other });
  const named = at('physicalName');
  // What the console calls a user pool is not its identity.
  if (named && kind !== 'userPools') report(adoptionProblems['adopted-is-named'], named, { name });
  const generated = at('generate');
  if (generated && kind === 'secrets') report(adoptionProblems['adopted-has-its-value'], generated, { name });
  const unknown = adopt.segments.find((segment) => typeof segment !== 'string' && segment.to !== 'pseudo');
  if (typeof unknown === 'object')
    return report(adoptionProblems['adopted-is-not-known'], unknown.place, { written: writtenAt(unknown.place) });
  verifyWhere(adopt, model, report);
  const fifo = (settings as Adopting).fifo === true;
  if ((kind === 'queues' || kind === 'topics') && fifo !== identityOf(adopt).endsWith('.fifo'))
    report(adoptionProblems['adopted-fifo'], adopt.place, { name, fifo });
}

/** An ARN says where the thing is: `arn:partition:service:region:account:…`. */
function verifyWhere({ segments, place }: Text, { region, account }: Model, report: Report): void {
  const [first] = segments;
  if (typeof first !== 'string' || !first.startsWith('arn:')) return;
  const parts = first.split(':');
  // A part that something computed stands in, or that the text ends in, is not known.
  const complete = (index: number) => (parts.length > index + 1 ? parts[index] : undefined);
  const [there, whose] = [complete(3), complete(4)];
  if (there && region !== undefined && there !== region) report(adoptionProblems['adopted-elsewhere'], place, { there, here: region });
  else if (whose && account !== undefined && whose !== account)
    report(adoptionProblems['adopted-elsewhere'], place, { there: whose, here: account });
}

/** The name, or the id, of what is adopted. */
function identityOf({ segments }: Text): string {
  return lastPart(
    segments.map((segment) => (typeof segment === 'string' ? segment : `$(${segment.to === 'pseudo' ? segment.attribute : ''})`)).join(''),
  );
}

function writtenAt({ source, span }: Text['place']): string {
  return source.text.slice(span.start, span.end);
}
