/**
 * What `$(…)` can ask of a thing: `$(orders)` gives what code needs to use it, `$(orders.arn)` an attribute.
 * The meaning of each kind gives the values; the type checker sees that none is missing.
 */
export const attributes = {
  databases: {
    '': 'The host that functions connect to: the proxy’s if there is one.',
    host: 'The host.',
    readHost: 'The reader endpoint of an Aurora cluster; otherwise the host.',
    port: 'The port.',
    name: 'The name of the database.',
    user: 'The user that functions connect as.',
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
  secrets: { arn: 'The secret’s ARN, or the name of an existing one.' },
  settings: { '': 'The value at the time of the deployment.', arn: 'The ARN of the parameter.' },
  kafkaClusters: {
    '': 'The ARN of the Amazon MSK cluster; otherwise the addresses of the brokers, separated by commas.',
    arn: 'The ARN of the Amazon MSK cluster.',
    brokers: 'The addresses of the brokers in this file, separated by commas.',
  },
  brokers: { '': 'The broker’s ARN.', arn: 'The broker’s ARN.' },
  documentClusters: { '': 'The cluster’s ARN.', arn: 'The cluster’s ARN.' },
  userPools: {
    '': 'The pool’s ID.',
    id: 'The pool’s ID.',
    arn: 'The pool’s ARN.',
    issuer: 'The issuer of its tokens.',
    'clients.*.id': 'The ID of a client.',
  },
  authorizers: {},
  apis: {
    '': 'The API’s URL.',
    url: 'The URL of the API’s stage: its custom domain if it has one.',
    endpoint: 'The URL for sending messages to the connections of a WebSocket API; otherwise the API’s own URL.',
    id: 'The API’s ID.',
    stage: 'The name of its stage.',
    domain: 'The host of its URL.',
  },
  plans: { id: 'The plan’s ID.' },
  distributions: {
    '': 'The host of the distribution: its custom domain if it has one.',
    id: 'The distribution’s ID.',
    arn: 'The distribution’s ARN.',
    domain: 'The host of the distribution: its custom domain if it has one.',
    url: 'Its URL: `https://` and the host.',
  },
  consumers: {
    '': 'The function’s name.',
    name: 'The function’s name.',
    arn: 'The function’s ARN.',
    url: 'The URL of a function with `from: { url: … }`.',
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
  id: 'The VPC’s ID.',
  cidr: 'Its address range.',
  subnets: 'The IDs of the private subnets, separated by commas.',
} as const;

/** What stands for itself. */
export const pseudo = {
  region: 'The region the stack is in.',
  account: 'The account the stack is in.',
  partition: 'The partition: aws, aws-cn or aws-us-gov.',
  stack: 'The stack’s name.',
} as const;

export type Attribute<K extends keyof typeof attributes> = keyof (typeof attributes)[K] & string;
