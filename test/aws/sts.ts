import type { Identities } from './identity.ts';
import type { Tree } from './tree.ts';
import { Refusal, type Call } from './wire.ts';

/** Security Token Service: who asks. */
export const sts =
  (identities: Identities) =>
  (call: Call): Tree => {
    if (call.action !== 'GetCallerIdentity')
      throw new Refusal('InvalidAction', `Could not find operation ${call.action} for version 2011-06-15`);
    const { account, arn, userId } = identities.of(call.accessKeyId);
    return { UserId: userId, Account: account, Arn: arn };
  };
