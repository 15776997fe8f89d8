import { faultsOf } from '../fault.ts';

/** What ends a command where code and templates go. */
export const artifactFaults = faultsOf({
  // Where artifacts go.
  'not-bootstrapped': {
    ends: 'refused',
    message: ({ region, account }: { readonly region: string; readonly account: string }) =>
      `Account ${account} has no place for code in ${region} yet.`,
    why: 'Lambda takes code from a bucket in its own region. One stack per account and region holds it.',
    next: () => 'Run `eventsystem bootstrap` once, or name a bucket of yours: `--artifact-bucket NAME`.',
  },
  'bucket-missing': {
    ends: 'refused',
    message: ({ bucket }: { readonly bucket: string }) => `There is no bucket ${bucket}.`,
    why: 'Code and templates go there before anything is changed.',
    next: () => 'Run `eventsystem bootstrap`.',
  },
  'bucket-elsewhere': {
    ends: 'refused',
    message: ({ bucket, where, region }: { readonly bucket: string; readonly where: string; readonly region: string }) =>
      `The bucket ${bucket} is in ${where}; code for ${region} cannot be taken from there.`,
    why: 'Lambda takes code from a bucket in its own region.',
    next: ({ region }: { readonly region: string }) => `Run \`eventsystem bootstrap --region ${region}\`.`,
  },
  'bucket-of-others': {
    ends: 'credentials',
    message: ({ bucket, account }: { readonly bucket: string; readonly account: string }) =>
      `The bucket ${bucket} is not account ${account}’s, or may not be seen.`,
    why: 'Whoever owns the bucket that code comes from owns the functions. Each call names the account that has to own it.',
    next: () => 'Name another bucket, or run `eventsystem bootstrap`.',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html',
  },
  'bucket-open': {
    ends: 'refused',
    message: ({ bucket }: { readonly bucket: string }) => `The bucket ${bucket} does not block public access.`,
    why: 'It will hold the code of every function.',
    next: () => 'Switch all four blocks on, or run `eventsystem bootstrap`.',
  },
  'bucket-keeps-no-versions': {
    ends: 'refused',
    message: ({ bucket }: { readonly bucket: string }) => `The bucket ${bucket} keeps no versions, so nothing is collected there.`,
    why: 'What is deleted is the version that was marked as unused. Without versions, code that somebody is just deploying again could be deleted instead.',
    next: ({ bucket }: { readonly bucket: string }) =>
      `Switch versioning on: \`aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled\`.`,
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  },
  'artifact-corrupt': {
    ends: 'refused',
    message: ({ key, bucket }: { readonly key: string; readonly bucket: string }) => `s3://${bucket}/${key} is not what its name says.`,
    why: 'Artifacts are named by their digest. Something else under that name was cut off, or put there.',
    next: () => 'Find out who wrote it (CloudTrail), delete it, and deploy again.',
  },
  'artifact-changed': {
    ends: 'refused',
    message: ({ file }: { readonly file: string }) => `${file} is no longer what was compiled.`,
    why: 'The template names the code by its digest. Something changed the file between compiling and uploading.',
    next: () => 'Compile and deploy again.',
  },
  'upload-refused': {
    ends: 'refused',
    message: ({ key, detail }: { readonly key: string; readonly detail: string }) => `S3 does not take ${key}: ${detail}`,
    why: 'Nothing has been changed; what was uploaded before is not uploaded again.',
    next: ({ detail }: { readonly detail: string }) =>
      /kms/i.test(detail)
        ? 'Grant kms:GenerateDataKey and kms:Decrypt on the bucket’s key to the one who deploys.'
        : 'See the bucket’s policy.',
  },
});
