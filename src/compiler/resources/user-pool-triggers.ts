import type { Trigger } from '../../schema/sources/user-pool.ts';
import { type Value } from '../cloud/value.ts';
import type { PoolTrigger } from './demand.ts';
import { invokedArn } from './function-address.ts';
import type { Context } from './meaning.ts';

/** What a pool calls functions for. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
export function lambdaConfig(triggers: readonly PoolTrigger[], context: Context): { readonly [property: string]: Value } {
  const key = triggers.find((one) => one.key)?.key;
  const sorted = [...triggers].sort((a, b) => (a.trigger < b.trigger ? -1 : 1));
  return {
    ...Object.fromEntries(sorted.map((one) => [PROPERTIES[one.trigger], called(one)])),
    ...(key && { KMSKeyID: context.text(key) }),
  };
}

function called({ trigger, fn, version }: PoolTrigger): Value {
  const arn = invokedArn(fn);
  if (trigger === 'pre-token-generation') return { LambdaArn: arn, LambdaVersion: `V${version}_0` };
  return VERSIONED.includes(trigger) ? { LambdaArn: arn, LambdaVersion: 'V1_0' } : arn;
}

const VERSIONED: readonly Trigger[] = ['custom-email-sender', 'custom-sms-sender', 'inbound-federation'];

const PROPERTIES: Readonly<Record<Trigger, string>> = {
  'pre-sign-up': 'PreSignUp',
  'post-confirmation': 'PostConfirmation',
  'pre-authentication': 'PreAuthentication',
  'post-authentication': 'PostAuthentication',
  'pre-token-generation': 'PreTokenGenerationConfig',
  'custom-message': 'CustomMessage',
  'user-migration': 'UserMigration',
  'define-auth-challenge': 'DefineAuthChallenge',
  'create-auth-challenge': 'CreateAuthChallenge',
  'verify-auth-challenge': 'VerifyAuthChallengeResponse',
  'custom-email-sender': 'CustomEmailSender',
  'custom-sms-sender': 'CustomSMSSender',
  'inbound-federation': 'InboundFederation',
};
