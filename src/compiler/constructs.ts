import { apis } from './apis/apis.ts';
import { authorizers } from './apis/authorizers.ts';
import { plans } from './apis/plans.ts';
import { network, networkOf, vpcAttribute } from './network/network.ts';
import { adoption } from './resources/adoption-rules.ts';
import { accessLogging } from './resources/access-log-bucket.ts';
import { alarms } from './resources/alarms.ts';
import { brokers } from './resources/brokers.ts';
import { documentClusters } from './resources/document-clusters.ts';
import { functions } from './resources/functions.ts';
import { grantable } from './resources/grantable.ts';
import { kafkaClusters } from './resources/kafka-clusters.ts';
import { distributions } from './resources/distributions.ts';
import type { Constructs } from './resources/meaning.ts';
import { releases } from './resources/releases.ts';
import { sharing } from './resources/sharing.ts';
import { encryption } from './resources/system-key.ts';
import { stateMachines } from './resources/state-machines.ts';
import { templateSections } from './resources/template-sections.ts';
import { userPools } from './resources/user-pools.ts';
import { consumers } from './sources/consumers.ts';
import { receiving } from './sources/receivers.ts';

/**
 * Every construct of the language and what it means: a kind of thing in the schema without a line here does not
 * compile. What belongs to the system as a whole comes first, then things in the order the reference tells them.
 */
export const constructs: Constructs = {
  system: [network, functions, releases, sharing, adoption, templateSections, alarms, accessLogging, encryption],
  things: {
    databases: grantable.databases,
    streams: receiving(grantable.streams),
    tables: grantable.tables,
    queues: receiving(grantable.queues),
    topics: receiving(grantable.topics),
    buckets: grantable.buckets,
    buses: receiving(grantable.buses),
    stateMachines: receiving(stateMachines),
    secrets: grantable.secrets,
    settings: grantable.settings,
    kafkaClusters,
    brokers,
    documentClusters,
    userPools,
    authorizers,
    apis,
    plans,
    distributions,
    consumers,
    functions: grantable.functions,
  },
  network: networkOf,
  vpcAttribute,
};
