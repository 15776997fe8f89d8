import { address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { arn, attribute, ref, stackName, text, type Value } from '../cloud/value.ts';
import type { Text } from '../resolve/model.ts';
import { bucketAddress, bucketArn } from './buckets.ts';
import { bucketPolicyAddress } from './bucket-policy.ts';
import { distributionAddress, distributionArn } from './distribution-origins.ts';
import type { Distribution } from './distribution-paths.ts';
import type { Context, Piece } from './meaning.ts';
import { tagList } from './tags.ts';

const certificateAddress = ({ name }: Distribution) =>
  address('AWS::CertificateManager::Certificate', { name, word: 'Distribution' }, 'Certificate');

/** The hosted zone of every distribution. https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** Whose name it answers to, and how it proves that. */
export function certificateOf(distribution: Distribution, context: Context): { readonly [property: string]: Value } {
  const { domain } = distribution.settings;
  if (!domain) return { ViewerCertificate: { CloudFrontDefaultCertificate: true } };
  return {
    Aliases: domain.name.map((one) => context.text(one)),
    ViewerCertificate: {
      AcmCertificateArn: domain.certificate ? context.text(domain.certificate) : ref(certificateAddress(distribution)),
      MinimumProtocolVersion: domain.tls,
      SslSupportMethod: 'sni-only',
    },
  };
}

const fromOf = (distribution: Distribution, setting: 'domain' | 'logs') => ({
  because: distribution.written.at(setting).key ?? distribution.place,
  path: `${distribution.path}.${setting}`,
});

/** The certificate where none was given, and the entries in the zone. */
export function domainParts(distribution: Distribution, context: Context): readonly Part[] {
  const { settings, name } = distribution;
  const { domain, ipv6 } = settings;
  if (!domain) return [];
  const { zone } = domain;
  const from = fromOf(distribution, 'domain');
  const [first = '', ...others] = domain.name.map((one) => context.text(one));
  if (zone === undefined) return [];
  const certificate = resource(
    certificateAddress(distribution),
    {
      DomainName: first,
      ...(others.length > 0 && { SubjectAlternativeNames: others }),
      ValidationMethod: 'DNS',
      DomainValidationOptions: [first, ...others].map((DomainName) => ({ DomainName, HostedZoneId: zone })),
      ...tagList(settings.tags, context),
    } as never,
    from,
  );
  const AliasTarget = { DNSName: attribute(distributionAddress(distribution), 'DomainName'), HostedZoneId: CLOUDFRONT_ZONE };
  const records = domain.name.flatMap((one) =>
    (ipv6 ? (['A', 'AAAA'] as const) : (['A'] as const)).map((Type) =>
      resource(
        address(
          'AWS::Route53::RecordSet',
          [
            { name, word: 'Distribution' },
            { name: spelt(one), word: 'Route' },
          ],
          Type === 'A' ? 'Record4' : 'Record6',
        ),
        { HostedZoneId: zone, Name: context.text(one), Type, AliasTarget } as never,
        from,
      ),
    ),
  );
  return [...(domain.certificate ? [] : [certificate]), ...records];
}

/** A domain as it stands in the file, for the ids of its entries. */
const spelt = ({ segments }: Text): string =>
  segments.map((one) => (typeof one === 'string' ? one : one.to === 'thing' ? one.thing.path : one.to)).join('');

/** Where log lines come from and go to have names, which CloudFormation wants. */
export const deliveryName = ({ name }: Pick<Distribution, 'name'>): Piece => text(stackName, `-${name}`);

const OUTPUT = { w3c: 'w3c', json: 'json', parquet: 'parquet', plain: 'plain' } as const;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html */
export function logParts(distribution: Distribution, context: Context): readonly Part[] {
  const { settings, name } = distribution;
  const { logs } = settings;
  if (!logs) return [];
  const from = fromOf(distribution, 'logs');
  const part = <T extends 'AWS::Logs::DeliverySource' | 'AWS::Logs::DeliveryDestination' | 'AWS::Logs::Delivery'>(type: T, role: string) =>
    address(type, { name, word: 'Distribution' }, role);
  const source = part('AWS::Logs::DeliverySource', 'LogSource');
  const destination = part('AWS::Logs::DeliveryDestination', 'LogDestination');
  const tags = tagList(settings.tags, context);
  return [
    resource(
      source,
      { Name: deliveryName(distribution), LogType: 'ACCESS_LOGS', ResourceArn: distributionArn(distribution), ...tags } as never,
      from,
    ),
    resource(
      destination,
      {
        Name: deliveryName(distribution),
        DestinationResourceArn: logs.bucket.settings.existing
          ? bucketArn(logs.bucket, context)
          : attribute(bucketAddress(logs.bucket), 'Arn'),
        OutputFormat: OUTPUT[logs.format],
        ...tags,
      } as never,
      from,
    ),
    resource(
      part('AWS::Logs::Delivery', 'LogDelivery'),
      {
        DeliverySourceName: ref(source),
        DeliveryDestinationArn: attribute(destination, 'Arn'),
        ...(logs.prefix !== undefined && { S3SuffixPath: logs.prefix }),
        ...(logs.fields && { RecordFields: [...logs.fields] }),
        ...tags,
      } as never,
      // Were the bucket’s policy not there, CloudWatch Logs would write it anew.
      { ...from, ...(!logs.bucket.settings.existing && { dependsOn: [bucketPolicyAddress(logs.bucket)] }) },
    ),
  ];
}

/** The ARN of where the lines of a distribution come from. */
export const deliverySourceArn = (distribution: Distribution): Piece =>
  arn('logs', text('delivery-source:', deliveryName(distribution)), { in: 'us-east-1' });

/** Rules of checkers that a distribution breaks on purpose. */
export function acceptances({ settings }: Distribution): readonly Acceptance[] {
  const { countries, waf, logs, domain } = settings;
  return [
    ...(countries
      ? []
      : [{ rule: 'AwsSolutions-CFR1', reason: 'Whoever asks is answered, from every country; `countries` narrows that.' }]),
    ...(waf
      ? []
      : [{ rule: 'AwsSolutions-CFR2', reason: 'A web application firewall costs by the month, so `waf` is asked for and not made.' }]),
    {
      rule: 'AwsSolutions-CFR3',
      reason: logs
        ? 'The lines are delivered by CloudWatch Logs (standard logging, v2).'
        : 'A line for each request costs storage; `logs` turns them on.',
    },
    ...(domain
      ? []
      : [{ rule: 'AwsSolutions-CFR4', reason: 'Without a `domain` CloudFront’s own certificate is used, with its own TLS policy.' }]),
  ];
}
