import { address, type Address, type Named } from '../../cloud/address.ts';
import type { Authorizer } from '../authorization.ts';
import type { Api, Route } from '../routes.ts';

const named = ({ name }: Api): Named => ({ name, word: 'Api' });

const ofRoute = ({ api, key }: Route): readonly Named[] => [named(api), { name: key, word: 'Route' }];

export const httpApiAddress = (api: Api): Address<'AWS::ApiGatewayV2::Api'> => address('AWS::ApiGatewayV2::Api', named(api));
export const httpStageAddress = (api: Api): Address<'AWS::ApiGatewayV2::Stage'> => address('AWS::ApiGatewayV2::Stage', named(api), 'Stage');
export const httpDomainAddress = (api: Api): Address<'AWS::ApiGatewayV2::DomainName'> =>
  address('AWS::ApiGatewayV2::DomainName', named(api), 'DomainName');
export const routeAddress = (route: Route): Address<'AWS::ApiGatewayV2::Route'> => address('AWS::ApiGatewayV2::Route', ofRoute(route));
export const integrationAddress = (route: Route): Address<'AWS::ApiGatewayV2::Integration'> =>
  address('AWS::ApiGatewayV2::Integration', ofRoute(route), 'Integration');

/** An authorizer of an HTTP API has an id of its own in each API. */
export const authorizerAddress = (api: Api, { name }: Authorizer): Address<'AWS::ApiGatewayV2::Authorizer'> =>
  address('AWS::ApiGatewayV2::Authorizer', [named(api), { name, word: 'Authorizer' }]);
