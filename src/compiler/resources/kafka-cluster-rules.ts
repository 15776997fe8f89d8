import { problems, type Report } from '../diagnostics/problem.ts';
import { addInto, choosing, leaveOut, leaveOutKey, leavingOut, oneOf } from '../edit/fixes.ts';
import type { KafkaAuth, KafkaCluster } from './kafka-clusters.ts';
import type { Context } from './meaning.ts';
import { isDeclared, verifySignIn, type SignInSecret } from './sign-in.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const kafkaClusterProblems = problems({
  'kafka-without-place': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` needs \`existing\` (an Amazon MSK cluster) or \`brokers\` (any other).`,
    why: 'Lambda finds Amazon MSK brokers by the cluster’s ARN, and all others by their addresses.',
    page: `${PAGE}/with-kafka.html`,
  },
  'kafka-said-twice': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has both \`existing\` and \`brokers\`, but the ARN is not used.`,
    why: 'Next to `brokers`, the ARN says which Amazon MSK cluster `auth: iam` grants access to; with any other `auth` nothing reads it.',
    // Nothing reads the ARN.
    fix: (_: unknown, place) => leaveOutKey(place, 'existing'),
    page: `${PAGE}/kafka-cluster-auth.html`,
  },
  'kafka-auth-not-said': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` needs \`auth\`, which says how Lambda signs in.`,
    why: 'Only an Amazon MSK cluster tells Lambda how by itself. If anyone may read the brokers, write `auth: none`.',
    fix: ({ secret }: { secret: boolean }, place) =>
      oneOf((secret ? ['scram-512', 'scram-256', 'plain', 'certificate'] : ['none']).map((auth) => addInto(place, 'auth', auth))),
    page: `${PAGE}/kafka-cluster-auth.html`,
  },
  'kafka-auth-of-msk': {
    severity: 'error',
    message: ({ name, auth }: { name: string; auth: string }) =>
      `\`${name}\` is an Amazon MSK cluster, which does not support \`auth: ${auth}\`.`,
    why: 'Lambda signs in to Amazon MSK with the execution role (`iam`), SASL/SCRAM with SHA-512 (`scram-512`), mutual TLS (`certificate`), or not at all (`none`).',
    page: `${PAGE}/msk-cluster-auth.html`,
  },
  'kafka-iam-without-cluster': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has \`auth: iam\`, but no \`existing\` with the ARN of the Amazon MSK cluster.`,
    why: 'Brokers given by address support IAM only if they belong to an Amazon MSK cluster, and the execution role must be granted access to its ARN.',
    fix: () => ({ title: 'Add `existing: ARN` next to `brokers`' }),
    page: `${PAGE}/kafka-cluster-auth.html`,
  },
  'kafka-secret-missing': {
    severity: 'error',
    message: ({ auth }: { auth: string }) => `\`auth: ${auth}\` needs a \`secret\`.`,
    why: 'Lambda reads its credentials from Secrets Manager.',
    fix: () => ({ title: 'Add `secret`' }),
    page: `${PAGE}/kafka-cluster-auth.html`,
  },
  'kafka-secret-unused': {
    severity: 'error',
    message: ({ auth }: { auth: string }) => `With \`auth: ${auth}\` nothing reads the \`secret\`.`,
    why: 'A secret goes with `scram-512`, `scram-256`, `plain`, `certificate` or `oauth`; the secret itself does not show which.',
    fix: (_: unknown, place) => choosing(leaveOut(place), { title: 'Write the `auth` that the secret is for' }),
    page: `${PAGE}/kafka-cluster-auth.html`,
  },
  'kafka-oauth': {
    severity: 'error',
    message: ({ setting, auth }: { setting: string; auth: string }) =>
      setting === 'audience' && auth === 'iam-oauth'
        ? '`auth: iam-oauth` needs `oauth: { audience: … }`.'
        : `\`${setting}\` does not go with \`auth: ${auth}\`.`,
    why: 'Only `auth: oauth` takes scope, audience, logical cluster and identity pool; `auth: iam-oauth` takes only the audience, and must have it.',
    fix: ({ setting, auth }: { setting: string; auth: string }, place) =>
      setting === 'audience' && auth === 'iam-oauth' ? undefined : leaveOut(place),
    page: `${PAGE}/kafka-cluster-auth.html`,
  },
  'kafka-setting-of-msk': {
    severity: 'error',
    message: ({ name, setting }: { name: string; setting: string }) =>
      `\`${name}\` is an Amazon MSK cluster, which defines its \`${setting}\` itself.`,
    why: 'Lambda takes subnets and security groups from the cluster, and trusts the CA that signs its brokers’ certificates.',
    fix: leavingOut,
    page: `${PAGE}/with-msk-cluster-network.html`,
  },
  'kafka-half-in-vpc': {
    severity: 'error',
    message: ({ name, missing }: { name: string; missing: string }) => `\`${name}\` is reached from a VPC, but has no \`${missing}\`.`,
    why: 'Lambda creates ENIs in subnets, with security groups that the brokers admit: it needs both.',
    fix: ({ missing }: { name: string; missing: string }) => ({ title: `Add \`${missing}\`` }),
    page: `${PAGE}/with-kafka-cluster-network.html`,
  },
  'kafka-open-to-all': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is reached over the internet without signing in.`,
    why: 'Lambda rejects a source with neither a VPC nor a way to sign in; anyone who finds such brokers could read them.',
    fix: () => ({ title: 'Add `auth` and `secret`, or the `subnets` and `securityGroups` Lambda reaches it from' }),
    page: `${PAGE}/with-kafka-cluster-network.html`,
  },
  'msk-secret': {
    severity: 'error',
    message: ({ secret, lacks }: { secret: string; lacks: 'name' | 'key' }) =>
      lacks === 'name' ? `The name of \`${secret}\` does not begin with \`AmazonMSK_\`.` : `\`${secret}\` has no KMS key of its own.`,
    why: 'For SASL/SCRAM, Amazon MSK only takes secrets whose names begin with `AmazonMSK_`, encrypted with a customer managed key: set the secret’s `physicalName` and `key`.',
    page: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html',
  },
  'registry-sign-in': {
    severity: 'error',
    message: ({ setting, glue }: { setting: string; glue: boolean }) =>
      glue
        ? `An AWS Glue registry takes no \`${setting}\`: the execution role is enough.`
        : `\`${setting}\` of the registry is missing: \`auth\` and \`secret\` go together.`,
    why: 'Lambda reads an AWS Glue registry with the execution role, and a Confluent one with `auth` and `secret`, or with neither.',
    fix: ({ glue }: { setting: string; glue: boolean }, place) => (glue ? leaveOut(place) : undefined),
    page: `${PAGE}/services-consume-kafka-events.html`,
  },
});

const OF_MSK: readonly KafkaAuth[] = ['iam', 'scram-512', 'certificate', 'none'];
const WITH_SECRET: readonly KafkaAuth[] = ['scram-512', 'scram-256', 'plain', 'certificate', 'oauth'];

/** Reports what the schema lets pass and Lambda refuses, or would never get through with. */
export function verifyKafkaCluster(cluster: KafkaCluster, _: Context, report: Report): void {
  const { name, settings, written } = cluster;
  const at = (setting: keyof typeof settings) => written.at(setting).key ?? written.at(setting).place;
  if (!settings.existing && !settings.brokers) {
    report(kafkaClusterProblems['kafka-without-place'], cluster.place, { name });
    return;
  }
  if (settings.brokers) verifyOwn(cluster, report);
  else verifyManaged(cluster, report);
  verifyAuth(cluster, report);
  verifyRegistry(cluster, report);
  const { registry } = settings;
  const secrets = [
    { secret: settings.secret, place: at('secret') },
    { secret: settings.ca, place: at('ca') },
    { secret: registry?.secret, place: at('registry') },
    { secret: registry?.ca, place: at('registry') },
  ];
  const said = secrets.flatMap(({ secret, place }) => (secret === undefined ? [] : [{ secret, place }]));
  verifySignIn(name, said, written.parts.get('secretKey')?.place, report);
}

function verifyManaged({ name, settings, written }: KafkaCluster, report: Report): void {
  for (const setting of ['ca', 'subnets', 'securityGroups'] as const) {
    const part = written.parts.get(setting);
    if (part?.key) report(kafkaClusterProblems['kafka-setting-of-msk'], part.key, { name, setting });
  }
  const { auth = 'iam', secret } = settings;
  if (!OF_MSK.includes(auth)) report(kafkaClusterProblems['kafka-auth-of-msk'], written.at('auth').place, { name, auth });
  else if (auth === 'scram-512' && secret) verifyMskSecret(secret, written.at('secret').place, settings.secretKey !== undefined, report);
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html */
function verifyMskSecret(secret: SignInSecret, place: Parameters<Report>[1], keyed: boolean, report: Report): void {
  if (isDeclared(secret)) {
    const { name, settings, written } = secret;
    if (written.broken || settings.existing) return;
    if (!settings.physicalName?.startsWith('AmazonMSK_'))
      report(kafkaClusterProblems['msk-secret'], place, { secret: name, lacks: 'name' });
    if (!settings.key) report(kafkaClusterProblems['msk-secret'], place, { secret: name, lacks: 'key' });
    return;
  }
  const [first, second] = secret.segments;
  if (typeof first !== 'string' || second !== undefined) return;
  if (!first.includes(':secret:AmazonMSK_')) report(kafkaClusterProblems['msk-secret'], place, { secret: first, lacks: 'name' });
  else if (!keyed) report(kafkaClusterProblems['msk-secret'], place, { secret: first, lacks: 'key' });
}

function verifyOwn({ name, place, settings, written }: KafkaCluster, report: Report): void {
  const { auth, existing, subnets, securityGroups } = settings;
  if (auth === undefined) report(kafkaClusterProblems['kafka-auth-not-said'], place, { name, secret: settings.secret !== undefined });
  if (auth === 'iam' && !existing) report(kafkaClusterProblems['kafka-iam-without-cluster'], written.at('auth').place, { name });
  if (auth !== 'iam' && existing) report(kafkaClusterProblems['kafka-said-twice'], written.at('existing').place, { name });
  const reached = subnets !== undefined || securityGroups !== undefined || settings.vpc === true;
  if (reached && !subnets && settings.vpc !== true)
    report(kafkaClusterProblems['kafka-half-in-vpc'], written.at('securityGroups').place, { name, missing: 'subnets' });
  if (reached && !securityGroups) report(kafkaClusterProblems['kafka-half-in-vpc'], place, { name, missing: 'securityGroups' });
  if (!reached && auth === 'none') report(kafkaClusterProblems['kafka-open-to-all'], written.at('auth').place, { name });
}

function verifyAuth({ settings, written, place }: KafkaCluster, report: Report): void {
  const { auth = 'iam', secret, oauth } = settings;
  if (settings.auth === undefined && settings.brokers) return;
  // What Amazon MSK does not know was said.
  if (!settings.brokers && !OF_MSK.includes(auth)) return;
  if (WITH_SECRET.includes(auth) && !secret) report(kafkaClusterProblems['kafka-secret-missing'], written.at('auth').place, { auth });
  if (!WITH_SECRET.includes(auth) && secret) report(kafkaClusterProblems['kafka-secret-unused'], written.at('secret').place, { auth });
  const taken = auth === 'oauth' ? ['scope', 'audience', 'logicalCluster', 'identityPool'] : auth === 'iam-oauth' ? ['audience'] : [];
  for (const [setting, part] of written.at('oauth').parts)
    if (!taken.includes(setting)) report(kafkaClusterProblems['kafka-oauth'], part.key ?? part.place, { setting, auth });
  if (auth === 'iam-oauth' && oauth?.audience === undefined)
    report(kafkaClusterProblems['kafka-oauth'], written.parts.get('auth')?.place ?? place, { setting: 'audience', auth });
}

/** Whether a registry is one of AWS Glue: said by an ARN. */
export const isGlue = (registry: NonNullable<KafkaCluster['settings']['registry']>): boolean => {
  const [first] = registry.uri.segments;
  return typeof first !== 'string' || first.startsWith('arn:');
};

function verifyRegistry({ settings: { registry }, written }: KafkaCluster, report: Report): void {
  if (!registry) return;
  const part = written.at('registry');
  if (isGlue(registry)) {
    for (const setting of ['auth', 'secret', 'ca'] as const) {
      const one = part.parts.get(setting);
      if (one?.key) report(kafkaClusterProblems['registry-sign-in'], one.key, { setting, glue: true });
    }
  } else if ((registry.auth === undefined) !== (registry.secret === undefined)) {
    const setting = registry.auth === undefined ? 'auth' : 'secret';
    report(kafkaClusterProblems['registry-sign-in'], part.key ?? part.place, { setting, glue: false });
  }
}
