import { interpolatedText, word } from '../kit.ts';

export const http = {
  value: interpolatedText('An HTTP backend: the request is passed on as it is. `{id}` in the URL stands for `{id}` of the path.', {
    pattern: '^(https?://|.*\\$\\().+$',
    means: 'an address such as https://backend.example/orders/{id}',
    examples: ['https://backend.example/orders/{id}'],
    aws: 'AWS::ApiGateway::Method Integration.Uri',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html',
    also: ['http_proxy', 'HTTP_PROXY', 'HttpIntegration', 'uri', 'url', 'httpProxy'],
  }),
  options: {
    method: word(
      'The HTTP method for the backend. The request’s own by default.',
      { DELETE: '', GET: '', HEAD: '', OPTIONS: '', PATCH: '', POST: '', PUT: '' },
      { aws: 'AWS::ApiGateway::Method Integration.IntegrationHttpMethod', also: ['IntegrationHttpMethod', 'httpMethod'] },
    ),
    link: interpolatedText(
      'The VPC link to a backend without a public address: `vpc` for one created in the system’s VPC, or the ID of an existing one. The URL then gives the protocol, host name and path for the backend.',
      {
        pattern: '^(vpc|[a-z0-9]{6,64}|.*\\$\\(.+)$',
        means: '`vpc`, or the ID of a VPC link such as a1b2c3',
        examples: ['vpc'],
        aws: 'AWS::ApiGatewayV2::VpcLink',
        page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
        also: ['VpcLink', 'vpcLink', 'connectionType', 'ConnectionType', 'vpcLinkId', 'connectionId', 'ConnectionId'],
      },
    ),
    target: interpolatedText(
      'The target behind the link: the ARN of a load balancer listener; for an HTTP API also of a Cloud Map service, for a REST API also of the load balancer. An older link of a REST API, which leads to one Network Load Balancer, needs none.',
      {
        pattern: '^(arn:aws[a-z-]*:(elasticloadbalancing|servicediscovery):.+|.*\\$\\(.+)$',
        means: 'the ARN of a load balancer, its listener or a Cloud Map service',
        examples: ['arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2'],
        aws: 'AWS::ApiGatewayV2::Integration IntegrationUri',
        page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
        also: ['integrationTarget', 'IntegrationTarget', 'listenerArn', 'IntegrationUri'],
      },
    ),
  },
} as const;
