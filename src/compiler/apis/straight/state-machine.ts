import { text } from '../../cloud/value.ts';
import { expressionOf } from '../http/expression.ts';
import type { Straight } from './straight.ts';
import { asData, asText, headersOf } from './template.ts';

/** A request straight into a state machine. https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html */
export const stateMachine: Straight<'stateMachine'> = {
  target: (settings) => settings.stateMachine,
  word: 'Machine',
  taken: ({ input, name }) => [input, name],
  action: () => 'states:action/StartExecution',
  contentType: 'application/x-amz-json-1.0',
  template: ({ stateMachine: of, input, name }, context) =>
    text(
      `${headersOf([input, name])}{"stateMachineArn":"`,
      context.arn(of),
      `"${name === undefined ? '' : `,"name":"${asText(name)}"`},"input":"$util.escapeJavaScript(${asData(input)}).replaceAll("\\\\'","'")"}`,
    ),
  answered: { executionArn: 'executionArn', startDate: 'startDate' },
  otherwise: { id: 'executionArn' },
  statements: ({ stateMachine: of }, context) => [{ actions: ['states:StartExecution'], on: [context.arn(of)] }],
  http: ({ stateMachine: of, input, name }, context) => ({
    subtype: 'StepFunctions-StartExecution',
    parameters: {
      StateMachineArn: context.arn(of),
      Input: input === undefined ? '$request.body' : expressionOf(input),
      ...(name !== undefined && { Name: expressionOf(name) }),
    },
  }),
};
