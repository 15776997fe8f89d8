import { faultsOf } from '../fault.ts';

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

interface Stack {
  readonly stack: string;
}

interface Doing extends Stack {
  /** What happens to it: deployed, removed, taken back. */
  readonly doing: string;
}

/** What ends a command before anything is planned: who we are, how we reach AWS. */
export const entryFaults = faultsOf({
  // Before anything: who, where, with what.
  'no-credentials': {
    ends: 'credentials',
    message: ({ detail }: { readonly detail: string }) => `No credentials for AWS: ${detail}`,
    why: 'Credentials are taken from where every AWS tool takes them: the environment, a profile, single sign-on, the role of the machine.',
    next: () => 'Sign in (`aws sso login --profile NAME`), then name the profile: `--profile NAME`.',
    page: 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html',
  },
  'expired-credentials': {
    ends: 'credentials',
    message: () => 'The credentials have expired, and where they come from has no newer ones.',
    why: 'Temporary credentials end after minutes to hours. Nothing has been changed in AWS by this run.',
    next: () => 'Sign in again (`aws sso login`), and repeat the command.',
  },
  'credentials-refused': {
    ends: 'credentials',
    message: ({ region, detail }: { readonly region: string; readonly detail: string }) =>
      `AWS does not take these credentials in ${region}: ${detail}`,
    why: 'The key is unknown or its signature wrong. In a region that has to be enabled first, AWS knows no key of an account that has not.',
    next: () => 'See that the profile is the right one, and that the region is enabled for the account.',
    page: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
  },
  'clock-skew': {
    ends: 'credentials',
    message: ({ detail }: { readonly detail: string }) => `AWS refuses the time of this machine: ${detail}`,
    why: 'Calls are signed with the time, and AWS takes them for five minutes.',
    next: () => 'Set the clock of this machine right.',
  },
  'region-missing': {
    ends: 'credentials',
    message: () => 'Nobody says which region.',
    why: 'A region is never guessed: the wrong one gets a second copy of everything, and bills for it.',
    next: () => 'Write `region:` in eventsystem.yml, or give `--region`.',
  },
  'bad-region': {
    ends: 'credentials',
    message: ({ region }: { readonly region: string }) => `“${region}” is not a region.`,
    why: 'The region becomes a part of a host name.',
    next: () => 'Write it as AWS does: eu-central-1.',
  },
  'region-differs': {
    ends: 'credentials',
    message: ({ region, written }: { readonly region: string; readonly written: string }) =>
      `The file says ${written}, the command ${region}.`,
    why: 'A stage that names its region is deployed nowhere else.',
    next: ({ written }: { readonly written: string }) => `Leave \`--region\` away, or deploy another stage; this one lives in ${written}.`,
  },
  'account-differs': {
    ends: 'credentials',
    message: ({ account, written, arn }: { readonly account: string; readonly written: string; readonly arn: string }) =>
      `These credentials are for account ${account}, the stage is pinned to ${written} (${arn}).`,
    why: 'A stage that names its account is deployed to no other. Only the question who we are has been asked.',
    next: ({ written }: { readonly written: string }) => `Take a profile of account ${written}: \`--profile NAME\`.`,
  },
  'account-not-pinned': {
    ends: 'credentials',
    message: ({ stage }: { readonly stage: string; readonly account: string }) => `The protected stage ${stage} names no account.`,
    why: 'What is protected must not be deployed to whatever account happens to be signed in.',
    next: ({ stage, account }: { readonly stage: string; readonly account: string }) =>
      `Write \`account: "${account}"\` under stages.${stage}, if that is the one.`,
  },
  'endpoint-on-protected': {
    ends: 'credentials',
    message: ({ endpoint }: { readonly endpoint: string }) => `A protected stage is not deployed through ${endpoint}.`,
    why: 'Whoever answers there sees all that is deployed, and can answer what they like.',
    next: () => 'Take `--endpoint`, AWS_ENDPOINT_URL and the `endpoint_url` of the profile away, or add `--allow-endpoint`.',
  },
  'access-denied': {
    ends: 'credentials',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) => `${action} is not allowed: ${detail}`,
    why: 'A deployment needs the permissions that `eventsystem bootstrap --print-policy` prints.',
    next: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      /explicit deny/i.test(detail)
        ? `A policy forbids ${action} outright; where it is the organization’s (SCP), only its administrators can change that.`
        : `Grant ${action} to the one who deploys.`,
    page: `${CLOUDFORMATION}/control-access-with-iam.html`,
  },

  // On the way to AWS.
  unreachable: {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) => `AWS does not answer ${action}: ${detail}`,
    why: 'The network, a name server, a proxy or a firewall stands between. A proxy is taken from HTTPS_PROXY, but for the hosts of NO_PROXY; a VPN may have to be on.',
    next: () => 'Repeat the command when the network is back; what was uploaded is not uploaded again.',
  },
  stranger: {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      `Not AWS, somebody on the way answered ${action}: ${detail}`,
    why: 'A proxy, or a portal that wants a login first, answers with a page of its own or sends elsewhere. That is never followed.',
    next: () => 'Sign in to the network, or set the proxy right.',
  },
  untrusted: {
    ends: 'transport',
    message: ({ detail }: { readonly detail: string }) =>
      `The certificate of the other side is signed by nobody this machine trusts: ${detail}`,
    why: 'A proxy that looks into the traffic signs with its own authority. Verification is never switched off.',
    next: () => 'Name the proxy’s authority: NODE_EXTRA_CA_CERTS=/path/to/authority.pem.',
  },
  unanswered: {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      `AWS did not come to answer ${action}: ${detail}`,
    why: 'The call was repeated for minutes. https://health.aws.amazon.com tells of disturbances.',
    next: () => 'Repeat the command later; what was uploaded is not uploaded again.',
  },
  'out-of-sight': {
    ends: 'detached',
    message: ({ stack, doing, detail }: Doing & { readonly detail: string }) =>
      `${stack} is being ${doing}, but cannot be watched any longer: ${detail}`,
    why: 'The operation goes on in AWS, whoever watches.',
    next: () => '`eventsystem attach` watches it again and says how it ended.',
  },
  detached: {
    ends: 'detached',
    message: ({ stack, doing }: Doing) => `${stack} goes on being ${doing} in AWS; nobody watches.`,
    why: 'Breaking off the command breaks off nothing in AWS.',
    next: ({ doing }: Doing) =>
      doing === 'deployed'
        ? '`eventsystem attach` watches it again; `eventsystem recover --cancel` rolls it back.'
        : '`eventsystem attach` watches it again.',
  },
  'order-unknown': {
    ends: 'detached',
    message: ({ stack, detail }: Stack & { readonly detail: string }) =>
      `Nobody knows whether AWS has heard the order to deploy ${stack}: ${detail}`,
    why: 'The order was sent, and its answer was lost, for minutes. It was sent under one token: it is carried out once, or not at all.',
    next: () => '`eventsystem attach` looks what became of it; deploying again is safe.',
  },
  'not-seen-starting': {
    ends: 'detached',
    message: ({ stack, doing }: Doing) => `AWS accepted that ${stack} be ${doing}, but nothing is seen to happen.`,
    why: 'Neither events nor the change set show the operation after four minutes, in which it was ordered twice with one token.',
    next: () => '`eventsystem attach` looks again.',
  },
  interrupted: {
    ends: 'interrupted',
    message: ({ left }: { readonly left: string }) => `Broken off; nothing has been changed in AWS${left === '' ? '' : ` but ${left}`}.`,
    why: 'Before the change set is executed, nothing that lives is touched.',
    next: () => 'Repeat the command to go on.',
  },
});
