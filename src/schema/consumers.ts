import { notAdopted } from './adopt.ts';
import { functionSettings, ownSettings } from './function.ts';
import { handler } from './handlers.ts';
import { object, required } from './kit.ts';
import { from } from './sources/index.ts';

export const consumer = object(
  'A function that is invoked by event sources.',
  { handler: required(handler), from: required(from), ...functionSettings, ...ownSettings },
  {
    id: 'consumer',
    without: { adopt: notAdopted.function },
    function: { handler: 'handler', timeout: 30 },
    aws: 'AWS::Lambda::Function',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html',
  },
);
