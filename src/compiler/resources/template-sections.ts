import type { Part } from '../cloud/part.ts';
import type { Value } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { leavingOut, replacing } from '../edit/fixes.ts';
import { resolveProblems } from '../resolve/problems.ts';
import { nearest } from '../text/suggest.ts';
import type { SystemMeaning } from './meaning.ts';

export const templateProblems = problems({
  'raw-type': {
    severity: 'error',
    message: ({ type }: { type: string }) => `\`${type}\` cannot be declared in \`resources\`.`,
    why: 'Hand-written IAM roles and policies would bypass what this file says functions may do; `allow` and `access` create them, and `roles` limits them.',
  },
  'unknown-type': {
    severity: 'error',
    message: ({ type }: { type: string }) => `CloudFormation has no resource type \`${type}\`.`,
    why: 'Types are checked against AWS’s published specification of CloudFormation’s resources.',
    fix: ({ meant }: { meant: string | undefined }, place) => replacing(meant)(place),
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html',
  },
  'parameter-taken': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a parameter that every eventsystem template has.`,
    why: '`ArtifactBucket` says where the functions’ code is, `ApiGatewayLogs` whether APIs write logs.',
    fix: leavingOut,
  },
  'computed-description': {
    severity: 'error',
    message: () => 'The description of a template is plain text: nothing in it can be computed.',
    why: 'CloudFormation reads the description before anything else. `$(stage)`, `$(name)` and `$(values.X)` are known when compiling, and can be used.',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-description-structure.html',
  },
  'unknown-target': {
    severity: 'error',
    message: ({ path, meant }: { path: string; meant: string | undefined }) =>
      `Nothing is declared at \`${path}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
    why: 'An override names what it patches by its path in this file, such as `streams.orders`.',
    fix: ({ meant }: { path: string; meant: string | undefined }, place) => replacing(meant)(place),
  },
});

const RESERVED_PARAMETERS = ['ArtifactBucket', 'ApiGatewayLogs'];

/** The sections that are CloudFormation’s own: parameters, outputs, raw resources and patches. */
export const templateSections: SystemMeaning = {
  verify({ model, catalogue }, report) {
    const { settings, root } = model;
    const computed = settings.description?.segments.find((segment) => typeof segment !== 'string');
    if (computed) report(templateProblems['computed-description'], computed.place, {});
    for (const [name, part] of root.at('parameters').entries) {
      if (RESERVED_PARAMETERS.includes(name)) report(templateProblems['parameter-taken'], part.key ?? part.place, { name });
    }
    for (const [id, { Type }] of Object.entries(settings.resources ?? {})) {
      const at = root.at('resources').parts.get(id)?.parts.get('Type');
      if (!at) continue;
      if (/^AWS::IAM::|^AWS::CloudFormation::(Macro|CustomResource|Stack)$/.test(Type))
        report(templateProblems['raw-type'], at.place, { type: Type });
      else if (!catalogue.resourceType(Type))
        report(templateProblems['unknown-type'], at.place, { type: Type, meant: nearest(Type, catalogue.typesLike(Type)) });
    }
    for (const { reference } of model.references) {
      if (reference.to !== 'resource' || reference.attribute === undefined) continue;
      const known = catalogue.resourceType(settings.resources?.[reference.name]?.Type ?? '')?.attributes;
      if (!known || known.includes(reference.attribute)) continue;
      report(resolveProblems['unknown-attribute'], reference.place, {
        name: reference.name,
        attribute: reference.attribute,
        known,
        meant: nearest(reference.attribute, known),
      });
    }
    const paths = [...model.things.map(({ path }) => path), ...model.functions.map(({ path }) => path), 'vpc', 'endpoints'];
    for (const [path, part] of root.at('overrides').entries) {
      if (!paths.some((one) => one === path || one.startsWith(`${path}.`)))
        report(templateProblems['unknown-target'], part.key ?? part.place, { path, meant: nearest(path, paths) });
    }
  },

  expand(context) {
    const { settings, root } = context.model;
    const placeOf = (section: 'parameters' | 'outputs' | 'resources' | 'overrides', name: string) => {
      const part = root.at(section).parts.get(name);
      return part?.key ?? part?.place ?? root.place;
    };
    const parts: Part[] = [];
    for (const [name, { type, description, default: otherwise, values, pattern }] of Object.entries(settings.parameters ?? {})) {
      const body: { readonly [key: string]: Value } = {
        Type: type,
        ...(description !== undefined && { Description: description }),
        ...(otherwise !== undefined && { Default: otherwise }),
        ...(values && { AllowedValues: values }),
        ...(pattern !== undefined && { AllowedPattern: pattern }),
      };
      parts.push({ part: 'parameter', name, body, because: placeOf('parameters', name), path: `parameters.${name}` });
    }
    for (const [name, value] of Object.entries(settings.outputs ?? {})) {
      parts.push({ part: 'output', name, value: context.text(value), because: placeOf('outputs', name), path: `outputs.${name}` });
    }
    for (const [id, { Properties, ...rest }] of Object.entries(settings.resources ?? {})) {
      const body = { ...rest, ...(Properties !== undefined && { Properties: context.data(Properties) }) } as {
        readonly [key: string]: Value;
      };
      parts.push({ part: 'raw', id, body, because: placeOf('resources', id), path: `resources.${id}` });
    }
    for (const [target, byType] of Object.entries(settings.overrides ?? {})) {
      for (const [type, patch] of Object.entries(byType)) {
        const at = root.at('overrides').parts.get(target)?.parts.get(type);
        parts.push({
          part: 'override',
          target,
          type,
          patch: context.data(patch),
          because: at?.key ?? placeOf('overrides', target),
          path: `overrides.${target}`,
        });
      }
    }
    return parts;
  },
};
