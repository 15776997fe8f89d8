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
  expect(ada.said).toMatchInlineSnapshot(`
    [
      "Speaking to http://127.0.0.1:34985 instead of AWS.",
      "02:18:45  CREATE_IN_PROGRESS    shop-dev (AWS::CloudFormation::Stack): User Initiated",
      "02:18:45  CREATE_IN_PROGRESS    things.Orders  Orders (AWS::SQS::Queue)",
      "02:18:45  CREATE_IN_PROGRESS    things.News  News (AWS::SNS::Topic)",
      "02:18:46  CREATE_IN_PROGRESS    things.Orders  Orders (AWS::SQS::Queue): Resource creation Initiated",
      "02:18:46  CREATE_IN_PROGRESS    things.News  News (AWS::SNS::Topic): Resource creation Initiated",
      "02:18:51  CREATE_COMPLETE       things.News  News (AWS::SNS::Topic)",
      "02:19:50  CREATE_COMPLETE       things.Orders  Orders (AWS::SQS::Queue)",
      "02:19:50  CREATE_COMPLETE       shop-dev (AWS::CloudFormation::Stack)",
      "shop-dev is deployed.",
      "Speaking to http://127.0.0.1:34985 instead of AWS.",
      "Speaking to http://127.0.0.1:34985 instead of AWS.",
      "02:19:50  CREATE_COMPLETE       shop-dev (AWS::CloudFormation::Stack)",
      "02:19:53  UPDATE_IN_PROGRESS    shop-dev (AWS::CloudFormation::Stack): User Initiated",
      "02:19:53  UPDATE_IN_PROGRESS    things.Orders  Orders (AWS::SQS::Queue)",
      "02:20:25  UPDATE_COMPLETE       things.Orders  Orders (AWS::SQS::Queue)",
      "02:20:25  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS  shop-dev (AWS::CloudFormation::Stack)",
      "02:20:26  UPDATE_COMPLETE       shop-dev (AWS::CloudFormation::Stack)",
      "shop-dev is deployed.",
    ]
  `);
});
