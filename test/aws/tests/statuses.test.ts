import { StackStatus } from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { FakeAws } from '../aws.ts';
import { queue } from './clients.ts';

const two = (a = {}, b = {}) => ({ Resources: { A: queue(a), B: { ...queue(b), DependsOn: 'A' } } });
const table = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: { TableName: 'mine', KeySchema: [] } };
const imported = { Resources: { ...two().Resources, T: table } };
const asked = {
  ChangeSetType: 'IMPORT',
  ResourcesToImport: [{ ResourceType: table.Type, LogicalResourceId: 'T', ResourceIdentifier: { TableName: 'mine' } }],
};

/** Every status a stack was in, with its operations run to their ends. */
function statuses(act: (aws: FakeAws) => void): readonly string[] {
  const aws = new FakeAws({});
  act(aws);
  aws.clock.settle();
  return aws.cloud.stacks.flatMap(({ id, status, events }) => [
    status,
    ...events.filter(({ PhysicalResourceId }) => PhysicalResourceId === id).map(({ ResourceStatus }) => String(ResourceStatus)),
  ]);
}

const stories: readonly ((aws: FakeAws) => void)[] = [
  (aws) => void aws.someone.makesChangeSet({ stack: 'shop', template: two() }),
  (aws) => {
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.someone.deploys({ stack: 'shop', template: two({ DelaySeconds: 1 }) });
    aws.someone.deletesStack('shop');
  },
  (aws) => {
    aws.resource('B').fails('CREATE', 'no');
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.someone.makesChangeSet({ stack: 'kept', template: two(), name: 'x' });
    aws.someone.does('ExecuteChangeSet', { StackName: 'kept', ChangeSetName: 'x', DisableRollback: 'true' });
  },
  (aws) => {
    aws.resource('B').fails('CREATE', 'no');
    aws.resource('A').fails('DELETE', 'no');
    aws.someone.deploys({ stack: 'shop', template: two() });
  },
  (aws) => {
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.resource('B').fails('UPDATE', 'no');
    aws.someone.deploys({ stack: 'shop', template: two({ DelaySeconds: 1 }, { DelaySeconds: 1 }) });
    aws.someone.makesChangeSet({ stack: 'shop', template: two({ DelaySeconds: 1 }, { DelaySeconds: 1 }), name: 'x' });
    aws.someone.does('ExecuteChangeSet', { StackName: 'shop', ChangeSetName: 'x', DisableRollback: 'true' });
  },
  (aws) => {
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.resource('B').fails('UPDATE', 'no').fails('ROLLBACK', 'no');
    aws.someone.deploys({ stack: 'shop', template: two({ DelaySeconds: 1 }, { DelaySeconds: 1 }) });
  },
  (aws) => {
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.resource('B').fails('DELETE', 'no');
    aws.someone.deletesStack('shop');
  },
  (aws) => {
    aws.someone.makes('AWS::DynamoDB::Table', 'mine');
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.someone.deploys({ stack: 'shop', template: imported, more: asked });
  },
  (aws) => {
    aws.someone.deploys({ stack: 'shop', template: two() });
    aws.someone.deploys({ stack: 'shop', template: imported, more: asked });
    aws.resource('T').fails('ROLLBACK', 'no');
    aws.someone.deploys({ stack: 'shop', template: imported, more: asked });
  },
];

test('a stack can be in every status there is', () => {
  const seen = new Set(stories.flatMap(statuses));
  expect(Object.values(StackStatus).filter((status) => !seen.has(status))).toEqual([]);
});

test('the same story gives the same ids and times', () => {
  const told = () => {
    const aws = new FakeAws({ start: new Date(0) });
    stories[4]?.(aws);
    aws.clock.settle();
    return JSON.stringify(aws.cloud.stacks.map(({ events }) => events));
  };
  expect(told()).toBe(told());
});
