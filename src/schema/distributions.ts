import { notAdopted } from './adopt.ts';
import { duration, flag, forms, interpolatedText, list, map, nameOf, object, or, required, text, word } from './kit.ts';
import { origin } from './distribution-origins.ts';
import { answering, paths } from './distribution-paths.ts';
import { tags } from './function.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';

const configOf = (property: string) => `AWS::CloudFront::Distribution DistributionConfig.${property}`;

const countries = (doc: string) =>
  list(doc, text('A country.', { pattern: '^[A-Z]{2}$', means: 'the two capital letters of a country', examples: ['DE', 'FR'] }), {
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
  'Addresses of its own.',
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
      'The ARN of the certificate in ACM, in us-east-1. With a `zone` one is made, where the stack is in us-east-1.',
      {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a certificate',
        aws: configOf('ViewerCertificate.AcmCertificateArn'),
        page: `${PAGE}/cnames-and-https-requirements.html`,
        also: ['AcmCertificateArn', 'ViewerCertificate', 'certificateArn'],
      },
    ),
    zone: text('The hosted zone in Route 53 the addresses are written into.', {
      pattern: '^Z[A-Z0-9]{1,31}$',
      means: 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
      aws: 'AWS::Route53::RecordSet HostedZoneId',
      page: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html',
      also: ['HostedZoneId', 'hostedZoneId', 'Route53', 'dns'],
    }),
    tls: or(
      word(
        'The oldest TLS and the ciphers CloudFront speaks.',
        {
          'TLSv1.2_2021': 'TLS 1.2 with strong ciphers, and 1.3.',
          'TLSv1.2_2025': 'The same with the strongest alone.',
          'TLSv1.3_2025': 'TLS 1.3 alone.',
          'TLSv1.2_2019': 'TLS 1.2 with ciphers older programs know.',
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

const errorPage = object('What is answered instead.', {
  page: text('The path of a page.', {
    pattern: '^/.{0,4095}$',
    means: 'a path such as /404.html',
    aws: configOf('CustomErrorResponses.ResponsePagePath'),
    also: ['ResponsePagePath', 'responsePagePath'],
  }),
  status: text('The status it is answered with; the same unless said otherwise.', {
    pattern: '^(200|400|403|404|405|414|416|500|501|502|503|504)$',
    means: 'a status such as 200 or 404',
    aws: configOf('CustomErrorResponses.ResponseCode'),
    also: ['ResponseCode', 'responseHttpStatus'],
  }),
  cache: duration('How long CloudFront keeps the error. 10 seconds unless said otherwise.', {
    to: 31_536_000,
    aws: configOf('CustomErrorResponses.ErrorCachingMinTTL'),
    also: ['ErrorCachingMinTTL', 'ttl'],
  }),
});

export const distribution = object(
  'A CloudFront distribution: answers near to whoever asks.',
  {
    origin: required({ ...origin, also: ['Origins', 'defaultBehavior', 'DefaultCacheBehavior'] } as typeof origin),
    ...answering,
    paths,
    rootObject: text('What is answered for `/`.', {
      pattern: '^[^/][^\\s]{0,254}$',
      means: 'the key of an object, without a slash before it',
      examples: ['index.html'],
      aws: configOf('DefaultRootObject'),
      page: `${PAGE}/DefaultRootObject.html`,
      also: ['DefaultRootObject', 'defaultRootObject', 'index'],
      usually: 'index.html before a bucket',
    }),
    errors: map(
      'What is answered for a status of the origin’s: `404: /404.html`.',
      text('A status', { pattern: '^(400|403|404|405|414|416|500|501|502|503|504)$', means: 'a status of an error, such as 404' }),
      forms('A page, or more.', {
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
      'From where it is answered.',
      { allow: countries('From these countries and no others.'), deny: countries('Not from these countries.') },
      {
        aws: configOf('Restrictions.GeoRestriction'),
        page: `${PAGE}/georestrictions.html`,
        also: ['Restrictions', 'GeoRestriction', 'geoRestriction', 'geo'],
      },
    ),
    priceClass: or(
      word(
        'Which edges answer.',
        {
          all: 'All of them.',
          'class-200': 'All but the dearest (PriceClass_200).',
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
        'The newest HTTP that is spoken with callers.',
        { http2and3: 'HTTP/2 and HTTP/3.', http2: 'HTTP/2.', http3: 'HTTP/3 beside HTTP/1.1.', 'http1.1': 'HTTP/1.1.' },
        { aws: configOf('HttpVersion'), page: `${PAGE}/DownloadDistValuesGeneral.html`, also: ['HttpVersion'] },
      ),
      'http2and3',
    ),
    ipv6: or(
      flag('Answers on IPv6 too.', {
        aws: configOf('IPV6Enabled'),
        page: `${PAGE}/DownloadDistValuesGeneral.html`,
        also: ['IPV6Enabled', 'enableIpv6'],
      }),
      true,
    ),
    waf: interpolatedText('The ARN of a web ACL of WAF, of CloudFront’s scope, that judges every request first.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a web ACL',
      aws: configOf('WebACLId'),
      page: `${PAGE}/distribution-web-awswaf.html`,
      also: ['WebACLId', 'webAclId', 'webAcl'],
    }),
    logs: object(
      'A line for each request, in a bucket (standard logging, v2). The stack must be in us-east-1.',
      {
        bucket: required(
          nameOf('The bucket the lines go to.', 'buckets', {
            aws: 'AWS::Logs::DeliveryDestination DestinationResourceArn',
            also: ['Bucket', 'logBucket'],
          }),
        ),
        prefix: text('What their keys begin with.', {
          pattern: '^[A-Za-z0-9{}_/=-]{1,200}$',
          means: 'the beginning of a key, such as site',
          aws: 'AWS::Logs::Delivery S3SuffixPath',
          also: ['Prefix', 'logFilePrefix', 'S3SuffixPath'],
        }),
        format: or(
          word(
            'How a line is written.',
            {
              w3c: 'As CloudFront always did.',
              json: 'JSON.',
              parquet: 'Parquet, for which there is a charge.',
              plain: 'Values with spaces between them.',
            },
            { aws: 'AWS::Logs::DeliveryDestination OutputFormat', also: ['OutputFormat'] },
          ),
          'w3c',
        ),
        fields: list(
          'What a line holds, by the names CloudFront gives.',
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
      flag('`false`: it answers nobody.', { aws: configOf('Enabled'), page: `${PAGE}/DownloadDistValuesGeneral.html`, also: ['Enabled'] }),
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
