import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  allow,
  deny,
  simple,
  unauthorized,
  type HttpRequestAuthorizerEvent,
  type Policy,
  type RequestAuthorizerEvent,
  type TokenAuthorizerEvent,
} from '../../src/runtime/index.ts';

const stage = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/live';
const event = { methodArn: `${stage}/GET/orders/42` };

const resources = ({ policyDocument }: Policy) => policyDocument.Statement.flatMap(({ Resource }) => Resource);

/** IAM’s own matching of a resource: `*` is anything, slashes and colons included. */
function covers(patterns: readonly string[], arn: string): boolean {
  return patterns.some((pattern) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    ).test(arn),
  );
}

describe('an answer that is kept holds for every route', () => {
  test.each([
    ['GET/orders/42', 'POST/orders'],
    ['POST/orders', 'GET/'],
    ['GET/a:b/c', 'DELETE/x/y/z'],
  ])('asked for %s, it decides %s too', (asked, next) => {
    const asking = { methodArn: `${stage}/${asked}` };
    expect(covers(resources(allow('ada', asking)), `${stage}/${next}`)).toBe(true);
    expect(covers(resources(deny('ada', asking)), `${stage}/${next}`)).toBe(true);
  });

  test('it says nothing of another stage or another API', () => {
    const given = resources(allow('ada', event));
    expect(covers(given, `${stage}2/GET/orders`)).toBe(false);
    expect(covers(given, 'arn:aws:execute-api:eu-central-1:123456789012:other/live/GET/orders')).toBe(false);
  });

  test('routes limit it, whichever was asked for', () => {
    const given = resources(allow('ada', event, { routes: ['GET /orders/{id}', 'ANY /partner/*'] }));
    expect(given).toEqual([`${stage}/GET/orders/*`, `${stage}/*/partner/*`]);
    expect(covers(given, `${stage}/POST/partner/orders`)).toBe(true);
    expect(covers(given, `${stage}/POST/orders/1`)).toBe(false);
  });
});

test('an answer is what API Gateway reads', () => {
  expect(allow('ada', event, { context: { tenant: 7 }, usageIdentifierKey: 'key' })).toEqual({
    principalId: 'ada',
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: [`${stage}/*`] }] },
    context: { tenant: 7 },
    usageIdentifierKey: 'key',
  });
  expect(deny('eve', event).policyDocument.Statement[0]?.Effect).toBe('Deny');
  expect(simple(true, { tenant: 'a' })).toEqual({ isAuthorized: true, context: { tenant: 'a' } });
  expect(simple(false)).toEqual({ isAuthorized: false });
});

test('an HTTP API’s event is taken too, with its $default stage', () => {
  const routeArn = 'arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/$default/GET/orders';
  expect(resources(allow('ada', { routeArn }))).toEqual(['arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/$default/*']);
});

test('what is not a route’s ARN gives no policy', () => {
  expect(() => allow('ada', { methodArn: '*' })).toThrow('is not the ARN of a route');
});

test('401 is the word API Gateway waits for', () => {
  expect(() => unauthorized()).toThrow(/^Unauthorized$/);
});

test('the types are those of the community', () => {
  expectTypeOf<APIGatewayTokenAuthorizerEvent>().toExtend<TokenAuthorizerEvent>();
  expectTypeOf<APIGatewayRequestAuthorizerEvent>().toExtend<Omit<RequestAuthorizerEvent, 'requestContext'>>();
  expectTypeOf<APIGatewayRequestAuthorizerEventV2>().toExtend<Omit<HttpRequestAuthorizerEvent, 'requestContext' | 'version'>>();
  expectTypeOf<Policy['principalId']>().toExtend<APIGatewayAuthorizerResult['principalId']>();
});
