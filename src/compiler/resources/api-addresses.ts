import { address, type Address } from '../cloud/address.ts';
import type { Thing } from '../resolve/model.ts';

type Api = Thing<'apis'>;

/** Where the requests come in: AWS’s own word for an HTTP API’s only stage is `$default`. */
export const stageNameOf = ({ settings, written }: Api): string =>
  settings.type === 'http' && written.parts.get('stage')?.key === undefined ? '$default' : settings.stage;

export const apiAddress = ({ name }: Api): Address<'AWS::ApiGateway::RestApi'> =>
  address('AWS::ApiGateway::RestApi', { name, word: 'Api' });
export const stageAddress = ({ name }: Api): Address<'AWS::ApiGateway::Stage'> =>
  address('AWS::ApiGateway::Stage', { name, word: 'Api' }, 'Stage');
export const logGroupAddress = ({ name }: Api): Address<'AWS::Logs::LogGroup'> =>
  address('AWS::Logs::LogGroup', { name, word: 'Api' }, 'LogGroup');
export const domainAddress = ({ name }: Api): Address<'AWS::ApiGateway::DomainName'> =>
  address('AWS::ApiGateway::DomainName', { name, word: 'Api' }, 'DomainName');
