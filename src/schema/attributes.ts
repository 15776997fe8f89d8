/**
 * What `$(…)` can ask of a thing: `$(orders)` gives what code needs to use it, `$(orders.arn)` an attribute.
 * The meaning of each kind gives the values; the type checker sees that none is missing.
 */
export const attributes = {
  databases: {
    '': 'The host functions connect to: the proxy’s where there is one.',
    host: 'The host.',
    readHost: 'The host of the readers of an Aurora cluster; else the host.',
    port: 'The port.',
    name: 'The database in it.',
    user: 'The user functions connect as.',
    arn: 'The ARN of the instance or the cluster.',
    secretArn: 'The ARN of the user’s secret, with `auth: secret`.',
  },
  streams: { '': 'The stream’s name.', name: 'The stream’s name.', arn: 'The stream’s ARN.' },
  tables: {
    '': 'The table’s name.',
    name: 'The table’s name.',
    arn: 'The table’s ARN.',
    streamArn: 'The ARN of the stream of its changes.',
  },
  queues: { '': 'The queue’s URL.', url: 'The queue’s URL.', name: 'The queue’s name.', arn: 'The queue’s ARN.' },
  topics: { '': 'The topic’s ARN.', arn: 'The topic’s ARN.', name: 'The topic’s name.' },
  buckets: {
    '': 'The bucket’s name.',
    name: 'The bucket’s name.',
    arn: 'The bucket’s ARN.',
    domain: 'The host of the bucket in its region.',
  },
  buses: { '': 'The bus’s name.', name: 'The bus’s name.', arn: 'The bus’s ARN.' },
  stateMachines: { '': 'The state machine’s ARN.', arn: 'The state machine’s ARN.', name: 'The state machine’s name.' },
  secrets: { arn: 'The secret’s ARN, or the name of one that exists.' },
  settings: { '': 'The value, as it is at the deployment.', arn: 'The ARN of the parameter.' },
  kafkaClusters: {
    '': 'The ARN of the cluster of Amazon MSK; else the addresses of the brokers, with commas between them.',
    arn: 'The ARN of the cluster of Amazon MSK.',
    brokers: 'The addresses of the brokers that the file says, with commas between them.',
  },
  brokers: { '': 'The broker’s ARN.', arn: 'The broker’s ARN.' },
  documentClusters: { '': 'The cluster’s ARN.', arn: 'The cluster’s ARN.' },
  userPools: {
    '': 'The pool’s id.',
    id: 'The pool’s id.',
    arn: 'The pool’s ARN.',
    issuer: 'The issuer of its tokens.',
    'clients.*.id': 'The id of a client.',
  },
  authorizers: {},
  apis: {
    '': 'The API’s address.',
    url: 'The address of the API’s stage: its own domain where it has one.',
    endpoint: 'Where messages to the connections of a WebSocket API are sent; else the API’s own address.',
    id: 'The API’s id.',
    stage: 'The name of its stage.',
    domain: 'The host of its address.',
  },
  plans: { id: 'The plan’s id.' },
  distributions: {
    '': 'The host of the distribution: its own domain where it has one.',
    id: 'The distribution’s id.',
    arn: 'The distribution’s ARN.',
    domain: 'The host of the distribution: its own domain where it has one.',
    url: 'Its address, with `https://` before the host.',
  },
  consumers: {
    '': 'The function’s name.',
    name: 'The function’s name.',
    arn: 'The function’s ARN.',
    url: 'The address of a function with `from: { url: … }`.',
    logGroup: 'The name of the function’s log group.',
  },
  functions: {
    '': 'The function’s name.',
    name: 'The function’s name.',
    arn: 'The function’s ARN.',
    logGroup: 'The name of the function’s log group.',
  },
} as const;

/** What `$(vpc.…)` can ask. */
export const vpcAttributes = {
  id: 'The VPC’s id.',
  cidr: 'Its address range.',
  subnets: 'The ids of the private subnets, with commas between them.',
} as const;

/** What stands for itself. */
export const pseudo = {
  region: 'The region the stack is in.',
  account: 'The account the stack is in.',
  partition: 'The partition: aws, aws-cn or aws-us-gov.',
  stack: 'The stack’s name.',
} as const;

export type Attribute<K extends keyof typeof attributes> = keyof (typeof attributes)[K] & string;
