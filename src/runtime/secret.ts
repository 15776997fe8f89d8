import { setTimeout as pause } from 'node:timers/promises';
import { type Signing, identity, scope, signature, timestamp } from './signature.ts';

const TARGET = 'secretsmanager.GetSecretValue';
const ATTEMPTS = 3;

/**
 * The text of a secret in Secrets Manager, by its ARN: one signed request, because loading the SDK for it costs
 * more time at a cold start than the request. Throttling and trouble of the service are tried again.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export async function secretText(arn: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const { ok, again, text } = await ask(arn);
    if (ok) return textOf(text);
    if (!again || attempt === ATTEMPTS) throw new Error(`Secrets Manager did not give ${arn}: ${text}`);
    await pause(100 * 2 ** attempt);
  }
}

async function ask(arn: string): Promise<{ readonly ok: boolean; readonly again: boolean; readonly text: string }> {
  // A secret has the region in its ARN: arn:aws:secretsmanager:REGION:…
  const region = arn.split(':')[3] || identity().region;
  const signing: Signing = { ...identity(), region, service: 'secretsmanager', now: new Date() };
  const { accessKeyId, sessionToken } = signing.credentials;
  const host = `secretsmanager.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const body = JSON.stringify({ SecretId: arn });
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-date': timestamp(signing),
    'x-amz-target': TARGET,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  const signed = { ...headers, host };
  const proof = signature({ method: 'POST', path: '/', query: '', headers: signed, body }, signing);
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope(signing)}, SignedHeaders=${Object.keys(signed).sort().join(';')}, Signature=${proof}`;
  try {
    const answer = await fetch(`https://${host}/`, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) });
    const text = await answer.text();
    return { ok: answer.ok, again: answer.status >= 500 || text.includes('Throttling'), text };
  } catch (error) {
    return { ok: false, again: true, text: String(error) };
  }
}

function textOf(answer: string): string {
  const { SecretString } = JSON.parse(answer) as { readonly SecretString?: string };
  if (SecretString === undefined) throw new Error('The secret holds bytes, not text.');
  return SecretString;
}
