import { expiredToken } from './identity.ts';
import { accessDenied } from './permissions.ts';
import { answered } from './query.ts';
import type { Tree } from './tree.ts';
import { Refusal, type Call, type Reply } from './wire.ts';

/** At which calls. */
export interface Aim {
  /** The operation’s name, several, or `*`. */
  readonly action: string | readonly string[];
  readonly service?: string;
  /** The n-th such call from now on (from 1), or several; without it, every one. */
  readonly call?: number | readonly number[];
  /** At most so many calls. */
  readonly times?: number;
  readonly where?: (call: Call) => boolean;
  /** `before`: AWS does nothing. `after`: it has done it, and only the answer is lost. */
  readonly when?: 'before' | 'after';
}

/** What happens to the answer. */
export type Harm =
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** Silence: from the start, or after `bytes` of the answer. */
  | { readonly kind: 'stall'; readonly bytes?: number }
  /** A bare HTTP status, as a load balancer answers. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** A page instead of an answer: a captive portal (200), a proxy’s error (502). */
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  | { readonly kind: 'empty' }
  /** The answer ends in its middle; its length agrees. */
  | { readonly kind: 'truncated' }
  /** The connection ends before the length that was announced. */
  | { readonly kind: 'short' }
  | { readonly kind: 'throttle'; readonly status?: 400 | 429 | 503; readonly retryAfter?: number }
  | { readonly kind: 'accessDenied'; readonly because?: 'identity' | 'scp' | 'boundary' | 'session'; readonly message?: string }
  | { readonly kind: 'expiredToken' }
  /** An error of the service. */
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The answer with something else in it: an unknown status, a time nobody can read, a missing element. */
  | { readonly kind: 'rewrite'; readonly from: string | RegExp; readonly to: string }
  | { readonly kind: 'reply'; readonly reply: Partial<Reply> | ((call: Call, real: Reply) => Partial<Reply>) }
  /** Success is answered, with this result if given, and nothing is done. */
  | { readonly kind: 'pretend'; readonly result?: Tree }
  /** Somebody acts at this very moment; the call goes on. */
  | { readonly kind: 'meanwhile'; readonly act: (call: Call) => void | Promise<void> };

export type Fault = Aim & Harm;

/** What goes over the wire. */
export type Outcome = (Reply & { readonly only?: number; readonly then?: 'end' | 'silence' }) | 'reset' | 'silence';

export interface Handle {
  /** How often it struck. */
  readonly hits: number;
  remove(): void;
}

interface Set {
  readonly fault: Fault;
  seen: number;
  hits: number;
}

/** The faults that wait for their calls. */
export class Faults {
  #set: Set[] = [];

  add(fault: Fault): Handle {
    const one: Set = { fault, seen: 0, hits: 0 };
    this.#set.push(one);
    return {
      get hits() {
        return one.hits;
      },
      remove: () => void (this.#set = this.#set.filter((other) => other !== one)),
    };
  }

  clear(): void {
    this.#set = [];
  }

  /** Those that strike this call; each call is counted once. */
  striking(call: Call): readonly Fault[] {
    return this.#set.filter((one) => aimsAt(one, call)).map(({ fault }) => fault);
  }
}

function aimsAt(one: Set, call: Call): boolean {
  const { action, service, call: nth, times, where } = one.fault;
  const named = action === '*' || (typeof action === 'string' ? action === call.action : action.includes(call.action));
  if (!named || (service !== undefined && service !== call.service) || where?.(call) === false) return false;
  one.seen += 1;
  const numbered = nth === undefined || (typeof nth === 'number' ? nth === one.seen : nth.includes(one.seen));
  if (!numbered || (times !== undefined && one.hits >= times)) return false;
  one.hits += 1;
  return true;
}

/** These need the real answer, so AWS has done what was asked. */
const AFTER: readonly Harm['kind'][] = ['truncated', 'short', 'rewrite', 'reply'];

export const strikesAfter = (fault: Fault): boolean => fault.when === 'after' || AFTER.includes(fault.kind);

const PAGE = '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body><p>Welcome.<br></body></html>';

/** What a fault makes of an answer; a `Refusal` is thrown for the service to word. */
export function struck(fault: Exclude<Fault, { kind: 'meanwhile' }>, call: Call, real: Reply): Outcome {
  const length = Buffer.byteLength(real.body);
  switch (fault.kind) {
    case 'reset':
      return 'reset';
    case 'stall':
      return fault.bytes === undefined ? 'silence' : { ...real, only: fault.bytes, then: 'silence' };
    case 'status':
      return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
    case 'html':
      return { status: fault.status ?? 200, headers: { 'content-type': 'text/html' }, body: PAGE };
    case 'pretend':
      return answered(call, fault.result ?? {});
    case 'redirect':
      return { status: fault.status ?? 302, headers: { location: fault.to }, body: '' };
    case 'empty':
      return { ...real, status: 200, body: '' };
    case 'truncated':
      return { ...real, body: Buffer.from(real.body).subarray(0, Math.floor(length / 2)) };
    case 'short':
      return { ...real, only: Math.floor(length / 2), then: 'end' };
    case 'rewrite':
      return { ...real, body: String(real.body).replaceAll(globally(fault.from), fault.to) };
    case 'reply':
      return { ...real, ...(typeof fault.reply === 'function' ? fault.reply(call, real) : fault.reply) };
    default:
      throw refusalOf(fault, call);
  }
}

const globally = (from: string | RegExp): string | RegExp =>
  typeof from === 'string' || from.global ? from : new RegExp(from.source, `${from.flags}g`);

type Refusing = Extract<Harm, { kind: 'throttle' | 'accessDenied' | 'expiredToken' | 'error' }>;

function refusalOf(harm: Refusing, call: Call): Refusal {
  if (harm.kind === 'expiredToken') return expiredToken(call.service);
  if (harm.kind === 'accessDenied') return harm.message ? new Refusal('AccessDenied', harm.message, 403) : accessDenied(call, harm.because);
  if (harm.kind === 'error') return new Refusal(harm.code, harm.message, harm.status ?? 400, { headers: harm.headers ?? {} });
  const headers: Record<string, string> = harm.retryAfter === undefined ? {} : { 'retry-after': String(harm.retryAfter) };
  return call.service === 's3'
    ? new Refusal('SlowDown', 'Please reduce your request rate.', harm.status ?? 503, { headers })
    : new Refusal('Throttling', 'Rate exceeded', harm.status ?? 400, { headers });
}
