import { nameOf } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const stateMachine = {
  value: nameOf('A state machine the request starts, with no function in between.', 'stateMachines', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html',
    also: ['stepFunctions', 'StepFunctions-StartExecution', 'states'],
  }),
  options: {
    input: taken('What it is started with. The whole body unless said otherwise.', ['Input']),
    name: taken('The name of the run: a second request with it starts no second run.', ['Name']),
    respond: respond('What the caller is told when the run has begun. 202 with its ARN unless said otherwise.', 'Step Functions', {
      executionArn: 'The ARN of the run.',
      startDate: 'When it began.',
    }),
  },
} as const;
