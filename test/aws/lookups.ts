import type { Call, Reply } from './wire.ts';

/** What an account is, for the questions of `doctor`. */
export interface Account {
  /** The role with which API Gateway writes logs: none until somebody sets it. */
  apiGatewayRole: string | undefined;
  lambdaConcurrency: { limit: number; unreserved: number };
  readonly parameters: Map<string, string>;
  /** Quotas by code. */
  readonly quotas: Map<string, number>;
}

export const newAccount = (parameters: Map<string, string>): Account => ({
  apiGatewayRole: undefined,
  lambdaConcurrency: { limit: 1000, unreserved: 1000 },
  parameters,
  quotas: new Map(),
});

type Lookup = (call: Call, account: Account) => unknown;

const json = ({ body }: Call): Readonly<Record<string, string>> => JSON.parse(body.toString() || '{}') as Readonly<Record<string, string>>;

/** By service: a path for the REST services, a target for those that speak JSON. */
const LOOKUPS: readonly {
  readonly service: string;
  readonly action: string;
  readonly at: (call: Call) => boolean;
  readonly answer: Lookup;
}[] = [
  {
    service: 'apigateway',
    action: 'GetAccount',
    at: ({ method, path }) => method === 'GET' && path === '/account',
    answer: (_, { apiGatewayRole }) => ({ cloudwatchRoleArn: apiGatewayRole, throttleSettings: { burstLimit: 5000, rateLimit: 10000 } }),
  },
  {
    service: 'lambda',
    action: 'GetAccountSettings',
    at: ({ method, path }) => method === 'GET' && path.startsWith('/2016-08-19/account-settings'),
    answer: (_, { lambdaConcurrency: { limit, unreserved } }) => ({
      AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved },
    }),
  },
  {
    service: 'ssm',
    action: 'GetParameter',
    at: isTarget('AmazonSSM.GetParameter'),
    answer: (call, { parameters }) => {
      const { Name = '' } = json(call);
      const Value = parameters.get(Name);
      return Value === undefined ? { __type: 'ParameterNotFound' } : { Parameter: { Name, Type: 'String', Value, Version: 1 } };
    },
  },
  {
    service: 'servicequotas',
    action: 'GetServiceQuota',
    at: isTarget('ServiceQuotasV20190624.GetServiceQuota'),
    answer: (call, { quotas }) => {
      const { QuotaCode = '', ServiceCode } = json(call);
      const Value = quotas.get(QuotaCode);
      return Value === undefined ? { __type: 'NoSuchResourceException' } : { Quota: { ServiceCode, QuotaCode, Value } };
    },
  },
];

function isTarget(target: string): (call: Call) => boolean {
  return ({ headers }) => headers['x-amz-target'] === target;
}

/** The name of the operation that is looked up, for services other than the three. */
export const lookedUp = (call: Call): string =>
  LOOKUPS.find(({ service, at }) => service === call.service && at(call))?.action ??
  call.headers['x-amz-target']?.split('.').at(-1) ??
  `${call.method} ${call.path}`;

export function lookup(call: Call, account: Account): Reply {
  const found = LOOKUPS.find(({ service, at }) => service === call.service && at(call));
  const answer = found ? found.answer(call, account) : { __type: 'UnknownOperationException' };
  const isError = typeof answer === 'object' && answer !== null && '__type' in answer;
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': call.requestId };
  return { status: isError ? 400 : 200, headers, body: JSON.stringify(answer) };
}
