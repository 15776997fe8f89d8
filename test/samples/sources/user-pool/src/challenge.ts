import type { DefineAuthChallengeTriggerEvent } from 'aws-lambda';

export default async (event: DefineAuthChallengeTriggerEvent): Promise<DefineAuthChallengeTriggerEvent> => {
  const answered = event.request.session.some(({ challengeResult }) => challengeResult);
  event.response.issueTokens = answered;
  event.response.failAuthentication = false;
  if (!answered) event.response.challengeName = 'CUSTOM_CHALLENGE';
  return event;
};
