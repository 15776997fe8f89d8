import { notAdopted } from './adopt.ts';
import { inVpc } from './in-vpc.ts';
import { interpolatedText, object, required } from './kit.ts';
import { signInKey, signInSecret } from './sign-in.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html';

export const documentCluster = object(
  'An existing Amazon DocumentDB cluster, of version 4.0 or 5.0 and with instances: declared once, for every consumer of its change streams, which must be turned on.',
  {
    existing: required(
      interpolatedText('The ARN of the cluster.', {
        pattern: '^(arn:[^:]+:rds:[^:]*:[^:]*:cluster:.+|.*\\$\\(.+)$',
        means: 'the ARN of a DocumentDB cluster, such as arn:aws:rds:eu-central-1:123456789012:cluster:ledger',
        aws: 'AWS::Lambda::EventSourceMapping EventSourceArn',
        page: PAGE,
        also: ['Cluster', 'arn', 'clusterArn', 'EventSourceArn'],
      }),
    ),
    secret: required(
      signInSecret('the `username` and the `password` that Lambda signs in with', {
        aws: 'AWS::Lambda::EventSourceMapping SourceAccessConfigurations BASIC_AUTH',
        page: PAGE,
        also: ['SourceAccessConfigurations', 'BASIC_AUTH', 'auth'],
      }),
    ),
    secretKey: signInKey(PAGE),
    vpc: inVpc('cluster'),
  },
  { id: 'documentCluster', without: { adopt: notAdopted.made }, aws: 'AWS::Lambda::EventSourceMapping', page: PAGE },
);
