import { flag, or, text } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** The keys of routes: a method and a path, and what a WebSocket API has instead. */
export const websocketKeys = '\\$(connect|disconnect|default)|[A-Za-z0-9][A-Za-z0-9._-]*';

/** What a WebSocket API can have besides. */
export const websocketApi = {
  selection: or(
    text('WebSocket APIs: the part of a message that selects its route. Its field `action` by default.', {
      pattern: '^\\$request\\.body(\\.[A-Za-z0-9_-]+)+$',
      means: 'an expression such as $request.body.action',
      examples: ['$request.body.action'],
      aws: 'AWS::ApiGatewayV2::Api RouteSelectionExpression',
      page: `${PAGE}/websocket-api-develop-routes.html`,
      also: ['RouteSelectionExpression', 'routeSelectionExpression', 'websocketsApiRouteSelectionExpression'],
    }),
    '$request.body.action',
  ),
};

/** What a route of one can have besides. */
export const websocketRoute = {
  reply: flag('WebSocket APIs: what the handler returns is sent back over the connection. Not for `$connect` and `$disconnect`.', {
    aws: 'AWS::ApiGatewayV2::Route RouteResponseSelectionExpression',
    page: `${PAGE}/apigateway-websocket-api-route-response.html`,
    also: ['RouteResponseSelectionExpression', 'routeResponseSelectionExpression', 'returnResponse'],
  }),
};
