import { address, type Address, type Named } from '../../cloud/address.ts';
import { arn, attribute, Select, Split, text } from '../../cloud/value.ts';
import { existing } from '../existing.ts';
import type { Context, Piece } from '../meaning.ts';
import { factsOf, portOf, type Database } from './engines.ts';

export const namedAs = ({ name }: Database): Named => ({ name, word: 'Database' });

export const instanceAddress = (database: Database, role = ''): Address<'AWS::RDS::DBInstance'> =>
  address('AWS::RDS::DBInstance', namedAs(database), role);
export const clusterAddress = (database: Database): Address<'AWS::RDS::DBCluster'> => address('AWS::RDS::DBCluster', namedAs(database));
export const groupAddress = (database: Database): Address<'AWS::EC2::SecurityGroup'> =>
  address('AWS::EC2::SecurityGroup', namedAs(database), 'SecurityGroup');
export const proxyAddress = (database: Database): Address<'AWS::RDS::DBProxy'> => address('AWS::RDS::DBProxy', namedAs(database), 'Proxy');
export const proxyGroupAddress = (database: Database): Address<'AWS::EC2::SecurityGroup'> =>
  address('AWS::EC2::SecurityGroup', namedAs(database), 'ProxySecurityGroup');
export const setUpAddress = (database: Database): Address<'AWS::CloudFormation::CustomResource'> =>
  address('AWS::CloudFormation::CustomResource', namedAs(database), 'SetUp');

export const userNamed = (database: Database, user: string): readonly Named[] => [namedAs(database), { name: user, word: 'Client' }];
export const secretAddress = (database: Database, user: string): Address<'AWS::SecretsManager::Secret'> =>
  address('AWS::SecretsManager::Secret', userNamed(database, user), 'Secret');

export const hasProxy = ({ settings }: Database): boolean =>
  settings.existing === undefined && settings.proxy !== undefined && settings.proxy !== false;

/** MariaDB’s proxies cannot sign in by IAM at the database, so they use a secret there. */
export const proxyNeedsSecrets = ({ settings }: Database): boolean => settings.auth === 'secret' || settings.engine === 'mariadb';

/** Where functions knock: a proxy listens on the engine’s own port, wherever the database does. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations */
export const frontPort = (database: Database): number => (hasProxy(database) ? factsOf(database).port : portOf(database));

/** The instance or the cluster itself, behind a proxy or not. */
export function ownAttribute(database: Database, ofInstance: string, ofCluster: string): Piece {
  return factsOf(database).aurora ? attribute(clusterAddress(database), ofCluster) : attribute(instanceAddress(database), ofInstance);
}

export const ownHost = (database: Database): Piece => ownAttribute(database, 'Endpoint.Address', 'Endpoint.Address');

/** Where functions connect to. */
export function hostOf(database: Database, context: Context): Piece {
  if (database.settings.existing) return context.text(database.settings.existing);
  return hasProxy(database) ? attribute(proxyAddress(database), 'Endpoint') : ownHost(database);
}

export function readHostOf(database: Database, context: Context): Piece {
  if (database.settings.existing || !factsOf(database).aurora) return hostOf(database, context);
  return attribute(clusterAddress(database), 'ReadEndpoint.Address');
}

export function arnOf(database: Database, context: Context): Piece {
  const found = existing(database.settings.existing, context);
  return found ? found.name : ownAttribute(database, 'DBInstanceArn', 'DBClusterArn');
}

/** What IAM authentication names: the resource id of the instance, the cluster or the proxy. */
export function resourceIdOf(database: Database, behindProxy = false): Piece {
  if (database.settings.resourceId !== undefined) return database.settings.resourceId;
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connecting.html
  if (hasProxy(database) && !behindProxy) return new Select(6, new Split(':', attribute(proxyAddress(database), 'DBProxyArn')));
  return ownAttribute(database, 'DbiResourceId', 'DBClusterResourceId');
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
export function userArn(database: Database, user: string, behindProxy = false): Piece {
  return arn('rds-db', text('dbuser:', resourceIdOf(database, behindProxy), '/', user));
}

/** The security group that stands before it, for those who connect. */
export function frontGroup(database: Database): Piece {
  const { settings } = database;
  if (settings.existing) return settings.securityGroup ?? '';
  return attribute(hasProxy(database) ? proxyGroupAddress(database) : groupAddress(database), 'GroupId');
}
