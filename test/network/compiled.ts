import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { constructs } from '../../src/compiler/constructs.ts';
import { validate } from '../../src/compiler/compile.ts';
import { Findings, type Finding } from '../../src/compiler/diagnostics/problem.ts';
import { emit, type Template, type TemplateResource } from '../../src/compiler/emit/emit.ts';
import { expand } from '../../src/compiler/expand/expand.ts';
import { contextOf } from '../../src/compiler/resources/context.ts';
import type { Context } from '../../src/compiler/resources/meaning.ts';
import { MemoryFiles } from '../memory-files.ts';

const catalogue = installedCatalogue('dist/catalogue');

/** What is found in a system, before anything is made of it. */
export function findingsOf(system: string): readonly Finding[] {
  return validate({
    files: new MemoryFiles([['eventsystem.yml', `name: roads\n${system}`]]),
    main: 'eventsystem.yml',
    stage: undefined,
    catalogue,
  }).findings;
}

/** Code, place and message of what is found: `unused-endpoint · sqs · No function …`. */
export function foundIn(system: string): readonly string[] {
  return findingsOf(system).map(
    ({ code, message, place: { source, span } }) => `${code} · ${source.text.slice(span.start, span.end)} · ${message}`,
  );
}

export interface Made {
  readonly context: Context;
  readonly template: Template;
  /** Resources of one type, by their ids. */
  all(type: string): Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  one(id: string): TemplateResource;
}

/** The template of a system without an error; where its code lies is made up. */
export function made(system: string): Made {
  const files = new MemoryFiles([['eventsystem.yml', `name: roads\n${system}`]]);
  const { model, findings } = validate({ files, main: 'eventsystem.yml', stage: undefined, catalogue });
  if (!model) throw new Error(findings.map(({ message }) => message).join('\n'));
  const code = { file: 'code.zip', handler: 'index.handler', carries: '' };
  const context = contextOf({ model, constructs, catalogue, files, code: { code: () => code, shipped: () => code } });
  const { report } = new Findings();
  const { template } = emit(
    expand(constructs, context),
    { root: model.root, catalogue, description: undefined, roles: { boundary: undefined, path: undefined }, accepted: [] },
    report,
  );
  return {
    context,
    template,
    all: (type) =>
      Object.fromEntries(
        Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
          Type === `AWS::EC2::${type}` ? [[id, Properties ?? {}]] : [],
        ),
      ),
    one(id) {
      const found = template.Resources[id];
      if (!found) throw new Error(`There is no ${id} among ${Object.keys(template.Resources).join(', ')}`);
      return found;
    },
  };
}
