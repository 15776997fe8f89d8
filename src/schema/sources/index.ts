import { choice, list, type Variant } from '../kit.ts';
import { broker } from './broker.ts';
import { bucket } from './bucket.ts';
import { bus } from './bus.ts';
import { documents } from './documents.ts';
import { kafka } from './kafka.ts';
import { queue } from './queue.ts';
import { schedule } from './schedule.ts';
import { stream } from './stream.ts';
import { table } from './table.ts';
import { topic } from './topic.ts';
import { told, type Polling } from './polling.ts';
import { alexaSkill } from './alexa-skill.ts';
import { alexaSmartHome } from './alexa-smart-home.ts';
import { iot } from './iot.ts';
import { iotButton } from './iot-button.ts';
import { logGroup } from './log-group.ts';
import { permission } from './permission.ts';
import { email } from './email.ts';
import { alarm } from './alarm.ts';
import { userPool } from './user-pool.ts';
import { loadBalancer } from './load-balancer.ts';
import { deploy } from './deploy.ts';
import { url } from './url.ts';
import { distribution } from './distribution.ts';

/** Everything that can wake a function: the closed list, in the order the reference tells it. */
export const sources = {
  stream,
  table,
  queue,
  kafka,
  broker,
  documents,
  topic,
  bucket,
  bus,
  schedule,
  alexaSkill,
  alexaSmartHome,
  iot,
  iotButton,
  logGroup,
  permission,
  email,
  alarm,
  userPool,
  distribution,
  url,
  loadBalancer,
  deploy,
} as const satisfies Readonly<Record<string, Variant & { readonly polling: Polling }>>;

export type SourceKind = keyof typeof sources;

export const source = choice(
  'What invokes the function.',
  'source',
  sources,
  {},
  { id: 'source', facts: (kind) => told(sources[kind].polling) },
);

export const from = list('What invokes the function: one source or several.', source, {
  single: true,
  min: 1,
  by: 'as',
  also: ['events', 'Events', 'trigger', 'triggers', 'sources', 'on', 'eventSource', 'addEventSource'],
});
