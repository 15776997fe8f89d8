import { brought, invoke, on, type Documented } from './kit.ts';

const API_PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html';
const straight = (sample: string) => ({ page: API_PAGE, carriers: ['apigateway.amazonaws.com'], sample });
const called = (sample: string, id: string, by: readonly string[]): Documented => ({
  of: `${sample}: routes of ${id}`,
  sample,
  page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html',
  into: { id, by },
});
const api = (name: string, ...paths: readonly string[]) =>
  invoke(
    'apigateway.amazonaws.com',
    ...paths.map((path) => `SourceArn=arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${name}}/${path}`),
  );

/** Every way into and through an API. */
export const apis: readonly Documented[] = [
  called('authorizers/every', 'ShopApiGetMembersFunction', api('ShopApi', 'live/GET/members')),
  called('apis/http', 'ShopApiGetOrdersXpIdFunction', api('ShopApi', 'v1/GET/orders/*')),
  called('apis/http', 'StaffAuthorizerFunction', api('ShopApi', 'authorizers/${ShopApiStaffAuthorizer}')),
  called('apis/websocket', 'RoomApiXh24connectFunction', api('RoomApi', 'main/$connect')),
  brought(
    'a REST authorizer, called through a role of its own',
    straight('authorizers/every'),
    'TokenAuthorizerCallerRole',
    on('${TokenAuthorizerFunction.Arn}', 'lambda:InvokeFunction'),
  ),
  brought(
    'an HTTP route into a stream',
    straight('apis/straight'),
    'QuickApiClicksStreamRole',
    on('${ClicksStream.Arn}', 'kinesis:PutRecord'),
  ),
  brought('an HTTP route into a queue', straight('apis/straight'), 'QuickApiOrdersQueueRole', on('${OrdersQueue.Arn}', 'sqs:SendMessage')),
  brought('a REST route into a topic', straight('apis/straight'), 'ShopApiNewsTopicRole', on('${NewsTopic}', 'sns:Publish')),
  brought('a REST route into a bus', straight('apis/straight'), 'ShopApiShopBusRole', on('${ShopBus.Arn}', 'events:PutEvents')),
  brought(
    'a REST route into a state machine',
    straight('stateMachines/all-options'),
    'ShopApiOrderMachineRole',
    on('${OrderMachine}', 'states:StartExecution'),
  ),
];
