import { functionIntegration } from './function.ts';
import { handler } from './handler.ts';
import { stream } from './stream.ts';

/** Everything a route can lead to: the closed list. */
export const integrations = { handler, function: functionIntegration, stream } as const;

export type IntegrationKind = keyof typeof integrations;
