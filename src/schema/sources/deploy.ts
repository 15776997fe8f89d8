import { duration, flag, object, raw } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html';

export const deploy = {
  value: object(
    'The deployment itself, as a custom resource: CloudFormation invokes the function when the stack is created, when `properties` change, and when it is deleted. The function responds with a PUT to the `ResponseURL` it is given.',
    {
      properties: raw('What the function receives; a change is an update. `$(…)` in it also determines what is created before.', 'object', {
        aws: 'AWS::CloudFormation::CustomResource',
        also: ['Properties', 'ResourceProperties'],
      }),
      whenCodeChanges: flag('A change of the function’s code is also an update.'),
      timeout: duration('How long CloudFormation waits for the response before it gives up.', {
        from: 1,
        to: 3600,
        examples: ['5 minutes'],
        aws: 'AWS::CloudFormation::CustomResource ServiceTimeout',
        page: PAGE,
        also: ['ServiceTimeout', 'serviceTimeout'],
        usually: 'three attempts of the function, and the three minutes between them',
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
    caller: 'CloudFormation invokes the function and waits for its response at the `ResponseURL`.',
    permission: 'deployer',
    invocation: 'async',
    concurrency: 'One invocation per step of a deployment.',
    ordering: 'One after the other: created, updated, deleted.',
    retries: 'Lambda retries a function that throws twice.',
    failure: 'The deployment fails and is rolled back; without a response, after `timeout`.',
    page: PAGE,
  },
} as const;
