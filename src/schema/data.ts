import { flag, interpolatedText, word } from './kit.ts';

/** What every resource that holds data may say about losing it. */
export const keeping = {
  deletion: word(
    'What becomes of the data when the resource leaves the template or the stack is deleted.',
    { retain: 'It stays, outside of the stack.', snapshot: 'A snapshot is taken first (databases).', delete: 'It goes.' },
    {
      aws: 'DeletionPolicy',
      page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html',
      also: ['DeletionPolicy', 'UpdateReplacePolicy', 'removalPolicy', 'retain'],
      usually: 'databases: snapshot; else retain, except when the very creation fails',
    },
  ),
  deletionProtection: flag('AWS refuses to delete it until this is off again. On in protected stages.', {
    also: ['DeletionProtection', 'DeletionProtectionEnabled'],
    usually: 'false (true in a protected stage)',
  }),
} as const;

/** A customer-managed key instead of AWS's own. */
export const kmsKey = (of: string, aws: string) =>
  interpolatedText(`The ARN of a KMS key that encrypts ${of}, instead of AWS’s own. A key costs about $1 a month.`, {
    aws,
    pattern: '^(arn:|.*\\$\\().+',
    means: 'the ARN of a KMS key',
    also: ['KmsKeyId', 'KmsKeyArn', 'kmsKeyId', 'kmsKeyArn', 'encryption'],
  });
