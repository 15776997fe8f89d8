import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export const handler = async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => ({
  principalId: event.headers?.['x-partner'] ?? 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: event.headers?.['x-partner'] === 'acme' ? 'Allow' : 'Deny', Resource: event.methodArn }],
  },
});
