import { cors } from '../cors.ts';
import { flag, list, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const url = {
  value: word(
    'A function URL, over HTTPS. `public` is open to everyone on the internet.',
    { iam: 'Callers that IAM allows, with signed requests.', public: 'Everybody.' },
    {
      aws: 'AWS::Lambda::Url AuthType',
      page: `${PAGE}/urls-auth.html`,
      also: ['FunctionUrlConfig', 'AuthType', 'functionUrl', 'addFunctionUrl'],
    },
  ),
  options: {
    accounts: list(
      'With `iam`: other accounts whose roles may call it.',
      text('An account.', { pattern: '^[0-9]{12}$', means: 'a 12-digit account ID', examples: ["'123456789012'"] }),
      { single: true, min: 1, aws: 'AWS::Lambda::Permission Principal', also: ['Principal'] },
    ),
    cors,
    streaming: flag('The response is streamed as the function writes it.', {
      aws: 'AWS::Lambda::Url InvokeMode',
      page: `${PAGE}/configuration-response-streaming.html`,
      also: ['InvokeMode', 'invokeMode', 'RESPONSE_STREAM'],
    }),
    as,
  },
  polling: {
    delivery: 'push',
    caller: 'Anyone who sends a request to the URL; Lambda invokes the function with it.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One invocation per request.',
    ordering: 'None.',
    retries: 'None: the caller gets the error.',
    failure: 'The caller gets the error.',
    page: `${PAGE}/urls-configuration.html`,
  },
} as const;
