import { adoptNamed } from './adopt.ts';
import { tags } from './function.ts';
import { flag, interpolatedText, object, required, text } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';

const parameterOf = (property: string) => `AWS::SSM::Parameter ${property}`;

export const setting = object(
  'A setting in Parameter Store: one to read, a tree of them (`/shop/*`), or one that this system publishes.',
  {
    path: required(
      interpolatedText('Its path: `/shop/limit`, or `/shop/*` for everything below it.', {
        pattern: '^/?[A-Za-z0-9_.$()/-]+(/\\*)?$',
        means: 'a path such as /shop/limit',
        aws: parameterOf('Name'),
        page: `${PAGE}/sysman-paramstore-su-create.html`,
        also: ['Name', 'parameterName', 'ssm'],
      }),
    ),
    secure: flag('A SecureString: functions read its value at run time, and it is in no template.', {
      page: `${PAGE}/sysman-paramstore-securestring.html`,
      also: ['SecureString', 'secureString'],
    }),
    value: interpolatedText('Publishes this value at the path.', { aws: parameterOf('Value'), also: ['Value', 'stringValue'] }),
    description: text('What it is for.', {
      pattern: '^.{0,1024}$',
      means: 'up to 1024 characters',
      aws: parameterOf('Description'),
      also: ['Description'],
    }),
    allowed: text('A regular expression that the value must match.', {
      aws: parameterOf('AllowedPattern'),
      also: ['AllowedPattern', 'allowedPattern'],
    }),
    advanced: flag('Up to 8 KiB, and more parameters, at a cost.', { aws: parameterOf('Tier'), also: ['Tier', 'tier', 'Advanced'] }),
    key: interpolatedText('The ARN of the KMS key that encrypts a secure setting, if it is not AWS’s own.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a KMS key',
      also: ['KeyId', 'encryptionKey'],
    }),
    adopt: adoptNamed('A parameter at this path'),
    tags,
  },
  { id: 'setting', short: { text: 'path' }, aws: 'AWS::SSM::Parameter', page: `${PAGE}/systems-manager-parameter-store.html` },
);
