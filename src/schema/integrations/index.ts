import { functionIntegration } from './function.ts';
import { handler } from './handler.ts';
import { bus } from './bus.ts';
import { http } from './http.ts';
import { mock } from './mock.ts';
import { queue } from './queue.ts';
import { stateMachine } from './state-machine.ts';
import { stream } from './stream.ts';
import { table } from './table.ts';
import { topic } from './topic.ts';

/** Everything a route can lead to: the closed list. */
export const integrations = { handler, function: functionIntegration, stream, queue, topic, bus, table, stateMachine, http, mock } as const;

export type IntegrationKind = keyof typeof integrations;
