import { duration, flag, forms, interpolatedText, list, object, or, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

const range = text('An address range.', {
  pattern: '^([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-fA-F:]+:[0-9a-fA-F:]*/[0-9]{1,3})$',
  means: 'an address range such as 203.0.113.0/24 or 2001:db8::/32',
});

const networks = {
  accounts: list(
    'Accounts whose users and roles sign the request; for routes with `authorizer: iam` only. The system’s own account is one of them only if it is listed.',
    text('An account.', { pattern: '^[0-9]{12}$', means: 'an account id of twelve digits', examples: ["'123456789012'"] }),
    { single: true, min: 1, also: ['AwsAccountWhitelist', 'AwsAccountBlacklist', 'aws:PrincipalAccount', 'Principal'] },
  ),
  ranges: list('Address ranges; in a private API those of the VPCs the requests come from.', range, {
    single: true,
    min: 1,
    also: ['IpRangeWhitelist', 'IpRangeBlacklist', 'aws:SourceIp', 'ipRanges'],
  }),
  vpcs: list('VPCs; of private APIs only.', text('A VPC.', { pattern: '^vpc-[0-9a-f]{8,17}$', means: 'the id of a VPC' }), {
    single: true,
    min: 1,
    also: ['SourceVpcWhitelist', 'SourceVpcBlacklist', 'aws:SourceVpc'],
  }),
  endpoints: list(
    'VPC endpoints; of private APIs only.',
    text('An endpoint.', { pattern: '^vpce-[0-9a-f]{8,17}$', means: 'the id of a VPC endpoint' }),
    { single: true, min: 1, also: ['IntrinsicVpceWhitelist', 'IntrinsicVpceBlacklist', 'aws:SourceVpce'] },
  ),
};

/** What a REST API can have besides. */
export const restApi = {
  waf: interpolatedText(
    'The ARN of a web ACL of WAF, of this region, that judges every request first. With `strict: true` one is made, unless this says `none`.',
    {
      pattern: '^(none|arn:.+|.*\\$\\(.+)$',
      means: 'the ARN of a web ACL, or none',
      usually: 'none (one is made with `strict: true`)',
      aws: 'AWS::WAFv2::WebACLAssociation WebACLArn',
      page: `${PAGE}/apigateway-control-access-aws-waf.html`,
      also: ['WebACLArn', 'webAcl', 'wafArn', 'associateWaf'],
    },
  ),
  cache: object(
    'A cache of answers, which costs by the hour. A route takes part that has `cache`.',
    {
      size: or(
        word(
          'Its size in GB.',
          {
            '0.5GB': 'Half a GB.',
            '1.6GB': '1.6 GB.',
            '6.1GB': '6.1 GB.',
            '13.5GB': '13.5 GB.',
            '28.4GB': '28.4 GB.',
            '58.2GB': '58.2 GB.',
            '118GB': '118 GB.',
            '237GB': '237 GB.',
          },
          { aws: 'AWS::ApiGateway::Stage CacheClusterSize', also: ['CacheClusterSize', 'cacheClusterSize', 'clusterSize'] },
        ),
        '0.5GB',
      ),
      ttl: or(
        duration('How long an answer is kept, where the route does not say.', {
          from: 1,
          to: 3600,
          aws: 'AWS::ApiGateway::Stage MethodSettings.CacheTtlInSeconds',
          also: ['CacheTtlInSeconds', 'cacheTtl', 'ttlInSeconds'],
        }),
        300,
      ),
      encrypted: or(
        flag('Answers are encrypted in the cache.', {
          aws: 'AWS::ApiGateway::Stage MethodSettings.CacheDataEncrypted',
          also: ['CacheDataEncrypted', 'cacheDataEncrypted', 'dataEncrypted'],
        }),
        true,
      ),
    },
    {
      empty: true,
      aws: 'AWS::ApiGateway::Stage CacheClusterEnabled',
      page: `${PAGE}/api-gateway-caching.html`,
      also: ['CacheClusterEnabled', 'cacheClusterEnabled', 'caching'],
    },
  ),
  policy: object(
    'From where the API may be called, whoever the caller is: its resource policy.',
    {
      allow: object('From here and from nowhere else.', networks),
      deny: object('Not from here.', networks),
    },
    {
      aws: 'AWS::ApiGateway::RestApi Policy',
      page: `${PAGE}/apigateway-resource-policies.html`,
      also: ['ResourcePolicy', 'resourcePolicy', 'Policy'],
    },
  ),
  ipAddressType: word(
    'The addresses the API answers on.',
    { ipv4: 'IPv4.', dualstack: 'IPv4 and IPv6. A private API has both.' },
    {
      aws: 'AWS::ApiGateway::RestApi EndpointConfiguration.IpAddressType',
      page: `${PAGE}/api-gateway-ip-address-type.html`,
      also: ['IpAddressType', 'ipType'],
    },
  ),
};

/** What a route of a REST API can have besides. */
export const restRoute = {
  cache: forms(
    'Answers of this route are kept in the API’s `cache`. The path’s parameters, and what an authorizer looks at, are always a part of the key.',
    {
      flag: flag('`true`: for as long as the API’s cache says.'),
      object: object('How.', {
        ttl: duration('How long; as the API’s cache says unless said otherwise.', {
          from: 1,
          to: 3600,
          aws: 'AWS::ApiGateway::Stage MethodSettings.CacheTtlInSeconds',
          also: ['CacheTtlInSeconds', 'ttlInSeconds'],
        }),
        key: list(
          'Parts of the request that make another answer.',
          text('A part of the request.', {
            pattern: '^(query|header)\\.[A-Za-z0-9_.-]+$',
            means: 'a part of the request, such as query.page or header.accept-language',
            examples: ['query.page', 'header.accept-language'],
          }),
          {
            single: true,
            min: 1,
            aws: 'AWS::ApiGateway::Method Integration.CacheKeyParameters',
            also: ['CacheKeyParameters', 'cacheKeyParameters'],
          },
        ),
      }),
    },
    {
      aws: 'AWS::ApiGateway::Stage MethodSettings.CachingEnabled',
      page: `${PAGE}/api-gateway-caching.html`,
      also: ['CachingEnabled', 'caching'],
    },
  ),
};

/** What a route to a function can have besides. */
export const streamed = {
  streaming: flag(
    'The answer is passed on while it is written, for up to 15 minutes and beyond 10 MB: the handler writes it with `awslambda.streamifyResponse`.',
    {
      aws: 'AWS::ApiGateway::Method Integration.ResponseTransferMode',
      page: `${PAGE}/response-transfer-mode-lambda.html`,
      also: ['ResponseTransferMode', 'responseTransferMode', 'response', 'InvokeMode'],
    },
  ),
};

/** What the domain of an API can have besides. */
export const domainExtras = {
  clientCertificates: object(
    'Callers show a certificate (mutual TLS), signed by one of these authorities.',
    {
      truststore: required(
        interpolatedText('The authorities’ certificates, as a file in S3.', {
          pattern: '^(s3://|.*\\$\\().+',
          means: 'an address in S3 such as s3://certificates/clients.pem',
          aws: 'AWS::ApiGateway::DomainName MutualTlsAuthentication.TruststoreUri',
          also: ['TruststoreUri', 'truststoreUri'],
        }),
      ),
      version: text('The version of that file, in a bucket that keeps versions. A new version is then a new line here.', {
        aws: 'AWS::ApiGateway::DomainName MutualTlsAuthentication.TruststoreVersion',
        also: ['TruststoreVersion', 'truststoreVersion'],
      }),
    },
    {
      short: { text: 'truststore' },
      aws: 'AWS::ApiGateway::DomainName MutualTlsAuthentication',
      page: `${PAGE}/rest-api-mutual-tls.html`,
      also: ['MutualTlsAuthentication', 'mutualTlsAuthentication', 'mtls', 'tlsTruststoreUri'],
    },
  ),
  tls: or(
    text('The security policy of the domain: the oldest TLS and the ciphers it speaks.', {
      pattern: '^(TLS_1_2|SecurityPolicy_[A-Za-z0-9_]+)$',
      means: 'TLS_1_2, or one of AWS’s policies such as SecurityPolicy_TLS13_1_3_2025_09',
      examples: ['TLS_1_2', 'SecurityPolicy_TLS13_1_3_2025_09'],
      aws: 'AWS::ApiGateway::DomainName SecurityPolicy',
      page: `${PAGE}/apigateway-security-policies-list.html`,
      also: ['SecurityPolicy', 'securityPolicy'],
    }),
    'TLS_1_2',
  ),
  endpointAccess: word(
    'With a `SecurityPolicy_…`: whether the name a caller asks for must be the name it connected to. `strict` unless said otherwise.',
    { strict: 'It must.', basic: 'It need not: for moving over.' },
    {
      aws: 'AWS::ApiGateway::DomainName EndpointAccessMode',
      page: `${PAGE}/apigateway-security-policies.html`,
      also: ['EndpointAccessMode', 'endpointAccessMode'],
    },
  ),
};
