import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref, text } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing, leavingOutIfMeant } from '../edit/fixes.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { apiAddress, domainAddress, stageAddress } from '../resources/api-addresses.ts';
import { addresses, domainSecurity } from './extras.ts';
import type { Api } from './routes.ts';

export const domainProblems = problems({
  'domain-without-certificate': {
    severity: 'error',
    message: () => 'A domain needs a `certificate`, or a `zone` in which one can be validated.',
    why: 'API Gateway serves custom domains over TLS only. With the domain’s hosted zone, a certificate is created and renewed automatically.',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html',
  },
  'edge-certificate': {
    severity: 'error',
    message: () => 'The certificate for `endpoint: edge` must be in us-east-1, so this stack cannot create it: set `certificate`.',
    why: 'CloudFront serves edge-optimized APIs, and only uses certificates from us-east-1.',
    fix: (_: unknown, place) => choosing(add(place, 'endpoint', 'regional')),
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html',
  },
  'domain-of-private-api': {
    severity: 'error',
    message: () => 'A private API cannot have a `domain` here.',
    why: 'Private custom domains need domain name access associations, which this language does not cover yet; declare them in `resources`.',
    fix: leavingOutIfMeant,
  },
});

export function verifyDomain(api: Api, { model }: Context, report: Report): void {
  const { domain, endpoint } = api.settings;
  if (!domain) return;
  const place = api.written.at('domain').key ?? api.place;
  if (api.settings.private !== undefined && api.settings.private !== false) report(domainProblems['domain-of-private-api'], place, {});
  else if (!domain.certificate && domain.zone === undefined) report(domainProblems['domain-without-certificate'], place, {});
  else if (endpoint === 'edge' && !domain.certificate && model.region !== 'us-east-1')
    report(domainProblems['edge-certificate'], place, {});
}

/** The certificate of a domain: the one that was given, else one that is proved in the zone. */
export function certificateParts(
  api: Api,
  domain: NonNullable<Api['settings']['domain']>,
  context: Context,
): { readonly certificate: Piece; readonly parts: readonly Part[] } {
  const made = address('AWS::CertificateManager::Certificate', { name: api.name, word: 'Api' }, 'Certificate');
  if (domain.certificate) return { certificate: context.text(domain.certificate), parts: [] };
  const name = context.text(domain.name);
  const properties = {
    DomainName: name,
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: name, HostedZoneId: domain.zone }],
    ...tagList(api.settings.tags, context),
  };
  return { certificate: ref(made), parts: domain.zone === undefined ? [] : [resource(made, properties as never, fromOf(api))] };
}

/** The entries of a domain in its zone. */
export function recordParts(
  api: Api,
  domain: NonNullable<Api['settings']['domain']>,
  alias: { readonly DNSName: Piece; readonly HostedZoneId: Piece },
  context: Context,
): readonly Part[] {
  const { zone } = domain;
  if (zone === undefined) return [];
  return (['A', 'AAAA'] as const).map((type) =>
    resource(
      address('AWS::Route53::RecordSet', { name: api.name, word: 'Api' }, `Record${type === 'A' ? '4' : '6'}`),
      { HostedZoneId: zone, Name: text(context.text(domain.name)), Type: type, AliasTarget: alias } as never,
      fromOf(api),
    ),
  );
}

const fromOf = (api: Api) => ({ because: api.written.at('domain').key ?? api.place, path: `${api.path}.domain` });

/** The API’s own address: the domain, what it shows, and its entry in the zone. */
export function domainParts(api: Api, context: Context): readonly Part[] {
  const { domain, endpoint } = api.settings;
  if (!domain) return [];
  const from = fromOf(api);
  const named = { name: api.name, word: 'Api' } as const;
  const name = context.text(domain.name);
  const { certificate, parts } = certificateParts(api, domain, context);
  const edge = endpoint === 'edge';
  const own = domainAddress(api);
  const alias = {
    DNSName: attribute(own, edge ? 'DistributionDomainName' : 'RegionalDomainName'),
    HostedZoneId: attribute(own, edge ? 'DistributionHostedZoneId' : 'RegionalHostedZoneId'),
  };
  return [
    ...parts,
    resource(
      own,
      {
        DomainName: name,
        ...domainSecurity(domain, context),
        EndpointConfiguration: { Types: [edge ? 'EDGE' : 'REGIONAL'], ...addresses(api) },
        ...(edge ? { CertificateArn: certificate } : { RegionalCertificateArn: certificate }),
        ...tagList(api.settings.tags, context),
      } as never,
      from,
    ),
    resource(
      address('AWS::ApiGateway::BasePathMapping', named, 'BasePathMapping'),
      {
        DomainName: ref(own),
        RestApiId: ref(apiAddress(api)),
        Stage: ref(stageAddress(api)),
        ...(domain.path !== undefined && { BasePath: domain.path }),
      },
      from,
    ),
    ...recordParts(api, domain, alias, context),
  ];
}
