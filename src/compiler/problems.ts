import { authorizerProblems } from './apis/authorizers.ts';
import { cacheProblems } from './apis/cache.ts';
import { corsProblems } from './apis/cors.ts';
import { domainProblems } from './apis/domain.ts';
import { extraProblems } from './apis/extras.ts';
import { apiKindProblems } from './apis/kinds.ts';
import { modelProblems } from './apis/models.ts';
import { permissionProblems } from './apis/permissions.ts';
import { planProblems } from './apis/plans.ts';
import { v2Problems } from './apis/v2-rules.ts';
import { apiProblems } from './apis/verify.ts';
import { straightProblems } from './apis/straight/rules.ts';
import { bundleProblems } from './bundle/problems.ts';
import { foreignProblems } from './bundle/foreign.ts';
import { checkProblems } from './check/problems.ts';
import type { CodedProblem } from './diagnostics/problem.ts';
import { emitProblems } from './emit/problems.ts';
import { networkProblems } from './network/problems.ts';
import { parseProblems } from './parse/problems.ts';
import { proveProblems } from './prove/prove.ts';
import { movedProblems } from './resolve/moved.ts';
import { resolveProblems } from './resolve/problems.ts';
import { accessProblems } from './resources/access.ts';
import { allowProblems } from './resources/allow.ts';
import { databaseProblems } from './resources/databases/problems.ts';
import { environmentProblems } from './resources/environment.ts';
import { releaseProblems } from './resources/release-rules.ts';
import { functionProblems } from './resources/function-settings.ts';
import { existingProblems } from './resources/existing-settings.ts';
import { definitionProblems } from './resources/state-machine-definition.ts';
import { machineProblems } from './resources/state-machines.ts';
import { kafkaClusterProblems } from './resources/kafka-cluster-rules.ts';
import { signInProblems } from './resources/sign-in.ts';
import { rotationProblems } from './resources/rotation.ts';
import { settingProblems } from './resources/settings.ts';
import { asyncProblems } from './resources/async.ts';
import { bucketProblems } from './resources/bucket-rules.ts';
import { brokerProblems } from './resources/brokers.ts';
import { queueProblems } from './resources/queue-rules.ts';
import { tableProblems } from './resources/table-rules.ts';
import { streamProblems } from './resources/streams.ts';
import { templateProblems } from './resources/template-sections.ts';
import { providerProblems } from './resources/user-pool-providers.ts';
import { userPoolProblems } from './resources/user-pool-rules.ts';
import { failureProblems } from './sources/failure.ts';
import { filterProblems } from './sources/filter.ts';
import { longNameProblems } from './resources/long-names.ts';
import { namingProblems } from './sources/naming.ts';
import { bucketSourceProblems } from './sources/bucket.ts';
import { eventPatternProblems } from './sources/event-pattern.ts';
import { scheduleProblems } from './sources/schedule.ts';
import { receiverProblems } from './sources/receivers.ts';
import { deliveryProblems } from './sources/delivery.ts';
import { kafkaProblems } from './sources/kafka-rules.ts';
import { pollerProblems } from './sources/pollers.ts';
import { queueSourceProblems } from './sources/queue.ts';
import { urlProblems } from './sources/url.ts';
import { distributionSourceProblems } from './sources/distribution.ts';
import { edgeProblems } from './sources/edge-settings.ts';
import { distributionProblems } from './resources/distribution-rules.ts';
import { alexaSmartHomeProblems } from './sources/alexa-smart-home.ts';
import { iotProblems } from './sources/iot.ts';
import { iotButtonProblems } from './sources/iot-button.ts';
import { iotErrorProblems } from './sources/iot-error.ts';
import { logGroupProblems } from './sources/log-group.ts';
import { givenPermissionProblems } from './sources/given-permission.ts';
import { emailProblems } from './sources/email.ts';
import { alarmSourceProblems } from './sources/alarm.ts';
import { userPoolSourceProblems } from './sources/user-pool.ts';
import { loadBalancerProblems } from './sources/load-balancer.ts';
import { authenticationProblems } from './sources/load-balancer-authentication.ts';
import { deployProblems } from './sources/deploy.ts';
import { streamSourceProblems } from './sources/stream.ts';
import { tableSourceProblems } from './sources/table.ts';
import { topicFilterProblems } from './sources/topic-filter.ts';
import { topicSourceProblems } from './sources/topic.ts';
import { acceptProblems } from './verify/accept.ts';
import { circleProblems } from './verify/circles.ts';

const sets: readonly Readonly<Record<string, CodedProblem<never>>>[] = [
  parseProblems,
  checkProblems,
  movedProblems,
  resolveProblems,
  accessProblems,
  allowProblems,
  environmentProblems,
  functionProblems,
  releaseProblems,
  existingProblems,
  streamProblems,
  tableProblems,
  brokerProblems,
  kafkaClusterProblems,
  signInProblems,
  queueProblems,
  rotationProblems,
  settingProblems,
  machineProblems,
  definitionProblems,
  asyncProblems,
  bucketProblems,
  templateProblems,
  userPoolProblems,
  providerProblems,
  longNameProblems,
  namingProblems,
  streamSourceProblems,
  deployProblems,
  authenticationProblems,
  loadBalancerProblems,
  userPoolSourceProblems,
  alarmSourceProblems,
  emailProblems,
  givenPermissionProblems,
  logGroupProblems,
  iotErrorProblems,
  iotButtonProblems,
  iotProblems,
  urlProblems,
  distributionProblems,
  distributionSourceProblems,
  edgeProblems,
  alexaSmartHomeProblems,
  tableSourceProblems,
  queueSourceProblems,
  kafkaProblems,
  pollerProblems,
  topicSourceProblems,
  topicFilterProblems,
  deliveryProblems,
  receiverProblems,
  bucketSourceProblems,
  eventPatternProblems,
  scheduleProblems,
  failureProblems,
  filterProblems,
  acceptProblems,
  circleProblems,
  databaseProblems,
  authorizerProblems,
  cacheProblems,
  extraProblems,
  corsProblems,
  domainProblems,
  apiKindProblems,
  straightProblems,
  modelProblems,
  permissionProblems,
  planProblems,
  apiProblems,
  v2Problems,
  networkProblems,
  bundleProblems,
  foreignProblems,
  proveProblems,
  emitProblems,
];

/** Every kind of mistake that can be found, by its code. */
export const allProblems: readonly CodedProblem<never>[] = sets
  .flatMap((set) => Object.values(set))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/** What a problem’s message looks like: with the names of its facts in capitals in place of the facts. */
export function messageForm({ message }: CodedProblem<never>): string {
  return formOf(message);
}

/** What a text made of facts looks like, with their names in place of them. */
export function formOf(text: (facts: never) => string): string {
  // A text that is nothing but a fact gives back what stands for it.
  return String((text as (facts: unknown) => string)(facts));
}

/** The same for what its fix says. Nothing where there is no fix, or none without a place to look at. */
export function fixForm({ fix }: CodedProblem<never>): string | undefined {
  try {
    return (fix as ((facts: unknown) => { readonly title: string } | undefined) | undefined)?.(facts)?.title;
  } catch {
    return undefined;
  }
}

const facts: unknown = new Proxy({}, { get: (_, name) => stand(String(name)) });

/** Stands for a fact, whatever it is: read as a text, it is its name; read as a list, it holds its name alone. */
function stand(name: string): unknown {
  const text = name.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();
  return new Proxy([text], {
    get(list, key) {
      if (key === Symbol.toPrimitive) return () => text;
      const asked: object = key in String.prototype && key !== 'length' && key !== 'at' ? Object(text) : list;
      const found: unknown = Reflect.get(asked, key, asked);
      return typeof found === 'function' ? found.bind(asked) : found;
    },
  });
}
