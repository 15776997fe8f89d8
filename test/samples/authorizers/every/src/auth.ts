export default async (event: { methodArn: string }): Promise<unknown> => ({
  principalId: 'partner',
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }] },
});
