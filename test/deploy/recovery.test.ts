import { afterEach, describe, expect, test } from 'vitest';
import { examineAll } from '../../src/deploy/doctor.ts';
import { Stop } from '../../src/deploy/fault.ts';
import { attach, recover, type RecoverOptions } from '../../src/deploy/recover.ts';
import { told } from '../../src/deploy/session.ts';
import { bench, closeAll, expectEnd, first, second, shipmentOf, type Bench } from './bench.ts';

afterEach(closeAll);

async function ends(work: () => Promise<string>): Promise<string> {
  try {
    return await told(work);
  } catch (error) {
    if (error instanceof Stop) return error.code;
    throw error;
  }
}

const recovering = (b: Bench, more: Partial<RecoverOptions> = {}) =>
  ends(async () => recover(await b.ada.session(), first.target, { skip: [], cancel: false, yes: true, ...more }));

/** An update that failed, and whose taking back failed, too. */
async function stuck(): Promise<Bench> {
  const b = await bench();
  await b.ready();
  b.aws.resource('More').fails('CREATE', 'no').takes(9000);
  b.aws.resource('Orders').fails('ROLLBACK', 'cannot go back').takes(1000);
  expectEnd(await b.deploy({}, second), 'recovery', b);
  expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_ROLLBACK_FAILED');
  return b;
}

describe('recovering', () => {
  test('E11 once what kept it is mended, it goes on going back', async () => {
    const b = await stuck();
    b.aws.resource('Orders').recovers();
    expect(await recovering(b)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('E11 it fails again, and says so', async () => {
    const b = await stuck();
    expect(await recovering(b)).toBe('rollback-failed');
  });

  test('E11 what cannot be taken back is left out', async () => {
    const b = await stuck();
    expect(await recovering(b, { skip: ['Orders'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(b.aws.calls.of('ContinueUpdateRollback')[0]?.params['ResourcesToSkip']).toEqual(['Orders']);
  });

  test('a failure that was left standing is taken back', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').fails('CREATE', 'no');
    expectEnd(await b.deploy({ rollback: false }, second), 'recovery', b, 'left-standing');
    expect(await recovering(b)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('a failure that was left standing can be mended and deployed', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').fails('CREATE', 'no', { times: 1 });
    expectEnd(await b.deploy({ rollback: false }, second), 'recovery', b, 'left-standing');
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(b.aws.calls.of('ExecuteChangeSet').map(({ params }) => params['DisableRollback'])).toEqual(['true', 'true']);
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('a failure that was left standing is no success because CloudFormation sees no change', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').fails('CREATE', 'no', { times: 1 });
    expectEnd(await b.deploy({ rollback: false }, second), 'recovery', b, 'left-standing');
    b.aws.script.changeSetFailures.push(
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    );
    expectEnd(await b.deploy({}, second), 'recovery', b, 'stack-paused');
  });

  test('where nothing is wrong, nothing is done', async () => {
    const b = await bench();
    await b.ready();
    expect(await recovering(b)).toBe('nothing-to-recover');
    expect(b.aws.calls.mutations()).toEqual([]);
  });

  test('a deployment that runs is cancelled, and taken back', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').takes(600_000);
    b.aws.someone.starts({
      stack: 'shop-dev',
      parameters: { ArtifactBucket: 'artifacts' },
      template: second.target.template as never,
      tags: second.target.tags,
    });
    expect(await recovering(b, { cancel: true })).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('attach watches what goes on, and tells how it ended', async () => {
    const b = await bench();
    await b.ready();
    b.aws.someone.starts({ stack: 'shop-dev', parameters: { ArtifactBucket: 'artifacts' }, template: second.target.template as never });
    expect(await ends(async () => attach(await b.ada.session(), first.target))).toBe('UPDATE_COMPLETE');
    expect(await ends(async () => attach(await b.ada.session(), { ...first.target, stack: 'none' }))).toBe('no-stack');
  });

  test('why the last deployment was taken back is told before the next is planned', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').fails('CREATE', 'Queue already exists (Service: Sqs, Status Code: 400)', { times: 1 });
    expectEnd(await b.deploy({}, second), 'rolledBack', b, 'rolled-back');
    b.ada.said.length = 0;
    expectEnd(await b.deploy({}, second), 'done', b);
    const said = b.ada.said.join('\n');
    expect(said).toMatch(
      /The last deployment of shop-dev failed and was rolled back:\n.*eventsystem\.yml:5:3 {2}things\.More\n.*Queue already exists/,
    );
    expect(said.indexOf('The last deployment')).toBeLessThan(said.indexOf('UPDATE_IN_PROGRESS'));
    // That one went well: nothing is told of the one before it.
    b.ada.said.length = 0;
    expectEnd(await b.deploy({ destroy: ['More'] }, first), 'done', b);
    expect(b.ada.said.join()).not.toContain('The last deployment');
  });

  test('a stack whose creation failed is made anew', async () => {
    const b = await bench();
    b.aws.resource('News').fails('CREATE', 'no', { times: 1 });
    expectEnd(await b.deploy(), 'rolledBack', b, 'creation-rolled-back');
    expect(b.aws.stack('shop-dev')?.status).toBe('ROLLBACK_COMPLETE');
    expectEnd(await b.deploy(), 'done', b);
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
  });

  test('a stack whose creation failed and that kept something is asked about', async () => {
    const b = await bench();
    const kept = shipmentOf({ ...first.target.template.Resources, Data: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain' } });
    b.aws.resource('News').fails('CREATE', 'no', { times: 1 }).takes(60_000);
    expectEnd(await b.deploy({}, kept), 'rolledBack', b);
    const left = b.aws.stack('shop-dev')?.resources.get('Data')?.status;
    if (left === 'DELETE_COMPLETE') return;
    expectEnd(await b.deploy({}, kept), 'approval', b, 'stack-left-behind');
    expectEnd(await b.deploy({ recreate: true }, kept), 'done', b);
  });

  test('another’s operation is waited for, as long as was said', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').takes(120_000);
    b.aws.someone.starts({
      stack: 'shop-dev',
      parameters: { ArtifactBucket: 'artifacts' },
      template: {
        Parameters: { ArtifactBucket: { Type: 'String' } },
        Resources: { Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1 } }, News: { Type: 'AWS::SNS::Topic' } },
      },
      tags: first.target.tags,
    });
    expectEnd(await b.deploy({}, second), 'conflict', b, 'stack-busy');
    expectEnd(await b.deploy({ wait: 1 }, second), 'conflict', b, 'stack-busy');
    expectEnd(await b.deploy({ wait: 30 }, second), 'done', b);
  });
});

describe('keeping house', () => {
  test('doctor tells what is wrong, and changes nothing', async () => {
    const b = await bench();
    const checks = await examineAll(await b.ada.session(), undefined);
    expect(Object.fromEntries(checks.map(({ what, state }) => [what, state]))).toMatchObject({
      credentials: 'good',
      region: 'good',
      'artifact bucket': 'bad',
      'API Gateway logging role': 'bad',
    });
    expect(b.aws.calls.mutations()).toEqual([]);
    b.aws.makeBucket({ name: 'open', publicAccessBlock: false });
    const open = await examineAll(await b.ada.session(), 'open');
    expect(open.find(({ what }) => what === 'artifact bucket')).toMatchObject({
      state: 'doubtful',
      says: expect.stringContaining('public access'),
    });
  });
});
