import { expect, test } from 'vitest';
import { made } from '../network/compiled.ts';

const written = (stream: string, fn: string, moved: string) => `
streams: { ${stream}: }
consumers: { ${fn}: { handler: src/a.ts, from: { stream: ${stream}, fanOut: enhanced }, access: { ${stream}: write } } }
${moved}`;

/** What CloudFormation compares, without the names that code finds things by. */
function resources(system: string): unknown {
  return JSON.parse(
    JSON.stringify(made(system).template.Resources, (key, value: unknown) =>
      key === 'Metadata' || key === 'Environment' ? undefined : value,
    ),
  );
}

test('what was renamed has the resources it had', () => {
  const before = resources(written('orders', 'settle', ''));
  expect(resources(written('sales', 'settle', 'moved: { streams.orders: streams.sales }'))).toEqual(before);
  expect(resources(written('orders', 'post', 'moved: { functions.settle: consumers.post }'))).toEqual(before);
  expect(
    resources(
      written(
        'sales',
        'post',
        'moved: { streams.orders: streams.events, streams.events: streams.sales, consumers.settle: functions.post }',
      ),
    ),
  ).toEqual(before);
});

test('code finds it by the name it has now', () => {
  const { Resources } = made(written('sales', 'settle', 'moved: { streams.orders: streams.sales }')).template;
  expect(Resources['SettleFunction']?.Properties?.['Environment']).toEqual({ Variables: { STREAM_SALES: { Ref: 'OrdersStream' } } });
});
