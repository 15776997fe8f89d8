import type { Grantable } from '../../schema/access.ts';
import { buckets } from './buckets.ts';
import { buses } from './buses.ts';
import { connectable } from './connectable.ts';
import { databases } from './databases.ts';
import { invocable } from './invocable.ts';
import type { Meaning } from './meaning.ts';
import { queues } from './queues.ts';
import { secrets } from './secrets.ts';
import { settings } from './settings.ts';
import { startable } from './startable.ts';
import { streams } from './streams.ts';
import { tables } from './tables.ts';
import { topics } from './topics.ts';

/** Everything `access` can name, and what it may be used for. A kind with verbs and without a meaning does not compile. */
export const grantable: { readonly [K in Grantable]: Meaning<K> } = {
  streams,
  tables,
  queues,
  topics,
  buckets,
  buses,
  stateMachines: startable,
  secrets,
  settings,
  databases,
  apis: connectable,
  functions: invocable,
  consumers: invocable,
};
