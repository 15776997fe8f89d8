import { notAdopted } from './adopt.ts';
import { deletionOfDatabase, deletionProtection, kmsKey } from './data.ts';
import { amount, count, duration, flag, forms, interpolatedText, map, object, or, required, size, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

const user = (doc: string) =>
  text(doc, { pattern: '^[a-z][a-z0-9_]{0,30}$', means: 'a user’s name: lowercase letters, digits and underscores' });

const halfUnits = (doc: string, from: number) => amount(doc, { from, to: 256 });

const timeWindow = (doc: string, pattern: string, example: string, aws: string, also: string[]) =>
  text(doc, { pattern, means: `a time of the week in UTC, such as ${example}`, examples: [example], aws, also });

export const database = object(
  'A relational database in the VPC. It is never public: only functions that connect to it can reach it, always over TLS.',
  {
    engine: required(
      word(
        'The engine.',
        {
          postgres: 'RDS for PostgreSQL.',
          mysql: 'RDS for MySQL.',
          mariadb: 'RDS for MariaDB.',
          'aurora-postgresql': 'Aurora, compatible with PostgreSQL.',
          'aurora-mysql': 'Aurora, compatible with MySQL.',
        },
        { aws: 'AWS::RDS::DBInstance Engine', page: `${PAGE}/Welcome.html`, also: ['Engine'] },
      ),
    ),
    version: text('The major version, or a full one. The default comes from a dated table, and is printed.', {
      pattern: '^[0-9]+(\\.[0-9]+){0,2}(\\.mysql_aurora\\.[0-9.]+)?$',
      means: 'a version such as 16 or 8.4',
      aws: 'AWS::RDS::DBInstance EngineVersion',
      also: ['EngineVersion', 'engineVersion'],
    }),
    instance: text('The instance class. Also for Aurora without `capacity`.', {
      pattern: '^db\\.[a-z0-9-]+\\.[a-z0-9]+$',
      means: 'an instance class such as db.t4g.micro',
      examples: ['db.t4g.micro', 'db.t4g.medium', 'db.r7g.large'],
      aws: 'AWS::RDS::DBInstance DBInstanceClass',
      page: `${PAGE}/Concepts.DBInstanceClass.html`,
      also: ['DBInstanceClass', 'instanceClass', 'instanceType'],
    }),
    capacity: object(
      'Aurora Serverless: the range of capacity units (2 GiB of memory each) it scales in.',
      {
        min: required(halfUnits('The minimum, in steps of 0.5; 0 lets it pause.', 0)),
        max: required(halfUnits('The maximum.', 1)),
        pauseAfter: duration('With `min: 0`: how long it must be idle before it pauses.', {
          from: 300,
          to: 86_400,
          aws: 'AWS::RDS::DBCluster ServerlessV2ScalingConfiguration.SecondsUntilAutoPause',
          also: ['SecondsUntilAutoPause'],
        }),
      },
      {
        aws: 'AWS::RDS::DBCluster ServerlessV2ScalingConfiguration',
        page: `${AURORA}/aurora-serverless-v2.html`,
        also: ['ServerlessV2ScalingConfiguration', 'scaling', 'acu'],
      },
    ),
    readers: count('The number of reader instances of an Aurora cluster, in addition to the writer.', {
      from: 0,
      to: 15,
      also: ['replicas', 'instances'],
    }),
    storage: size('The storage. 20 GiB by default; Aurora grows automatically.', {
      in: 'GiB',
      from: 20,
      to: 65_536,
      examples: ['20 GiB', '100 GiB'],
      aws: 'AWS::RDS::DBInstance AllocatedStorage',
      also: ['AllocatedStorage', 'allocatedStorage', 'size'],
      usually: '20 GiB',
    }),
    maxStorage: size('The limit for storage autoscaling.', {
      in: 'GiB',
      from: 22,
      to: 65_536,
      examples: ['100 GiB'],
      aws: 'AWS::RDS::DBInstance MaxAllocatedStorage',
      also: ['MaxAllocatedStorage'],
    }),
    iops: count('Provisioned IOPS of gp3 storage.', {
      from: 3000,
      to: 256_000,
      aws: 'AWS::RDS::DBInstance Iops',
      also: ['Iops'],
    }),
    database: text('The name of the database. By default the declared name, with underscores for hyphens.', {
      pattern: '^[a-z][a-z0-9_]{0,62}$',
      means: 'the name of a database: lowercase letters, digits and underscores',
      aws: 'AWS::RDS::DBInstance DBName',
      also: ['DBName', 'DatabaseName', 'databaseName'],
    }),
    port: count('A port other than the engine’s default.', { from: 1150, to: 65_535, aws: 'AWS::RDS::DBInstance Port', also: ['Port'] }),
    user: or(user('The user that functions connect as. `app_read` (this name and `_read`) is the read-only one.'), 'app'),
    auth: or(
      word(
        'How functions authenticate.',
        {
          iam: 'With a token signed by their role; no password exists.',
          secret: 'With a password generated for the user, kept in Secrets Manager. About $0.40 a month.',
        },
        {
          page: `${PAGE}/UsingWithRDS.IAMDBAuth.html`,
          aws: 'AWS::RDS::DBInstance EnableIAMDatabaseAuthentication',
          also: ['authentication', 'iamAuthentication', 'EnableIAMDatabaseAuthentication'],
        },
      ),
      'iam',
    ),
    proxy: forms(
      'RDS Proxy between the functions and the database, to share connections. Billed by the hour.',
      {
        flag: flag('With the defaults.'),
        object: object('The proxy’s settings.', {
          idleTimeout: duration('How long a client connection may be idle.', {
            from: 60,
            to: 28_800,
            aws: 'AWS::RDS::DBProxy IdleClientTimeout',
            also: ['IdleClientTimeout'],
          }),
          maxConnections: count('The maximum number of connections to the database, as a percentage of its limit.', {
            from: 1,
            to: 100,
            aws: 'AWS::RDS::DBProxyTargetGroup ConnectionPoolConfigurationInfo.MaxConnectionsPercent',
            also: ['MaxConnectionsPercent'],
          }),
          borrowTimeout: duration('How long a client waits for a connection.', {
            from: 0,
            to: 3600,
            aws: 'AWS::RDS::DBProxyTargetGroup ConnectionPoolConfigurationInfo.ConnectionBorrowTimeout',
            also: ['ConnectionBorrowTimeout'],
          }),
        }),
      },
      { aws: 'AWS::RDS::DBProxy', page: `${PAGE}/rds-proxy.html`, also: ['DBProxy', 'rdsProxy'] },
    ),
    multiZone: flag('A standby in a second zone, or a reader there for Aurora. On in protected stages and with `strict: true`.', {
      aws: 'AWS::RDS::DBInstance MultiAZ',
      page: `${PAGE}/Concepts.MultiAZ.html`,
      also: ['MultiAZ', 'multiAz', 'multiAZ'],
      usually: 'false (true in a protected stage and with `strict: true`)',
    }),
    migrations: text(
      'A folder of `.sql` files that create and change the tables: `0001-orders.sql`, `0002-totals.sql`. New files are applied inside the VPC by ' +
        'the deployment, in the order of their numbers, each once and before functions change. The functions’ user can then read and write ' +
        'tables, but not create any. Applied files stay when a deployment is rolled back, so the previous code must work with them.',
      {
        pattern: '^(?!/)[^\\\\]*[^\\\\/]/?$',
        means: 'a folder of this project, such as db/migrations',
        examples: ['db/migrations'],
        also: ['migrationsFolder', 'migrationsDir', 'schema', 'initScripts', 'flyway', 'locations'],
      },
    ),
    backups: duration('How long automatic backups are kept.', {
      words: ['none'],
      from: 86_400,
      to: 35 * 86_400,
      examples: ['7 days', '35 days'],
      aws: 'AWS::RDS::DBInstance BackupRetentionPeriod',
      page: `${PAGE}/USER_WorkingWithAutomatedBackups.html`,
      also: ['BackupRetentionPeriod', 'backupRetention'],
      usually: '7 days',
    }),
    backupWindow: timeWindow(
      'When backups are taken, in UTC.',
      '^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$',
      '02:00-03:00',
      'AWS::RDS::DBInstance PreferredBackupWindow',
      ['PreferredBackupWindow'],
    ),
    maintenanceWindow: timeWindow(
      'When maintenance may happen, in UTC.',
      '^(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]$',
      'sun:04:00-sun:05:00',
      'AWS::RDS::DBInstance PreferredMaintenanceWindow',
      ['PreferredMaintenanceWindow'],
    ),
    minorUpgrades: or(
      flag('New minor versions are installed in the maintenance window.', {
        aws: 'AWS::RDS::DBInstance AutoMinorVersionUpgrade',
        also: ['AutoMinorVersionUpgrade'],
      }),
      true,
    ),
    parameters: map(
      'Engine parameters, in addition to the one that enforces TLS.',
      text('a_parameter', { pattern: '^[a-z][A-Za-z0-9_.]*$', means: 'the name of an engine’s parameter' }),
      text('Its value.'),
      { aws: 'AWS::RDS::DBParameterGroup Parameters', also: ['Parameters', 'parameterGroup'] },
    ),
    insights: word(
      'Database Insights. The standard mode is free, with seven days of history.',
      {
        standard: 'Load by wait, SQL, host and user.',
        advanced: 'Also fleets, on-demand analysis and 15 months of history; billed per vCPU.',
      },
      {
        aws: 'AWS::RDS::DBInstance DatabaseInsightsMode',
        also: ['DatabaseInsightsMode', 'EnablePerformanceInsights', 'performanceInsights'],
      },
    ),
    monitoring: duration('Enhanced Monitoring: how often the operating system is measured. Every 60 seconds with `strict: true`.', {
      from: 1,
      to: 60,
      examples: ['60 seconds'],
      aws: 'AWS::RDS::DBInstance MonitoringInterval',
      also: ['MonitoringInterval', 'enhancedMonitoring'],
    }),
    key: kmsKey('the storage', 'AWS::RDS::DBInstance KmsKeyId'),
    existing: interpolatedText('The host of an existing database, instead of creating one.', { also: ['host', 'endpoint', 'import'] }),
    securityGroup: text('The security group of the existing database; a rule that admits the functions is added to it.', {
      pattern: '^sg-[0-9a-f]{8,17}$',
      means: 'an ID such as sg-0a1b2c3d4e5f67890',
      also: ['securityGroupId'],
    }),
    resourceId: text('The resource ID of the existing database (`db-…`, `cluster-…` or a proxy’s `prx-…`), for IAM authentication.', {
      pattern: '^(db|cluster|prx)-[A-Za-z0-9]+$',
      means: 'a resource id such as db-ABCDEFGHIJKL01234',
      aws: 'AWS::RDS::DBInstance DbiResourceId',
      also: ['DbiResourceId', 'DBResourceId', 'DbClusterResourceId'],
    }),
    secret: interpolatedText('The ARN of the secret with the existing database’s user and password.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a secret',
      also: ['secretArn', 'SecretArn'],
    }),
    deletion: deletionOfDatabase,
    deletionProtection,
  },
  {
    id: 'database',
    without: { adopt: notAdopted.database },
    aws: 'AWS::RDS::DBInstance, AWS::RDS::DBCluster',
    page: `${PAGE}/Welcome.html`,
  },
);
