import { address } from '../../cloud/address.ts';
import { resource, type Part } from '../../cloud/part.ts';
import { attribute, ref, stackName, text, type Value } from '../../cloud/value.ts';
import type { Context } from '../meaning.ts';
import { keyOf, usingKey } from '../system-key.ts';
import { undocumented } from '../trust.ts';
import { tagList } from '../tags.ts';
import { factsOf, portOf, type Database } from './engines.ts';
import {
  clusterAddress,
  groupAddress,
  instanceAddress,
  namedAs,
  proxyAddress,
  proxyGroupAddress,
  proxyNeedsSecrets,
  secretAddress,
  userArn,
} from './identity.ts';
import { usersOf } from './users.ts';

const roleAddress = (database: Database) => address('AWS::IAM::Role', namedAs(database), 'ProxyRole');

/** RDS Proxy between functions and database. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html */
export function proxyParts(database: Database, context: Context): readonly Part[] {
  const { settings, name } = database;
  const proxy = typeof settings.proxy === 'object' ? settings.proxy : {};
  const from = { because: database.place, path: `${database.path}.proxy` };
  const tags = tagList(undefined, context);
  const { family, aurora } = factsOf(database);
  const secrets = proxyNeedsSecrets(database);
  // Through the proxy comes who proves himself as it does; the user of the Data API never comes.
  const users = usersOf(database, context).filter(({ by }) => by === (secrets ? 'secret' : 'iam'));
  return [
    resource(
      proxyGroupAddress(database),
      { GroupDescription: `The proxy of the database ${name}`, VpcId: context.network.id, SecurityGroupEgress: NOWHERE, ...tags } as never,
      from,
    ),
    ...between(database, from),
    { part: 'role', address: roleAddress(database), service: 'rds.amazonaws.com', trust: undocumented(context), ...from },
    ...(users.length > 0
      ? [
          {
            part: 'grant',
            to: roleAddress(database),
            by: 'service',
            actions: [secrets ? 'secretsmanager:GetSecretValue' : 'rds-db:connect'],
            on: users.map((user): Value => (secrets ? ref(secretAddress(database, user.name)) : userArn(database, user.name, true))),
            reason: `the proxy connects to ${name}`,
            ...from,
          } as const,
          ...(secrets ? usingKey(keyOf({}, undefined, context), 'secretsmanager', 'kms:Decrypt') : []).map(
            (statement) =>
              ({
                part: 'grant',
                to: roleAddress(database),
                by: 'service',
                reason: `the proxy connects to ${name}`,
                ...statement,
                ...from,
              }) as const,
          ),
        ]
      : []),
    resource(
      proxyAddress(database),
      {
        // CloudFormation requires a name.
        DBProxyName: text(stackName, '-', name),
        EngineFamily: family === 'postgres' ? 'POSTGRESQL' : 'MYSQL',
        RequireTLS: true,
        RoleArn: attribute(roleAddress(database), 'Arn'),
        ...(secrets
          ? {
              Auth: users.map((user) => ({
                AuthScheme: 'SECRETS',
                SecretArn: ref(secretAddress(database, user.name)),
                IAMAuth: settings.auth === 'iam' ? 'REQUIRED' : 'DISABLED',
              })),
            }
          : { DefaultAuthScheme: 'IAM_AUTH' }),
        ...(proxy.idleTimeout !== undefined && { IdleClientTimeout: proxy.idleTimeout }),
        VpcSubnetIds: context.network.subnets,
        VpcSecurityGroupIds: [attribute(proxyGroupAddress(database), 'GroupId')],
        ...tags,
      } as never,
      from,
    ),
    resource(
      address('AWS::RDS::DBProxyTargetGroup', namedAs(database), 'ProxyTargets'),
      {
        DBProxyName: ref(proxyAddress(database)),
        TargetGroupName: 'default',
        ...(aurora
          ? { DBClusterIdentifiers: [ref(clusterAddress(database))] }
          : { DBInstanceIdentifiers: [ref(instanceAddress(database))] }),
        ...((proxy.maxConnections ?? proxy.borrowTimeout) !== undefined && {
          ConnectionPoolConfigurationInfo: {
            ...(proxy.maxConnections !== undefined && { MaxConnectionsPercent: proxy.maxConnections }),
            ...(proxy.borrowTimeout !== undefined && { ConnectionBorrowTimeout: proxy.borrowTimeout }),
          },
        }),
      },
      { ...from, ...(aurora && { dependsOn: [instanceAddress(database, 'Writer')] }) },
    ),
  ];
}

const NOWHERE = [
  { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'Nothing: rules are resources of their own' },
] as const;

/** The road from the proxy to the database. */
function between(database: Database, from: { readonly because: Database['place']; readonly path: string }): readonly Part[] {
  const port = portOf(database);
  const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port } as const;
  const [proxy, own] = [attribute(proxyGroupAddress(database), 'GroupId'), attribute(groupAddress(database), 'GroupId')];
  return [
    resource(
      address('AWS::EC2::SecurityGroupEgress', namedAs(database), 'ProxyEgress'),
      { GroupId: proxy, ...ports, DestinationSecurityGroupId: own, Description: 'To the database' } as never,
      from,
    ),
    resource(
      address('AWS::EC2::SecurityGroupIngress', namedAs(database), 'ProxyIngress'),
      { GroupId: own, ...ports, SourceSecurityGroupId: proxy, Description: 'From the proxy' } as never,
      from,
    ),
  ];
}
