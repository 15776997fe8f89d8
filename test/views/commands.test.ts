import { expect, test } from 'vitest';
import { deployCommands } from '../../src/views/commands.ts';
import { wordOf } from '../../src/views/resource-words.ts';

const manifest = { version: '1', system: 'shop', stage: 'prod', stack: 'shop-prod', assets: [] };
const stack = { name: 'shop-prod', file: 'template.json', parameters: [], from: [], templateBytes: 1 };

test('several stacks go one after the other, and hand over what the next asks for', () => {
  const data = { ...stack, name: 'shop-prod-data', file: 'data.template.json' };
  const commands = deployCommands({ manifest, stacks: [data, { ...stack, from: ['shop-prod-data'] }] }, { out: 'out' });
  expect(commands.slice(2).map(({ command }) => command)).toEqual([
    expect.stringMatching(/^handed\(\) \{ aws cloudformation describe-stacks/),
    expect.stringContaining(
      '--stack-name shop-prod-data --template-file out/data.template.json --parameter-overrides ArtifactBucket="$BUCKET" --cap',
    ),
    `(IFS=$'\\n'; aws cloudformation deploy --stack-name shop-prod --template-file out/template.json --parameter-overrides ArtifactBucket="$BUCKET" $(handed shop-prod-data) --capabilities CAPABILITY_IAM)`,
  ]);
});

test('a small template goes with the call, a large one over the bucket', () => {
  const system = (templateBytes: number) =>
    deployCommands({ manifest, stacks: [{ ...stack, parameters: ['Key'], templateBytes }] }, { out: 'out' })[2]?.command;
  expect(system(51_200)).toBe(
    'aws cloudformation deploy --stack-name shop-prod --template-file out/template.json --parameter-overrides ArtifactBucket="$BUCKET" Key=VALUE --capabilities CAPABILITY_IAM',
  );
  expect(system(51_201)).toContain('--s3-bucket "$BUCKET"');
});

test('a folder is one word to the shell, and the region of the file is the region of every command', () => {
  for (const { command } of deployCommands({ manifest: { ...manifest, region: 'eu-central-1' }, stacks: [stack] }, { out: "it's here" })) {
    expect(command).toMatch(/'it'\\''s here'\//);
    expect(command).toContain('--region eu-central-1');
  }
});

test('resources are called by words', () => {
  expect(
    [
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
      'AWS::EC2::VPC',
      'AWS::RDS::DBSubnetGroup',
      'AWS::SQS::QueuePolicy',
      'AWS::Foo::DBClusterThing',
    ].map(wordOf),
  ).toEqual(['function', 'log group', 'role', 'VPC', 'subnet group', 'queue policy', 'DB cluster thing']);
});
