import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sources, type SourceKind } from '../src/schema/sources/index.ts';
import { told, type Polling } from '../src/schema/sources/polling.ts';
import published from '../src/schema/generated/eventsystem.schema.json' with { type: 'json' };

const kinds = Object.keys(sources) as readonly SourceKind[];
const dashed = (kind: string) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe.each(kinds)('%s', (kind) => {
  const polling: Polling = sources[kind].polling;

  test('what is pulled is read with a role, what is pushed is not polled for', () => {
    expect({ delivery: polling.delivery, invocation: polling.invocation === 'poll', role: polling.permission === 'role' }).toEqual({
      delivery: polling.delivery,
      invocation: polling.delivery === 'pull',
      role: polling.delivery === 'pull',
    });
    if (polling.delivery === 'pull') expect(polling.polls).toBeTruthy();
  });

  test('the model is told in whole sentences, in the reference and in hover', () => {
    const lines = told(polling);
    for (const line of lines) expect(line).toMatch(/^\*\*[A-Z][a-z]+\*\*: [A-Z`].*(\.|\))$/);
    const reference = readFileSync('docs/language.md', 'utf8');
    const hovers = JSON.stringify(published);
    for (const line of lines) {
      expect(reference).toContain(line);
      expect(hovers).toContain(JSON.stringify(line).slice(1, -1));
    }
  });

  test('it has a sample', () => {
    expect([...readdirSync('test/samples/sources'), 'stream']).toContain(dashed(kind));
  });
});

/** Who calls for which source, and what pins it, as AWS’s page about the source says. */
const CALLERS: Readonly<Record<string, { readonly principal: string; readonly pins: readonly string[]; readonly page: string }>> = {
  alarm: {
    principal: 'lambda.alarms.cloudwatch.amazonaws.com',
    pins: ['SourceAccount', 'SourceArn'],
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html',
  },
  'alexa-skill': {
    principal: 'alexa-appkit.amazon.com',
    pins: ['EventSourceToken'],
    page: 'https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html',
  },
  'alexa-smart-home': {
    principal: 'alexa-connectedhome.amazon.com',
    pins: ['EventSourceToken'],
    page: 'https://developer.amazon.com/en-US/docs/alexa/smarthome/steps-to-build-a-smart-home-skill.html',
  },
  email: {
    principal: 'ses.amazonaws.com',
    pins: ['SourceAccount', 'SourceArn'],
    page: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html',
  },
  iot: {
    principal: 'iot.amazonaws.com',
    pins: ['SourceAccount', 'SourceArn'],
    page: 'https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html',
  },
  'iot-button': {
    principal: 'iot.amazonaws.com',
    pins: ['SourceAccount', 'SourceArn'],
    page: 'https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html',
  },
  'load-balancer': {
    principal: 'elasticloadbalancing.amazonaws.com',
    pins: ['SourceArn'],
    page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html',
  },
  'log-group': {
    principal: 'logs.amazonaws.com',
    pins: ['SourceAccount', 'SourceArn'],
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html',
  },
  'user-pool': {
    principal: 'cognito-idp.amazonaws.com',
    pins: ['SourceAccount', 'SourceArn'],
    page: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html',
  },
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

test.each(Object.entries(CALLERS))('%s: one principal may invoke the function, and only for its source', (kind, { principal, pins }) => {
  const template = JSON.parse(readFileSync(`test/samples/sources/${kind}/expected/template.json`, 'utf8')) as {
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  const permissions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission');
  expect(permissions.length).toBeGreaterThan(0);
  for (const { Properties } of permissions) {
    const { Action, Principal, FunctionName: _, ...rest } = Properties;
    expect({ Action, Principal, pins: Object.keys(rest).sort() }).toEqual({ Action: 'lambda:InvokeFunction', Principal: principal, pins });
  }
});

const ENI = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** What Lambda reads a source with, as AWS’s page about it says: neither more nor less, whatever else the role may. */
const READERS: readonly {
  readonly of: string;
  readonly sample: string;
  readonly role: string;
  readonly actions: readonly string[];
  readonly page: string;
}[] = [
  {
    of: 'Amazon MSK, with the function’s role',
    sample: 'sources/kafka',
    role: 'PlainFunctionRole',
    actions: [
      ...ENI,
      'kafka-cluster:AlterGroup',
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeClusterDynamicConfiguration',
      'kafka-cluster:DescribeGroup',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:ReadData',
      'kafka:DescribeClusterV2',
      'kafka:GetBootstrapBrokers',
      'sqs:SendMessage',
    ],
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
  },
  {
    of: 'Kafka over the internet',
    sample: 'sources/kafka',
    role: 'SharedFunctionRole',
    actions: ['secretsmanager:GetSecretValue'],
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-permissions.html',
  },
  {
    of: 'DocumentDB',
    sample: 'sources/documents',
    role: 'PlainFunctionRole',
    actions: [
      ...ENI,
      'rds:DescribeDBClusterParameters',
      'rds:DescribeDBClusters',
      'rds:DescribeDBSubnetGroups',
      'secretsmanager:GetSecretValue',
    ],
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html#docdb-prereqs',
  },
  {
    of: 'Amazon MQ',
    sample: 'sources/broker',
    role: 'PlainFunctionRole',
    actions: [...ENI, 'kms:Decrypt', 'mq:DescribeBroker', 'secretsmanager:GetSecretValue'],
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html#events-mq-permissions',
  },
];

test.each(READERS)('$of is read with exactly what AWS’s page lists', ({ sample, role, actions }) => {
  const template = JSON.parse(readFileSync(`test/samples/${sample}/expected/template.json`, 'utf8')) as {
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  const policies = template.Resources[role]?.Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };
  }[];
  const granted = policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action }) => Action)
    .filter((action) => !action.startsWith('logs:'));
  expect([...new Set(granted)].sort()).toEqual([...actions].sort());
});
