import { address, type Address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { account } from '../cloud/value.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Piece } from '../resources/meaning.ts';
import type { Standing } from './source.ts';

/** Who calls the function, and for which of its resources. */
export interface Caller {
  /** The service’s principal: `sns.amazonaws.com`. */
  readonly principal: string;
  readonly action?: string;
  readonly source?: Piece;
  /** The ARN of the source has no account in it, or the service documents the condition: this account, or another one. */
  readonly ofAccount?: true | Piece;
  readonly token?: Piece;
  readonly organization?: Piece;
  readonly accepted?: readonly Acceptance[] | undefined;
}

export const permissionAddress = ({ names }: Pick<Standing, 'names'>): Address<'AWS::Lambda::Permission'> =>
  address('AWS::Lambda::Permission', names, 'Permission');

/** Leave for one source to call the function. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
export function permission(source: Standing, caller: Caller): Part {
  const { fn, place: because, path } = source;
  const { principal, action = 'lambda:InvokeFunction', source: from, ofAccount, token, organization, accepted } = caller;
  return resource(
    permissionAddress(source),
    {
      Action: action,
      FunctionName: invokedArn(fn),
      Principal: principal,
      ...(from !== undefined && { SourceArn: from }),
      ...(ofAccount !== undefined && { SourceAccount: ofAccount === true ? account : ofAccount }),
      ...(token !== undefined && { EventSourceToken: token }),
      ...(organization !== undefined && { PrincipalOrgID: organization }),
    },
    { because, path, ...(accepted && { accepted }) },
  );
}
