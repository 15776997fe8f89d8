import { describe, expect, test } from 'vitest';
import { foundIn, made } from './compiled.ts';

const MSK = 'arn:aws:kafka:eu-central-1:123456789012:cluster/orders/0a1b2c3d-0000-4000-8000-000000000000-2';

const system = (from: string, more = ''): string => `${more}
queues: { failed: { retention: 14 days } }
kafkaClusters: { orders: { existing: '${MSK}', vpc: true } }
consumers: { settle: { handler: src/settle.ts, from: { kafka: { name: orders, topics: placed }, start: latest, ${from} } } }
`;

const services = (text: string): readonly string[] => Object.keys(made(text).all('VPCEndpoint')).sort();

describe('Lambda’s pollers in the VPC', () => {
  test('go to Lambda and STS, and to where failures end', () => {
    expect(services(system('onFailure: none'))).toEqual(['LambdaEndpoint', 'StsEndpoint']);
    expect(services(system('onFailure: failed'))).toEqual(['LambdaEndpoint', 'SqsEndpoint', 'StsEndpoint']);
  });

  test('of a source’s own need no road but that of failures', () => {
    expect(services(system('onFailure: none, pollers: { min: 1, max: 2 }'))).toEqual([]);
    expect(services(system('pollers: { min: 1, max: 2 }'))).toEqual(['SqsEndpoint']);
  });

  test('a NAT is a road as well', () => {
    expect(services(system('onFailure: failed', 'vpc: { nat: one }'))).toEqual([]);
  });

  test('a list must name their services', () => {
    expect(services(system('onFailure: none', 'endpoints: [lambda, sts]'))).toEqual(['LambdaEndpoint', 'StsEndpoint']);
    expect(foundIn(system('onFailure: none', 'endpoints: [sts]'))).toEqual([
      expect.stringMatching(/^pollers-without-road · kafka · .* lambda,/),
    ]);
  });

  test('in a VPC that exists endpoints are made where they are asked for', () => {
    const vpc = 'vpc: { id: vpc-0a1b2c3d4e5f67890, subnets: [subnet-0a1b2c3d4e5f67890], range: 10.0.0.0/16 }';
    expect(services(system('onFailure: none', vpc))).toEqual([]);
    expect(services(system('onFailure: none', `${vpc}\nendpoints: auto`))).toEqual(['LambdaEndpoint', 'StsEndpoint']);
  });

  test('Lambda may do its own through them, as AWS says', () => {
    const { template } = made(system('onFailure: none'));
    expect(template.Resources['StsEndpoint']?.Properties?.['PolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'], Resource: ['*'] }],
    });
  });
});
