import { functionExtras } from './function-extras.ts';
import { notAdopted } from './adopt.ts';
import { asynchronous } from './async.ts';
import { access, allow } from './access.ts';
import { handler } from './handlers.ts';
import { count, duration, flag, interpolatedText, list, map, Misread, object, or, reading, required, size, text, word } from './kit.ts';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const environment = map(
  'Environment variables, which may contain `$(…)`. Secrets do not belong here: give the function `access` to them.',
  text('A_VARIABLE', {
    pattern: '^[A-Za-z][A-Za-z0-9_]*$',
    means: 'the name of a variable: letters, digits and underscores, starting with a letter',
  }),
  interpolatedText('The variable’s value.'),
  {
    aws: 'AWS::Lambda::Function Environment',
    page: `${LAMBDA}/configuration-envvars.html`,
    also: ['Environment', 'Variables', 'env', 'environmentVariables'],
  },
);

export const tags = map(
  'Tags, on everything that supports tags.',
  text('A tag', {
    pattern: '^(?!aws:)[A-Za-z0-9 _.:/=+@-]{1,128}$',
    means: 'the key of a tag: up to 128 letters, digits, spaces and _.:/=+-@, not starting with aws:',
  }),
  interpolatedText('The tag’s value.'),
  { also: ['Tags', 'stackTags'] },
);

/** A destination outside of AWS and of this system: `internet`, or a port to a range, a security group or a prefix list. */
export interface Egress {
  readonly port: number;
  readonly to: string;
}

const egress = reading<Egress>(
  '`internet` (HTTPS to anywhere, through a NAT), or a port to an address range, a security group or a prefix list.',
  {
    pattern:
      '^(internet|[0-9]{1,5} to ([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-f]{0,4}:[0-9a-f:]*/[0-9]{1,3}|sg-[0-9a-f]{8,17}|pl-[0-9a-f]{8,17}))$',
    means: 'internet, or a port to somewhere, such as 9094 to 10.0.0.0/8',
    examples: ['internet', '9094 to 10.0.0.0/8'],
    read: (written) => {
      if (written === 'internet') return { port: 443, to: '0.0.0.0/0' };
      const [port = '', to = ''] = written.split(' to ');
      return Number(port) >= 1 && Number(port) <= 65_535 ? { port: Number(port), to } : new Misread('A port is a number from 1 to 65535.');
    },
  },
);

export const logSettings = object(
  'The function’s logs.',
  {
    retention: duration('How long logs are kept. 30 days by default; 365 in a protected stage and with `strict: true`.', {
      words: ['forever'],
      from: 86_400,
      to: 3653 * 86_400,
      examples: ['30 days', '90 days'],
      usually: '30 days (365 days in a protected stage and with `strict: true`)',
      aws: 'AWS::Logs::LogGroup RetentionInDays',
      also: ['RetentionInDays', 'logRetentionInDays', 'logRetention'],
    }),
    format: or(
      word(
        'The log format.',
        { json: 'One JSON object per line, with level and request ID.', text: 'As the function printed it.' },
        { aws: 'AWS::Lambda::Function LoggingConfig.LogFormat', also: ['LogFormat', 'loggingFormat', 'logFormat'] },
      ),
      'json',
    ),
    level: or(
      word(
        'The lowest level of the function’s own log lines that is kept. With `format: json`.',
        {
          trace: 'Everything.',
          debug: 'Debug and above.',
          info: 'Information and above.',
          warn: 'Warnings and above.',
          error: 'Errors and above.',
          fatal: 'Only fatal errors.',
        },
        { aws: 'AWS::Lambda::Function LoggingConfig.ApplicationLogLevel', also: ['ApplicationLogLevel', 'applicationLogLevel'] },
      ),
      'info',
    ),
    systemLevel: or(
      word(
        'The lowest level of the Lambda service’s log lines that is kept. With `format: json`.',
        {
          debug: 'Everything, including the start and end of every invocation.',
          info: 'Also a report of every invocation.',
          warn: 'Only problems.',
        },
        { aws: 'AWS::Lambda::Function LoggingConfig.SystemLogLevel', also: ['SystemLogLevel'] },
      ),
      'warn',
    ),
    key: interpolatedText('The ARN of a KMS key that encrypts the log group, instead of CloudWatch’s own.', {
      aws: 'AWS::Logs::LogGroup KmsKeyId',
      also: ['KmsKeyId', 'kmsKeyId'],
    }),
  },
  {
    aws: 'AWS::Logs::LogGroup',
    page: `${LAMBDA}/monitoring-cloudwatchlogs-advanced.html`,
    also: ['LoggingConfig', 'logging'],
    empty: true,
  },
);

/** The settings every function takes, and `defaults`, and an API for the handlers of its routes. */
export const functionSettings = {
  runtime: word(
    'The Lambda runtime. nodejs24.x by default.',
    { 'nodejs24.x': 'Node.js 24.', 'nodejs22.x': 'Node.js 22; handlers may still take a callback.' },
    { aws: 'AWS::Lambda::Function Runtime', page: `${LAMBDA}/lambda-runtimes.html`, also: ['Runtime'], usually: 'nodejs24.x' },
  ),
  architecture: word(
    'The instruction set. arm64 by default, which costs a fifth less; x86_64 at the edge.',
    { arm64: 'AWS Graviton.', x86_64: 'Intel or AMD.' },
    {
      aws: 'AWS::Lambda::Function Architectures',
      page: `${LAMBDA}/foundation-arch.html`,
      also: ['Architectures', 'architectures', 'arch'],
      usually: 'arm64 (x86_64 at the edge)',
    },
  ),
  memory: size('Memory, and CPU in proportion. 512 MiB by default; 128 MiB for viewer events at the edge.', {
    in: 'MiB',
    from: 128,
    to: 10_240,
    examples: ['512 MiB', '1 GiB'],
    aws: 'AWS::Lambda::Function MemorySize',
    page: `${LAMBDA}/configuration-memory.html`,
    also: ['MemorySize', 'memorySize'],
    usually: '512 MiB (128 MiB for viewer events)',
  }),
  timeout: duration('How long one invocation may take. 10 seconds by default; 30 for a consumer, 5 for viewer events at the edge.', {
    from: 1,
    to: 900,
    aws: 'AWS::Lambda::Function Timeout',
    page: `${LAMBDA}/configuration-timeout.html`,
    also: ['Timeout'],
    usually: '10 seconds (30 seconds for a consumer, 5 for viewer events)',
  }),
  environment,
  layers: list(
    'Layers, by version ARN.',
    interpolatedText('The ARN of a layer version.', { pattern: '^(arn:|.*\\$\\().+', means: 'the ARN of a layer version' }),
    {
      max: 5,
      aws: 'AWS::Lambda::Function Layers',
      page: `${LAMBDA}/chapter-layers.html`,
      also: ['Layers'],
    },
  ),
  ephemeralStorage: size('The size of /tmp. 512 MiB by default; more costs extra.', {
    in: 'MiB',
    from: 512,
    to: 10_240,
    examples: ['1 GiB'],
    aws: 'AWS::Lambda::Function EphemeralStorage.Size',
    page: `${LAMBDA}/configuration-ephemeral-storage.html`,
    also: ['EphemeralStorage', 'ephemeralStorageSize'],
  }),
  reservedConcurrency: count('Reserved concurrency: the most environments that run at once, reserved from the account’s pool.', {
    from: 0,
    to: 100_000,
    aws: 'AWS::Lambda::Function ReservedConcurrentExecutions',
    page: `${LAMBDA}/configuration-concurrency.html`,
    also: ['ReservedConcurrentExecutions', 'concurrency'],
  }),
  recursion: word(
    'What Lambda does when the function invokes itself through a queue, a topic or a bucket.',
    { terminate: 'Stops the loop after about 16 rounds.', allow: 'Lets it run.' },
    {
      aws: 'AWS::Lambda::Function RecursiveLoop',
      page: `${LAMBDA}/invocation-recursion.html`,
      also: ['RecursiveLoop', 'recursiveLoop'],
      usually: 'terminate',
    },
  ),
  vpc: flag('Puts the function in the VPC. Access to a database does so automatically.', {
    aws: 'AWS::Lambda::Function VpcConfig',
    page: `${LAMBDA}/configuration-vpc.html`,
    also: ['VpcConfig', 'vpcConfig', 'inVpc'],
  }),
  egress: list('What a function in the VPC may reach that is neither AWS nor part of this system.', egress, {
    single: true,
    aws: 'AWS::EC2::SecurityGroupEgress',
    also: ['SecurityGroupEgress', 'outbound', 'securityGroups'],
  }),
  access,
  allow,
  async: asynchronous,
  files: list(
    'Files to add to the bundle, by pattern: `templates/**`.',
    text('A path in this project; * matches names, ** folders.', {
      pattern: '^[^\\\\]+$',
      means: 'a path in this project',
      file: true,
    }),
    {
      single: true,
      also: ['package', 'patterns', 'include', 'copyFiles'],
    },
  ),
  bundle: object(
    'How the handler is bundled.',
    {
      sdk: flag('Bundles `@aws-sdk/*` instead of using the runtime’s copy: a fixed version, a larger bundle.'),
      external: list(
        'Packages to leave out of the bundle, because a layer has them.',
        text('The name of a package.', { pattern: '^[@a-z0-9._~/*-]+$', means: 'the name of a package' }),
        { single: true, also: ['exclude', 'External', 'externalModules'] },
      ),
      minify: or(flag('Minifies the code. The source map is kept separately.', { also: ['Minify'] }), true),
    },
    { also: ['esbuild', 'BuildProperties', 'bundling', 'build'], empty: true },
  ),
} as const;

/** What a function says of itself alone. */
export const ownSettings = {
  description: interpolatedText('What the function does.', { max: 256, aws: 'AWS::Lambda::Function Description', also: ['Description'] }),
  tracing: flag('Traces invocations with X-Ray. On with `strict: true`.', {
    aws: 'AWS::Lambda::Function TracingConfig.Mode',
    page: `${LAMBDA}/services-xray.html`,
    also: ['Tracing', 'TracingConfig', 'tracing.lambda'],
  }),
  ...functionExtras,
  logs: logSettings,
  key: interpolatedText('The ARN of a KMS key that encrypts the environment.', {
    aws: 'AWS::Lambda::Function KmsKeyArn',
    also: ['KmsKeyArn', 'kmsKeyArn', 'awsKmsKeyArn'],
  }),
  alarms: word('`none`: the `alarms` section does not apply to this function.', { none: 'No alarms.' }, { also: ['Alarms'] }),
  tags,
} as const;

/** What holds where nobody says anything. */
export const builtIn = { runtime: 'nodejs24.x', architecture: 'arm64', memory: 512, recursion: 'terminate' } as const;

export const everySetting = object('The settings of a function.', { ...functionSettings, ...ownSettings });

export const defaults = object('Default settings for all functions.', everySetting.fields, {
  id: 'defaults',
  empty: true,
  also: ['Globals', 'provider', 'globals'],
});

export const declaredFunction = object(
  'A function that is invoked by others: a route, another function, a person.',
  { handler: required(handler), ...functionSettings, ...ownSettings },
  {
    id: 'function',
    without: { adopt: notAdopted.function, from: 'a function that an event source invokes is declared in `consumers`' },
    short: { text: 'handler' },
    function: { handler: 'handler', timeout: 10 },
    aws: 'AWS::Lambda::Function',
    page: `${LAMBDA}/lambda-functions.html`,
  },
);
