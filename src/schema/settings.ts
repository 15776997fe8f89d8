import { adoptNamed } from './adopt.ts';
import { tags } from './function.ts';
import { flag, interpolatedText, object, required, text } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';

const parameterOf = (property: string) => `AWS::SSM::Parameter ${property}`;

export const setting = object(
  'A setting in Parameter Store: one that is read, a tree of them (`/shop/*`), or one that this system publishes.',
  {
    path: required(
      interpolatedText('Its path: `/shop/limit`, or `/shop/*` for all below.', {
        pattern: '^/?[A-Za-z0-9_.$()/-]+(/\\*)?$',
        means: 'a path such as /shop/limit',
        aws: parameterOf('Name'),
        page: `${PAGE}/sysman-paramstore-su-create.html`,
        also: ['Name', 'parameterName', 'ssm'],
      }),
    ),
    secure: flag('Its value is encrypted: functions read it, and it stands in no template.', {
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
    allowed: text('A regular expression the value must fit.', {
      aws: parameterOf('AllowedPattern'),
      also: ['AllowedPattern', 'allowedPattern'],
    }),
    advanced: flag('Up to 8 KiB, and more parameters. It costs.', { aws: parameterOf('Tier'), also: ['Tier', 'tier', 'Advanced'] }),
    key: interpolatedText('The ARN of the KMS key that encrypts a secure setting, where it is not AWS’s own.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a KMS key',
      also: ['KeyId', 'encryptionKey'],
    }),
    adopt: adoptNamed('A parameter at this path'),
    tags,
  },
  { id: 'setting', short: { text: 'path' }, aws: 'AWS::SSM::Parameter', page: `${PAGE}/systems-manager-parameter-store.html` },
);
