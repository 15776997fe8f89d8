import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { Findings } from '../../src/compiler/diagnostics/problem.ts';
import { constructs } from '../../src/compiler/constructs.ts';
import { emit, type Template } from '../../src/compiler/emit/emit.ts';
import type { Json } from '../../src/compiler/emit/render.ts';
import { expand } from '../../src/compiler/expand/expand.ts';
import { read } from '../../src/compiler/read.ts';
import { resolve } from '../../src/compiler/resolve/resolve.ts';
import { contextOf } from '../../src/compiler/resources/context.ts';
import { accepted } from '../../src/compiler/verify/accept.ts';
import { verify } from '../../src/compiler/verify/verify.ts';
import { MemoryFiles } from '../memory-files.ts';

const catalogue = installedCatalogue('dist/catalogue');

export interface Made {
  /** `code at the text it points at`, without hints. */
  readonly findings: readonly string[];
  readonly hints: readonly string[];
  /** The properties of the resources of a type, by logical id. */
  ofType(type: string): Readonly<Record<string, Json>>;
}

/** What a system becomes, without its code. */
export function made(yaml: string, files: Readonly<Record<string, string>> = {}): Made {
  const found = new Findings();
  const memory = new MemoryFiles([['eventsystem.yml', yaml], ...Object.entries(files)]);
  const read_ = read(memory, 'eventsystem.yml', found.report);
  const model = read_ && resolve(read_.config, read_.parts, 'dev', found.report);
  if (!model) return told(found, {});
  const context = contextOf({
    model,
    constructs,
    catalogue,
    files: memory,
    code: {
      code: () => ({ file: 'x.zip', handler: 'index.handler' }),
      shipped: () => ({ file: 'y.zip', handler: 'index.handler', carries: '' }),
    },
  });
  verify(constructs, context, found.report);
  if (found.failed) return told(found, {});
  const { template } = emit(
    expand(constructs, context),
    {
      root: model.root,
      catalogue,
      description: undefined,
      roles: { boundary: undefined, path: undefined },
      accepted: accepted(found.inOrder, model, () => undefined).reasons,
    },
    found.report,
  );
  return told(found, template.Resources);
}

function told(found: Findings, resources: Template['Resources']): Made {
  const say = (hint: boolean) =>
    found.inOrder
      .filter(({ severity }) => (severity === 'hint') === hint)
      .map(({ code, place }) => `${code} at ${place.source.text.slice(place.span.start, place.span.end)}`);
  return {
    findings: say(false),
    hints: say(true),
    ofType: (type) =>
      Object.fromEntries(
        Object.entries(resources)
          .filter(([, one]) => one.Type === type)
          .map(([id, { Properties = {} }]) => [id, Properties]),
      ),
  };
}

/** The one API of a system: its OpenAPI document. */
export function documentOf(system: Made): Json {
  if (system.findings.length > 0) throw new Error(system.findings.join('\n'));
  return at(Object.values(system.ofType('AWS::ApiGateway::RestApi'))[0], 'Body');
}

/** What is at a path of keys. */
export function at(value: Json | undefined, ...keys: readonly string[]): Json {
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) throw new Error(`no ${key} of ${keys.join(' → ')}`);
    value = (value as { readonly [key: string]: Json })[key];
  }
  return value ?? null;
}

/** A text, whatever of it CloudFormation puts in: `${ORDERS}`. */
export function textAt(value: Json, ...keys: readonly string[]): string {
  const found = at(value, ...keys);
  if (typeof found === 'string') return found;
  if (typeof found !== 'object' || found === null) throw new Error(`no text at ${keys.join(' → ')}`);
  if ('Ref' in found) return `\${${String(found['Ref'])}}`;
  if ('Fn::Sub' in found) return String(found['Fn::Sub']);
  return (at(found, 'Fn::Join', '1') as readonly Json[]).map((part) => textAt(part)).join('');
}
