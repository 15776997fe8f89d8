import { interpolatedText, list, nameOr } from './kit.ts';
import { NAME } from './names.ts';

interface About {
  readonly aws?: string;
  readonly page: string;
  readonly also: readonly string[];
}

/** A secret that Lambda signs in with, where it reads something that knows nothing of IAM. */
export const signInSecret = (holds: string, { aws, ...about }: About) =>
  nameOr(`The secret with ${holds}: one of \`secrets\`, or the ARN of one.`, ['secrets'], {
    pattern: `^(([A-Za-z]+\\.)?${NAME}|arn:.+|.*\\$\\(.+)$`,
    means: 'the name of a secret, or the ARN of one',
    ...about,
    ...(aws !== undefined && { aws }),
  });

const key = (doc: string) => interpolatedText(doc, { pattern: '^(arn:|.*\\$\\().+', means: 'the ARN of a KMS key' });

/** The key of the one secret there is. */
export const signInKey = (page: string) => ({
  ...key('The ARN of the KMS key that encrypts a secret given by its ARN, if it is not AWS’s own.'),
  page,
  also: ['SecretsManagerKmsKeyId'],
});

/** The keys of several secrets. */
export const signInKeys = (page: string) =>
  list(
    'The ARN of the KMS key that encrypts secrets given by their ARN, if it is not AWS’s own; a list if there are several.',
    key('A key.'),
    {
      single: true,
      min: 1,
      max: 5,
      page,
      also: ['SecretsManagerKmsKeyId', 'secretKey'],
    },
  );
