/** How a source and its function come together: told in the reference and by editors, read by whoever explains a system. */
export interface Polling {
  /** The service calls the function, or Lambda fetches. */
  readonly delivery: 'push' | 'pull';
  /** Who calls whom. */
  readonly caller: string;
  /** Where the leave for it stands: in the function’s own policy, in its role, in a role of the caller, or with whoever deploys. */
  readonly permission: keyof typeof PERMISSION;
  /** Whether somebody waits for the answer; `poll`: Lambda’s own pollers do. */
  readonly invocation: keyof typeof INVOCATION;
  /** How often is looked, where somebody looks. */
  readonly polls?: string;
  /** How many calls there are at once. */
  readonly concurrency: string;
  readonly ordering: string;
  readonly retries: string;
  /** Where it ends when it failed for good. */
  readonly failure: string;
  readonly page: string;
}

const PERMISSION = {
  function: 'In the function’s resource policy: the service may invoke it.',
  role: 'In the execution role: Lambda reads with it.',
  caller: 'In a role that the service assumes, for this one function.',
  replication: 'With the deployer, who lets CloudFront replicate the function; the replicas run with its own role.',
  deployer: 'With the deployer: CloudFormation invokes the function on their behalf.',
} as const;

const INVOCATION = {
  sync: 'Synchronous: the caller waits for the response.',
  async: 'Asynchronous: Lambda puts the event into its own queue, and nobody waits.',
  either: 'Synchronous or asynchronous, up to the caller.',
  poll: 'Synchronous: Lambda’s poller waits for the response.',
} as const;

/** The same in words, a line each. */
export function told({ delivery, caller, permission, invocation, ...rest }: Polling): readonly string[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    [delivery === 'pull' ? 'Pull' : 'Push', caller],
    ['Permission', PERMISSION[permission]],
    ['Invocation', INVOCATION[invocation]],
    ['Polls', rest.polls],
    ['Concurrency', rest.concurrency],
    ['Order', rest.ordering],
    ['Retries', rest.retries],
    ['Failure', `${rest.failure} [AWS’s page](${rest.page})`],
  ];
  return lines.flatMap(([word, line]) => (line === undefined ? [] : [`**${word}**: ${line}`]));
}
