import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';

export default async (event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> => ({
  statusCode: 200,
  headers: { 'content-type': 'text/html', 'cache-control': 'max-age=60' },
  body: `<title>${event.rawPath.replace(/[^a-z/]/g, '')}</title>`,
});
