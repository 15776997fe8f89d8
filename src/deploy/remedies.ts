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
    help: 'Nothing with this name or ID exists in this account and region. Correct `adopt`, or remove it to have the resource created.',
  },
  {
    said: /bucket policy already exists/i,
    help: 'An adopted bucket keeps its policy. Move the statements to the bucket’s `policy`, delete the old policy, and deploy again.',
  },
  {
    said: /The migrations of \S+ could not be applied/,
    help: 'Migrations already applied stay applied. Correct what the message names and deploy again.',
  },
  {
    said: /The users of \S+ could not be made/,
    help: 'The message comes from the database. `overrides` of its parameters may be the cause.',
  },
  { said: /already exists (in stack|as part of)/i, help: 'Another stack owns this resource. Rename yours, or remove it there.' },
  {
    said: /already ?exists/i,
    help: 'This name is already taken. Import what exists with `adopt: NAME` on this line, or choose another `physicalName`.',
  },
  { said: /explicit deny in a service control policy/i, help: 'An SCP denies it. Only the organization’s administrators can change that.' },
  {
    said: /explicit deny/i,
    help: 'A policy explicitly denies it: look for a Deny in the deploying identity’s policies and permissions boundary.',
  },
  { said: /iam:PassRole/i, help: 'The deploying identity needs iam:PassRole on that role.' },
  {
    said: /not authorized to perform:? (?<action>[a-z0-9-]+:[A-Za-z]+)/i,
    help: 'Grant that action to the deploying identity, or to the --role-arn role.',
  },
  { said: /is not authorized|AccessDenied|Access Denied/i, help: 'The deploying identity, or the --role-arn role, lacks a permission.' },
  {
    said: /cannot be assumed by Lambda/i,
    help: 'The role is new and Lambda does not see it yet. Deploy again, or use `--retry-transient`.',
  },
  {
    said: /NoSuchKey|key does not exist/i,
    help: 'The code is no longer in the artifact bucket. Deploy again to upload it, and check that no lifecycle rule expires current objects.',
  },
  {
    said: /unzipped size must be smaller/i,
    help: 'The function and its layers exceed 250 MB unzipped. Remove what the bundle does not need.',
  },
  {
    said: /reserved concurrent executions|UnreservedConcurrentExecution/i,
    help: 'Lambda keeps some of the account’s concurrency unreserved. Lower `reservedConcurrency`, or request a higher quota.',
  },
  {
    said: /sufficient permissions.*(ec2|CreateNetworkInterface)|CreateNetworkInterface/i,
    help: 'The function’s role lacks the network interface permissions: a bug in eventsystem, unless an override removed them.',
  },
  {
    said: /does not have permissions to call (?<call>\S+) on/i,
    of: 'AWS::Lambda::EventSourceMapping',
    help: 'The function’s role lacks a permission on the source: a bug in eventsystem, unless an override removed it or the source’s own policy denies it.',
  },
  { said: /Queue visibility timeout/i, help: 'The queue’s visibility timeout must be at least the function’s timeout.' },
  {
    said: /Cannot find version|engine version.*(not available|cannot)/i,
    of: 'AWS::RDS',
    help: 'RDS does not offer that version in this region. List those it offers: `aws rds describe-db-engine-versions --engine ENGINE`.',
  },
  {
    said: /DBInstanceClass|instance class.*(not supported|not available)|combination of instance class/i,
    of: 'AWS::RDS',
    help: 'That instance class is not offered for this engine and version here. List those that are: `aws rds describe-orderable-db-instance-options --engine ENGINE`.',
  },
  {
    said: /Cannot upgrade .* from|major version/i,
    of: 'AWS::RDS',
    help: 'RDS only allows certain upgrade paths. Upgrade in several steps.',
  },
  {
    said: /DeletionProtection|deletion protection|Cannot delete protected/i,
    help: 'Deletion protection is on. Set `deletionProtection: false`, deploy, then remove.',
  },
  { said: /final snapshot.*already exists/i, help: 'A snapshot with that name remains from an earlier deletion. Delete or rename it.' },
  {
    said: /StorageQuotaExceeded|InstanceQuotaExceeded|DBInstance quota/i,
    of: 'AWS::RDS',
    help: 'An RDS quota is reached. Request an increase in Service Quotas.',
  },
  {
    said: /at least (two|2) Availability Zones|AZ coverage/i,
    help: 'A DB subnet group needs two Availability Zones: `vpc: { zones: 2 }`.',
  },
  {
    said: /The maximum number of VPCs/i,
    help: 'The default quota is five VPCs per region. Use an existing one (`vpc: { existing: … }`), or request an increase.',
  },
  {
    said: /maximum number of (internet gateways|addresses)|AddressLimitExceeded/i,
    help: 'An EC2 quota is reached. Release what is unused, or request an increase.',
  },
  { said: /VpcEndpointLimitExceeded|VpcEndpoint.*limit/i, help: 'The VPC’s endpoint quota is reached. Request an increase.' },
  {
    said: /private DNS.*(conflict|already)|conflicting DNS domain/i,
    help: 'The VPC already has an endpoint with private DNS for that service. Use it: `endpoints: { SERVICE: { existing: ID } }`.',
  },
  {
    said: /service .*does not (exist|support the availability zone)|InvalidServiceName/i,
    of: 'AWS::EC2::VPCEndpoint',
    help: 'That endpoint service is not offered in this region or zone.',
  },
  { said: /CIDR.*(conflict|overlap)|overlaps/i, help: 'The CIDR range is taken. Give the VPC another `cidr`.' },
  {
    said: /DependencyViolation|has a dependent object/i,
    help: 'Something outside the stack still uses it. Lambda releases its network interfaces 20 to 40 minutes after the last function in the VPC is deleted.',
  },
  {
    said: /network ?interface.*(in use|currently)/i,
    help: 'Lambda releases network interfaces 20 to 40 minutes after the last function is deleted. Try again then.',
  },
  {
    said: /BucketNotEmpty|bucket you tried to delete is not empty/i,
    help: '`eventsystem remove --empty BUCKET` deletes its objects first.',
  },
  {
    said: /Unable to validate the following destination configurations/i,
    help: 'S3 tested the destination and was denied: its policy is missing or was overridden.',
  },
  {
    said: /conflicting conditional operation|OperationAborted/i,
    help: 'S3 is still deleting a bucket with that name. Try again in an hour.',
  },
  {
    said: /CloudWatch Logs role ARN must be set/i,
    help: 'The account has no CloudWatch Logs role for API Gateway. Run `eventsystem bootstrap`.',
  },
  {
    said: /certificate.*(not found|does not exist|pending|PENDING_VALIDATION)/i,
    help: 'The certificate must be issued, and in the right region: us-east-1 for CloudFront and edge-optimized domains.',
  },
  { said: /Invalid base path|domain name you provided already exists/i, help: 'The domain is already mapped, here or in another account.' },
  {
    said: /Domain already associated|already associated with another user pool/i,
    help: 'Cognito domain prefixes are unique per region. Choose another.',
  },
  {
    said: /(stream|topic|queue|table).*(being|currently).*(created|deleted|updated)|ResourceInUseException/i,
    help: 'Another operation on it is in progress. Try again in a minute.',
  },
  {
    said: /LimitExceeded.*(stream|shard)|shard.*limit/i,
    help: 'The account’s stream or shard quota is reached. Request an increase, or use fewer shards.',
  },
  {
    said: /KMS.*(AccessDenied|disabled|pending)|KMSAccessDenied|kms:/i,
    help: 'The key policy must allow the service and the deploying identity, and the key must be enabled.',
  },
  { said: /Export .* cannot be (deleted|updated) as it is in use/i, help: 'Other stacks import it. Remove the import there first.' },
  { said: /No export named/i, help: 'The stack that exports it is not deployed here.' },
  {
    said: /Parameter .* (not found|does not exist)|ParameterNotFound|Unable to fetch parameters/i,
    help: 'There is no such parameter in Parameter Store, in this region.',
  },
  { said: /Secrets Manager can.t find|ResourceNotFoundException.*secret/i, help: 'There is no such secret in this region.' },
  {
    said: /did not stabilize|NotStabilized|Exceeded attempts to wait/i,
    help: 'CloudFormation stopped waiting for it. The resource’s own events or logs say more.',
  },
  { said: /Rate exceeded|Throttl|TooManyRequests/i, help: 'Too many requests at once in this account. Deploy again.' },
  {
    said: /security token .*expired|ExpiredToken/i,
    help: 'CloudFormation used your session token, and it expired. Give it a role: --role-arn.',
  },
  {
    said: /InvalidClientTokenId|security token .*is invalid/i,
    help: 'IAM rejects session credentials obtained without MFA. Sign in with MFA, or pass a role: --role-arn.',
  },
  {
    said: /Received response status \[FAILED\] from custom resource/i,
    help: 'The custom resource’s function failed; its log group says why.',
  },
  {
    said: /failed to (respond|receive) .*custom resource|Custom Resource failed to stabilize/i,
    help: 'The custom resource’s function did not respond. Its log group shows whether it ran and reached CloudFormation.',
  },
  {
    said: /Internal ?Failure|InternalServerError|GeneralServiceException/i,
    help: 'AWS had an internal error. Deploy again; https://health.aws.amazon.com lists current incidents.',
  },
  {
    said: /ServiceLimitExceeded|quota|limit exceeded|LimitExceeded/i,
    help: 'An account quota is reached. Request an increase in Service Quotas.',
  },
  {
    said: /Encountered unsupported property|extraneous key|required key|failed validation constraint|Model validation failed/i,
    help: 'The template does not match the resource type’s schema: a bug in eventsystem, unless it comes from `resources` or `overrides`.',
  },
  { said: /Resource handler returned message/i, help: 'The message comes from the service.' },
];

/** What helps against a reason that AWS gave; nothing where nobody knows. */
export function remedyFor(reason: string, type: string): string | undefined {
  return remedies.find(({ said, of }) => said.test(reason) && (of === undefined || type.startsWith(of)))?.help;
}

/** A failure that is gone when one tries again: what was just made is not known everywhere yet. */
export function transient(reason: string): boolean {
  return /cannot be assumed by Lambda|Rate exceeded|Throttl|Internal ?Failure|GeneralServiceException/i.test(reason);
}
