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
    message: ({ detail }: { readonly detail: string }) => `No AWS credentials found: ${detail}`,
    why: 'Credentials come from the standard AWS provider chain: environment variables, profiles, IAM Identity Center, the machine’s role.',
    next: () => 'Sign in (`aws sso login --profile NAME`), then pass `--profile NAME`.',
    page: 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html',
  },
  'expired-credentials': {
    ends: 'credentials',
    message: () => 'The credentials have expired and could not be refreshed.',
    why: 'Temporary credentials last minutes to hours. This run has changed nothing in AWS.',
    next: () => 'Sign in again (`aws sso login`) and repeat the command.',
  },
  'credentials-refused': {
    ends: 'credentials',
    message: ({ region, detail }: { readonly region: string; readonly detail: string }) =>
      `AWS rejected these credentials in ${region}: ${detail}`,
    why: 'The access key is unknown or the signature is wrong. Opt-in regions also reject the keys of accounts that have not enabled them.',
    next: () => 'Check the profile, and that the region is enabled for the account.',
    page: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
  },
  'clock-skew': {
    ends: 'credentials',
    message: ({ detail }: { readonly detail: string }) => `AWS rejected a request because this machine’s clock is off: ${detail}`,
    why: 'Requests are signed with the time and are valid for five minutes.',
    next: () => 'Correct this machine’s clock.',
  },
  'region-missing': {
    ends: 'credentials',
    message: () => 'No region is set.',
    why: 'The region is never guessed: the wrong one would get a second, billed copy of everything.',
    next: () => 'Set `region:` in eventsystem.yml, or pass `--region`.',
  },
  'bad-region': {
    ends: 'credentials',
    message: ({ region }: { readonly region: string }) => `“${region}” is not a region.`,
    why: 'The region becomes part of a host name.',
    next: () => 'Write a region code, such as eu-central-1.',
  },
  'region-differs': {
    ends: 'credentials',
    message: ({ region, written }: { readonly region: string; readonly written: string }) =>
      `The stage is pinned to ${written}, but the command says ${region}.`,
    why: 'A stage with a `region` is deployed to that region only.',
    next: ({ written }: { readonly written: string }) => `Leave out \`--region\` to deploy to ${written}, or choose another stage.`,
  },
  'account-differs': {
    ends: 'credentials',
    message: ({ account, written, arn }: { readonly account: string; readonly written: string; readonly arn: string }) =>
      `These credentials are for account ${account}, but the stage is pinned to ${written} (${arn}).`,
    why: 'A stage with an `account` is deployed to that account only. So far, only sts:GetCallerIdentity was called.',
    next: ({ written }: { readonly written: string }) => `Use a profile for account ${written}: \`--profile NAME\`.`,
  },
  'account-not-pinned': {
    ends: 'credentials',
    message: ({ stage }: { readonly stage: string; readonly account: string }) => `The protected stage ${stage} has no \`account\`.`,
    why: 'A protected stage must not be deployed to whichever account happens to be signed in.',
    next: ({ stage, account }: { readonly stage: string; readonly account: string }) =>
      `If ${account} is the right account, set \`account: "${account}"\` under stages.${stage}.`,
  },
  'endpoint-on-protected': {
    ends: 'credentials',
    message: ({ endpoint }: { readonly endpoint: string }) => `A protected stage cannot be deployed through ${endpoint}.`,
    why: 'A custom endpoint sees everything that is deployed and can answer anything.',
    next: () => 'Remove `--endpoint`, AWS_ENDPOINT_URL and the profile’s `endpoint_url`, or add `--allow-endpoint`.',
  },
  'access-denied': {
    ends: 'credentials',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) => `${action} was denied: ${detail}`,
    why: '`eventsystem bootstrap --print-policy` prints the permissions that a deployment needs.',
    next: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      /explicit deny/i.test(detail)
        ? `A policy explicitly denies ${action}; if it is an SCP, only the organization’s administrators can change it.`
        : `Grant ${action} to the deploying identity.`,
    page: `${CLOUDFORMATION}/control-access-with-iam.html`,
  },

  // On the way to AWS.
  unreachable: {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      `AWS could not be reached for ${action}: ${detail}`,
    why: 'The network, DNS, a proxy or a firewall is in the way. Proxies come from HTTPS_PROXY, except for hosts in NO_PROXY; a VPN may be required.',
    next: () => 'Repeat the command when the network is back. Uploads are not repeated.',
  },
  stranger: {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      `The answer to ${action} did not come from AWS: ${detail}`,
    why: 'A proxy or captive portal answered with a page of its own or a redirect. Redirects are not followed.',
    next: () => 'Sign in to the network, or correct the proxy settings.',
  },
  untrusted: {
    ends: 'transport',
    message: ({ detail }: { readonly detail: string }) =>
      `The server’s certificate is not signed by an authority this machine trusts: ${detail}`,
    why: 'A TLS-inspecting proxy signs with its own CA. Certificate verification is never turned off.',
    next: () => 'Trust the proxy’s CA: NODE_EXTRA_CA_CERTS=/path/to/authority.pem.',
  },
  unanswered: {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) =>
      `AWS kept failing to answer ${action}: ${detail}`,
    why: 'The call was retried for several minutes. https://health.aws.amazon.com lists current incidents.',
    next: () => 'Repeat the command later. Uploads are not repeated.',
  },
  'out-of-sight': {
    ends: 'detached',
    message: ({ stack, doing, detail }: Doing & { readonly detail: string }) =>
      `${stack} is still being ${doing}, but can no longer be watched: ${detail}`,
    why: 'The operation continues in AWS.',
    next: () => '`eventsystem attach` resumes watching and reports the result.',
  },
  detached: {
    ends: 'detached',
    message: ({ stack, doing }: Doing) => `Detached: ${stack} is still being ${doing} in AWS.`,
    why: 'Interrupting the command does not interrupt the operation in AWS.',
    next: ({ doing }: Doing) =>
      doing === 'deployed'
        ? '`eventsystem attach` resumes watching; `eventsystem recover --cancel` rolls it back.'
        : '`eventsystem attach` resumes watching.',
  },
  'order-unknown': {
    ends: 'detached',
    message: ({ stack, detail }: Stack & { readonly detail: string }) =>
      `It is unknown whether AWS received the request to deploy ${stack}: ${detail}`,
    why: 'The request was retried for minutes without an answer. It carries one client token, so it runs at most once.',
    next: () => '`eventsystem attach` shows what became of it; deploying again is safe.',
  },
  'not-seen-starting': {
    ends: 'detached',
    message: ({ stack, doing }: Doing) => `AWS accepted the request for ${stack} to be ${doing}, but it has not started.`,
    why: 'After four minutes and two requests with the same client token, neither the stack events nor the change set show the operation.',
    next: () => '`eventsystem attach` checks again.',
  },
  interrupted: {
    ends: 'interrupted',
    message: ({ left }: { readonly left: string }) =>
      `Interrupted; nothing has been changed in AWS${left === '' ? '' : ` except ${left}`}.`,
    why: 'Nothing deployed is touched before the change set is executed.',
    next: () => 'Repeat the command to continue.',
  },
});
