import type { PreSignUpTriggerEvent } from 'aws-lambda';

export default async (event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> => {
  if (event.triggerSource.startsWith('PreSignUp_')) event.response.autoConfirmUser = event.request.userAttributes['email']?.endsWith('@shop.example') ?? false;
  return event;
};
