import type { CustomEmailSenderTriggerEvent } from 'aws-lambda';

export default async ({ triggerSource, request }: CustomEmailSenderTriggerEvent): Promise<void> => {
  console.log(`${triggerSource} for ${request.userAttributes['email'] ?? 'nobody'}: ${String(request.code ?? '').length} encrypted characters`);
};
