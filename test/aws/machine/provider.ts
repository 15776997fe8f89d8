import { Bucket } from '../s3/bucket.ts';
import { isCustom } from '../template/types.ts';
import { isTree, type Tree } from '../tree.ts';
import type { Cloud } from './cloud.ts';
import { attributesOf, identityOf, namesOf } from './names.ts';
import type { Stack, StackResource } from './stack.ts';
import type { Thing } from './world.ts';

/** Why a service refused; the reason is told by the resource’s event. */
export class ResourceFailure extends Error {}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
export const handlerMessage = (cloud: Cloud, message: string, code: string): string =>
  `Resource handler returned message: "${message}" (RequestToken: ${cloud.uuid()}, HandlerErrorCode: ${code})`;

/** The service makes the thing. */
export function make(cloud: Cloud, stack: Stack, logicalId: string, type: string, properties: Tree): Thing {
  const { identifier, physicalId, given } = identityOf(cloud, stack, logicalId, type, properties);
  const taken = given && !isCustom(type) ? cloud.world.find(stack.region, type, identifier) : undefined;
  if (taken || (type === 'AWS::S3::Bucket' && cloud.store.buckets.has(physicalId)))
    throw new ResourceFailure(
      handlerMessage(cloud, `Resource of type '${type}' with identifier '${identifier}' already exists.`, 'AlreadyExists'),
    );
  checkCode(cloud, type, properties);
  if (type === 'AWS::S3::Bucket') cloud.store.buckets.set(physicalId, bucketFrom(stack, physicalId, properties, cloud));
  const attributes = attributesOf(type, physicalId, stack);
  const read = { ...namesOf(type, { identifier, physicalId }), ...properties };
  return cloud.world.add({ type, region: stack.region, identifier, physicalId, properties: read, attributes, stackId: stack.id });
}

/** The service changes it where it stands. */
export function change(cloud: Cloud, stack: Stack, type: string, physicalId: string, properties: Tree): void {
  checkCode(cloud, type, properties);
  const thing = cloud.world.named(stack.region, type, physicalId);
  if (!thing) {
    const message = `Resource of type '${type}' with identifier '${physicalId}' was not found.`;
    throw new ResourceFailure(handlerMessage(cloud, message, 'NotFound'));
  }
  thing.properties = { ...namesOf(type, thing), ...properties };
  const bucket = type === 'AWS::S3::Bucket' ? cloud.store.buckets.get(physicalId) : undefined;
  if (bucket) bucket.versioning = versioningOf(properties);
}

/** The service takes it away, if it may. What is gone already is gone. */
export function destroy(
  cloud: Cloud,
  stack: Stack,
  { type, physicalId }: Pick<StackResource, 'type' | 'physicalId'>,
  snapshot: boolean,
): void {
  const thing = cloud.world.named(stack.region, type, physicalId);
  if (!thing) return;
  const protection = PROTECTED[type]?.(thing.properties);
  if (protection) throw new ResourceFailure(handlerMessage(cloud, protection, 'InvalidRequest'));
  const bucket = type === 'AWS::S3::Bucket' ? cloud.store.buckets.get(physicalId) : undefined;
  if (bucket && !bucket.empty) throw new ResourceFailure(handlerMessage(cloud, notEmpty(cloud), 'GeneralServiceException'));
  if (bucket) cloud.store.buckets.delete(physicalId);
  if (snapshot) cloud.world.snapshots.push({ type, physicalId, at: cloud.clock.date(), arn: snapshotArn(stack, physicalId, cloud) });
  cloud.world.remove(thing);
}

const notEmpty = (cloud: Cloud): string =>
  `The bucket you tried to delete is not empty (Service: S3, Status Code: 409, Request ID: ${cloud.suffix()}) (SDK Attempt Count: 1)`;

const snapshotArn = ({ region, account }: Stack, physicalId: string, cloud: Cloud): string =>
  `arn:aws:rds:${region}:${account}:cluster-snapshot:${physicalId}-snapshot-${cloud.hex(12)}`;

const PROTECTED: Readonly<Record<string, (properties: Tree) => string | undefined>> = {
  'AWS::DynamoDB::Table': ({ DeletionProtectionEnabled: on }) =>
    on === true || on === 'true'
      ? 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. (Service: DynamoDb, Status Code: 400)'
      : undefined,
  'AWS::RDS::DBCluster': ({ DeletionProtection: on }) =>
    on === true || on === 'true'
      ? 'Cannot delete protected Cluster, please disable deletion protection and try again. (Service: Rds, Status Code: 400)'
      : undefined,
  'AWS::RDS::DBInstance': ({ DeletionProtection: on }) =>
    on === true || on === 'true'
      ? 'Cannot delete protected DB Instance, please disable deletion protection and try again. (Service: Rds, Status Code: 400)'
      : undefined,
  'AWS::Cognito::UserPool': ({ DeletionProtection: on }) =>
    on === 'ACTIVE'
      ? 'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first. (Service: CognitoIdentityProvider, Status Code: 400)'
      : undefined,
};

/** Lambda reads the code when the function is made or changed. */
function checkCode(cloud: Cloud, type: string, properties: Tree): void {
  const code =
    type === 'AWS::Lambda::Function' ? properties['Code'] : type === 'AWS::Lambda::LayerVersion' ? properties['Content'] : undefined;
  if (!isTree(code) || typeof code['S3Bucket'] !== 'string') return;
  const bucket = cloud.store.buckets.get(code['S3Bucket']);
  const version = typeof code['S3ObjectVersion'] === 'string' ? code['S3ObjectVersion'] : undefined;
  const object = bucket?.object(String(code['S3Key']), version);
  if (object && !object.marker) return;
  const [name, message] = bucket
    ? ['NoSuchKey', 'The specified key does not exist.']
    : ['NoSuchBucket', 'The specified bucket does not exist'];
  const said = `Error occurred while GetObject. S3 Error Code: ${name}. S3 Error Message: ${message} (Service: Lambda, Status Code: 400, Request ID: ${cloud.uuid()})`;
  throw new ResourceFailure(handlerMessage(cloud, said, 'InvalidRequest'));
}

function versioningOf(properties: Tree): 'Enabled' | 'Suspended' | undefined {
  const { VersioningConfiguration: versioning } = properties;
  return isTree(versioning) && (versioning['Status'] === 'Enabled' || versioning['Status'] === 'Suspended')
    ? versioning['Status']
    : undefined;
}

function bucketFrom(stack: Stack, name: string, properties: Tree, cloud: Cloud): Bucket {
  const options = {
    name,
    region: stack.region,
    owner: stack.account,
    versioning: versioningOf(properties),
    publicAccessBlock: isTree(properties['PublicAccessBlockConfiguration']),
    lifecycle: isTree(properties['LifecycleConfiguration']),
  };
  return new Bucket(options, cloud.clock.date());
}
