import { domainExtras } from './rest-extras.ts';
import { flag, interpolatedText, object, or, required, text } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** An API’s own address. */
export const domain = object(
  'A custom domain for the API.',
  {
    name: required(
      interpolatedText('The domain: `api.shop.example`.', {
        pattern: '^(?=.*[.$])[A-Za-z0-9.$()*_-]+$',
        means: 'a domain name such as api.shop.example',
        aws: 'AWS::ApiGateway::DomainName DomainName',
        also: ['DomainName', 'domainName'],
      }),
    ),
    certificate: interpolatedText(
      'The ARN of the certificate in ACM; for `endpoint: edge` in us-east-1. With a `zone`, one is created by default.',
      {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a certificate',
        aws: 'AWS::ApiGateway::DomainName RegionalCertificateArn',
        also: ['CertificateArn', 'RegionalCertificateArn', 'certificateArn', 'cert'],
      },
    ),
    zone: text('The Route 53 hosted zone for the DNS records.', {
      pattern: '^Z[A-Z0-9]{1,31}$',
      means: 'the ID of a hosted zone, such as Z0123456789ABCDEFGHIJ',
      aws: 'AWS::Route53::RecordSet HostedZoneId',
      also: ['HostedZoneId', 'hostedZoneId', 'Route53', 'dns'],
    }),
    path: text('The first part of the path, if several APIs share the domain.', {
      pattern: '^[A-Za-z0-9$._-]+$',
      means: 'one part of a path',
      aws: 'AWS::ApiGateway::BasePathMapping BasePath',
      also: ['BasePath', 'basePath'],
    }),
    ...domainExtras,
    defaultEndpoint: or(
      flag('Whether the API’s default execute-api endpoint also works.', {
        aws: 'AWS::ApiGateway::RestApi DisableExecuteApiEndpoint',
        also: ['DisableExecuteApiEndpoint', 'disableExecuteApiEndpoint'],
      }),
      false,
    ),
  },
  { aws: 'AWS::ApiGateway::DomainName', page: `${PAGE}/how-to-custom-domains.html`, also: ['Domain', 'customDomain', 'domainName'] },
);
