import { parseArgs } from 'node:util';
import { startAws } from './aws.ts';

/** The fake for a person: `node scripts/run.mjs test/aws/serve.ts --port 4570 --speed 30 --bucket artifacts`. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4570' },
      speed: { type: 'string', default: '30' },
      account: { type: 'string', default: '123456789012' },
      region: { type: 'string', default: 'eu-west-1' },
      bucket: { type: 'string', multiple: true, default: [] },
      quiet: { type: 'boolean', default: false },
    },
  });
  const { account, region } = values;
  const aws = await startAws({ port: Number(values.port), account, region, pace: { speed: Number(values.speed) } });
  for (const name of values.bucket) aws.makeBucket({ name, versioning: 'Enabled', lifecycle: true });
  if (!values.quiet)
    aws.calls.onCall = ({ service, action, region: where, params }) =>
      console.log(`${service} ${action} ${where} ${String(params['StackName'] ?? params['Key'] ?? '')}`);
  console.log(`A fake AWS, account ${account}, ${values.speed} times as fast as the real one: ${aws.url}`);
  console.log(`  AWS_ACCESS_KEY_ID=fake AWS_SECRET_ACCESS_KEY=fake eventsystem deploy --region ${region} --endpoint ${aws.url}`);
  await new Promise<void>((stop) => process.once('SIGINT', stop));
  await aws.close();
}
