import { afterEach, beforeEach, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws/aws.ts';
import { deployer, shipmentOf, storyOf } from './deployer.ts';

let aws: FakeAws;
beforeEach(async () => {
  aws = await startAws();
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
});
afterEach(() => aws.close());

const first = { Orders: { Type: 'AWS::SQS::Queue' }, News: { Type: 'AWS::SNS::Topic' } };

test('a system is made, changed, left alone', async () => {
  const ada = deployer(aws);
  const made = await ada.deploy(shipmentOf(first));
  expect(made, storyOf(made, ada)).toMatchObject({
    ends: 'done',
    shipped: { unchanged: false, stack: { StackStatus: 'CREATE_COMPLETE' } },
  });
  const before = aws.calls.all.length;
  expect(await ada.deploy(shipmentOf(first))).toMatchObject({ ends: 'done', shipped: { unchanged: true } });
  expect(aws.calls.all.slice(before).map(({ action }) => action)).toEqual(['GetCallerIdentity', 'DescribeStacks', 'GetTemplate']);
  const changed = await ada.deploy(shipmentOf({ ...first, Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } } }));
  expect(changed).toMatchObject({ ends: 'done', shipped: { unchanged: false, stack: { StackStatus: 'UPDATE_COMPLETE' } } });
  expect(ada.said.at(-1)).toBe('shop-dev is deployed.');
});
