import { variableOf } from '../../runtime/contract.ts';
import { address, logicalId, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { arn, attribute, Parameter, region, text, urlSuffix } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { leavingOut, leavingOutIfMeant } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';
import { tagMap } from './tags.ts';

type Setting = Thing<'settings'>;

const PAGE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';

export const settingProblems = problems({
  'secure-in-text': {
    severity: 'error',
    message: ({ name, tree }: { name: string; tree: boolean }) =>
      tree
        ? `\`${name}\` is a tree of settings and has no single value.`
        : `\`${name}\` is a secure setting: its value cannot be put into a template.`,
    why: 'Anyone who may view the stack can read its template and its functions’ environments. A function with `access: { NAME: read }` reads the value at run time.',
    fix: ({ name }: { name: string; tree: boolean }) => ({
      title: `Grant \`access: { ${name}: read }\`, and read it with the runtime library`,
    }),
    page: `${PAGE}/sysman-paramstore-securestring.html`,
  },
  'secure-published': {
    severity: 'error',
    message: () => 'A secure setting cannot be published by a template.',
    why: 'CloudFormation cannot create a SecureString, and the value would be in this file. Use `secrets` to generate a secret instead.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/parameter-store-cfn.html`,
  },
  'published-tree': {
    severity: 'error',
    message: () => 'A tree of settings has no single value.',
    why: '`/shop/*` means everything below a path; a value is published at a single path.',
    fix: leavingOutIfMeant,
  },
  'setting-of-published': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` only applies to a setting that this system publishes.`,
    why: 'A setting that is only read is managed elsewhere; set it there.',
    fix: leavingOut,
  },
});

const parameterAddress = ({ name }: Setting): Address<'AWS::SSM::Parameter'> => address('AWS::SSM::Parameter', { name, word: 'Setting' });

const isTree = ({ settings: { path } }: Setting): boolean => String(path.segments.at(-1)).endsWith('/*');

/** The path without the star of a tree. */
function pathOf(setting: Setting, context: Context): Piece {
  const { segments, place } = setting.settings.path;
  const last = segments.at(-1);
  return isTree(setting) && typeof last === 'string'
    ? context.text({ segments: [...segments.slice(0, -1), last.slice(0, -2)], place })
    : context.text(setting.settings.path);
}

/** Between `parameter` and a path there is one slash. */
function settingArn(setting: Setting, context: Context): Piece {
  const first = setting.settings.path.segments[0];
  const slash = typeof first === 'string' && first.startsWith('/') ? '' : '/';
  return arn('ssm', text(`parameter${slash}`, pathOf(setting, context)));
}

/** The value CloudFormation reads at every deployment, or the one that is published. */
function valueOf(setting: Setting): Piece {
  const own = parameterAddress(setting);
  return setting.settings.value === undefined ? new Parameter(logicalId(own)) : attribute(own, 'Value');
}

function read(setting: Setting, _: Use, context: Context): Allowance {
  const on = settingArn(setting, context);
  const { key } = setting.settings;
  return {
    statements: [
      isTree(setting)
        ? {
            actions: ['ssm:GetParametersByPath'],
            on: [on, text(on, '/*')],
            accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'The file asks for everything below this path.' }],
          }
        : { actions: ['ssm:GetParameter', 'ssm:GetParameters'], on: [on] },
      ...(key
        ? [
            {
              actions: ['kms:Decrypt'],
              on: [context.text(key)],
              when: { StringEquals: { 'kms:ViaService': text('ssm.', region, '.', urlSuffix) } },
            },
          ]
        : []),
    ],
    variables: [{ name: variableOf('setting', setting.called), value: pathOf(setting, context) }],
  };
}

/** A parameter of Parameter Store. https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html */
export const settings: Meaning<'settings'> = {
  service: 'ssm',
  arn: settingArn,
  attributes: { '': valueOf, arn: settingArn },
  access: { read },

  verify(setting, { model }, report) {
    const { settings: said, written, name } = setting;
    const tree = isTree(setting);
    const at = (key: string) => written.parts.get(key)?.key ?? setting.place;
    if (said.value !== undefined && said.secure) report(settingProblems['secure-published'], at('value'), {});
    else if (said.value !== undefined && tree) report(settingProblems['published-tree'], at('value'), {});
    for (const key of said.value === undefined ? (['description', 'allowed', 'advanced', 'adopt', 'tags'] as const) : [])
      if (written.parts.get(key)?.key) report(settingProblems['setting-of-published'], at(key), { setting: key });
    for (const { reference } of model.references) {
      if (reference.to === 'thing' && reference.thing === setting && String(reference.attribute) === '' && (said.secure || tree))
        report(settingProblems['secure-in-text'], reference.place, { name, tree });
    }
  },

  expand(setting, context) {
    const { settings: said, path, place: because } = setting;
    const own = parameterAddress(setting);
    if (said.value !== undefined)
      return [
        resource(
          own,
          {
            Name: context.text(said.path),
            Type: 'String',
            Value: context.text(said.value),
            ...(said.description !== undefined && { Description: said.description }),
            ...(said.allowed !== undefined && { AllowedPattern: said.allowed }),
            ...(said.advanced && { Tier: 'Advanced' }),
            Tags: tagMap(said.tags, context),
          },
          { because, path, ...(said.adopt && { deletion: 'Retain', replaced: 'Retain', adopts: { Name: context.text(said.path) } }) },
        ),
      ];
    return isAsked(setting, context) ? [parameter(setting, context)] : [];
  },
};

const isAsked = (setting: Setting, { model }: Context): boolean =>
  model.references.some(({ reference }) => reference.to === 'thing' && reference.thing === setting && String(reference.attribute) === '');

/** CloudFormation reads the value of such a parameter at every deployment. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
function parameter(setting: Setting, context: Context): Part {
  return {
    part: 'parameter',
    name: logicalId(parameterAddress(setting)),
    body: { Type: 'AWS::SSM::Parameter::Value<String>', Default: pathOf(setting, context) },
    because: setting.place,
    path: setting.path,
  };
}
