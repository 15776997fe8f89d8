import { count, map, raw, text } from '../kit.ts';

export const mock = {
  value: count('A response from API Gateway itself: its HTTP status.', {
    from: 200,
    to: 599,
    aws: 'AWS::ApiGateway::Method Integration.Type',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html',
    also: ['MOCK', 'MockIntegration'],
  }),
  options: {
    answer: raw('The body of the response, as JSON.', 'any', { also: ['responseTemplates', 'ResponseTemplates'] }),
    headers: map(
      'Headers of the response.',
      text('A header', { pattern: '^[A-Za-z0-9-]+$', means: 'the name of a header' }),
      text('Its value.', { pattern: "^[^'\\r\\n]*$", means: 'text on one line, without single quotes' }),
      { also: ['ResponseParameters', 'responseParameters'] },
    ),
  },
} as const;
