import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { gunzipSync } from 'node:zlib';

export default async ({ awslogs }: CloudWatchLogsEvent): Promise<void> => {
  const { logGroup, logEvents }: CloudWatchLogsDecodedData = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString());
  for (const { message } of logEvents) console.log(`${logGroup}: ${message}`);
};
