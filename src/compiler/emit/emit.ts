import type { Written } from '../check/written.ts';
import { logicalId } from '../cloud/address.ts';
import type { Catalogue } from '../cloud/catalogue.ts';
import type { Lifetime } from '../cloud/lifetimes.ts';
import { conditions, parameters, type Condition } from '../cloud/parameters.ts';
import type { Acceptance, Grant, Output, Part, RawResource, Resource, TemplateParameter, Variable } from '../cloud/part.ts';
import type { Value } from '../cloud/value.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import type { Accepted } from '../verify/accept.ts';
import { verifyCircles } from './graph.ts';
import { deployedAnew, renamed } from './deployments.ts';
import { verifyRole } from './limits.ts';
import { applyOverrides } from './overrides.ts';
import { emitProblems } from './problems.ts';
import { violations } from './registry.ts';
import { render, type Json } from './render.ts';
import { versionId, withVersions } from './versions.ts';
import { foldRoles, grantsByRole, type RoleSettings } from './roles.ts';

/** A template of CloudFormation. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description?: string;
  /** Of a system in several stacks, in the application’s: the ends of the others’ names, and how many were meant. */
  readonly Metadata?: { readonly eventsystem: { readonly stacks: readonly string[]; readonly functions: number; readonly wiring: number } };
  readonly Parameters?: { readonly [name: string]: Json };
  readonly Conditions?: { readonly [name: string]: Json };
  readonly Resources: { readonly [id: string]: TemplateResource };
  readonly Outputs?: { readonly [name: string]: Json };
}

export interface TemplateResource {
  readonly Type: string;
  readonly Metadata?: { readonly eventsystem: { readonly path: string; readonly accepted?: readonly Acceptance[] } };
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: Json;
  readonly Properties?: { readonly [name: string]: Json };
}

/** For each logical id the line that asked for it. */
export type Origins = {
  readonly [id: string]: { readonly file: string; readonly line: number; readonly column: number; readonly path: string };
};

/** A resource that exists and is taken into the stack: how CloudFormation finds it, by the properties of its primary identifier. */
export interface Adoption {
  readonly id: string;
  readonly type: string;
  readonly path: string;
  readonly identifier: { readonly [property: string]: Json };
}

export interface Emitted {
  readonly template: Template;
  readonly origins: Origins;
  readonly adoptions: readonly Adoption[];
  /** How long a resource lives, where the thing it was made for says so. */
  readonly lifetimes: ReadonlyMap<string, Lifetime>;
}

export interface EmitOptions {
  /** A text without references: CloudFormation takes no other. */
  readonly description: string | undefined;
  readonly roles: RoleSettings;
  /** The system as it was written, for the places of raw sections. */
  readonly root: Written;
  readonly catalogue: Catalogue;
  readonly accepted: readonly Accepted[];
}

/** Folds parts into a template: grants into roles, variables into functions, patches over what they name. */
export function emit(parts: readonly Part[], options: EmitOptions, report: Report): Emitted {
  const folded = [...parts.filter((part) => part.part === 'resource'), ...foldRoles(parts, options.roles)];
  const variables = variablesOf(parts);
  const raw = parts.filter((part) => part.part === 'raw');
  const all = unlike(
    [
      ...folded.map((one): Made => [logicalId(one.address), templateResource(one, variables, options.accepted), one.because]),
      ...raw.map((one): Made => [one.id, rawResource(one, options.accepted), one.because]),
    ],
    report,
  );
  const overrides = parts.filter((part) => part.part === 'override');
  const { resources: overridden, changed } = applyOverrides(all, overrides, report);
  const versions = parts.filter((part) => part.part === 'version');
  const deployments = deployedAnew(overridden, changed);
  const resources = renamed(withVersions(overridden, versions), deployments);
  const places = new Map([
    ...folded.map((one) => [deployments.get(logicalId(one.address)) ?? logicalId(one.address), one.because] as const),
    ...raw.map((one) => [one.id, one.because] as const),
    ...versions.map((one) => [versionId(one, overridden), one.because] as const),
  ]);

  for (const { id } of raw) verifyRegistry(id, resources[id], ['resources', id, 'Properties'], options, report);
  for (const [id, override] of changed) verifyRegistry(id, resources[id], ['overrides', override.target, override.type], options, report);
  const grants = grantsByRole(parts.filter((part) => part.part === 'grant'));
  for (const role of folded.filter(({ address }) => address.type === 'AWS::IAM::Role')) {
    const id = logicalId(role.address);
    verifyRole(id, resources[id]?.Properties, reasonsOf(grants.get(id) ?? []), role.because, report);
  }
  verifyCircles(resources, places, options.root.place, report);

  const template = templateOf(ordered(resources), parts, options);
  return { template, origins: originsOf(template, parts, places), adoptions: adoptionsIn(folded), lifetimes: lifetimesOf(folded) };
}

function lifetimesOf(all: readonly Resource[]): Emitted['lifetimes'] {
  return new Map(all.flatMap(({ address, lifetime }) => (lifetime ? [[logicalId(address), lifetime] as const] : [])));
}

function adoptionsIn(resources: readonly Resource[]): readonly Adoption[] {
  return resources
    .flatMap(({ address, path, adopts }) =>
      adopts ? [{ id: logicalId(address), type: address.type, path, identifier: render(adopts) as Adoption['identifier'] }] : [],
    )
    .sort((a, b) => compare(a.id, b.id));
}

type Variables = ReadonlyMap<string, readonly Variable[]>;

function variablesOf(parts: readonly Part[]): Variables {
  const all = new Map<string, Variable[]>();
  for (const part of parts) {
    if (part.part !== 'variable') continue;
    const id = logicalId(part.to);
    const own = all.get(id);
    if (own) own.push(part);
    else all.set(id, [part]);
  }
  return all;
}

function templateResource(one: Resource, variables: Variables, accepted: readonly Accepted[]): TemplateResource {
  const id = logicalId(one.address);
  const own = variables.get(id) ?? [];
  const properties = {
    ...(one.properties as { readonly [name: string]: Value | undefined }),
    ...(own.length > 0 && { Environment: { Variables: sorted(own) } }),
  };
  const rendered = render(properties as Value) as { readonly [name: string]: Json };
  const reasons = [...(one.accepted ?? []), ...acceptedAt(one.path, accepted), ...(FIXED_ARN.test(JSON.stringify(rendered)) ? GIVEN : [])];
  return {
    Type: one.address.type,
    Metadata: { eventsystem: { path: one.path, ...(reasons.length > 0 && { accepted: reasons }) } },
    ...(one.condition !== undefined && { Condition: one.condition }),
    ...(one.dependsOn?.length && { DependsOn: [...new Set(one.dependsOn.map(logicalId))].sort() }),
    ...(one.deletion && { DeletionPolicy: one.deletion }),
    ...(one.replaced && { UpdateReplacePolicy: one.replaced }),
    ...(one.updatePolicy !== undefined && { UpdatePolicy: render(one.updatePolicy) }),
    ...(Object.keys(rendered).length > 0 && { Properties: rendered }),
  };
}

/** An ARN with an account in it: what the file names is meant to be there. */
const FIXED_ARN = /"arn:[^"]*:\d{12}:/;

const GIVEN: readonly Acceptance[] = ['W9002', 'W9013'].map((rule) => ({ rule, reason: 'The file gives this ARN.' }));

function acceptedAt(where: string, accepted: readonly Accepted[]): readonly Acceptance[] {
  return accepted
    .filter(({ path }) => where === path || where.startsWith(`${path}.`))
    .map(({ finding, reason }) => ({ rule: finding, reason }));
}

function sorted(variables: readonly Variable[]): { readonly [name: string]: Value } {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Made = readonly [id: string, one: TemplateResource, because: Place];

/** Made and raw resources in one record. Ids are injective, so two that share one were asked for under the same names. */
function unlike(made: readonly Made[], report: Report): Readonly<Record<string, TemplateResource>> {
  const all: Record<string, TemplateResource> = {};
  const first = new Map<string, Place>();
  const told = new Set<string>();
  for (const [id, one, because] of made) {
    const place = first.get(id);
    if (place) {
      const path = one.Metadata?.eventsystem.path ?? '';
      // A function that is asked for twice is not also told of its role and its logs.
      const line = lineOf(because);
      const related = lineOf(place) === line ? [] : [{ message: 'The first is asked for here.', place }];
      if (!told.has(line)) report(emitProblems['made-twice'], because, { path, type: one.Type }, related);
      told.add(line);
      continue;
    }
    first.set(id, because);
    all[id] = one;
  }
  return all;
}

const lineOf = ({ source, span }: Place): string => `${source.path}:${span.start}`;

function rawResource({ body, path }: RawResource, accepted: readonly Accepted[]): TemplateResource {
  const { Type, ...rest } = render(body) as { readonly Type: string; readonly [key: string]: Json };
  const reasons = acceptedAt(path, accepted);
  return { Type, Metadata: { eventsystem: { path, ...(reasons.length > 0 && { accepted: reasons }) } }, ...rest };
}

/** By the path that asked for them, so that what belongs together stands together. */
function ordered(resources: Readonly<Record<string, TemplateResource>>): Readonly<Record<string, TemplateResource>> {
  const pathOf = (one: TemplateResource) => one.Metadata?.eventsystem.path ?? '';
  return Object.fromEntries(Object.entries(resources).sort(([a, x], [b, y]) => compare(pathOf(x), pathOf(y)) || compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function templateOf(resources: Template['Resources'], parts: readonly Part[], { description }: EmitOptions): Template {
  const text = JSON.stringify(resources);
  const usedConditions = (Object.keys(conditions) as Condition[]).filter((name) => text.includes(`"${name}"`));
  const used = (Object.keys(parameters) as (keyof typeof parameters)[]).filter(
    (name) =>
      // A resource of that name is meant where there is one: the bootstrap stack makes what others are given.
      !Object.hasOwn(resources, name) &&
      (text.includes(`{"Ref":"${name}"}`) ||
        text.includes(`\${${name}}`) ||
        usedConditions.some((one) => conditions[one].parameter === name)),
  );
  const own = parts.filter((part): part is TemplateParameter => part.part === 'parameter');
  const all = {
    ...Object.fromEntries(used.map((name) => [name, parameters[name] as Json])),
    ...Object.fromEntries(own.map(({ name, body }) => [name, render(body)])),
  };
  const outputs = parts.filter((part): part is Output => part.part === 'output');
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(description !== undefined && { Description: description }),
    ...(Object.keys(all).length > 0 && { Parameters: all }),
    ...(usedConditions.length > 0 && {
      Conditions: Object.fromEntries(
        usedConditions.map((name) => [name, { 'Fn::Equals': [{ Ref: conditions[name].parameter }, conditions[name].equals] }]),
      ),
    }),
    Resources: resources,
    ...(outputs.length > 0 && { Outputs: Object.fromEntries(outputs.map(({ name, value }) => [name, { Value: render(value) }])) }),
  };
}

function originsOf(template: Template, parts: readonly Part[], places: ReadonlyMap<string, Place>): Origins {
  const outputs = new Map(
    parts.flatMap((part) => (part.part === 'output' || part.part === 'parameter' ? [[part.name, part] as const] : [])),
  );
  const origin = (place: Place, path: string) => ({ file: place.source.path, ...place.source.position(place.span.start), path });
  return Object.fromEntries([
    ...Object.entries(template.Resources).flatMap(([id, one]) => {
      const place = places.get(id);
      return place ? [[id, origin(place, one.Metadata?.eventsystem.path ?? '')] as const] : [];
    }),
    ...[...outputs].map(([name, part]) => [name, origin(part.because, part.path)] as const),
  ]);
}

function reasonsOf(grants: readonly Grant[]): readonly (readonly [string, number])[] {
  return grants.map((grant) => [grant.path, JSON.stringify(render(grant.on)).length + JSON.stringify(grant.actions).length] as const);
}

/** Reports what the registry does not know, where it stands in the file. */
function verifyRegistry(
  id: string,
  one: TemplateResource | undefined,
  section: readonly string[],
  { root, catalogue }: EmitOptions,
  report: Report,
): void {
  if (!one) return;
  for (const { path, wrong, meant } of violations(one.Type, one.Properties ?? {}, catalogue)) {
    let at: Written = root;
    for (const key of [...section, ...path]) at = at.parts.get(key) ?? at;
    report(emitProblems['registry-violation'], at.key ?? at.place, { type: one.Type, path: path.join('.') || id, wrong, meant });
  }
}
