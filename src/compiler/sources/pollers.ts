import type { Part } from '../cloud/part.ts';
import { arn, attribute, type Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { inFunction } from '../edit/fixes.ts';
import { roleAddress } from '../resources/function-address.ts';
import type { Context, EndpointDemand, Piece, Statement } from '../resources/meaning.ts';
import { signInSecret, type SignInSecret } from '../resources/sign-in.ts';
import { reading } from './mapping.ts';
import { streamSourceProblems } from './stream.ts';
import type { Standing } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** What Lambda reads from inside of a VPC: brokers, clusters of Kafka and of DocumentDB. */
export const pollerProblems = problems({
  'longer-than-pollers-wait': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` may run longer than 14 minutes, and Lambda’s pollers do not wait that long.`,
    why: 'For Kafka, Amazon MQ and DocumentDB, Lambda rejects functions with a timeout longer than 14 minutes.',
    fix: ({ fn }: { fn: Place }) => inFunction(fn, 'timeout', '14 minutes'),
    page: `${PAGE}/with-documentdb.html`,
  },
});

const MAKING = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'];
const LOOKING = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'];

/**
 * Leave for Lambda to connect into the source’s VPC: none of these actions can be limited to what does not exist yet. The
 * function’s own code carries `lambda:SourceFunctionArn`, Lambda’s pollers do not.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function interfaces(source: Standing, what: string): readonly Part[] {
  const { fn, place: because, path } = source;
  const reason = 'Lambda checks for these actions on * when it connects to something in a VPC; the function’s own code makes none.';
  const accepted = [{ rule: 'AwsSolutions-IAM5', reason }];
  return [
    ...reading(source, what, [{ actions: [...MAKING, ...LOOKING], on: ['*'], accepted }]),
    {
      part: 'grant',
      to: roleAddress(fn),
      by: 'code',
      effect: 'Deny',
      actions: MAKING,
      on: ['*'],
      when: { ArnLike: { 'lambda:SourceFunctionArn': arn('lambda', 'function:*') } },
      reason: 'leaves ENIs to Lambda',
      accepted,
      because,
      path,
    },
  ];
}

export function verifyTimeout({ fn }: Standing, report: Report): void {
  if (fn.settings.timeout > 840)
    report(pollerProblems['longer-than-pollers-wait'], fn.written.parts.get('timeout')?.place ?? fn.place, {
      name: fn.title,
      fn: fn.place,
    });
}

/** Reports that nobody said where reading starts in what is there already. */
export function verifyStart({ place }: Standing, start: string | undefined, name: string, report: Report): void {
  if (start === undefined) report(streamSourceProblems['start-of-existing'], place, { name });
}

interface Roads {
  /** Lambda connects by itself to its service: with pollers of the source’s own. */
  readonly provisioned: boolean;
  readonly secrets: readonly SignInSecret[];
  /** What is sent where batches go that failed, and to which service. */
  readonly failure: { readonly service: string; readonly statements: readonly Statement[] } | undefined;
  /** The security groups the pollers have, where they are known. */
  readonly groups: readonly Piece[];
}

const LAMBDA: Value = { Service: 'lambda.amazonaws.com' };

/**
 * The roads that pollers need out of the VPC. That Lambda’s own calls are on `*` is AWS’s word: a narrower policy stops them.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html#msk-vpc-privatelink
 */
export function roads(source: Standing, { provisioned, secrets, failure, groups }: Roads, context: Context): readonly EndpointDemand[] {
  const { fn, place: because, path } = source;
  const byRole = { ArnEquals: { 'aws:PrincipalArn': attribute(roleAddress(fn), 'Arn') } };
  const from = groups.filter((group) => typeof group === 'string');
  const to = (service: string, allows: EndpointDemand['allows']): EndpointDemand => ({ service, from, allows, because, path, road: true });
  const read = secrets.map((secret) => signInSecret(secret, context));
  return [
    ...(provisioned
      ? []
      : [
          to('lambda', [{ actions: ['lambda:InvokeFunction'], on: ['*'], by: LAMBDA }]),
          to('sts', [{ actions: ['sts:AssumeRole'], on: ['*'], by: LAMBDA }]),
          ...(read.length > 0 ? [to('secretsmanager', [{ actions: ['secretsmanager:GetSecretValue'], on: read, when: byRole }])] : []),
        ]),
    ...(failure
      ? [
          to(
            failure.service,
            failure.statements.map(({ actions, on }) => ({ actions, on, when: byRole })),
          ),
        ]
      : []),
  ];
}
