import { address } from '../../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../../cloud/part.ts';
import { account, arn, attribute, ref, text, type Value } from '../../cloud/value.ts';
import { deletionProtected } from '../keeping.ts';
import type { Context } from '../meaning.ts';
import { tagList } from '../tags.ts';
import { engineVersion, factsOf, majorOf, portOf, schemaOf, type Database } from './engines.ts';
import { clusterAddress, groupAddress, instanceAddress, namedAs } from './identity.ts';

/** An egress list that lets nothing out: without one, EC2 lets everything. */
const NOWHERE = [
  { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'Nothing: a database opens no connections' },
] as const;

/** The instance or the cluster, where it stands, and who may come near. */
export function serverParts(database: Database, context: Context): readonly Part[] {
  const from = { because: database.place, path: database.path };
  const tags = tagList(undefined, context);
  return [
    resource(
      subnetGroup(database),
      { DBSubnetGroupDescription: `Where ${database.name} stands`, SubnetIds: context.network.subnets, ...tags } as never,
      from,
    ),
    resource(
      groupAddress(database),
      { GroupDescription: `The database ${database.name}`, VpcId: context.network.id, SecurityGroupEgress: NOWHERE, ...tags } as never,
      from,
    ),
    resource(
      parameterGroup(database),
      {
        Family: `${factsOf(database).parameterFamily}${majorOf(database)}`,
        Description: `TLS for ${database.name}`,
        Parameters: parametersOf(database),
        ...tags,
      } as never,
      from,
    ),
    ...(factsOf(database).aurora ? cluster(database, context) : instance(database, context)),
    ...monitoringRole(database, context),
  ];
}

const subnetGroup = (database: Database) => address('AWS::RDS::DBSubnetGroup', namedAs(database), 'SubnetGroup');
const parameterGroup = (database: Database) =>
  address(factsOf(database).aurora ? 'AWS::RDS::DBClusterParameterGroup' : 'AWS::RDS::DBParameterGroup', namedAs(database), 'Parameters');
const monitoringRoleAddress = (database: Database) => address('AWS::IAM::Role', namedAs(database), 'MonitoringRole');

/** What instances and clusters have in common. */
function shared(database: Database, context: Context): { readonly [name: string]: Value } {
  const { settings } = database;
  const { key } = settings;
  return {
    Engine: settings.engine,
    EngineVersion: engineVersion(database),
    Port: portOf(database),
    MasterUsername: 'eventsystem',
    // RDS makes the password, keeps it in Secrets Manager and changes it; no function ever gets it.
    ManageMasterUserPassword: true,
    StorageEncrypted: true,
    ...(key && { KmsKeyId: context.text(key) }),
    EnableIAMDatabaseAuthentication: settings.auth === 'iam',
    BackupRetentionPeriod: typeof settings.backups === 'number' ? settings.backups / 86_400 : settings.backups === 'none' ? 0 : 7,
    ...(settings.backupWindow !== undefined && { PreferredBackupWindow: settings.backupWindow }),
    ...(settings.maintenanceWindow !== undefined && { PreferredMaintenanceWindow: settings.maintenanceWindow }),
    CopyTagsToSnapshot: true,
    DeletionProtection: deletionProtected(settings, context.model),
    EnableCloudwatchLogsExports: factsOf(database).logs,
    AutoMinorVersionUpgrade: settings.minorUpgrades,
    // Extended support costs by the hour and begins by itself; without it RDS upgrades at the end of a version’s life.
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
    ...(settings.engine !== 'mariadb' && { EngineLifecycleSupport: 'open-source-rds-extended-support-disabled' }),
  };
}

function instance(database: Database, context: Context): readonly Part[] {
  const { settings } = database;
  const tags = tagList(undefined, context);
  const from = { because: database.place, path: database.path };
  return [
    resource(
      instanceAddress(database),
      {
        ...shared(database, context),
        Port: String(portOf(database)),
        DBInstanceClass: settings.instance ?? 'db.t4g.micro',
        DBName: schemaOf(database),
        AllocatedStorage: String(settings.storage ?? 20),
        ...(settings.maxStorage !== undefined && { MaxAllocatedStorage: settings.maxStorage }),
        StorageType: 'gp3',
        ...(settings.iops !== undefined && { Iops: settings.iops }),
        PubliclyAccessible: false,
        MultiAZ: inTwoZones(database, context),
        DBSubnetGroupName: ref(subnetGroup(database)),
        VPCSecurityGroups: [attribute(groupAddress(database), 'GroupId')],
        DBParameterGroupName: ref(parameterGroup(database)),
        ...observed(database, context),
        ...tags,
      } as never,
      { ...from, ...kept(database), accepted: acceptances(database, context) },
    ),
  ];
}

function cluster(database: Database, context: Context): readonly Part[] {
  const { settings } = database;
  const { capacity } = settings;
  const tags = tagList(undefined, context);
  const from = { because: database.place, path: database.path };
  const dataApi = context.demandsOn(database).some(({ need }) => 'dataApi' in need);
  const readers = settings.readers ?? (inTwoZones(database, context) ? 1 : 0);
  const roles = ['Writer', ...Array.from({ length: readers }, (_, index) => `Reader${index + 1}`)];
  return [
    resource(
      clusterAddress(database),
      {
        ...shared(database, context),
        DatabaseName: schemaOf(database),
        DBSubnetGroupName: ref(subnetGroup(database)),
        VpcSecurityGroupIds: [attribute(groupAddress(database), 'GroupId')],
        DBClusterParameterGroupName: ref(parameterGroup(database)),
        ...(capacity && {
          ServerlessV2ScalingConfiguration: {
            MinCapacity: capacity.min,
            MaxCapacity: capacity.max,
            ...(capacity.pauseAfter !== undefined && { SecondsUntilAutoPause: capacity.pauseAfter }),
          },
        }),
        ...(dataApi && { EnableHttpEndpoint: true }),
        ...(settings.insights === 'advanced' && {
          DatabaseInsightsMode: 'advanced',
          PerformanceInsightsEnabled: true,
          PerformanceInsightsRetentionPeriod: 465,
        }),
        ...tags,
      } as never,
      { ...from, ...kept(database), accepted: acceptances(database, context) },
    ),
    ...roles.map((role) =>
      resource(
        instanceAddress(database, role),
        {
          DBClusterIdentifier: ref(clusterAddress(database)),
          Engine: settings.engine,
          DBInstanceClass: capacity ? 'db.serverless' : (settings.instance ?? 'db.t4g.medium'),
          DBSubnetGroupName: ref(subnetGroup(database)),
          PubliclyAccessible: false,
          AutoMinorVersionUpgrade: settings.minorUpgrades,
          ...(settings.insights === 'standard' && { EnablePerformanceInsights: true }),
          ...monitored(database, context),
          ...tags,
        } as never,
        // The data is the cluster’s.
        { ...from, deletion: 'Delete', replaced: 'Delete', accepted: acceptances(database, context) },
      ),
    ),
  ];
}

const inTwoZones = ({ settings }: Database, { model }: Context): boolean => settings.multiZone ?? (model.protected || model.strict);

/** How often its operating system is measured, in seconds. */
const monitoringOf = ({ settings }: Database, { model }: Context): number | undefined =>
  settings.monitoring ?? (model.strict ? 60 : undefined);

function parametersOf(database: Database): { readonly [name: string]: string } {
  const [name, value] = factsOf(database).tls;
  const all = { ...database.settings.parameters, [name]: value };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function observed(database: Database, context: Context): { readonly [name: string]: Value } {
  const { insights } = database.settings;
  return {
    ...(insights !== undefined && { EnablePerformanceInsights: true, DatabaseInsightsMode: insights }),
    ...(insights === 'advanced' && { PerformanceInsightsRetentionPeriod: 465 }),
    ...monitored(database, context),
  };
}

function monitored(database: Database, context: Context): { readonly [name: string]: Value } {
  const monitoring = monitoringOf(database, context);
  return monitoring === undefined
    ? {}
    : { MonitoringInterval: monitoring, MonitoringRoleArn: attribute(monitoringRoleAddress(database), 'Arn') };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html */
function monitoringRole(database: Database, context: Context): readonly Part[] {
  if (monitoringOf(database, context) === undefined) return [];
  const to = monitoringRoleAddress(database);
  const from = { because: database.place, path: `${database.path}.monitoring` };
  const accepted = [{ rule: 'AwsSolutions-IAM5', reason: 'RDS names the streams of its group by the resources it measures.' }];
  const grant = { part: 'grant', to, by: 'service', reason: 'RDS writes what it measures', accepted, ...from } as const;
  return [
    {
      part: 'role',
      address: to,
      service: 'monitoring.rds.amazonaws.com',
      trust: { StringEquals: { 'aws:SourceAccount': account } },
      ...from,
    },
    { ...grant, actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'], on: [arn('logs', 'log-group:RDS*')] },
    {
      ...grant,
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:PutLogEvents'],
      on: [arn('logs', text('log-group:RDS*:log-stream:*'))],
    },
  ];
}

function kept({ settings }: Database) {
  switch (settings.deletion) {
    case 'delete':
      return { deletion: 'Delete', replaced: 'Delete' } as const;
    case 'retain':
      return { deletion: 'Retain', replaced: 'Retain' } as const;
    default:
      return { deletion: 'Snapshot', replaced: 'Snapshot' } as const;
  }
}

/** Rules of cdk-nag that a database breaks on purpose, or because the file says so. */
function acceptances(database: Database, context: Context): readonly Acceptance[] {
  const { model } = context;
  const { settings } = database;
  const plain = settings.port === undefined;
  return [
    ...(plain
      ? [
          {
            rule: 'AwsSolutions-RDS11',
            reason:
              'Another port than the engine’s own protects nothing and surprises everybody; the security group admits only who connects.',
          },
        ]
      : []),
    ...(inTwoZones(database, context)
      ? []
      : [{ rule: 'AwsSolutions-RDS3', reason: 'A standby doubles the price; protected stages have one.' }]),
    ...(deletionProtected(settings, model)
      ? []
      : [{ rule: 'AwsSolutions-RDS10', reason: 'The stage is not protected; a snapshot is taken before the database goes.' }]),
    ...(settings.auth === 'iam' ? [] : [{ rule: 'AwsSolutions-RDS6', reason: 'The file asks for passwords in Secrets Manager.' }]),
    ...(settings.backups === 'none' ? [{ rule: 'AwsSolutions-RDS13', reason: 'The file asks for no backups.' }] : []),
    ...(settings.engine === 'aurora-mysql'
      ? [
          { rule: 'AwsSolutions-RDS14', reason: 'Backtrack costs by the change record; backups reach any second of their days.' },
          { rule: 'AwsSolutions-RDS16', reason: 'Only errors are exported: audit, general and slow logs cost and hold data.' },
        ]
      : []),
  ];
}
