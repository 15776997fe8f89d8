import { interpolatedText } from '../kit.ts';

export const http = {
  value: interpolatedText('HTTP APIs: a server the request goes on to. In its address `{name}` is a parameter of the path.', {
    pattern: '^(https://|.*\\$\\().+$',
    means: 'an address such as https://orders.example/{proxy}',
    examples: ['https://orders.example/{proxy}'],
    aws: 'AWS::ApiGatewayV2::Integration IntegrationUri',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html',
    also: ['HTTP_PROXY', 'IntegrationUri', 'HttpUrlIntegration', 'httpProxy'],
  }),
  options: {},
} as const;
