import { notAdopted } from './adopt.ts';
import { access, allow } from './access.ts';
import { kmsKey } from './data.ts';
import { tags } from './function.ts';
import { asked, duration, flag, forms, interpolatedText, object, or, raw, text, word } from './kit.ts';
import { from } from './receivers.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg';

const machineOf = (property: string) => `AWS::StepFunctions::StateMachine ${property}`;

export const stateMachine = object(
  'A Step Functions state machine: a workflow of steps, each with its own retries.',
  {
    definition: asked(
      forms(
        'The steps in Amazon States Language: a JSON file of this project, or inline. May contain `$(NAME.arn)`.',
        {
          text: text('A file.', {
            pattern: '^[^\\\\]+\\.json$',
            means: 'a JSON file of this project, such as flows/order.asl.json',
            file: true,
          }),
          object: raw('The definition.', 'object'),
        },
        {
          aws: machineOf('Definition'),
          page: `${PAGE}/concepts-amazon-states-language.html`,
          also: ['Definition', 'DefinitionString', 'DefinitionUri', 'definitionBody', 'DefinitionSubstitutions'],
        },
      ),
    ),
    type: or(
      word(
        'The workflow type. It cannot be changed later.',
        {
          standard: 'Up to a year, each step exactly once, billed by the step.',
          express: 'Up to five minutes, at least once, billed by the execution.',
        },
        { aws: machineOf('StateMachineType'), page: `${PAGE}/choosing-workflow-type.html`, also: ['StateMachineType', 'Type'] },
      ),
      'standard',
    ),
    access,
    allow,
    logs: object(
      'Logs of its executions.',
      {
        level: or(word('The log level.', { off: 'Nothing.', error: 'Failures.', all: 'Every step.' }, { also: ['Level'] }), 'all'),
        data: flag('With the input and output of the steps.', { also: ['IncludeExecutionData', 'includeExecutionData'] }),
        retention: duration('How long logs are kept. 30 days by default; 365 in a protected stage and with `strict: true`.', {
          words: ['forever'],
          from: 86_400,
          to: 3653 * 86_400,
          examples: ['30 days'],
          usually: '30 days (365 days in a protected stage and with `strict: true`)',
        }),
      },
      { aws: machineOf('LoggingConfiguration'), page: `${PAGE}/cw-logs.html`, also: ['LoggingConfiguration', 'Logging'] },
    ),
    tracing: or(
      flag('Traces executions with X-Ray.', {
        aws: machineOf('TracingConfiguration'),
        also: ['TracingConfiguration', 'Tracing', 'tracingEnabled'],
      }),
      true,
    ),
    from: from.stateMachines,
    key: kmsKey('definition and data', machineOf('EncryptionConfiguration')),
    tags,
    ...sharing,
    physicalName: text('Its name in AWS. If left out, AWS generates one.', {
      pattern: '^[A-Za-z0-9_-]{1,80}$',
      means: 'up to 80 letters, digits, _ and -',
      aws: machineOf('StateMachineName'),
      also: ['StateMachineName', 'Name'],
    }),
    existing: interpolatedText('The name or ARN of an existing state machine, instead of creating one.', {
      also: ['arn', 'Arn', 'fromStateMachineArn'],
    }),
  },
  {
    id: 'stateMachine',
    without: { adopt: notAdopted.machine },
    short: { text: 'definition' },
    aws: 'AWS::StepFunctions::StateMachine',
    page: `${PAGE}/welcome.html`,
  },
);
