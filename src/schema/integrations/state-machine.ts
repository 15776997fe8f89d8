import { nameOf } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const stateMachine = {
  value: nameOf('A state machine that the request starts, with no function in between.', 'stateMachines', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html',
    also: ['stepFunctions', 'StepFunctions-StartExecution', 'states'],
  }),
  options: {
    input: taken('Its input. The whole body by default.', ['Input']),
    name: taken('The name of the execution: a second request with the same name starts no second one.', ['Name']),
    respond: respond('The response once the execution has started. 202 with its ARN by default.', 'Step Functions', {
      executionArn: 'The ARN of the execution.',
      startDate: 'When it started.',
    }),
  },
} as const;
