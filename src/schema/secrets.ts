import { adopt } from './adopt.ts';
import { deletion, kmsKey } from './data.ts';
import { tags } from './function.ts';
import { count, duration, flag, interpolatedText, nameOf, object, or, raw, required, text } from './kit.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide';

const secretOf = (property: string) => `AWS::SecretsManager::Secret ${property}`;

const rotationOf = (property: string) => `AWS::SecretsManager::RotationSchedule ${property}`;

export const secret = object(
  'A secret in Secrets Manager, made up by AWS: nobody need know it, and it stands in no file. It costs $0.40 a month.',
  {
    description: text('What it is for.', {
      pattern: '^.{0,2048}$',
      means: 'up to 2048 characters',
      aws: secretOf('Description'),
      also: ['Description'],
    }),
    generate: object(
      'How it is made up.',
      {
        length: or(count('So many characters.', { from: 8, to: 4096, also: ['PasswordLength', 'passwordLength'] }), 32),
        punctuation: or(flag('With punctuation.', { also: ['ExcludePunctuation', 'excludePunctuation'] }), true),
        exclude: or(text('Without these characters.', { also: ['ExcludeCharacters', 'excludeCharacters'] }), '"\'\\/@`'),
        template: raw('JSON the made-up text becomes a field of, such as `{ user: admin }`.', 'object', {
          also: ['SecretStringTemplate', 'secretStringTemplate'],
        }),
        field: text('The name of that field. `password` unless said otherwise.', {
          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
          means: 'the name of a field',
          also: ['GenerateStringKey', 'generateStringKey'],
        }),
      },
      {
        aws: secretOf('GenerateSecretString'),
        page: `${PAGE}/create_secret.html`,
        also: ['GenerateSecretString', 'generateSecretString'],
      },
    ),
    rotation: object(
      'Another secret from time to time. Secrets Manager calls a function of this system, which has `access: { NAME: rotate }`.',
      {
        function: required(
          nameOf(
            'The function. It is called four times for each rotation: createSecret, setSecret, testSecret, finishSecret.',
            ['functions', 'consumers'],
            {
              aws: rotationOf('RotationLambdaARN'),
              page: `${PAGE}/rotate-secrets_lambda-functions.html`,
              also: ['RotationLambdaARN', 'rotationLambda'],
            },
          ),
        ),
        every: required(
          duration('How often: whole hours up to a day, then whole days.', {
            from: 4 * 3600,
            to: 999 * 86_400,
            examples: ['30 days', '12 hours'],
            aws: rotationOf('RotationRules.ScheduleExpression'),
            also: ['AutomaticallyAfterDays', 'automaticallyAfter', 'ScheduleExpression'],
          }),
        ),
        window: duration('How long after the hour it may begin.', {
          from: 3600,
          to: 86_400,
          examples: ['2 hours'],
          aws: rotationOf('RotationRules.Duration'),
          also: ['Duration'],
        }),
        atOnce: or(
          flag('Also when this is deployed.', {
            aws: rotationOf('RotateImmediatelyOnUpdate'),
            also: ['RotateImmediatelyOnUpdate', 'rotateImmediatelyOnUpdate'],
          }),
          true,
        ),
      },
      {
        aws: 'AWS::SecretsManager::RotationSchedule',
        page: `${PAGE}/rotating-secrets.html`,
        also: ['RotationSchedule', 'RotationRules', 'addRotationSchedule'],
      },
    ),
    key: kmsKey('the secret', secretOf('KmsKeyId')),
    tags,
    ...sharing,
    physicalName: text('The secret’s name in AWS. One is made up without it.', {
      pattern: '^[A-Za-z0-9/_+=.@-]{1,512}$',
      means: 'up to 512 letters, digits and /_+=.@-',
      aws: secretOf('Name'),
      also: ['Name', 'secretName'],
    }),
    existing: interpolatedText('The name or the ARN of a secret that exists, instead of making one.', {
      also: ['arn', 'Arn', 'SecretArn', 'fromSecretCompleteArn', 'fromSecretNameV2'],
    }),
    adopt: adopt('The ARN of a secret', {
      // The six characters at its end are made up by AWS; without them CloudFormation does not find it.
      pattern: '^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:.+-[A-Za-z0-9]{6}$',
      means: 'the whole ARN of a secret, with the six characters at its end',
      examples: ['arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/mail-a1b2c3'],
    }),
    deletion,
  },
  { id: 'secret', empty: true, aws: 'AWS::SecretsManager::Secret', page: `${PAGE}/intro.html` },
);
