import { cors } from '../cors.ts';
import { flag, list, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const url = {
  value: word(
    'An address of the function’s own, over HTTPS. `public` is open to everybody on the internet.',
    { iam: 'Whoever IAM admits, with a signed request.', public: 'Everybody.' },
    {
      aws: 'AWS::Lambda::Url AuthType',
      page: `${PAGE}/urls-auth.html`,
      also: ['FunctionUrlConfig', 'AuthType', 'functionUrl', 'addFunctionUrl'],
    },
  ),
  options: {
    accounts: list(
      'With `iam`: other accounts whose roles may call.',
      text('An account.', { pattern: '^[0-9]{12}$', means: 'an account id of twelve digits', examples: ["'123456789012'"] }),
      { single: true, min: 1, aws: 'AWS::Lambda::Permission Principal', also: ['Principal'] },
    ),
    cors,
    streaming: flag('The answer is streamed as the function writes it.', {
      aws: 'AWS::Lambda::Url InvokeMode',
      page: `${PAGE}/configuration-response-streaming.html`,
      also: ['InvokeMode', 'invokeMode', 'RESPONSE_STREAM'],
    }),
    as,
  },
  polling: {
    delivery: 'push',
    caller: 'Whoever sends a request to the address; Lambda calls the function with it.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One call for each request.',
    ordering: 'None.',
    retries: 'None: the caller gets the error.',
    failure: 'The caller gets it.',
    page: `${PAGE}/urls-configuration.html`,
  },
} as const;
