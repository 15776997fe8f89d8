import { interpolatedText, word } from '../kit.ts';

export const http = {
  value: interpolatedText(
    'A backend over HTTP: the request is passed on as it is. `{id}` in the address stands for what `{id}` of the path was.',
    {
      pattern: '^(https?://|.*\\$\\().+$',
      means: 'an address such as https://backend.example/orders/{id}',
      examples: ['https://backend.example/orders/{id}'],
      aws: 'AWS::ApiGateway::Method Integration.Uri',
      page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html',
      also: ['http_proxy', 'HTTP_PROXY', 'HttpIntegration', 'uri', 'url', 'httpProxy'],
    },
  ),
  options: {
    method: word(
      'The method the backend is asked by. The request’s own unless said otherwise.',
      { DELETE: '', GET: '', HEAD: '', OPTIONS: '', PATCH: '', POST: '', PUT: '' },
      { aws: 'AWS::ApiGateway::Method Integration.IntegrationHttpMethod', also: ['IntegrationHttpMethod', 'httpMethod'] },
    ),
  },
} as const;
