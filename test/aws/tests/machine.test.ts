import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeAws } from '../aws.ts';
import { hasGone, type Stack } from '../machine/stack.ts';

/** A template of tables and queues that name each other, lower letters first. */
const template = fc
  .dictionary(
    fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    fc.record({ table: fc.boolean(), size: fc.nat(2), needs: fc.subarray(['A', 'B', 'C', 'D']) }),
    { minKeys: 1 },
  )
  .map((resources) => {
    const entries = Object.entries(resources).map(([id, { table, size, needs }]) => {
      const earlier = needs.filter((other) => other < id && other in resources);
      const named = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: `${id}${size}`, KeySchema: [] } };
      const queue = {
        Type: 'AWS::SQS::Queue',
        Properties: { DelaySeconds: size, Tags: earlier.map((other) => ({ Key: other, Value: { Ref: other } })) },
      };
      return [`${id}${table ? 'T' : 'Q'}`, { ...(table ? named : queue), DependsOn: [] as string[] }, earlier] as const;
    });
    const names = new Map(entries.map(([name]) => [name[0] ?? '', name]));
    const fixed = (text: string): string => text.replace(/"Ref":"([A-E])"/g, (_, id: string) => `"Ref":"${names.get(id) ?? id}"`);
    return JSON.parse(
      fixed(JSON.stringify({ Resources: Object.fromEntries(entries.map(([name, resource]) => [name, resource])) })),
    ) as object;
  });

const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('deploys' as const), template, keeps: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('deletes' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancels' as const), template, after: fc.nat(40_000) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('continues' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('fails' as const),
      id: fc.constantFrom('AQ', 'BT', 'CQ', 'DT', 'EQ'),
      verb: fc.constantFrom('CREATE', 'UPDATE', 'ROLLBACK' as const),
    }),
  },
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function perform(aws: FakeAws, one: Act): void {
  const { someone } = aws;
  const stack = someone.stack('shop');
  if (one.does === 'fails') return void aws.resource(one.id).fails(one.verb as 'CREATE', 'scripted', { times: 1 });
  if (one.does === 'deletes') someone.deletesStack('shop');
  else if (one.does === 'continues') {
    if (stack?.status === 'UPDATE_ROLLBACK_FAILED') someone.continuesRollback('shop');
  } else if (
    !stack ||
    /^(REVIEW_IN_PROGRESS|CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status)
  ) {
    const set = someone.makesChangeSet({ stack: 'shop', template: one.template });
    if (set.status !== 'CREATE_COMPLETE') return;
    const keeps = /^(CREATE|UPDATE)_FAILED$/.test(set.stack.status) || (one.does === 'deploys' && one.keeps);
    someone.does('ExecuteChangeSet', { ChangeSetName: set.id, DisableRollback: String(keeps) });
    if (one.does === 'cancels') {
      aws.clock.advance(one.after);
      if (set.stack.status === 'UPDATE_IN_PROGRESS') someone.cancelsUpdate('shop');
    }
  }
  aws.clock.settle();
}

/** The physical ids that the stack says it has, and those that are its own in the world. */
const said = (stack: Stack): readonly string[] =>
  [...stack.resources.values()]
    .filter((one) => one.physicalId !== '' && !hasGone(one))
    .map(({ physicalId }) => physicalId)
    .sort();
const real = (aws: FakeAws, stack: Stack): readonly string[] =>
  aws.cloud.world
    .all()
    .filter(({ stackId }) => stackId === stack.id)
    .map(({ physicalId }) => physicalId)
    .sort();

test('whatever is done, the stack has what it says, and every beginning has an end', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (acts) => {
      const aws = new FakeAws({ start: new Date(0) });
      for (const one of acts) {
        perform(aws, one);
        for (const stack of aws.cloud.stacks) {
          expect(stack.status).toMatch(/_(COMPLETE|FAILED)$|^REVIEW_IN_PROGRESS$/);
          expect(stack.operation).toBeUndefined();
          if (stack.status.endsWith('_COMPLETE')) expect(real(aws, stack)).toEqual(said(stack));
          if (/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status))
            expect([...stack.resources.keys()].sort()).toEqual(Object.keys(stack.made?.template.Resources ?? {}).sort());
          if (stack.gone || stack.status === 'ROLLBACK_COMPLETE') expect(real(aws, stack)).toEqual([]);
          if (!stack.status.endsWith('_COMPLETE')) continue;
          for (const [id, last] of lastEvents(stack))
            expect([id, last]).toEqual([id, expect.stringMatching(/_(COMPLETE|FAILED|SKIPPED)$|^REVIEW/)]);
        }
      }
    }),
    { numRuns: 200 },
  );
});

const lastEvents = (stack: Stack): ReadonlyMap<string, string> =>
  new Map(
    stack.events
      .map(
        (event) =>
          [`${String(event['LogicalResourceId'])} ${String(event['PhysicalResourceId'])}`, String(event['ResourceStatus'])] as const,
      )
      .filter(([id]) => !id.endsWith(' ')),
  );
