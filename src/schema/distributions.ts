import { notAdopted } from './adopt.ts';
import { duration, flag, forms, interpolatedText, list, map, nameOf, object, or, required, text, word } from './kit.ts';
import { origin } from './distribution-origins.ts';
import { answering, paths } from './distribution-paths.ts';
import { tags } from './function.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const configOf = (property: string) => `AWS::CloudFront::Distribution DistributionConfig.${property}`;

const countries = (doc: string) =>
  list(doc, text('A country.', { pattern: '^[A-Z]{2}$', means: 'a two-letter country code in capitals', examples: ['DE', 'FR'] }), {
    single: true,
    min: 1,
    also: ['Locations', 'GeoRestriction', 'locations'],
  });

const domainName = interpolatedText('A domain: `shop.example`.', {
  pattern: '^(?=.*[.$])[A-Za-z0-9.$()*_-]+$',
  means: 'a domain name such as shop.example',
  aws: configOf('Aliases'),
  also: ['DomainName', 'domainName'],
});

const domain = object(
  'Custom domains.',
  {
    name: required(
      list('The domain, or several.', domainName, {
        single: true,
        min: 1,
        max: 100,
        aws: configOf('Aliases'),
        also: ['Aliases', 'domainNames', 'names', 'CNAMEs'],
      }),
    ),
    certificate: interpolatedText(
      'The ARN of the certificate in ACM, in us-east-1. With a `zone`, one is created if the stack is in us-east-1.',
      {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a certificate',
        aws: configOf('ViewerCertificate.AcmCertificateArn'),
        page: `${PAGE}/cnames-and-https-requirements.html`,
        also: ['AcmCertificateArn', 'ViewerCertificate', 'certificateArn'],
      },
    ),
    zone: text('The Route 53 hosted zone for the DNS records.', {
      pattern: '^Z[A-Z0-9]{1,31}$',
      means: 'the ID of a hosted zone, such as Z0123456789ABCDEFGHIJ',
      aws: 'AWS::Route53::RecordSet HostedZoneId',
      page: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html',
      also: ['HostedZoneId', 'hostedZoneId', 'Route53', 'dns'],
    }),
    tls: or(
      word(
        'The minimum TLS version and the ciphers.',
        {
          'TLSv1.2_2021': 'TLS 1.2 with strong ciphers, and 1.3.',
          'TLSv1.2_2025': 'The same, with only the strongest ciphers.',
          'TLSv1.3_2025': 'Only TLS 1.3.',
          'TLSv1.2_2019': 'TLS 1.2 with ciphers for older clients.',
        },
        {
          aws: configOf('ViewerCertificate.MinimumProtocolVersion'),
          page: `${PAGE}/secure-connections-supported-viewer-protocols-ciphers.html`,
          also: ['MinimumProtocolVersion', 'minimumProtocolVersion', 'securityPolicy'],
        },
      ),
      'TLSv1.2_2021',
    ),
  },
  { aws: configOf('Aliases'), page: `${PAGE}/CNAMEs.html`, also: ['Aliases', 'customDomain', 'domainNames'] },
);

const errorPage = object('The error page.', {
  page: text('The path of a page.', {
    pattern: '^/.{0,4095}$',
    means: 'a path such as /404.html',
    aws: configOf('CustomErrorResponses.ResponsePagePath'),
    also: ['ResponsePagePath', 'responsePagePath'],
  }),
  status: text('The response status. The original status by default.', {
    pattern: '^(200|400|403|404|405|414|416|500|501|502|503|504)$',
    means: 'a status such as 200 or 404',
    aws: configOf('CustomErrorResponses.ResponseCode'),
    also: ['ResponseCode', 'responseHttpStatus'],
  }),
  cache: duration('How long CloudFront caches the error. 10 seconds by default.', {
    to: 31_536_000,
    aws: configOf('CustomErrorResponses.ErrorCachingMinTTL'),
    also: ['ErrorCachingMinTTL', 'ttl'],
  }),
});

export const distribution = object(
  'A CloudFront distribution: serves content near the viewer.',
  {
    origin: required({ ...origin, also: ['Origins', 'defaultBehavior', 'DefaultCacheBehavior'] } as typeof origin),
    ...answering,
    paths,
    rootObject: text('The root object, which is served for `/`.', {
      pattern: '^[^/][^\\s]{0,254}$',
      means: 'the key of an object, without a slash before it',
      examples: ['index.html'],
      aws: configOf('DefaultRootObject'),
      page: `${PAGE}/DefaultRootObject.html`,
      also: ['DefaultRootObject', 'defaultRootObject', 'index'],
      usually: 'index.html for a bucket',
    }),
    errors: map(
      'Error pages by the origin’s status: `404: /404.html`.',
      text('A status', { pattern: '^(400|403|404|405|414|416|500|501|502|503|504)$', means: 'a status of an error, such as 404' }),
      forms('A page, or more settings.', {
        text: text('The path of a page.', { pattern: '^/.{0,4095}$', means: 'a path such as /404.html' }),
        object: errorPage,
      }),
      {
        aws: configOf('CustomErrorResponses'),
        page: `${PAGE}/GeneratingCustomErrorResponses.html`,
        also: ['CustomErrorResponses', 'errorResponses', 'errorPages'],
      },
    ),
    domain,
    countries: object(
      'Which countries it serves.',
      { allow: countries('Only these countries.'), deny: countries('All but these countries.') },
      {
        aws: configOf('Restrictions.GeoRestriction'),
        page: `${PAGE}/georestrictions.html`,
        also: ['Restrictions', 'GeoRestriction', 'geoRestriction', 'geo'],
      },
    ),
    priceClass: or(
      word(
        'Which edge locations serve it.',
        {
          all: 'All of them.',
          'class-200': 'All but the most expensive (PriceClass_200).',
          'class-100': 'The cheapest: North America, Europe and Israel (PriceClass_100).',
        },
        {
          aws: configOf('PriceClass'),
          page: `${PAGE}/PriceClass.html`,
          also: ['PriceClass', 'PriceClass_100', 'PriceClass_200', 'PriceClass_All'],
        },
      ),
      'all',
    ),
    httpVersion: or(
      word(
        'The newest HTTP version for viewers.',
        { http2and3: 'HTTP/2 and HTTP/3.', http2: 'HTTP/2.', http3: 'HTTP/3 next to HTTP/1.1.', 'http1.1': 'HTTP/1.1.' },
        { aws: configOf('HttpVersion'), page: `${PAGE}/DownloadDistValuesGeneral.html`, also: ['HttpVersion'] },
      ),
      'http2and3',
    ),
    ipv6: or(
      flag('Also serves IPv6.', {
        aws: configOf('IPV6Enabled'),
        page: `${PAGE}/DownloadDistValuesGeneral.html`,
        also: ['IPV6Enabled', 'enableIpv6'],
      }),
      true,
    ),
    waf: interpolatedText('The ARN of a WAF web ACL with CloudFront scope that checks every request first.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a web ACL',
      aws: configOf('WebACLId'),
      page: `${PAGE}/distribution-web-awswaf.html`,
      also: ['WebACLId', 'webAclId', 'webAcl'],
    }),
    logs: object(
      'Access logs in a bucket (standard logging, v2). The stack must be in us-east-1.',
      {
        bucket: required(
          nameOf('The bucket that the logs go to.', 'buckets', {
            aws: 'AWS::Logs::DeliveryDestination DestinationResourceArn',
            also: ['Bucket', 'logBucket'],
          }),
        ),
        prefix: text('The prefix of their keys.', {
          pattern: '^[A-Za-z0-9{}_/=-]{1,200}$',
          means: 'a key prefix, such as site',
          aws: 'AWS::Logs::Delivery S3SuffixPath',
          also: ['Prefix', 'logFilePrefix', 'S3SuffixPath'],
        }),
        format: or(
          word(
            'The log format.',
            {
              w3c: 'The W3C extended log format.',
              json: 'JSON.',
              parquet: 'Parquet, for which there is a charge.',
              plain: 'Values separated by spaces.',
            },
            { aws: 'AWS::Logs::DeliveryDestination OutputFormat', also: ['OutputFormat'] },
          ),
          'w3c',
        ),
        fields: list(
          'The fields of a line, by CloudFront’s names.',
          text('A field.', { pattern: '^[A-Za-z0-9()_-]{1,64}$', means: 'a field such as cs-uri-stem' }),
          {
            min: 1,
            max: 128,
            aws: 'AWS::Logs::Delivery RecordFields',
            also: ['RecordFields'],
          },
        ),
      },
      {
        short: { text: 'bucket' },
        aws: 'AWS::Logs::Delivery',
        page: `${PAGE}/standard-logging.html`,
        also: ['Logging', 'enableLogging', 'accessLogs'],
      },
    ),
    enabled: or(
      flag('`false` disables it.', { aws: configOf('Enabled'), page: `${PAGE}/DownloadDistValuesGeneral.html`, also: ['Enabled'] }),
      true,
    ),
    description: interpolatedText('What it is for.', { max: 128, aws: configOf('Comment'), also: ['Comment', 'comment'] }),
    tags,
  },
  {
    id: 'distribution',
    without: { adopt: notAdopted.distribution },
    aws: 'AWS::CloudFront::Distribution',
    page: `${PAGE}/Introduction.html`,
  },
);
