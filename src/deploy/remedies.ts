interface Remedy {
  readonly said: RegExp;
  /** Only for resources whose type begins so. */
  readonly of?: string;
  readonly help: string;
}

/** What AWS says when something fails, and what helps. The first that fits is told. */
const remedies: readonly Remedy[] = [
  {
    said: /with identifier .* (was not found|does not exist)/i,
    help: 'Nothing of this name or id exists in this account and region. Correct what `adopt` says, or take `adopt` out to have it made.',
  },
  {
    said: /bucket policy already exists/i,
    help: 'A bucket that is adopted keeps its policy. Move its statements to `policy` of the bucket, delete the old policy, and deploy again.',
  },
  {
    said: /The migrations of \S+ could not be applied/,
    help: 'Files that were applied before stay applied. Correct what the message names, and deploy again.',
  },
  {
    said: /The users of \S+ could not be made/,
    help: 'The message is the database’s own. `overrides` of its parameters may be the cause.',
  },
  { said: /already exists (in stack|as part of)/i, help: 'Another stack has this resource. Rename yours, or remove it there.' },
  {
    said: /already ?exists/i,
    help: 'Something of this name exists already. `adopt: NAME` on this line takes it into the stack; another `physicalName` avoids it.',
  },
  { said: /explicit deny in a service control policy/i, help: 'The organization forbids it. Its administrators can change that.' },
  {
    said: /explicit deny/i,
    help: 'A policy forbids it outright: look for a Deny in the policies of whoever deploys, and in permissions boundaries.',
  },
  { said: /iam:PassRole/i, help: 'Whoever deploys needs iam:PassRole on that role.' },
  {
    said: /not authorized to perform:? (?<action>[a-z0-9-]+:[A-Za-z]+)/i,
    help: 'Grant that action to whoever deploys, or to the role given by --role-arn.',
  },
  { said: /is not authorized|AccessDenied|Access Denied/i, help: 'Whoever deploys, or the role given by --role-arn, lacks a permission.' },
  {
    said: /cannot be assumed by Lambda/i,
    help: 'The role is so new that Lambda does not know it yet. Deploy again (`--retry-transient` does so by itself).',
  },
  {
    said: /NoSuchKey|key does not exist/i,
    help: 'The code is no longer in the artifact bucket. Deploy again: it is uploaded anew. See that no lifecycle rule expires current objects.',
  },
  {
    said: /unzipped size must be smaller/i,
    help: 'The function and its layers unzip to more than 250 MB. Leave out what the bundle does not need.',
  },
  {
    said: /reserved concurrent executions|UnreservedConcurrentExecution/i,
    help: 'Ten of the account’s concurrent executions must stay unreserved. Lower `reservedConcurrency`, or ask for a higher quota.',
  },
  {
    said: /sufficient permissions.*(ec2|CreateNetworkInterface)|CreateNetworkInterface/i,
    help: 'The function’s role lacks the permission for network interfaces: that is a bug of ours, unless an override took it away.',
  },
  {
    said: /does not have permissions to call (?<call>\S+) on/i,
    of: 'AWS::Lambda::EventSourceMapping',
    help: 'The function’s role lacks a permission of the source: that is a bug of ours, unless an override took it away, or the source’s own policy denies it.',
  },
  { said: /Queue visibility timeout/i, help: 'The queue’s visibility timeout must be at least the function’s timeout.' },
  {
    said: /Cannot find version|engine version.*(not available|cannot)/i,
    of: 'AWS::RDS',
    help: 'RDS does not offer that version in this region. `aws rds describe-db-engine-versions --engine ENGINE` lists those it offers.',
  },
  {
    said: /DBInstanceClass|instance class.*(not supported|not available)|combination of instance class/i,
    of: 'AWS::RDS',
    help: 'This class is not offered for that engine and version here: `aws rds describe-orderable-db-instance-options --engine ENGINE`.',
  },
  {
    said: /Cannot upgrade .* from|major version/i,
    of: 'AWS::RDS',
    help: 'A database is upgraded one major version at a time, along the path RDS lists.',
  },
  {
    said: /DeletionProtection|deletion protection|Cannot delete protected/i,
    help: 'It is protected from deletion. Set `deletionProtection: false`, deploy, then remove.',
  },
  { said: /final snapshot.*already exists/i, help: 'A snapshot of that name is left from an earlier deletion. Delete or rename it.' },
  {
    said: /StorageQuotaExceeded|InstanceQuotaExceeded|DBInstance quota/i,
    of: 'AWS::RDS',
    help: 'A quota of RDS is reached. Ask for more in Service Quotas.',
  },
  { said: /at least (two|2) Availability Zones|AZ coverage/i, help: 'A database subnet group needs two zones: `vpc: { zones: 2 }`.' },
  {
    said: /The maximum number of VPCs/i,
    help: 'Five VPCs per region are the default quota. Use an existing one (`vpc: { existing: … }`), or ask for more.',
  },
  {
    said: /maximum number of (internet gateways|addresses)|AddressLimitExceeded/i,
    help: 'A quota of EC2 is reached. Release what nobody uses, or ask for more.',
  },
  { said: /VpcEndpointLimitExceeded|VpcEndpoint.*limit/i, help: 'The VPC has as many endpoints as the quota allows. Ask for more.' },
  {
    said: /private DNS.*(conflict|already)|conflicting DNS domain/i,
    help: 'The VPC has an endpoint for that service with private DNS already. Take it with `endpoints: { SERVICE: { existing: ID } }`.',
  },
  {
    said: /service .*does not (exist|support the availability zone)|InvalidServiceName/i,
    of: 'AWS::EC2::VPCEndpoint',
    help: 'That endpoint service is not offered in this region or zone.',
  },
  { said: /CIDR.*(conflict|overlap)|overlaps/i, help: 'The address range is taken. Give the VPC another `cidr`.' },
  {
    said: /DependencyViolation|has a dependent object/i,
    help: 'Something outside the stack still uses it. Lambda gives its network interfaces back 20 to 40 minutes after the last function in the VPC.',
  },
  {
    said: /network ?interface.*(in use|currently)/i,
    help: 'Lambda gives network interfaces back 20 to 40 minutes after the last function. Try again then.',
  },
  {
    said: /BucketNotEmpty|bucket you tried to delete is not empty/i,
    help: '`eventsystem remove --empty BUCKET` deletes its objects first.',
  },
  {
    said: /Unable to validate the following destination configurations/i,
    help: 'S3 tried to call the destination and was refused: its policy is not there yet or was overridden.',
  },
  {
    said: /conflicting conditional operation|OperationAborted/i,
    help: 'S3 is still deleting a bucket of that name. Try again in an hour.',
  },
  {
    said: /CloudWatch Logs role ARN must be set/i,
    help: 'The account has no role by which API Gateway writes logs. Run `eventsystem bootstrap`.',
  },
  {
    said: /certificate.*(not found|does not exist|pending|PENDING_VALIDATION)/i,
    help: 'The certificate must be issued, and in the right region: for CloudFront and edge-optimized domains in us-east-1.',
  },
  { said: /Invalid base path|domain name you provided already exists/i, help: 'The domain is mapped already, here or in another account.' },
  {
    said: /Domain already associated|already associated with another user pool/i,
    help: 'Cognito’s domain prefixes are taken for the whole region. Choose another.',
  },
  {
    said: /(stream|topic|queue|table).*(being|currently).*(created|deleted|updated)|ResourceInUseException/i,
    help: 'Another operation on it is under way. Try again in a minute.',
  },
  {
    said: /LimitExceeded.*(stream|shard)|shard.*limit/i,
    help: 'The account’s quota of streams or shards is reached. Ask for more, or take fewer shards.',
  },
  {
    said: /KMS.*(AccessDenied|disabled|pending)|KMSAccessDenied|kms:/i,
    help: 'The key’s policy must admit the service and whoever deploys; a disabled key encrypts nothing.',
  },
  { said: /Export .* cannot be (deleted|updated) as it is in use/i, help: 'Other stacks import it. Change those first.' },
  { said: /No export named/i, help: 'The stack that exports it is not deployed here.' },
  {
    said: /Parameter .* (not found|does not exist)|ParameterNotFound|Unable to fetch parameters/i,
    help: 'There is no such parameter in Parameter Store, in this region.',
  },
  { said: /Secrets Manager can.t find|ResourceNotFoundException.*secret/i, help: 'There is no such secret in this region.' },
  {
    said: /did not stabilize|NotStabilized|Exceeded attempts to wait/i,
    help: 'AWS waited for it and gave up. Look at the resource itself: its own events say more.',
  },
  { said: /Rate exceeded|Throttl|TooManyRequests/i, help: 'Too much at once in this account. Deploy again.' },
  {
    said: /security token .*expired|ExpiredToken/i,
    help: 'CloudFormation worked with your token, and it ended. Give it a role of its own: --role-arn.',
  },
  {
    said: /InvalidClientTokenId|security token .*is invalid/i,
    help: 'IAM takes no session without a second factor. Sign in with one, or give a role: --role-arn.',
  },
  {
    said: /Received response status \[FAILED\] from custom resource/i,
    help: 'The function that sets this up failed; its log group says why.',
  },
  {
    said: /failed to (respond|receive) .*custom resource|Custom Resource failed to stabilize/i,
    help: 'The function that sets this up did not answer. Its log group says whether it ran, and whether it reached CloudFormation.',
  },
  {
    said: /Internal ?Failure|InternalServerError|GeneralServiceException/i,
    help: 'AWS failed by itself. Deploy again; https://health.aws.amazon.com tells of disturbances.',
  },
  {
    said: /ServiceLimitExceeded|quota|limit exceeded|LimitExceeded/i,
    help: 'A quota of the account is reached. Service Quotas tells which, and takes the request for more.',
  },
  {
    said: /Encountered unsupported property|extraneous key|required key|failed validation constraint|Model validation failed/i,
    help: 'The template does not fit the resource type: a bug of ours, unless it comes from `resources` or `overrides`.',
  },
  { said: /Resource handler returned message/i, help: 'The message is the service’s own.' },
];

/** What helps against a reason that AWS gave; nothing where nobody knows. */
export function remedyFor(reason: string, type: string): string | undefined {
  return remedies.find(({ said, of }) => said.test(reason) && (of === undefined || type.startsWith(of)))?.help;
}

/** A failure that is gone when one tries again: what was just made is not known everywhere yet. */
export function transient(reason: string): boolean {
  return /cannot be assumed by Lambda|Rate exceeded|Throttl|Internal ?Failure|GeneralServiceException/i.test(reason);
}
