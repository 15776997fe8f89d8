import type { CustomEmailSenderTriggerEvent } from 'aws-lambda';

export default async ({ triggerSource, userName, request }: CustomEmailSenderTriggerEvent): Promise<void> => {
  console.log(`${triggerSource} for ${userName}: ${String(request.code ?? '').length} encrypted characters`);
};
