import { flag, interpolatedText, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html';

const kept = { retain: 'It is kept, outside the stack.', delete: 'It is deleted.' } as const;

/** What every resource that holds data may say about losing it. */
export const deletion = word('What happens to the data when the resource is removed from the template or the stack is deleted.', kept, {
  aws: 'DeletionPolicy',
  page: PAGE,
  also: ['DeletionPolicy', 'UpdateReplacePolicy', 'removalPolicy', 'retain'],
  usually: 'retain, except when its creation fails',
});

export const deletionOfDatabase = word(
  'What happens to the data when the database is removed from the template or the stack is deleted.',
  { snapshot: 'A snapshot is taken first.', ...kept },
  { aws: 'DeletionPolicy', page: PAGE, also: ['DeletionPolicy', 'UpdateReplacePolicy', 'removalPolicy', 'retain'], usually: 'snapshot' },
);

export const deletionProtection = flag('AWS refuses to delete it while this is on. On in protected stages.', {
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
