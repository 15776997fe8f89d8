import { type Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { addInto, choosing, leavingOut, write } from '../edit/fixes.ts';
import type { Context } from '../resources/meaning.ts';
import { lockOf } from './authorization.ts';
import { caches, idleWithout, withoutCaching } from './cache.ts';
import { isPrivate } from './private.ts';
import { routesOf, type Api, type Route } from './routes.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

export const extraProblems = problems({
  'acl-of-cloudfront': {
    severity: 'error',
    message: () => 'This web ACL is for CloudFront; an API needs a regional one.',
    why: 'A web ACL’s scope is either `REGIONAL` or `CLOUDFRONT`, and WAF does not associate one with resources of the other.',
    page: `${PAGE}/apigateway-control-access-aws-waf.html`,
  },
  'certificates-of-edge': {
    severity: 'error',
    message: () => '`clientCertificates` needs `endpoint: regional`.',
    why: 'An edge-optimized API’s TLS connection ends at CloudFront, so API Gateway never sees the client certificate.',
    fix: ({ api }: { api: Place }) => choosing(addInto(api, 'endpoint', 'regional')),
    page: `${PAGE}/rest-api-mutual-tls.html`,
  },
  'way-around-certificates': {
    severity: 'error',
    message: () => '`defaultEndpoint: true` leaves the execute-api endpoint open, which asks for no client certificate.',
    why: 'Mutual TLS applies to the custom domain only. Anyone who knows the default endpoint can bypass it.',
    fix: leavingOut,
    page: `${PAGE}/rest-api-mutual-tls.html`,
  },
  'certificates-with-new-policy': {
    severity: 'error',
    message: ({ tls }: { tls: string }) => `A domain with client certificates cannot use the security policy \`${tls}\`.`,
    why: 'API Gateway supports mutual TLS with TLS_1_2 only.',
    fix: (_: unknown, place) => choosing(write(place, 'TLS_1_2')),
    page: `${PAGE}/apigateway-custom-domain-tls-version.html`,
  },
  'accounts-of-unsigned': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`accounts\` needs signed requests, and \`${key}\` does not use \`authorizer: iam\`.`,
    why: 'API Gateway knows a caller’s account only with IAM authorization. Without it, `allow` would let nobody in and `deny` would keep nobody out.',
    fix: () => ({ title: 'Give every route `authorizer: iam`, or remove `accounts`' }),
    page: `${PAGE}/apigateway-resource-policies-aws-condition-keys.html`,
  },
  'access-without-policy': {
    severity: 'error',
    message: () => '`endpointAccess` only applies to security policies that begin with `SecurityPolicy_`.',
    why: 'Older security policies have no endpoint access mode.',
    fix: leavingOut,
    page: `${PAGE}/apigateway-security-policies.html`,
  },
  'private-dualstack': {
    severity: 'error',
    message: () => 'A private API is always dual-stack: write `ipAddressType: dualstack` or leave it out.',
    why: 'API Gateway accepts no other IP address type for private APIs.',
    fix: leavingOut,
    page: `${PAGE}/api-gateway-ip-address-type.html`,
  },
  'network-of-public-api': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` applies to private APIs only, and this one is public.`,
    why: 'A request from the internet has no source VPC or VPC endpoint: the rule would allow nobody, or block nobody.',
    fix: ({ api }: { api: Place }) => choosing(addInto(api, 'private', 'true')),
    page: `${PAGE}/apigateway-resource-policies-aws-condition-keys.html`,
  },
  'streamed-and-kept': {
    severity: 'error',
    message: () => 'A streamed response cannot be cached.',
    why: 'API Gateway only caches complete responses.',
    fix: ({ idle }: { idle: Place | undefined }, place) => withoutCaching(place, idle),
    page: `${PAGE}/response-transfer-mode.html`,
  },
  'waits-without-streaming': {
    severity: 'error',
    message: () => 'API Gateway waits more than 5 minutes only for a streamed response.',
    why: 'The timeout quota for buffered responses can be raised, but not without limit; streamed responses may take 15 minutes.',
    fix: (_: unknown, place) => choosing(write(place, '5 minutes')),
    page: `${PAGE}/response-transfer-mode.html`,
  },
});

export const streams = ({ settings }: Route): boolean => 'streaming' in settings && settings.streaming === true;

type Domain = NonNullable<Api['settings']['domain']>;

/** How a domain speaks TLS. */
export function domainSecurity(domain: Domain, context: Context): { readonly [name: string]: Value } {
  const { clientCertificates: clients, tls } = domain;
  return {
    SecurityPolicy: tls,
    ...(tls !== 'TLS_1_2' && { EndpointAccessMode: (domain.endpointAccess ?? 'strict').toUpperCase() }),
    ...mutualTls(clients, context),
  };
}

export function mutualTls(clients: Domain['clientCertificates'], context: Context): { readonly MutualTlsAuthentication?: Value } {
  if (!clients) return {};
  return {
    MutualTlsAuthentication: {
      TruststoreUri: context.text(clients.truststore),
      ...(clients.version !== undefined && { TruststoreVersion: clients.version }),
    },
  };
}

export const addresses = ({ settings: { ipAddressType } }: Api): { readonly [name: string]: Value } =>
  ipAddressType === undefined ? {} : { IpAddressType: ipAddressType };

export function verifyExtras(api: Api, context: Context, report: Report): void {
  const { waf, ipAddressType } = api.settings;
  if (waf && JSON.stringify(context.text(waf)).includes(':global/'))
    report(extraProblems['acl-of-cloudfront'], api.written.at('waf').place, {});
  if (ipAddressType === 'ipv4' && isPrivate(api)) report(extraProblems['private-dualstack'], api.written.at('ipAddressType').place, {});
  verifyDomainSecurity(api, report);
  verifyPolicy(api, context, report);
  for (const route of routesOf(api)) {
    const at = (setting: string) => route.written.parts.get(setting as never) as { key?: never } | undefined;
    if (streams(route) && caches(route))
      report(extraProblems['streamed-and-kept'], at('cache')?.key ?? route.place, { idle: idleWithout(route) });
    if (!streams(route) && (route.settings.integrationTimeout ?? 0) > 300)
      report(extraProblems['waits-without-streaming'], at('integrationTimeout')?.key ?? route.place, {});
  }
}

function verifyDomainSecurity(api: Api, report: Report): void {
  const { domain, endpoint, type } = api.settings;
  if (!domain) return;
  const written = api.written.at('domain').parts;
  const place = (setting: string) => (written.get(setting as never) as { key?: never } | undefined)?.key ?? api.place;
  if (domain.clientCertificates) {
    if (endpoint === 'edge') report(extraProblems['certificates-of-edge'], place('clientCertificates'), { api: api.place });
    if (domain.defaultEndpoint) report(extraProblems['way-around-certificates'], place('defaultEndpoint'), {});
    if (domain.tls !== 'TLS_1_2' && type === 'rest')
      report(extraProblems['certificates-with-new-policy'], place('tls'), { tls: domain.tls });
  }
  if (domain.endpointAccess && domain.tls === 'TLS_1_2') report(extraProblems['access-without-policy'], place('endpointAccess'), {});
}

function verifyPolicy(api: Api, { model }: Context, report: Report): void {
  const unsigned = routesOf(api).find((route) => lockOf(route, model) !== 'iam');
  for (const side of ['allow', 'deny'] as const) {
    const written = api.written.at('policy').parts.get(side)?.parts.get('accounts');
    if (written?.key && unsigned) report(extraProblems['accounts-of-unsigned'], written.key, { key: unsigned.key });
  }
  if (isPrivate(api)) return;
  for (const side of ['allow', 'deny'] as const) {
    for (const setting of ['vpcs', 'endpoints'] as const) {
      if (!api.settings.policy?.[side]?.[setting]) continue;
      const written = api.written.at('policy').parts.get(side)?.parts.get(setting);
      report(extraProblems['network-of-public-api'], written?.key ?? api.place, { setting, api: api.place });
    }
  }
}
