import { afterEach, describe, expect, test } from 'vitest';
import { plainStyle } from '../../src/compiler/diagnostics/print.ts';
import { colours } from '../../src/cli/terminal.ts';
import { detailsOf } from '../../src/deploy/details.ts';
import { masked } from '../../src/deploy/mask.ts';
import { applySystem, prepareSystem, systemPlanFrom } from '../../src/deploy/siblings/plan-system.ts';
import { printReview } from '../../src/deploy/print-review.ts';
import { Stop } from '../../src/deploy/fault.ts';
import { told } from '../../src/deploy/session.ts';
import { bench, closeAll, expectEnd, expectTold, first, second, rekeyed, shipmentOf, table, type Bench } from './bench.ts';
import { defaults } from './deployer.ts';

afterEach(closeAll);

const changed = (path: string, before: unknown, after: unknown) =>
  detailsOf([
    {
      Target: {
        Attribute: 'Properties',
        Path: `/Properties/${path}`,
        RequiresRecreation: 'Never',
        BeforeValue: typeof before === 'string' ? before : JSON.stringify(before),
        AfterValue: typeof after === 'string' ? after : JSON.stringify(after),
      },
      Evaluation: 'Static',
    },
  ]).map(({ path: at, before: was, after: is }) => [at, was, is]);

describe('what changes', () => {
  test('an item that only moved is no change, one that came is told alone', () => {
    const [a, b, c] = [{ Sid: 'a' }, { Sid: 'b' }, { Sid: 'c' }];
    expect(changed('Statement', [a, b], [c, a, b])).toEqual([['Properties.Statement.0', undefined, '{"Sid":"c"}']]);
    expect(changed('Statement', [a, b], [a, { Sid: 'b', Effect: 'Deny' }])).toEqual([['Properties.Statement.1.Effect', undefined, 'Deny']]);
    expect(changed('Statement', [a, b], [b, a])).toEqual([['Properties.Statement', 'another order', 'this order']]);
  });

  test('what is secret is masked: by its name, as a variable, within JSON, behind a reference', () => {
    expect(changed('MasterUserPassword', 'one', 'two')).toEqual([['Properties.MasterUserPassword', '****', '****']]);
    expect(changed('Environment', { Variables: { LEVEL: 'a' } }, { Variables: { LEVEL: 'b' } })).toEqual([
      ['Properties.Environment.Variables.LEVEL', '****', '****'],
    ]);
    expect(masked('Properties.Environment', '{"Variables":{"LEVEL":"a"}}')).toBe('{"Variables":{"LEVEL":"****"}}');
    expect(masked('Properties.Definition', '{"apiKey":"a","secretArn":"arn:x"}')).toBe('{"apiKey":"****","secretArn":"arn:x"}');
    expect(masked('Properties.Url', 'u:{{resolve:secretsmanager:prod/db:SecretString:password}}@h')).toBe(
      'u:{{resolve:secretsmanager:****}}@h',
    );
  });
});

describe('the printed review', () => {
  const review = async (b: Bench) => {
    await b.ready();
    await b.deploy({}, second);
    const [one] = b.ada.reviews;
    if (!one) throw new Error('There is no review.');
    return one;
  };

  test('has path, line and resource in columns, and colours where they are wanted', async () => {
    const one = await review(await bench());
    expect(printReview(one, { style: plainStyle })).toBe(
      [
        'To be changed: shop-dev',
        '  + things.More    eventsystem.yml:5  queue',
        '  ~ things.Orders  eventsystem.yml:3  queue',
        '      Orders DelaySeconds: nothing → 5',
        '',
      ].join('\n'),
    );
    const coloured = printReview(one, { style: colours });
    expect(coloured.startsWith('\u001B[1mTo be changed: shop-dev\u001B[22m\n')).toBe(true);
  });

  test('fits the terminal', async () => {
    const one = await review(await bench());
    const many = Array.from({ length: 9 }, (_, index) => ({
      ...one.changes[0],
      id: `Q${index}`,
      type: `AWS::Long::NameNumber${index}`,
      path: 'queues.more',
      action: 'add' as const,
    }));
    const lines = printReview({ ...one, changes: many as never }, { style: plainStyle, width: 60 }).split('\n');
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });

  test('nothing that AWS says speaks to the terminal', async () => {
    const one = await review(await bench());
    const printed = printReview({ ...one, warnings: ['\u001B]0;owned\u0007 and \u001B[2J'] }, { style: colours });
    expect(printed).toContain('\u{FFFD}]0;owned\u{FFFD} and \u{FFFD}[2J');
  });
});

describe('a plan in a file', () => {
  const planned = async (b: Bench, destroy: readonly string[]) => {
    await b.ready(shipmentOf({ Data: table() }));
    const options = { ...defaults, destroy, onReview: () => undefined };
    const made = await prepareSystem(await b.ada.session(), [shipmentOf({ Data: rekeyed })], options);
    return systemPlanFrom(JSON.stringify(made?.file), 'plan.json');
  };
  const applied = async (b: Bench, file: ReturnType<typeof systemPlanFrom>, destroy: readonly string[]) => {
    try {
      await told(async () => applySystem(await b.ada.session(), file, { ...defaults, destroy, onReview: () => undefined }));
      return 'done';
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      expectTold(error);
      return error.code;
    }
  };

  test('loses nothing that was not approved by name, neither then nor now', async () => {
    const b = await bench();
    const file = await planned(b, []);
    expect(file).toMatchObject({ destroyed: ['Data'], approved: [] });
    expect(await applied(b, file, [])).toBe('approval-needed');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
    // The plan is still good.
    expect(await applied(b, file, ['Data'])).toBe('done');
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('carries what was approved when it was made', async () => {
    const b = await bench();
    expect(await applied(b, await planned(b, ['Data']), [])).toBe('done');
  });
});

describe('protection', () => {
  const prod = (isProtected: boolean, resources = first.target.template.Resources) =>
    shipmentOf(resources, { stage: 'prod', protected: isProtected });
  const on = (b: Bench, isProtected = true) => ({
    stage: { name: 'prod', protected: isProtected, account: b.aws.account },
    allowEndpoint: true,
  });

  test('is set where CloudFormation sees nothing to change', async () => {
    const b = await bench();
    expectEnd(await b.deploy({}, prod(false), on(b, false)), 'done', b);
    expectEnd(await b.deploy({}, prod(true), on(b)), 'done', b);
    expect(b.aws.stack('shop-dev')).toMatchObject({
      terminationProtection: true,
      policy: expect.stringContaining('LogicalResourceId/Orders'),
    });
  });

  test('is taken away by a deployment, which asks', async () => {
    const b = await bench();
    expectEnd(await b.deploy({}, prod(true), on(b)), 'done', b);
    expectEnd(await b.deploy({ yes: false }, prod(false), on(b, false)), 'approval', b, 'approval-needed');
    expect(b.aws.stack('shop-dev')?.terminationProtection).toBe(true);
    expectEnd(await b.deploy({}, prod(false), on(b, false)), 'done', b);
    expect(b.aws.stack('shop-dev')?.terminationProtection).toBe(false);
    expect(b.ada.said.at(-1)).toContain('no longer protected');
  });

  test('goes with the deployment that replaces what it held, and is shown as opening wider', async () => {
    const b = await bench();
    expectEnd(await b.deploy({}, prod(true, { Data: table() }), on(b)), 'done', b);
    expectEnd(await b.deploy({ destroy: ['Data'] }, prod(false, { Data: rekeyed }), on(b, false)), 'done', b);
    expect(b.ada.reviews.at(-1)?.widenings.map(({ what }) => what)).toContain('is no longer protected from deletion');
    expect(b.aws.stack('shop-dev')?.terminationProtection).toBe(false);
  });

  test('of somebody else is left alone', async () => {
    const b = await bench();
    await b.ready();
    await (await b.ada.session()).changes.protect('shop-dev', true);
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(b.aws.stack('shop-dev')?.terminationProtection).toBe(true);
  });

  test('lets go of what leaves the stack and is retained', async () => {
    const b = await bench();
    const kept = { ...table(), DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    expectEnd(await b.deploy({}, prod(true, { ...first.target.template.Resources, Data: kept }), on(b)), 'done', b);
    expectEnd(await b.deploy({}, prod(true), on(b)), 'done', b);
    expect(b.aws.stack('shop-dev')?.resources.get('Data')?.status ?? 'gone').not.toBe('UPDATE_FAILED');
  });
});
