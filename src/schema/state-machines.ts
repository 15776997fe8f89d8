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
  'A state machine of Step Functions: steps, one after another, each tried again as it says.',
  {
    definition: asked(
      forms(
        'The steps in Amazon’s States Language: a JSON file of this project, or written here. `$(NAME.arn)` stands for what it names.',
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
        'How it runs; it cannot change later.',
        { standard: 'Up to a year, each step once, paid by the step.', express: 'Up to five minutes, at least once, paid by the run.' },
        { aws: machineOf('StateMachineType'), page: `${PAGE}/choosing-workflow-type.html`, also: ['StateMachineType', 'Type'] },
      ),
      'standard',
    ),
    access,
    allow,
    logs: object(
      'What it tells of its runs.',
      {
        level: or(word('How much.', { off: 'Nothing.', error: 'Failures.', all: 'Every step.' }, { also: ['Level'] }), 'all'),
        data: flag('With what goes in and out of the steps.', { also: ['IncludeExecutionData', 'includeExecutionData'] }),
        retention: duration('How long lines are kept. 30 days; 365 in a protected stage and with `strict: true`.', {
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
      flag('Traces runs with X-Ray.', {
        aws: machineOf('TracingConfiguration'),
        also: ['TracingConfiguration', 'Tracing', 'tracingEnabled'],
      }),
      true,
    ),
    from: from.stateMachines,
    key: kmsKey('definition and data', machineOf('EncryptionConfiguration')),
    tags,
    ...sharing,
    physicalName: text('Its name in AWS. One is made up without it.', {
      pattern: '^[A-Za-z0-9_-]{1,80}$',
      means: 'up to 80 letters, digits, _ and -',
      aws: machineOf('StateMachineName'),
      also: ['StateMachineName', 'Name'],
    }),
    existing: interpolatedText('The name or the ARN of a state machine that exists, instead of making one.', {
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
