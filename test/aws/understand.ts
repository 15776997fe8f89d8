import { randomUUID } from 'node:crypto';
import { signatureOf, type Identities } from './identity.ts';
import { lookedUp } from './lookups.ts';
import { parameters } from './query.ts';
import { routed } from './s3/route.ts';
import type { Request } from './server.ts';
import type { Call } from './wire.ts';

/** What a request asks of which service: by who signed it for what, its form, its path. */
export function understood({ headers, body, method, path, query }: Request, n: number, at: Date, identities: Identities): Call {
  const signature = signatureOf(headers['authorization']);
  const form = /x-www-form-urlencoded/.test(headers['content-type'] ?? '') ? new URLSearchParams(body.toString()) : undefined;
  const service = signature?.service ?? (form ? 'sts' : 's3');
  const { action, params } = form
    ? { action: form.get('Action') ?? '', params: parameters(form) }
    : routed({ headers, body, method, path, query });
  const accessKeyId = signature?.accessKeyId ?? '';
  const call = {
    n,
    service,
    action,
    params,
    region: signature?.region ?? '',
    accessKeyId,
    sessionToken: headers['x-amz-security-token'] ?? '',
    account: identities.of(accessKeyId).account,
    arn: identities.of(accessKeyId).arn,
    requestId: randomUUID(),
    method,
    path,
    query,
    headers,
    body,
    at,
  };
  return form || service === 's3' ? call : { ...call, action: lookedUp(call), params: {} };
}
