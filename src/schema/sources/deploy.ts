import { duration, flag, object, raw } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html';

export const deploy = {
  value: object(
    'The deployment itself, as a custom resource: CloudFormation calls the function when the stack is made, when `properties` changed, and when it goes. The function answers by a PUT to the `ResponseURL` it is given.',
    {
      properties: raw(
        'What the function is told; a change of it is an update. `$(…)` in it also says what must be made before.',
        'object',
        {
          aws: 'AWS::CloudFormation::CustomResource',
          also: ['Properties', 'ResourceProperties'],
        },
      ),
      whenCodeChanges: flag('Another code of the function is an update too.'),
      timeout: duration('How long CloudFormation waits for the answer before it gives up.', {
        from: 1,
        to: 3600,
        examples: ['5 minutes'],
        aws: 'AWS::CloudFormation::CustomResource ServiceTimeout',
        page: PAGE,
        also: ['ServiceTimeout', 'serviceTimeout'],
        usually: 'three tries of the function, and the three minutes between them',
      }),
    },
    {
      empty: true,
      aws: 'AWS::CloudFormation::CustomResource',
      page: PAGE,
      also: ['CustomResource', 'customResource', 'Custom', 'ServiceToken'],
    },
  ),
  options: { as },
  polling: {
    delivery: 'push',
    caller: 'CloudFormation calls the function and waits until it answers by the address it was given.',
    permission: 'deployer',
    invocation: 'async',
    concurrency: 'One call for each step of a deployment.',
    ordering: 'One after the other: made, changed, deleted.',
    retries: 'A function that throws is tried twice more by Lambda.',
    failure: 'The deployment fails and is rolled back; without an answer, when `timeout` is over.',
    page: PAGE,
  },
} as const;
