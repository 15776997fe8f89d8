import { count, interpolatedText, list, nameOf, required, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const config = (property: string) => `AWS::Cognito::UserPool LambdaConfig.${property}`;

/** The triggers of a pool by our word: the property of `LambdaConfig`, and what it is. */
const triggers = {
  'pre-sign-up': 'Before somebody is signed up: confirms, verifies or refuses them.',
  'post-confirmation': 'After somebody confirmed their account or their new password.',
  'pre-authentication': 'Before somebody signs in: may refuse them.',
  'post-authentication': 'After somebody signed in.',
  'pre-token-generation': 'Before tokens are made: adds and removes claims.',
  'custom-message': 'Before a message is sent: words it.',
  'user-migration': 'When somebody unknown signs in: brings them over from elsewhere.',
  'define-auth-challenge': 'Decides which challenge of your own comes next.',
  'create-auth-challenge': 'Makes that challenge.',
  'verify-auth-challenge': 'Judges the answer to it.',
  'custom-email-sender': 'Sends the e-mails instead of Cognito. Needs `key`.',
  'custom-sms-sender': 'Sends the text messages instead of Cognito. Needs `key`.',
  'inbound-federation': 'When somebody comes from another identity provider: changes what it told of them.',
} as const;

export const userPool = {
  value: nameOf('A user pool made here: Cognito calls the function at a point of its work, and waits for the answer.', 'userPools', {
    aws: 'AWS::Cognito::UserPool LambdaConfig',
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
    also: ['Cognito', 'cognitoUserPool', 'UserPool', 'pool', 'addTrigger', 'LambdaConfig'],
  }),
  options: {
    trigger: required(
      list('At which point: one, or several.', word('A point of its work.', triggers), {
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
      'Of `pre-token-generation`, which event it gets: 1 changes the ID token, 2 also the access token, 3 also the tokens of machines.',
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
      'Of the senders: the ARN of the KMS key that encrypts the codes they get. The function may decrypt with it; whoever deploys needs `kms:CreateGrant` on it.',
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
    caller: 'Cognito calls the function at the point of its work that `trigger` names.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One call for each sign-up, sign-in or message.',
    ordering: 'None between people.',
    retries: 'Cognito waits five seconds and tries three times in all.',
    failure: 'The person sees an error; what they wanted does not happen.',
    page: `${PAGE}/cognito-user-pools-working-with-lambda-triggers.html`,
  },
} as const;

export type Trigger = keyof typeof triggers;
