import { expect, test } from 'vitest';
import { deployCommands } from '../../src/views/commands.ts';
import { wordOf } from '../../src/views/resource-words.ts';

const manifest = { version: '1', system: 'shop', stage: 'prod', stack: 'shop-prod', assets: [] };

test('a small template goes with the call, a large one over the bucket', () => {
  const system = (templateBytes: number) => deployCommands({ manifest, parameters: ['Key'], templateBytes }, { out: 'out' })[2]?.command;
  expect(system(51_200)).toBe(
    'aws cloudformation deploy --stack-name shop-prod --template-file out/template.json --parameter-overrides ArtifactBucket="$BUCKET" Key=VALUE --capabilities CAPABILITY_IAM',
  );
  expect(system(51_201)).toContain('--s3-bucket "$BUCKET"');
});

test('a folder is one word to the shell, and the region of the file is the region of every command', () => {
  for (const { command } of deployCommands(
    { manifest: { ...manifest, region: 'eu-central-1' }, parameters: [], templateBytes: 1 },
    { out: "it's here" },
  )) {
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
