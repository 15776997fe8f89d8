import { count, flag, forms, interpolatedText, list, map, object, or, raw, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

const logicalName = (title: string) =>
  text(title, { pattern: '^[A-Za-z][A-Za-z0-9]{0,127}$', means: 'letters and digits, starting with a letter' });

const resourceType = text('AWS::Service::Thing', {
  pattern: '^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$',
  means: 'a resource type such as AWS::SQS::Queue',
});

export const parameters = map(
  'Parameters of the template, for what only the deployer knows. `$(parameters.NAME)` stands for one.',
  logicalName('A parameter'),
  object(
    'A parameter of the template.',
    {
      type: or(
        text('Its type in CloudFormation.', {
          pattern: '^(String|Number|CommaDelimitedList|List<Number>|AWS::[A-Za-z0-9:<>.]+)$',
          means: 'a parameter type of CloudFormation, such as String',
          also: ['Type'],
        }),
        'String',
      ),
      description: text('What it is for.', { also: ['Description'] }),
      default: text('Its value when the deployer gives none.', { also: ['Default'] }),
      values: list('The values it may have.', text('A value.'), { min: 1, also: ['AllowedValues', 'allowedValues'] }),
      pattern: text('A regular expression its value must match.', { also: ['AllowedPattern', 'allowedPattern'] }),
    },
    { empty: true },
  ),
  { aws: 'Parameters', page: `${PAGE}/parameters-section-structure.html`, also: ['Parameters', 'params', 'inputs'] },
);

export const moved = map(
  'What was renamed, its earlier path and the one it has now: `{ streams.orders: streams.purchases }`. It keeps its resources. The line may go when every stage was deployed with it.',
  text('The earlier path', {
    pattern: '^[A-Za-z]+\\.[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    means: 'a path such as streams.orders',
  }),
  text('The path it has now.', {
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
  'Raw CloudFormation: resources eventsystem has no word for. Checked against the CloudFormation registry. `$(resources.NAME.Attribute)` stands for an attribute.',
  logicalName('A logical id'),
  object('A resource as CloudFormation writes it.', {
    Type: required(resourceType),
    Properties: raw('Its properties. `$(…)` and CloudFormation’s own functions may stand in them.', 'object', { intrinsics: true }),
    DeletionPolicy: word('What becomes of it.', {
      Delete: 'It goes.',
      Retain: 'It stays.',
      RetainExceptOnCreate: 'It stays, unless its creation failed.',
      Snapshot: 'A snapshot is taken.',
    }),
    UpdateReplacePolicy: word('What becomes of the old one when it is replaced.', {
      Delete: 'It goes.',
      Retain: 'It stays.',
      Snapshot: 'A snapshot is taken.',
    }),
    DependsOn: list('What must be there before.', text('A logical id.', { pattern: '^[A-Za-z0-9]+$', means: 'a logical id' }), {
      single: true,
      min: 1,
    }),
  }),
  { fixed: true, aws: 'Resources', page: `${PAGE}/resources-section-structure.html`, also: ['Resources', 'extensions'] },
);

export const overrides = map(
  'Patches of what was generated, by the path in this file, then by type: `streams.orders: { AWS::Kinesis::Stream: { RetentionPeriodHours: 72 } }`. Objects merge, `null` removes, the rest replaces. Checked against the CloudFormation registry.',
  text('A path', {
    pattern: '^[A-Za-z]+(\\..+)?$',
    means: 'a path in this file, such as streams.orders',
    examples: ['streams.orders'],
    way: true,
  }),
  map('Patches by type.', resourceType, raw('Properties to lay over the generated ones.', 'object', { intrinsics: true })),
  { also: ['Overrides', 'escapeHatch', 'transform', 'extensions'] },
);

export const roles = object(
  'What holds for every role that is made.',
  {
    boundary: interpolatedText('The ARN of a policy that bounds every role.', {
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
        'Conditions on who carries a role: what Lambda does with it and what the function’s code does are told apart. Sets the functions’ names. Only a live account can prove it for every source; see docs/verify.md.',
        { page: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html' },
      ),
      false,
    ),
  },
  { empty: true, aws: 'AWS::IAM::Role', also: ['iam', 'role', 'Role'] },
);

export const accept = list(
  'Findings that are meant to be so: silenced at one place, with a reason that is kept in the template. A rule of another tool (`AwsSolutions-SQS3`, `W3010`) may be named too: its reason goes into the metadata of what stands at the place.',
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
  'How many stacks the system is. Without a word it is one, and from 450 resources on several, by how long things live: NAME-STAGE-network, NAME-STAGE-data, and NAME-STAGE, the application. A word here keeps what a system has when it grows.',
  {
    text: word('Which.', {
      one: 'One stack, which holds 500 resources.',
      lifetimes: 'Network, data and application apart, however few they are.',
    }),
    object: object(
      'By lifetime, the application in so many parts. Another number moves functions to other stacks.',
      {
        functions: parts('So many stacks for the functions; with 0 they stand with the application.', ['functionStacks']),
        wiring: parts('So many stacks for permissions and alarms that nothing waits for.', ['permissions']),
      },
      { empty: true },
    ),
  },
  { page: `${PAGE}/cloudformation-limits.html`, also: ['stack', 'splitStacks', 'nestedStacks', 'split'] },
);
