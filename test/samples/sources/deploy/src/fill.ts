import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

export default async (event: CloudFormationCustomResourceEvent): Promise<void> => {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const answer = { Status: 'SUCCESS', PhysicalResourceId: LogicalResourceId, StackId, RequestId, LogicalResourceId, Data: {} };
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer), headers: { 'content-type': '' } });
};
