import { count, interpolatedText, list, nameOf, required, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const config = (property: string) => `AWS::Cognito::UserPool LambdaConfig.${property}`;

/** The triggers of a pool by our word: the property of `LambdaConfig`, and what it is. */
const triggers = {
  'pre-sign-up': 'Before a user is signed up: confirms, verifies or rejects them.',
  'post-confirmation': 'After a user confirmed their account or new password.',
  'pre-authentication': 'Before a user signs in: may reject them.',
  'post-authentication': 'After a user signed in.',
  'pre-token-generation': 'Before tokens are issued: adds and removes claims.',
  'custom-message': 'Before a message is sent: sets its text.',
  'user-migration': 'When an unknown user signs in: migrates them from elsewhere.',
  'define-auth-challenge': 'Decides which custom challenge comes next.',
  'create-auth-challenge': 'Creates that challenge.',
  'verify-auth-challenge': 'Verifies the response to it.',
  'custom-email-sender': 'Sends the e-mails instead of Cognito. Needs `key`.',
  'custom-sms-sender': 'Sends the text messages instead of Cognito. Needs `key`.',
  'inbound-federation': 'When a user comes from another identity provider: changes their attributes.',
} as const;

export const userPool = {
  value: nameOf('A user pool created here: Cognito invokes the function at a trigger, and waits for the response.', 'userPools', {
    aws: 'AWS::Cognito::UserPool LambdaConfig',
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
    also: ['Cognito', 'cognitoUserPool', 'UserPool', 'pool', 'addTrigger', 'LambdaConfig'],
  }),
  options: {
    trigger: required(
      list('At which trigger: one, or several.', word('A trigger.', triggers), {
        single: true,
        min: 1,
        aws: 'AWS::Cognito::UserPool LambdaConfig',
        page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
        also: [
          'Trigger',
          'PreSignUp',
          'PostConfirmation',
          'PreAuthentication',
          'PostAuthentication',
          'PreTokenGeneration',
          'PreTokenGenerationConfig',
          'CustomMessage',
          'UserMigration',
          'DefineAuthChallenge',
          'CreateAuthChallenge',
          'VerifyAuthChallengeResponse',
          'CustomEmailSender',
          'CustomSMSSender',
          'InboundFederation',
        ],
      }),
    ),
    version: count(
      'For `pre-token-generation`, the event version: 1 changes the ID token, 2 also the access token, 3 also machine tokens.',
      {
        from: 1,
        to: 3,
        aws: config('PreTokenGenerationConfig.LambdaVersion'),
        page: `${PAGE}/user-pool-lambda-pre-token-generation.html`,
        also: ['LambdaVersion', 'lambdaVersion'],
        usually: '1',
      },
    ),
    key: interpolatedText(
      'For custom senders: the ARN of the KMS key that encrypts the codes they get. The function may decrypt with it; the deployer needs `kms:CreateGrant` on it.',
      {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a KMS key',
        aws: config('KMSKeyID'),
        page: `${PAGE}/user-pool-lambda-custom-sender-triggers.html`,
        also: ['KMSKeyID', 'kmsKeyId', 'customSenderKmsKey'],
      },
    ),
    as,
  },
  polling: {
    delivery: 'push',
    caller: 'Cognito invokes the function at the trigger.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One invocation per sign-up, sign-in or message.',
    ordering: 'None between users.',
    retries: 'Cognito waits five seconds and tries three times in total.',
    failure: 'The user sees an error, and the action fails.',
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
  },
} as const;

export type Trigger = keyof typeof triggers;
