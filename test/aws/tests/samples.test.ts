import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FakeAws } from '../aws.ts';
import { isTree, type Tree } from '../tree.ts';

const templates = readdirSync('test/samples', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('template.json'))
  .map((path) => join('test/samples', path))
  .concat('examples/shop/expected/template.json')
  .filter((path) => existsSync(path))
  .sort();

const artifacts = (aws: FakeAws, template: Tree): void => {
  for (const resource of Object.values(template['Resources'] as Readonly<Record<string, Tree>>)) {
    const properties = isTree(resource['Properties']) ? resource['Properties'] : {};
    const code = isTree(properties['Code']) ? properties['Code'] : properties['Content'];
    if (!isTree(code) || typeof code['S3Key'] !== 'string') continue;
    const bucket = aws.bucket('artifacts') ?? aws.makeBucket({ name: 'artifacts' });
    bucket.put(code['S3Key'], Buffer.from('zip'), new Date());
  }
};

test('the compiler’s templates are found', () => expect(templates.length).toBeGreaterThan(50));

test.each(templates)('%s becomes a stack, once more nothing, and goes', (path) => {
  const aws = new FakeAws({});
  const template = JSON.parse(readFileSync(path, 'utf8')) as Tree;
  artifacts(aws, template);
  const declared = isTree(template['Parameters']) ? template['Parameters'] : {};
  const parameters = Object.fromEntries(
    Object.entries(declared)
      .filter(([, one]) => isTree(one) && one['Default'] === undefined)
      .map(([name]) => [name, /bucket/i.test(name) ? 'artifacts' : 'value']),
  );
  const stack = aws.someone.deploys({ stack: 'sample', template, parameters });
  expect(
    stack.events
      .filter(({ ResourceStatus }) => String(ResourceStatus).endsWith('FAILED'))
      .map(({ LogicalResourceId, ResourceStatusReason }) => [LogicalResourceId, ResourceStatusReason]),
  ).toEqual([]);
  expect(stack.status).toBe('CREATE_COMPLETE');
  const again = aws.someone.makesChangeSet({ stack: 'sample', template, parameters });
  expect(again.statusReason).toMatch(/didn't contain changes|No updates are to be performed/);
  aws.someone.deletesStack('sample');
  aws.clock.settle();
  const kept = stack.events.filter(
    ({ ResourceStatus, ResourceType }) => ResourceStatus === 'DELETE_FAILED' && ResourceType !== 'AWS::CloudFormation::Stack',
  );
  expect(kept.map(({ ResourceStatusReason }) => String(ResourceStatusReason)).filter((reason) => !/protect/i.test(reason))).toEqual([]);
  expect(stack.status).toBe(kept.length > 0 ? 'DELETE_FAILED' : 'DELETE_COMPLETE');
});
