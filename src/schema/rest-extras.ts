import { duration, flag, forms, interpolatedText, list, object, or, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

const range = text('An address range.', {
  pattern: '^([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-fA-F:]+:[0-9a-fA-F:]*/[0-9]{1,3})$',
  means: 'an address range such as 203.0.113.0/24 or 2001:db8::/32',
});

const networks = {
  accounts: list(
    'Accounts whose users and roles sign the request; only for routes with `authorizer: iam`. The system’s own account counts only if it is listed.',
    text('An account.', { pattern: '^[0-9]{12}$', means: 'a 12-digit account ID', examples: ["'123456789012'"] }),
    { single: true, min: 1, also: ['AwsAccountWhitelist', 'AwsAccountBlacklist', 'aws:PrincipalAccount', 'Principal'] },
  ),
  ranges: list('Address ranges; for a private API, of the VPCs that requests come from.', range, {
    single: true,
    min: 1,
    also: ['IpRangeWhitelist', 'IpRangeBlacklist', 'aws:SourceIp', 'ipRanges'],
  }),
  vpcs: list('VPCs; only for private APIs.', text('A VPC.', { pattern: '^vpc-[0-9a-f]{8,17}$', means: 'the ID of a VPC' }), {
    single: true,
    min: 1,
    also: ['SourceVpcWhitelist', 'SourceVpcBlacklist', 'aws:SourceVpc'],
  }),
  endpoints: list(
    'VPC endpoints; only for private APIs.',
    text('An endpoint.', { pattern: '^vpce-[0-9a-f]{8,17}$', means: 'the ID of a VPC endpoint' }),
    { single: true, min: 1, also: ['IntrinsicVpceWhitelist', 'IntrinsicVpceBlacklist', 'aws:SourceVpce'] },
  ),
};

/** What a REST API can have besides. */
export const restApi = {
  waf: interpolatedText(
    'The ARN of a regional WAF web ACL that checks every request first. With `strict: true` one is created, unless this is `none`.',
    {
      pattern: '^(none|arn:.+|.*\\$\\(.+)$',
      means: 'the ARN of a web ACL, or none',
      usually: 'none (one is created with `strict: true`)',
      aws: 'AWS::WAFv2::WebACLAssociation WebACLArn',
      page: `${PAGE}/apigateway-control-access-aws-waf.html`,
      also: ['WebACLArn', 'webAcl', 'wafArn', 'associateWaf'],
    },
  ),
  cache: object(
    'A response cache, which is billed by the hour. It is used by routes with `cache`.',
    {
      size: or(
        word(
          'Its size in GB.',
          {
            '0.5GB': '0.5 GB.',
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
        duration('How long a response is cached, if the route does not say.', {
          from: 1,
          to: 3600,
          aws: 'AWS::ApiGateway::Stage MethodSettings.CacheTtlInSeconds',
          also: ['CacheTtlInSeconds', 'cacheTtl', 'ttlInSeconds'],
        }),
        300,
      ),
      encrypted: or(
        flag('Encrypts cached responses.', {
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
    'Where the API may be called from, whoever the caller is: its resource policy.',
    {
      allow: object('Only from here.', networks),
      deny: object('Not from here.', networks),
    },
    {
      aws: 'AWS::ApiGateway::RestApi Policy',
      page: `${PAGE}/apigateway-resource-policies.html`,
      also: ['ResourcePolicy', 'resourcePolicy', 'Policy'],
    },
  ),
  ipAddressType: word(
    'The address types of the API.',
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
    'Caches responses of this route in the API’s `cache`. Path parameters, and what an authorizer checks, are always part of the key.',
    {
      flag: flag('`true`: with the cache’s own time to live.'),
      object: object('How.', {
        ttl: duration('How long. The cache’s own time to live by default.', {
          from: 1,
          to: 3600,
          aws: 'AWS::ApiGateway::Stage MethodSettings.CacheTtlInSeconds',
          also: ['CacheTtlInSeconds', 'ttlInSeconds'],
        }),
        key: list(
          'Parts of the request that belong to the cache key.',
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
    'Streams the response while it is written, for up to 15 minutes and beyond 10 MB: the handler uses `awslambda.streamifyResponse`.',
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
    'Mutual TLS: callers need a certificate signed by one of these authorities.',
    {
      truststore: required(
        interpolatedText('The authorities’ certificates, as a file in S3.', {
          pattern: '^(s3://|.*\\$\\().+',
          means: 'an S3 URI such as s3://certificates/clients.pem',
          aws: 'AWS::ApiGateway::DomainName MutualTlsAuthentication.TruststoreUri',
          also: ['TruststoreUri', 'truststoreUri'],
        }),
      ),
      version: text('The version of that file, in a bucket with versioning. A new version then means a change here.', {
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
    text('The security policy of the domain: the minimum TLS version and the ciphers.', {
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
    'With a `SecurityPolicy_…`: whether the host a caller asks for must be the one it connected to. `strict` by default.',
    { strict: 'It must.', basic: 'It need not, for migrations.' },
    {
      aws: 'AWS::ApiGateway::DomainName EndpointAccessMode',
      page: `${PAGE}/apigateway-security-policies.html`,
      also: ['EndpointAccessMode', 'endpointAccessMode'],
    },
  ),
};
