import type { APIGatewayProxyResult } from 'aws-lambda';

/** An answer of a REST API, as JSON. */
export function answer(statusCode: number, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
