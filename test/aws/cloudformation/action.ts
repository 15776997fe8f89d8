import type { Cloud } from '../machine/cloud.ts';
import type { Stack } from '../machine/stack.ts';
import { text, type Tree } from '../tree.ts';
import { Refusal, validationError, type Call } from '../wire.ts';
import type { Reads } from './reads.ts';

/** What an operation of CloudFormation works on. */
export interface Service {
  readonly cloud: Cloud;
  readonly options: ServiceOptions;
  readonly reads: Reads;
  /** Drift detections, by their ids. */
  readonly detections: Map<string, { readonly stack: Stack; drifted: number; done: boolean; readonly at: Date }>;
}

export interface ServiceOptions {
  eventsPerPage: number;
  changesPerPage: number;
  resourcesPerPage: number;
  /** A change set of 1000 others cannot be made. */
  changeSetLimit: number;
  stackLimit: number;
  earlyValidation: boolean;
  /** What a token answers that has executed its change set already: no documentation tells. */
  repeatedToken: 'success' | 'refused';
}

export type Action = (call: Call, service: Service) => Tree | void;

export function required(call: Call, name: string): string {
  const value = text(call.params, name);
  if (value !== undefined) return value;
  const member = `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
  throw validationError(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
}

/** The stack a call names; the messages differ by operation. */
export function stackOf(
  { params, region, account }: Call,
  { cloud }: Service,
  missing: (name: string) => string,
  name = 'StackName',
): Stack {
  const asked = text(params, name) ?? '';
  const stack = cloud.find(region, account, asked);
  if (!stack) throw validationError(missing(asked));
  return stack;
}

export const bracketed = (name: string): string => `Stack [${name}] does not exist`;
export const withId = (name: string): string => `Stack with id ${name} does not exist`;

/** A page of things, and the token of the next. */
export function paged<T>(
  things: readonly T[],
  size: number,
  token: string | undefined,
): { readonly page: readonly T[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString().replace('page:', ''));
  if (Number.isNaN(from)) throw new Refusal('ValidationError', 'NextToken is invalid');
  const end = from + size;
  return { page: things.slice(from, end), next: end < things.length ? Buffer.from(`page:${end}`).toString('base64url') : undefined };
}
