import type { Part } from './cloud/part.ts';
import { constructs } from './constructs.ts';
import { Findings, inReadingOrder, type Finding } from './diagnostics/problem.ts';
import type { Origins, Template } from './emit/emit.ts';
import type { SystemStack } from './emit/stacks/split.ts';
import type { Model } from './resolve/model.ts';
import { contextOf } from './resources/context.ts';
import type { Context, ShippedCode } from './resources/meaning.ts';
import { templateOf } from './template.ts';
import { validate, type Validated, type ValidateOptions } from './validate.ts';
import { accepted } from './verify/accept.ts';

/** A system as it would become with code nobody has bundled: for editors and browsers, which have no handlers at hand. */
export interface Draft {
  readonly findings: readonly Finding[];
  /** Nothing where an error was found. */
  readonly made: Drafted | undefined;
}

export interface Drafted {
  readonly model: Model;
  readonly context: Context;
  readonly parts: readonly Part[];
  /** The names of zips in it, and digests of what travels in them, are placeholders; all else is as `compile` makes it. */
  readonly template: Template;
  readonly stacks: readonly SystemStack[];
  readonly origins: Origins;
}

const PLACEHOLDER = `${'0'.repeat(64)}.zip`;

/** Reads, judges and expands a system, taking its handlers as given; what was read and judged before is not again. */
export function draft(options: ValidateOptions, validated: Validated = validate(options)): Draft {
  const { model } = validated;
  if (!model) return { findings: validated.findings, made: undefined };
  const { catalogue, files } = options;
  const findings = new Findings();
  const code = (): ShippedCode => ({ file: PLACEHOLDER, handler: 'index.handler', carries: '0'.repeat(64) });
  const context = contextOf({ model, constructs, catalogue, files, code: { code, shipped: code } });
  const made = templateOf(context, findings);
  const { silenced } = accepted(findings.inOrder, model, () => undefined);
  const left = findings.inOrder.filter((one) => !silenced.has(one));
  return { findings: inReadingOrder([...validated.findings, ...left]), made: findings.failed ? undefined : { model, context, ...made } };
}
