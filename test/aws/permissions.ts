import { text } from './tree.ts';
import { Refusal, type Call } from './wire.ts';

/** Operations whose permission has another name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const PERMISSIONS: Readonly<Record<string, string>> = {
  HeadBucket: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  DeleteObjects: 's3:DeleteObject',
  GetLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  GetAccount: 'apigateway:GET',
};

export const permissionOf = ({ service, action }: Call): string => PERMISSIONS[action] ?? `${service}:${action}`;

function resourceOf(call: Call): string {
  const { service, region, account, params } = call;
  if (service === 'cloudformation') {
    const stack = text(params, 'StackName') ?? '*';
    return stack.startsWith('arn:') ? stack : `arn:aws:cloudformation:${region}:${account}:stack/${stack}/*`;
  }
  if (service !== 's3') return '*';
  const key = text(params, 'Key');
  return `arn:aws:s3:::${text(params, 'Bucket') ?? ''}${key === undefined ? '' : `/${key}`}`;
}

const BECAUSE = {
  identity: (action: string) => `because no identity-based policy allows the ${action} action`,
  scp: () => 'with an explicit deny in a service control policy',
  boundary: (action: string) => `because no permissions boundary allows the ${action} action`,
  session: (action: string) => `because no session policy allows the ${action} action`,
} as const;

/** As IAM words it: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(call: Call, because: keyof typeof BECAUSE = 'identity'): Refusal {
  const action = permissionOf(call);
  const resource = call.service === 's3' ? `"${resourceOf(call)}"` : resourceOf(call);
  return new Refusal(
    'AccessDenied',
    `User: ${call.arn} is not authorized to perform: ${action} on resource: ${resource} ${BECAUSE[because](action)}`,
    403,
  );
}
