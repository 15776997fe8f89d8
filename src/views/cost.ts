import type { Template, TemplateResource } from '../compiler/emit/emit.ts';
import type { Json } from '../compiler/emit/render.ts';
import { apiCaches, HOURS, hourly, instances, monthly, processors, unpriced } from './prices.ts';

/** Something that costs whether it is used or not. */
export interface Cost {
  /** The path in the file that asked for it. */
  readonly path: string;
  /** What it is, and how many: `interface endpoint, 2 zones`. */
  readonly what: string;
  /** US dollars a month; nothing where the price is not known. */
  readonly monthly: number | undefined;
}

type Resources = Template['Resources'];

type Properties = { readonly [name: string]: Json };

/**
 * What a template costs by the hour or the month, read from its resources, so that it holds for overrides and raw
 * resources too. What is paid by use (requests, records, gigabytes) is not in it.
 */
export function costsOf({ Resources: resources }: Pick<Template, 'Resources'>): readonly Cost[] {
  const all = Object.entries(resources).flatMap(([id, one]) => {
    const path = one.Metadata?.eventsystem.path ?? `resources.${id}`;
    if (unpriced.includes(one.Type)) return [{ path, what: one.Type, monthly: undefined }];
    const price = Object.hasOwn(priced, one.Type) ? priced[one.Type] : undefined;
    return (price?.(one.Properties ?? {}, resources, id) ?? []).map(({ what, monthly: amount }) => ({ path, what, monthly: amount }));
  });
  return all.sort((a, b) => compare(a.path, b.path) || compare(a.what, b.what));
}

type Priced = Omit<Cost, 'path'>;

type Price = (properties: Properties, resources: Resources, id: string) => readonly Priced[];

const byHour = (what: string, price: number | undefined, count = 1): Priced => ({
  what,
  monthly: price === undefined ? undefined : price * count * HOURS,
});

const priced: Readonly<Record<string, Price>> = {
  'AWS::CloudWatch::Alarm': ({ Period: period }) => [
    { what: 'alarm', monthly: typeof period === 'number' && period < 60 ? monthly.alarmBySeconds : monthly.alarm },
  ],
  'AWS::EC2::VPCEndpoint': ({ VpcEndpointType: type, SubnetIds: subnets, ServiceName: service }) => {
    if (type !== 'Interface') return [];
    const zones = lengthOf(subnets);
    return [
      byHour(
        `interface endpoint ${serviceOf(service)}${zones === undefined ? '' : `, ${plural(zones, 'zone')}`}`,
        zones === undefined ? undefined : hourly.interfaceEndpoint,
        zones,
      ),
    ];
  },
  'AWS::EC2::NatGateway': ({ AvailabilityMode: mode, AvailabilityZoneAddresses: zones }) =>
    // A regional one is paid for in each zone it is in, which follows where instances are unless zones are listed.
    mode === 'regional'
      ? [byHour('regional NAT gateway', lengthOf(zones) === undefined ? undefined : hourly.natGateway, lengthOf(zones))]
      : [byHour('NAT gateway', hourly.natGateway)],
  'AWS::EC2::EIP': () => [byHour('public IPv4 address', hourly.publicAddress)],
  'AWS::Kinesis::Stream': ({ StreamModeDetails: mode, ShardCount: shards, RetentionPeriodHours: hours }) => {
    if (fieldOf(mode, 'StreamMode') === 'ON_DEMAND' || shards === undefined) return [byHour('on-demand stream', hourly.kinesisOnDemand)];
    const count = Number(shards);
    const extended =
      typeof hours === 'number' && hours > 24
        ? [byHour(`extended retention, ${plural(count, 'shard')}`, hourly.kinesisExtendedRetention, count)]
        : [];
    return [byHour(`stream, ${plural(count, 'shard')}`, hourly.kinesisShard, count), ...extended];
  },
  'AWS::Kinesis::StreamConsumer': ({ StreamARN: stream }, resources) => {
    const of = resources[referred(stream)]?.Properties;
    // On demand, enhanced fan-out is paid for by the gigabyte.
    if (of && (of['ShardCount'] === undefined || fieldOf(of['StreamModeDetails'], 'StreamMode') === 'ON_DEMAND')) return [];
    const shards = of && Number(of['ShardCount']);
    return [
      byHour(
        `enhanced fan-out${shards === undefined ? '' : `, ${plural(shards, 'shard')}`}`,
        shards === undefined ? undefined : hourly.kinesisFanOut,
        shards,
      ),
    ];
  },
  'AWS::RDS::DBInstance': (properties, resources) => [
    ...instance(properties, resources),
    ...storage(properties),
    ...masterSecret(properties),
  ],
  'AWS::RDS::DBCluster': (properties) => masterSecret(properties),
  'AWS::RDS::DBProxy': (_, resources, id) => [proxy(resources, id)],
  'AWS::SecretsManager::Secret': () => [{ what: 'secret', monthly: monthly.secret }],
  'AWS::WAFv2::WebACL': ({ Rules: rules }) => [
    {
      what: `web ACL with ${plural(lengthOf(rules) ?? 0, 'rule')}`,
      monthly: monthly.webAcl + monthly.webAclRule * (lengthOf(rules) ?? 0),
    },
  ],
  'AWS::KMS::Key': () => [{ what: 'KMS key', monthly: monthly.key }],
  'AWS::Lambda::Alias': ({ FunctionName: of, ProvisionedConcurrencyConfig: kept }, resources) => {
    const count = fieldOf(kept, 'ProvisionedConcurrentExecutions');
    if (typeof count !== 'number') return [];
    const { MemorySize: memory, Architectures: architectures } = resources[referred(of)]?.Properties ?? {};
    const price = hourly.ready[Array.isArray(architectures) ? String(architectures[0]) : ''];
    const known = price !== undefined && typeof memory === 'number';
    return [byHour(`provisioned concurrency of ${count}`, known ? price * (memory / 1024) : undefined, count)];
  },
  'AWS::ApiGateway::Stage': ({ CacheClusterEnabled: on, CacheClusterSize: size }) =>
    on === true ? [byHour(`cache of ${String(size)} GB`, apiCaches[String(size)])] : [],
};

function instance(properties: Properties, resources: Resources): readonly Priced[] {
  const { DBInstanceClass: cls, Engine: engine, MultiAZ: two } = properties;
  if (cls === 'db.serverless') {
    const cluster = clusterOf(properties, resources);
    const least = fieldOf(cluster?.['ServerlessV2ScalingConfiguration'], 'MinCapacity');
    const known = typeof least === 'number';
    return [
      byHour(
        `serverless instance${known ? `, at least ${plural(least, 'capacity unit')}` : ''}`,
        known ? hourly.auroraCapacityUnit : undefined,
        known ? least : 1,
      ),
    ];
  }
  const zones = two === true ? 2 : 1;
  return [byHour(`${String(cls)}${zones === 2 ? ', 2 zones' : ''}`, classPrice(String(engine), String(cls)), zones)];
}

function classPrice(engine: string, cls: string): number | undefined {
  const [, family = '', size = ''] = cls.split('.');
  const table = instances[engine.startsWith('aurora') ? 'aurora' : engine];
  return table?.[family]?.[size];
}

/** Aurora’s storage is paid for by use. */
function storage({
  AllocatedStorage: allocated,
  StorageType: type = 'gp2',
  Iops: iops,
  MultiAZ: two,
  DBClusterIdentifier: cluster,
  Engine: engine,
}: Properties): readonly Priced[] {
  if (allocated === undefined || cluster !== undefined) return [];
  const zones = two === true ? 2 : 1;
  const size = Number(allocated);
  const price = monthly.storage[String(type)];
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html: from 400 GiB on four volumes share the load.
  const included = size >= 400 && engine !== 'db2' ? 12_000 : 3000;
  const more = type === 'gp3' && iops !== undefined ? Math.max(0, Number(iops) - included) : 0;
  return [
    {
      what: `${size} GiB of ${String(type)} storage${zones === 2 ? ', 2 zones' : ''}`,
      monthly: price === undefined || Number.isNaN(size) ? undefined : price * size * zones,
    },
    ...(more > 0 ? [{ what: `${more} IOPS above the included ones`, monthly: monthly.iops * more * zones }] : []),
  ];
}

function masterSecret({ ManageMasterUserPassword: managed }: Properties): readonly Priced[] {
  return managed === true ? [{ what: 'master user secret', monthly: monthly.secret }] : [];
}

function proxy(resources: Resources, id: string): Priced {
  const target = Object.values(resources).find(
    ({ Type, Properties: of }) => Type === 'AWS::RDS::DBProxyTargetGroup' && referred(of?.['DBProxyName']) === id,
  )?.Properties;
  const [database] = [target?.['DBInstanceIdentifiers'], target?.['DBClusterIdentifiers']].flatMap((list) => (isList(list) ? list : []));
  const behind = resources[referred(database)];
  if (behind?.Type === 'AWS::RDS::DBCluster') {
    const least = fieldOf(behind.Properties?.['ServerlessV2ScalingConfiguration'], 'MinCapacity');
    if (typeof least === 'number') return byHour('proxy', hourly.proxyCapacityUnit, Math.max(8, least));
  }
  const of = behind?.Type === 'AWS::RDS::DBCluster' ? memberOf(referred(database), resources) : behind;
  const count = processors[String(of?.Properties?.['DBInstanceClass']).split('.')[2] ?? ''];
  return byHour(
    `proxy${count === undefined ? '' : `, ${plural(count, 'vCPU')}`}`,
    count === undefined ? undefined : hourly.proxyProcessor,
    count,
  );
}

function memberOf(cluster: string, resources: Resources): TemplateResource | undefined {
  return Object.values(resources).find(
    ({ Type, Properties: of }) => Type === 'AWS::RDS::DBInstance' && referred(of?.['DBClusterIdentifier']) === cluster,
  );
}

function clusterOf({ DBClusterIdentifier: cluster }: Properties, resources: Resources): Properties | undefined {
  return resources[referred(cluster)]?.Properties;
}

/** The logical id a value refers to; nothing for anything else. */
function referred(value: Json | undefined): string {
  const to = fieldOf(value, 'Ref') ?? fieldOf(value, 'Fn::GetAtt');
  const [first] = isList(to) ? to : [to];
  return typeof first === 'string' ? first : '';
}

/** `com.amazonaws.eu-central-1.kinesis-streams`, its region computed: what stands behind it. */
function serviceOf(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : String(fieldOf(value, 'Fn::Sub') ?? '');
  return text.replace(/^.*?amazonaws\.(\$\{[^}]*\}|[a-z0-9-]+)\./, '') || 'of a service';
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !isList(value) ? value[name] : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function lengthOf(value: Json | undefined): number | undefined {
  return isList(value) ? value.length : undefined;
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
