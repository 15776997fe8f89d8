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
    link: interpolatedText(
      'The VPC link through which a backend without a public address is asked: `vpc` for one that is made in the system’s VPC, or the id of one that exists. The address then says by which protocol, name and path the backend is asked.',
      {
        pattern: '^(vpc|[a-z0-9]{6,64}|.*\\$\\(.+)$',
        means: '`vpc`, or the id of a VPC link such as a1b2c3',
        examples: ['vpc'],
        aws: 'AWS::ApiGatewayV2::VpcLink',
        page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
        also: ['VpcLink', 'vpcLink', 'connectionType', 'ConnectionType', 'vpcLinkId', 'connectionId', 'ConnectionId'],
      },
    ),
    target: interpolatedText(
      'What stands behind the link: the ARN of a load balancer’s listener; for an HTTP API also that of a Cloud Map service, for a REST API also that of the load balancer. An older link of a REST API, which leads to one Network Load Balancer, needs none.',
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
