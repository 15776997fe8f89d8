import { flag, interpolatedText, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html';

const kept = { retain: 'It stays, outside of the stack.', delete: 'It goes.' } as const;

/** What every resource that holds data may say about losing it. */
export const deletion = word('What becomes of the data when the resource leaves the template or the stack is deleted.', kept, {
  aws: 'DeletionPolicy',
  page: PAGE,
  also: ['DeletionPolicy', 'UpdateReplacePolicy', 'removalPolicy', 'retain'],
  usually: 'retain, except when the very creation fails',
});

export const deletionOfDatabase = word(
  'What becomes of the data when the database leaves the template or the stack is deleted.',
  { snapshot: 'A snapshot is taken first.', ...kept },
  { aws: 'DeletionPolicy', page: PAGE, also: ['DeletionPolicy', 'UpdateReplacePolicy', 'removalPolicy', 'retain'], usually: 'snapshot' },
);

export const deletionProtection = flag('AWS refuses to delete it until this is off again. On in protected stages.', {
  also: ['DeletionProtection', 'DeletionProtectionEnabled'],
  usually: 'false (true in a protected stage)',
});

/** A customer-managed key instead of AWS's own. */
export const kmsKey = (of: string, aws: string) =>
  interpolatedText(`The ARN of a KMS key that encrypts ${of}, instead of AWS’s own. A key costs about $1 a month.`, {
    aws,
    pattern: '^(arn:|.*\\$\\().+',
    means: 'the ARN of a KMS key',
    also: ['KmsKeyId', 'KmsKeyArn', 'kmsKeyId', 'kmsKeyArn', 'encryption'],
  });
