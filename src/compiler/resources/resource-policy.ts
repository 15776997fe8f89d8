import { account, type Value } from '../cloud/value.ts';
import type { Data } from '../resolve/model.ts';
import type { Sender } from './demand.ts';
import type { Context, Piece } from './meaning.ts';

type Statement = { readonly [key: string]: Value };

interface PolicyRules {
  /** What plain HTTP is refused for. */
  readonly denied: string;
  /** What a sender does. */
  readonly allowed: string;
  readonly senders: readonly Sender[];
  readonly own: readonly Data[] | undefined;
}

/**
 * The policy of a queue or a topic: closed to plain HTTP, open to the services that send to it for one resource each, and
 * with the author’s own statements. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function resourcePolicy(arn: Piece, { denied, allowed, senders, own }: PolicyRules, context: Context) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyTls',
        Effect: 'Deny',
        Principal: '*',
        Action: denied,
        Resource: arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...senders.map((sender) => allowing(sender, allowed, arn)),
      ...(own ?? []).map((statement): Statement => ({ Resource: arn, ...(context.data(statement) as Statement) })),
    ],
  };
}

function allowing({ service, source, ofAccount }: Sender, action: string, arn: Piece): Statement {
  return {
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: action,
    Resource: arn,
    Condition: {
      ArnEquals: { 'aws:SourceArn': source },
      ...(ofAccount && { StringEquals: { 'aws:SourceAccount': account } }),
    },
  };
}
