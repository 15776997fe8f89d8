import type { Catalogue } from './cloud/catalogue.ts';
import { constructs } from './constructs.ts';
import { Findings, type Finding } from './diagnostics/problem.ts';
import { read } from './read.ts';
import type { Model } from './resolve/model.ts';
import { DEFAULT_STAGE, resolve, stagesOf } from './resolve/resolve.ts';
import { contextOf } from './resources/context.ts';
import { verifyExports } from './resources/function-settings.ts';
import type { Files } from './text/files.ts';
import { accepted } from './verify/accept.ts';
import { verify } from './verify/verify.ts';

export interface ValidateOptions {
  /** The files of the project. */
  readonly files: Files;
  /** The system file, from the project’s folder: `eventsystem.yml`. */
  readonly main: string;
  /** The stage; `dev` without a word. */
  readonly stage: string | undefined;
  readonly catalogue: Catalogue;
}

export interface Validated {
  readonly findings: readonly Finding[];
  /** The system for the stage; nothing where an error was found. */
  readonly model: Model | undefined;
}

/** Reads and judges a system: every stage of it, without making anything. */
export function validate(options: ValidateOptions): Validated {
  const findings = new Findings();
  const model = understand(options, findings, ({ functions }) => verifyExports(functions, options.files, findings.report));
  if (!model) return { findings: findings.inOrder, model };
  // Findings that only a compilation makes may be accepted too, so an entry without a finding is no mistake here.
  const { silenced } = accepted(findings.inOrder, model, () => undefined);
  return { findings: findings.inOrder.filter((one) => !silenced.has(one)), model };
}

/** Parse, check, resolve, verify: the model of the stage, where nothing is wrong in any stage. `verifyMore` looks at each stage, too. */
export function understand(
  { files, main, stage = DEFAULT_STAGE, catalogue }: ValidateOptions,
  findings: Findings,
  verifyMore: (model: Model) => void = () => undefined,
): Model | undefined {
  const { report } = findings;
  const system = read(files, main, report);
  if (!system) return undefined;
  const { config, parts } = system;
  const stages = stagesOf(config, parts);
  let wanted: Model | undefined;
  for (const one of new Set([...stages, stage])) {
    const model = resolve(config, parts, one, report);
    if (!model) continue;
    verify(constructs, contextOf({ model, constructs, catalogue, files }), report);
    verifyMore(model);
    if (one === stage) wanted = model;
  }
  return findings.failed ? undefined : wanted;
}
