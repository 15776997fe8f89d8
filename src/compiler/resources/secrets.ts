import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { arn, ref, text } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { jsonOf } from '../cloud/json.ts';
import { adopting } from './adoption.ts';
import { existing } from './existing.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import { keeping } from './keeping.ts';
import type { Allowance, Context, Meaning, Piece, Statement, Use } from './meaning.ts';
import { rotationParts, verifyRotation } from './rotation.ts';
import { keyOf, usingKey } from './system-key.ts';
import { tagList } from './tags.ts';

type Secret = Thing<'secrets'>;

const secretAddress = ({ name }: Secret): Address<'AWS::SecretsManager::Secret'> =>
  address('AWS::SecretsManager::Secret', { name, word: 'Secret' });

/** What code asks for it by: its ARN, or the name of one that exists. */
function idOf(secret: Secret, context: Context): Piece {
  const found = existing(secret.settings.existing, context);
  return found ? (found.arn ?? found.name) : ref(secretAddress(secret));
}

/** Secrets Manager puts six characters of its own behind a name. https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html */
function secretArn(secret: Secret, context: Context): Piece {
  const found = existing(secret.settings.existing, context);
  return found ? (found.arn ?? arn('secretsmanager', text('secret:', found.name, '-??????'))) : ref(secretAddress(secret));
}

const secretKey = ({ settings }: Secret, context: Context): Piece | undefined => keyOf(settings, settings.key, context);

/** Leave to read it. */
export function secretToRead(secret: Secret, context: Context): readonly Statement[] {
  return [
    { actions: ['secretsmanager:GetSecretValue'], on: [secretArn(secret, context)] },
    ...usingKey(secretKey(secret, context), 'secretsmanager', 'kms:Decrypt'),
  ];
}

/** Leave to change it, a version at a time. https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html */
function rotate(secret: Secret, _: Use, context: Context): Allowance {
  const own = secretArn(secret, context);
  return {
    statements: [
      {
        actions: [
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        on: [own],
      },
      {
        actions: ['secretsmanager:GetRandomPassword'],
        on: ['*'],
        accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'The action takes no resource.' }],
      },
      ...usingKey(secretKey(secret, context), 'secretsmanager', 'kms:Decrypt', 'kms:GenerateDataKey'),
    ],
    variables: [{ name: variableOf('secret', secret.called), value: idOf(secret, context) }],
  };
}

/** Its name, which in the ARN of one that is adopted has six characters of AWS’s behind it. */
function secretNamed({ adopt, physicalName }: Secret['settings'], context: Context): { readonly Name?: Piece } {
  if (!adopt) return physicalName === undefined ? {} : { Name: physicalName };
  const { segments, place } = adopt;
  const last = segments.length - 1;
  const first = segments.findIndex((segment) => typeof segment === 'string' && segment.includes('secret:'));
  const pieces = segments.slice(first).map((segment, index) => {
    if (typeof segment !== 'string') return context.text({ segments: [segment], place });
    const text = index === 0 ? segment.slice(segment.indexOf('secret:') + 'secret:'.length) : segment;
    return first + index === last ? text.replace(/-[A-Za-z0-9]{6}$/, '') : text;
  });
  return { Name: text(...pieces) };
}

const DEFAULTS = { length: 32, punctuation: true, exclude: '"\'\\/@`', template: undefined, field: undefined };

/** A secret. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
export const secrets: Meaning<'secrets'> = {
  service: 'secretsmanager',
  arn: secretArn,
  attributes: { arn: idOf },
  // The schedule of a rotation is a resource of its own, behind the secret and the function that changes it.
  standsAlone: ({ settings }) => settings.rotation !== undefined,
  access: {
    read: (secret: Secret, _: Use, context: Context): Allowance => ({
      statements: secretToRead(secret, context),
      variables: [{ name: variableOf('secret', secret.called), value: idOf(secret, context) }],
    }),
    rotate,
  },
  verify(secret, context, report) {
    verifyExistingSettings(secret, ['key', 'rotation'], report);
    verifyRotation(secret, context, report);
  },

  expand(secret, context) {
    const { settings, path, place: because } = secret;
    if (settings.existing) return rotationParts(secret, idOf(secret, context), secretArn(secret, context), context);
    const key = secretKey(secret, context);
    const { length, punctuation, exclude, template, field } = { ...DEFAULTS, ...settings.generate };
    return [
      resource(
        secretAddress(secret),
        {
          ...secretNamed(settings, context),
          ...(settings.description !== undefined && { Description: settings.description }),
          // One that is adopted has its value. To make one up would overwrite it.
          ...(!settings.adopt && {
            GenerateSecretString: {
              PasswordLength: length,
              ...(exclude !== '' && { ExcludeCharacters: exclude }),
              ...(!punctuation && { ExcludePunctuation: true }),
              ...(template !== undefined && {
                SecretStringTemplate: jsonOf(context.data(template)),
                GenerateStringKey: field ?? 'password',
              }),
            },
          }),
          ...(key !== undefined && { KmsKeyId: key as string }),
          ...tagList(settings.tags, context),
        },
        {
          because,
          path,
          ...adopting(settings, context, (found) => ({ Id: found.arn ?? found.name })),
          ...keeping(settings, context.model),
          ...(!settings.rotation && {
            accepted: [
              { rule: 'AwsSolutions-SMG4', reason: 'What a secret opens decides how it is changed; this system does not know it.' },
            ],
          }),
        },
      ),
      ...rotationParts(secret, idOf(secret, context), secretArn(secret, context), context),
    ];
  },
};
