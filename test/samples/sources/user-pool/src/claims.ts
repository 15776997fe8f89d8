import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';

export default async (event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> => {
  event.response.claimsAndScopeOverrideDetails = { accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'shop' } } };
  return event;
};
