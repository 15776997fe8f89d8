import { isIntrinsicKey } from '../cloud/json.ts';
import type { Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Context } from '../resources/meaning.ts';
import { readJson } from '../text/json-file.ts';
import { nearestFile } from '../text/files.ts';
import { nearest } from '../text/suggest.ts';
import type { Place } from '../text/source-text.ts';
import { replacing } from '../edit/fixes.ts';
import { digestOf } from '../cloud/digest.ts';
import type { Api, Route } from './routes.ts';
import { routesOf } from './routes.ts';
import type { StraightSettings } from './straight/straight.ts';
import { keysOfTable, takenOf, valuesOf } from './straight/table.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html';

export const modelProblems = problems({
  'no-such-schema': {
    severity: 'error',
    message: ({ written, reason }: { written: string; reason: string; meant: string | undefined }) =>
      `\`${written}\` is not a readable schema: ${reason}.`,
    why: 'A body is described by a JSON Schema: a file in this project, or one of the API’s models by name.',
    fix: ({ meant }: { written: string; reason: string; meant: string | undefined }, place) => replacing(meant)(place),
    page: PAGE,
  },
  'unenforced-schema': {
    severity: 'warning',
    message: ({ file, keyword, at }: { file: string; keyword: string; at: string }) =>
      `API Gateway does not enforce \`${keyword}\` (${file}, at ${at}).`,
    why: 'API Gateway validates bodies with JSON Schema draft 4 and ignores what it does not know: a handler that relies on it must check for itself.',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  },
  'schema-reference': {
    severity: 'error',
    message: ({ file, reference }: { file: string; reference: string }) =>
      `\`${file}\` refers to \`${reference}\`, which API Gateway cannot resolve.`,
    why: 'A model must be self-contained: it can only refer to `#/definitions/NAME` in the same file, and not recursively.',
    page: PAGE,
  },
  'partition-key-unsure': {
    severity: 'error',
    message: ({ taken, reason }: { taken: string; reason: string }) => `\`${taken}\` may be missing: ${reason}.`,
    why: 'The service rejects a record without a partition key, or an item without its key, after API Gateway has accepted the request. The body’s schema must require the key as a non-empty string.',
    page: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html',
  },
});

interface Schema {
  readonly [keyword: string]: unknown;
}

/** The schema a route’s body must fit: the name it has in the API, and the file it stands in. */
export interface Model {
  readonly name: string;
  readonly file: string;
}

export function modelOf({ settings, api }: Route): Model | undefined {
  const { body } = settings;
  if (body === undefined) return undefined;
  const { models = {} } = api.settings;
  const named = Object.hasOwn(models, body) ? models[body] : undefined;
  if (named !== undefined) return { name: body, file: named };
  const name = nameFrom(body);
  // Two paths can have the same letters and digits.
  const shared =
    Object.hasOwn(models, name) ||
    routesOf(api).some(
      (route) => route.settings.body !== undefined && route.settings.body !== body && nameFrom(route.settings.body) === name,
    );
  return { name: shared ? `${name}${digestOf(body)}` : name, file: body };
}

/** `schemas/order.json` → `SchemasOrderJson`: letters and digits, as API Gateway wants them. */
function nameFrom(path: string): string {
  return path
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Every schema an API has: its models, and the files its routes name. */
export function schemasOf(api: Api, { files }: Pick<Context, 'files'>): { readonly [name: string]: Value } {
  const all = new Map<string, string>(Object.entries(api.settings.models ?? {}));
  for (const route of routesOf(api)) {
    const model = modelOf(route);
    if (model) all.set(model.name, model.file);
  }
  return Object.fromEntries(
    [...all]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, file]) => {
        const schema = read(file, files);
        return 'schema' in schema ? [[name, inlined(schema.schema, schema.schema) as Value] as const] : [];
      }),
  );
}

function read(file: string, files: Context['files']): { readonly schema: Schema } | { readonly problem: string } {
  const found = readJson(file, files);
  if ('problem' in found) return found;
  const { data } = found;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { problem: 'it is not an object' };
  const intrinsic = intrinsicIn(data);
  return intrinsic === undefined
    ? { schema: data as Schema }
    : { problem: `it has an entry \`${intrinsic}\`, which CloudFormation would read as an intrinsic function` };
}

/** A schema stands in the template as data, where these words would not stay what they are. */
function intrinsicIn(data: object): string | undefined {
  const keys = Object.keys(data);
  const own = keys.find((key) => isIntrinsicKey(key, keys.length));
  if (own !== undefined) return own;
  for (const value of Object.values(data)) {
    const inner = typeof value === 'object' && value !== null ? intrinsicIn(value) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** What API Gateway takes no notice of, or refuses, goes; what is referred to in the same file comes to where it is used. */
function inlined(node: unknown, root: Schema, within: readonly string[] = []): unknown {
  if (Array.isArray(node)) return node.map((item) => inlined(item, root, within));
  if (typeof node !== 'object' || node === null) return node;
  const reference = (node as Schema)['$ref'];
  if (typeof reference === 'string')
    return within.includes(reference) ? {} : inlined(target(reference, root) ?? {}, root, [...within, reference]);
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key]) =>
          !['$schema', '$id', 'id', '$comment', 'definitions', '$defs'].includes(key) ||
          (key === 'id' && typeof (node as Schema)['id'] === 'object'),
      )
      .map(([key, value]) => [key, inlined(value, root, within)]),
  );
}

function target(reference: string, root: Schema): unknown {
  const match = /^#\/(definitions|\$defs)\/([^/]+)$/.exec(reference);
  const group = match?.[1] === undefined ? undefined : root[match[1]];
  return typeof group === 'object' && group !== null && match?.[2] !== undefined ? (group as Schema)[match[2]] : undefined;
}

/** Keywords of later drafts, and those API Gateway is known not to enforce. */
const UNENFORCED = new Set([
  'const',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
  'prefixItems',
  'format',
  'readOnly',
  'writeOnly',
  'discriminator',
  'nullable',
  'minItems',
  'maxItems',
  '$defs',
  'patternProperties',
  'additionalItems',
  'dependencies',
]);

export function verifyModels(api: Api, context: Context, report: Report): void {
  const models = api.written.at('models');
  for (const [name, part] of models.entries) verifyFile(api.settings.models?.[name] ?? '', part.place, [], context, report);
  const names = Object.keys(api.settings.models ?? {});
  for (const route of routesOf(api)) {
    const { settings, written } = route;
    const { place } = written.at('body');
    if (settings.body !== undefined && !names.includes(settings.body)) verifyFile(settings.body, place, names, context, report);
    if (settings.kind === 'stream')
      verifyKey(route, settings.partitionKey, route.written.parts.get('partitionKey') ?? route.written, context, report);
    if (settings.kind === 'table') verifyKeysOfItem(route, settings, context, report);
  }
}

function verifyFile(file: string, place: Place, names: readonly string[], { files }: Context, report: Report): void {
  if (!file.endsWith('.json'))
    return report(modelProblems['no-such-schema'], place, {
      written: file,
      reason: 'the API has no model of that name, and it is not a JSON file',
      meant: nearest(file, names),
    });
  const found = read(file, files);
  if ('problem' in found)
    return report(modelProblems['no-such-schema'], place, {
      written: file,
      reason: found.problem,
      meant: nearest(file, names) ?? (files.exists(file) ? undefined : nearestFile(file, files)),
    });
  const told = new Set<string>();
  walk(found.schema, '#', (at, keyword, value) => {
    if (keyword === '$ref' && (typeof value !== 'string' || target(value, found.schema) === undefined || returns(value, found.schema)))
      report(modelProblems['schema-reference'], place, { file, reference: String(value) });
    const later =
      UNENFORCED.has(keyword) ||
      ((keyword === 'type' || keyword === 'items') && Array.isArray(value)) ||
      ((keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') && typeof value === 'number');
    if (!later || told.has(keyword)) return;
    told.add(keyword);
    report(modelProblems['unenforced-schema'], place, { file, keyword, at });
  });
}

/** Whether a definition leads back to itself: an API would never come to its end. */
function returns(reference: string, root: Schema, seen = new Set<string>(), from = reference): boolean {
  let found = false;
  walk(target(from, root), '#', (_, keyword, value) => {
    if (keyword !== '$ref' || typeof value !== 'string' || found) return;
    if (value === reference) found = true;
    else if (!seen.has(value)) found = returns(reference, root, seen.add(value), value);
  });
  return found;
}

/** Every keyword of a schema; the names under `properties` and the like are no keywords. */
function walk(node: unknown, at: string, visit: (at: string, keyword: string, value: unknown) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) return node.forEach((item, index) => walk(item, `${at}/${index}`, visit));
  for (const [keyword, value] of Object.entries(node)) {
    visit(at, keyword, value);
    if (
      ['properties', 'patternProperties', 'definitions', '$defs', 'dependencies'].includes(keyword) &&
      typeof value === 'object' &&
      value !== null
    ) {
      for (const [name, inner] of Object.entries(value)) walk(inner, `${at}/${keyword}/${name}`, visit);
    } else if (!['enum', 'const', 'default', 'examples', 'example', 'required'].includes(keyword)) walk(value, `${at}/${keyword}`, visit);
  }
}

/** Whether a pattern refuses the empty text. */
function refusesEmpty(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && !new RegExp(pattern).test('');
  } catch {
    return false;
  }
}

/** The same of the attributes that an item is found by. */
function verifyKeysOfItem(route: Route, settings: StraightSettings<'table'>, context: Context, report: Report): void {
  const keys = keysOfTable(settings);
  for (const [name, value] of Object.entries(valuesOf(settings))) {
    const written = route.written.parts.get('item')?.parts.get(name) ?? route.written.parts.get('key')?.parts.get(name) ?? route.written;
    if (keys.includes(name)) verifyKey(route, takenOf(value), written, context, report);
  }
}

/** A partition key from the body must be there, and must be a text that is not empty. */
function verifyKey(route: Route, taken: string, { place }: { readonly place: Place }, { files }: Context, report: Report): void {
  if (!taken.startsWith('body.')) return;
  const unsure = (reason: string) => report(modelProblems['partition-key-unsure'], place, { taken, reason });
  const model = modelOf(route);
  if (!model) return unsure('the route has no `body` that requires it');
  const found = read(model.file, files);
  if ('problem' in found) return;
  let node: Schema = found.schema;
  for (const name of taken.slice('body.'.length).split('.')) {
    const required = node['required'];
    if (!Array.isArray(required) || !required.includes(name)) return unsure(`\`${model.file}\` does not require \`${name}\``);
    const inner = inlined((node['properties'] as Schema | undefined)?.[name], found.schema);
    if (typeof inner !== 'object' || inner === null) return unsure(`\`${model.file}\` does not define \`${name}\``);
    node = inner as Schema;
  }
  const some = Array.isArray(node['enum'])
    ? node['enum'].every((one) => typeof one === 'string' && one !== '')
    : node['type'] === 'string' && (Number(node['minLength'] ?? 0) >= 1 || refusesEmpty(node['pattern']));
  if (!some) unsure(`\`${model.file}\` allows it to be empty or not a string: write \`"type": "string", "minLength": 1\``);
}
