import { count, flag, forms, interpolatedText, list, map, object, or, raw, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

const logicalName = (title: string) =>
  text(title, { pattern: '^[A-Za-z][A-Za-z0-9]{0,127}$', means: 'letters and digits, starting with a letter' });

const resourceType = text('AWS::Service::Thing', {
  pattern: '^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$',
  means: 'a resource type such as AWS::SQS::Queue',
});

export const parameters = map(
  'Template parameters, for what only the deployer knows. Used as `$(parameters.NAME)`.',
  logicalName('A parameter'),
  object(
    'A parameter of the template.',
    {
      type: or(
        text('Its CloudFormation type.', {
          pattern: '^(String|Number|CommaDelimitedList|List<Number>|AWS::[A-Za-z0-9:<>.]+)$',
          means: 'a parameter type of CloudFormation, such as String',
          also: ['Type'],
        }),
        'String',
      ),
      description: text('What it is for.', { also: ['Description'] }),
      default: text('Its value if the deployer gives none.', { also: ['Default'] }),
      values: list('The allowed values.', text('A value.'), { min: 1, also: ['AllowedValues', 'allowedValues'] }),
      pattern: text('A regular expression its value must match.', { also: ['AllowedPattern', 'allowedPattern'] }),
    },
    { empty: true },
  ),
  { aws: 'Parameters', page: `${PAGE}/parameters-section-structure.html`, also: ['Parameters', 'params', 'inputs'] },
);

export const moved = map(
  'What was renamed: its earlier path and its current one, `{ streams.orders: streams.purchases }`. It keeps its resources. Remove the line once every stage has been deployed with it.',
  text('The earlier path', {
    pattern: '^[A-Za-z]+\\.[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    means: 'a path such as streams.orders',
  }),
  text('Its current path.', {
    pattern: '^[A-Za-z]+\\.[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    means: 'a path such as streams.purchases',
    examples: ['streams.purchases'],
    way: true,
  }),
  { page: `${PAGE}/stack-refactoring.html`, also: ['renamed', 'refactor', 'removed', 'moves'] },
);

export const outputs = map(
  'Outputs of the stack: `{ Url: $(shop.url) }`.',
  logicalName('An output'),
  interpolatedText('The output’s value.'),
  {
    fixed: true,
    aws: 'Outputs',
    page: `${PAGE}/outputs-section-structure.html`,
    also: ['Outputs'],
  },
);

export const resources = map(
  'Raw CloudFormation: resources that eventsystem does not cover. Checked against the CloudFormation registry. Refer to an attribute as `$(resources.NAME.Attribute)`.',
  logicalName('A logical id'),
  object('A resource in CloudFormation’s form.', {
    Type: required(resourceType),
    Properties: raw('Its properties. They may contain `$(…)` and CloudFormation’s intrinsic functions.', 'object', { intrinsics: true }),
    DeletionPolicy: word('What happens to it on deletion.', {
      Delete: 'It is deleted.',
      Retain: 'It is kept.',
      RetainExceptOnCreate: 'It is kept, unless its creation failed.',
      Snapshot: 'A snapshot is taken first.',
    }),
    UpdateReplacePolicy: word('What happens to the old one when it is replaced.', {
      Delete: 'It is deleted.',
      Retain: 'It is kept.',
      Snapshot: 'A snapshot is taken first.',
    }),
    DependsOn: list('What must be created before.', text('A logical id.', { pattern: '^[A-Za-z0-9]+$', means: 'a logical id' }), {
      single: true,
      min: 1,
    }),
  }),
  { fixed: true, aws: 'Resources', page: `${PAGE}/resources-section-structure.html`, also: ['Resources', 'extensions'] },
);

export const overrides = map(
  'Patches to what was generated, by path in this file, then by type: `streams.orders: { AWS::Kinesis::Stream: { RetentionPeriodHours: 72 } }`. Objects merge, `null` removes, the rest replaces. Checked against the CloudFormation registry.',
  text('A path', {
    pattern: '^[A-Za-z]+(\\..+)?$',
    means: 'a path in this file, such as streams.orders',
    examples: ['streams.orders'],
    way: true,
  }),
  map('Patches by type.', resourceType, raw('Properties to merge over the generated ones.', 'object', { intrinsics: true })),
  { also: ['Overrides', 'escapeHatch', 'transform', 'extensions'] },
);

export const roles = object(
  'Settings for every role that is created.',
  {
    boundary: interpolatedText('The ARN of the permissions boundary of every role.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a policy',
      aws: 'AWS::IAM::Role PermissionsBoundary',
      page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      also: ['PermissionsBoundary', 'permissionsBoundary', 'rolePermissionsBoundary'],
    }),
    path: text('The path of every role.', {
      pattern: '^/([!-~]+/)?$',
      means: 'a path such as /shop/',
      examples: ['/shop/'],
      aws: 'AWS::IAM::Role Path',
      also: ['Path'],
    }),
    strictCallers: or(
      flag(
        'Adds conditions on who uses a role, to separate what Lambda does with it from what the function’s code does. Sets the functions’ names. Only a live account can prove it for every source; see docs/verify.md.',
        { page: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html' },
      ),
      false,
    ),
  },
  { empty: true, aws: 'AWS::IAM::Role', also: ['iam', 'role', 'Role'] },
);

export const accept = list(
  'Accepted findings: silenced at one place, with a reason that is kept in the template. Rules of other tools (`AwsSolutions-SQS3`, `W3010`) work too: the reason goes into the metadata of the resources at that place.',
  object('One finding.', {
    finding: required(
      text('The finding’s code.', { pattern: '^[A-Za-z0-9-]+$', means: 'the code of a finding', examples: ['unused-endpoint'] }),
    ),
    on: required(
      text('The path in this file.', { pattern: '^[A-Za-z]+(\\..+)?$', means: 'a path in this file, such as streams.orders', way: true }),
    ),
    because: required(text('The reason.', { pattern: '.{8,}', means: 'a reason of some words' })),
  }),
  { also: ['ignore', 'suppress', 'acknowledge'] },
);

const parts = (doc: string, also: readonly string[]) => count(doc, { from: 0, to: 64, also });

export const stacks = forms(
  'How many stacks the system has. By default one, and above 450 resources several, by lifetime: NAME-STAGE-network, NAME-STAGE-data, and NAME-STAGE, the application. Set this to keep the layout when a system grows.',
  {
    text: word('Which.', {
      one: 'One stack, of at most 500 resources.',
      lifetimes: 'Network, data and application in separate stacks, however small.',
    }),
    object: object(
      'By lifetime, with the application in this many parts. Changing the number moves functions to other stacks.',
      {
        functions: parts('The number of stacks for functions; with 0 they are in the application’s.', ['functionStacks']),
        wiring: parts('The number of stacks for permissions and alarms that nothing waits for.', ['permissions']),
      },
      { empty: true },
    ),
  },
  { page: `${PAGE}/cloudformation-limits.html`, also: ['stack', 'splitStacks', 'nestedStacks', 'split'] },
);
