import { faultsOf } from '../fault.ts';

/** What ends a command where code and templates go. */
export const artifactFaults = faultsOf({
  // Where artifacts go.
  'not-bootstrapped': {
    ends: 'refused',
    message: ({ region, account }: { readonly region: string; readonly account: string }) =>
      `Account ${account} has no artifact bucket in ${region} yet.`,
    why: 'Lambda reads code from a bucket in its own region. Each account and region needs one.',
    next: () => 'Run `eventsystem bootstrap` once, or use a bucket of your own: `--artifact-bucket NAME`.',
  },
  'bucket-missing': {
    ends: 'refused',
    message: ({ bucket }: { readonly bucket: string }) => `The bucket ${bucket} does not exist.`,
    why: 'Code and templates are uploaded to it before anything is changed.',
    next: () => 'Run `eventsystem bootstrap`.',
  },
  'bucket-elsewhere': {
    ends: 'refused',
    message: ({ bucket, where, region }: { readonly bucket: string; readonly where: string; readonly region: string }) =>
      `The bucket ${bucket} is in ${where}, so it cannot serve code for ${region}.`,
    why: 'Lambda reads code from a bucket in its own region.',
    next: ({ region }: { readonly region: string }) => `Run \`eventsystem bootstrap --region ${region}\`.`,
  },
  'bucket-of-others': {
    ends: 'credentials',
    message: ({ bucket, account }: { readonly bucket: string; readonly account: string }) =>
      `The bucket ${bucket} does not belong to account ${account}, or access to it is denied.`,
    why: 'Whoever owns the artifact bucket controls the functions’ code, so every call names the expected bucket owner.',
    next: () => 'Use another bucket, or run `eventsystem bootstrap`.',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  },
  'bucket-open': {
    ends: 'refused',
    message: ({ bucket }: { readonly bucket: string }) => `The bucket ${bucket} does not block public access.`,
    why: 'It holds the code of every function.',
    next: () => 'Turn on all four Block Public Access settings, or run `eventsystem bootstrap`.',
  },
  'bucket-keeps-no-versions': {
    ends: 'refused',
    message: ({ bucket }: { readonly bucket: string }) => `Versioning is off for the bucket ${bucket}, so \`gc\` deletes nothing there.`,
    why: '`gc` deletes the version that was marked as unused. Without versioning, it could delete code that someone is just deploying again.',
    next: ({ bucket }: { readonly bucket: string }) =>
      `Turn on versioning: \`aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled\`.`,
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  },
  'artifact-corrupt': {
    ends: 'refused',
    message: ({ key, bucket }: { readonly key: string; readonly bucket: string }) =>
      `The content of s3://${bucket}/${key} does not match the digest in its name.`,
    why: 'Artifacts are named by their digest. This one was truncated or replaced.',
    next: () => 'Find out who wrote it (CloudTrail), delete it, and deploy again.',
  },
  'artifact-changed': {
    ends: 'refused',
    message: ({ file }: { readonly file: string }) => `${file} has changed since it was compiled.`,
    why: 'The template names the code by its digest, and the file changed between compiling and uploading.',
    next: () => 'Compile and deploy again.',
  },
  'upload-refused': {
    ends: 'refused',
    message: ({ key, detail }: { readonly key: string; readonly detail: string }) => `S3 rejected ${key}: ${detail}`,
    why: 'Nothing has been changed. Files that are already uploaded are not uploaded again.',
    next: ({ detail }: { readonly detail: string }) =>
      /kms/i.test(detail)
        ? 'Grant the deploying identity kms:GenerateDataKey and kms:Decrypt on the bucket’s key.'
        : 'Check the bucket policy.',
  },
});
