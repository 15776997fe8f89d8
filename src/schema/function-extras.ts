import { count, duration, flag, interpolatedText, list, object, required, text, word } from './kit.ts';
import { release } from './release.ts';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';

const fn = (property: string) => `AWS::Lambda::Function ${property}`;

const arnOf = (doc: string, what: string, also: readonly string[]) =>
  interpolatedText(doc, { pattern: '^(arn:|.*\\$\\().+', means: `the ARN of ${what}`, also });

/** Settings few functions have. */
export const functionExtras = {
  release,
  provisionedConcurrency: count('Environments that are always initialized. Billed by the hour, used or not.', {
    from: 1,
    to: 100_000,
    aws: 'AWS::Lambda::Alias ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions',
    page: `${LAMBDA}/provisioned-concurrency.html`,
    also: ['ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions', 'provisionedConcurrentExecutions'],
  }),
  snapStart: flag('Starts from a snapshot of the initialized function. For Java, Python and .NET, not for Node.js.', {
    aws: fn('SnapStart.ApplyOn'),
    page: `${LAMBDA}/snapstart.html`,
    also: ['SnapStart', 'snapstart'],
  }),
  fileSystems: list(
    'EFS file systems that the function mounts. It must be in the VPC, with `egress: 2049 to RANGE` to reach them.',
    object('A file system.', {
      fileSystem: required(arnOf('The ARN of the file system.', 'a file system', ['FileSystemArn'])),
      accessPoint: required(arnOf('The ARN of its access point.', 'an access point', ['Arn', 'AccessPointArn'])),
      path: required(
        text('Where it is mounted: /mnt/NAME.', {
          pattern: '^/mnt/[A-Za-z0-9_.-]{1,155}$',
          means: 'a path such as /mnt/data',
          also: ['LocalMountPath', 'localMountPath'],
        }),
      ),
      write: flag('Whether the function may also write.'),
    }),
    {
      single: true,
      min: 1,
      max: 1,
      aws: fn('FileSystemConfigs'),
      page: `${LAMBDA}/configuration-filesystem.html`,
      also: ['FileSystemConfigs', 'fileSystemConfig', 'filesystem', 'efs'],
    },
  ),
  codeSigning: interpolatedText('The ARN of an existing code signing configuration: only signed code is accepted.', {
    pattern: '^(arn:|.*\\$\\().+',
    means: 'the ARN of a code signing configuration',
    aws: fn('CodeSigningConfigArn'),
    page: `${LAMBDA}/configuration-codesigning.html`,
    also: ['CodeSigningConfigArn', 'codeSigningConfig'],
  }),
  durable: object(
    'A durable function: it resumes where it stopped, for up to a year. It cannot be turned on later.',
    {
      timeout: required(
        duration('How long one execution may take in total.', {
          from: 1,
          to: 31_622_400,
          examples: ['1 day'],
          also: ['ExecutionTimeout', 'executionTimeout'],
        }),
      ),
      retention: duration('How long the history of an execution is kept.', {
        from: 86_400,
        to: 90 * 86_400,
        examples: ['14 days'],
        also: ['RetentionPeriodInDays', 'retentionPeriod'],
      }),
    },
    { aws: fn('DurableConfig'), page: `${LAMBDA}/durable-functions.html`, also: ['DurableConfig', 'durableConfig'] },
  ),
  tenancy: word(
    'Whether tenants share execution environments. It cannot be changed later.',
    { 'per-tenant': 'Each tenant has environments of its own.' },
    { aws: fn('TenancyConfig'), page: `${LAMBDA}/tenant-isolation.html`, also: ['TenancyConfig', 'TenantIsolationMode', 'tenancyConfig'] },
  ),
} as const;
