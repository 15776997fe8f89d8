import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { zipSync } from 'fflate';
import { digestOf, zipOf, type Contents } from '../../src/compiler/bundle/zip.ts';
import type { Store } from '../../src/deploy/aws/store.ts';
import { artifactBucket } from '../../src/deploy/bucket.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { upload } from '../../src/deploy/upload.ts';
import { bench, closeAll, expectEnd, expectUntouched, shipmentOf, type Bench } from './bench.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'eventsystem-artifacts-'))));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(closeAll);

/** A system with so many functions, each with code of its own. */
function withCode(count: number): Shipment {
  const assets = Array.from({ length: count }, (_, index) => {
    const file = join(folder, `${index}.zip`);
    const content = Buffer.from(`zip ${index} of ${count}`);
    writeFileSync(file, content);
    return { key: `assets/${index}-${count}.zip`, file, bytes: content.length, functions: [`functions.f${index}`] };
  });
  const functions = assets.map(({ key }, index) => [`F${index}`, functionOf(key)] as const);
  return { ...shipmentOf({ ...Object.fromEntries(functions), Role: role }), assets };
}

const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  },
};

const functionOf = (key: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: key },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  },
});

const codes = ({ aws }: Bench) =>
  aws.calls
    .of('PutObject')
    .map(({ params }) => String(params['Key']))
    .filter((key) => key.startsWith('assets/'));

/** Section C of deploy.md: S3 and what is stored there. */
describe('artifacts', () => {
  test('code is sent once, and what did not change is not even looked at', async () => {
    const b = await bench();
    await b.ready(withCode(3));
    const changed = withCode(3);
    const more = { ...changed, target: { ...changed.target, tags: { ...changed.target.tags, team: 'a' } } };
    expectEnd(await b.deploy({}, more), 'done', b);
    expect(codes(b)).toEqual([]);
    expect(b.aws.calls.of('HeadObject').filter(({ params }) => String(params['Key']).startsWith('assets/'))).toEqual([]);
  });

  test('the template is brought when all code is there', async () => {
    const b = await bench();
    expectEnd(await b.deploy({}, withCode(20)), 'done', b);
    const keys = b.aws.calls.of('PutObject').map(({ params }) => String(params['Key']));
    const at = keys.findIndex((key) => key.startsWith('templates/'));
    expect(new Set(keys.slice(0, at)).size).toBe(20);
    expect(keys.slice(at).some((key) => key.startsWith('assets/'))).toBe(false);
  });

  test('C1 no bucket', async () => {
    const b = await bench();
    expectEnd(await b.deploy({ bucket: 'nowhere' }), 'refused', b, 'bucket-missing');
    expectUntouched(b);
    const ended = await b.deploy({ bucket: undefined });
    expectEnd(ended, 'refused', b, 'not-bootstrapped');
    expect('stop' in ended && ended.stop.next).toContain('eventsystem bootstrap');
  });

  test('C2 a bucket in another region', async () => {
    const b = await bench();
    b.aws.makeBucket({ name: 'far', region: 'us-west-2' });
    const ended = await b.deploy({ bucket: 'far' });
    expectEnd(ended, 'refused', b, 'bucket-elsewhere');
    expect('stop' in ended && ended.stop.message).toContain('us-west-2');
    expect(codes(b)).toEqual([]);
  });

  test.each([
    ['PermanentRedirect', 301, 'The bucket you are attempting to access must be addressed using the specified endpoint.'],
    ['AuthorizationHeaderMalformed', 400, "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-west-2'"],
  ])('C2 a bucket in another region, where S3 answers %s', async (code, status, message) => {
    const b = await bench();
    const fault = b.aws.fault({
      action: 'GetBucketLocation',
      kind: 'error',
      code,
      status,
      message,
      headers: { 'x-amz-bucket-region': 'us-west-2' },
    });
    const ended = await b.deploy({}, withCode(1));
    expectEnd(ended, 'refused', b, 'bucket-elsewhere');
    expect('stop' in ended && ended.stop.message).toContain('is in us-west-2, so it cannot serve code for eu-west-1');
    expect(fault.hits).toBe(1);
    expect(b.aws.calls.mutations()).toEqual([]);
  });

  test('C3 another account’s bucket', async () => {
    const b = await bench();
    b.aws.makeBucket({ name: 'theirs', owner: '999999999999' });
    expectEnd(await b.deploy({ bucket: 'theirs' }), 'credentials', b, 'bucket-of-others');
    expectUntouched(b);
  });

  test('a bucket that anybody may be let into', async () => {
    const b = await bench();
    b.aws.makeBucket({ name: 'open', publicAccessBlock: false });
    expectEnd(await b.deploy({ bucket: 'open' }), 'refused', b, 'bucket-open');
  });

  test('C4 without the right to list, what is missing is “forbidden”', async () => {
    const b = await bench();
    b.aws.fault({ action: 'HeadObject', kind: 'accessDenied' });
    expectEnd(await b.deploy({}, withCode(2)), 'done', b);
    expect(codes(b).length).toBe(2);
  });

  test.each([
    ['with the same', 'zip 0 of 1', 'done', undefined],
    ['with something else', 'zip X of 1', 'refused', 'artifact-corrupt'],
  ] as const)('C5 somebody else was first, %s', async (_, content, ends, code) => {
    const b = await bench();
    const body = Buffer.from(content);
    const sha256 = createHash('sha256').update(body).digest('base64');
    b.aws.fault({
      action: 'PutObject',
      call: 1,
      kind: 'meanwhile',
      act: ({ params }) => void b.aws.bucket('artifacts')?.put(String(params['Key']), body, b.aws.clock.date(), { checksums: { sha256 } }),
    });
    expectEnd(await b.deploy({}, withCode(1)), ends, b, code);
    // Theirs is the only one: nothing was written over it.
    expect(
      b.aws
        .bucket('artifacts')
        ?.versions.filter(({ key }) => key === 'assets/0-1.zip')
        .map((one) => one.body.toString()),
    ).toEqual([content]);
    if (ends === 'refused') expectUntouched(b);
  });

  test('C6 two at once', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'PutObject',
      call: 1,
      kind: 'error',
      code: 'ConditionalRequestConflict',
      message: 'Another request is running.',
      status: 409,
    });
    expectEnd(await b.deploy({}, withCode(1)), 'done', b);
    expect(codes(b).length).toBe(2);
  });

  test.each([
    ['another size', 'poison that is longer'],
    ['the same size', 'zip X of 1'],
  ])('C7 something else under the name, of %s', async (_, content) => {
    const b = await bench();
    const shipment = withCode(1);
    const body = Buffer.from(content);
    b.aws.bucket('artifacts')?.put(shipment.assets[0]?.key ?? '', body, b.aws.clock.date(), {
      checksums: { sha256: createHash('sha256').update(body).digest('base64') },
    });
    expectEnd(await b.deploy({}, shipment), 'refused', b, 'artifact-corrupt');
    expectUntouched(b);
  });

  test('C8 slow down, ten times', async () => {
    const b = await bench();
    b.aws.fault({ action: 'PutObject', kind: 'throttle', times: 10 });
    expectEnd(await b.deploy({}, withCode(12)), 'done', b);
    expect(new Set(codes(b)).size).toBe(12);
  });

  test('C9 reset within an upload', async () => {
    const b = await bench();
    b.aws.fault({ action: 'PutObject', kind: 'reset', call: 1 });
    expectEnd(await b.deploy({}, withCode(1)), 'done', b);
    expect(codes(b).length).toBe(2);
    expect(b.aws.bucket('artifacts')?.object('assets/0-1.zip')?.body.toString()).toBe('zip 0 of 1');
  });

  test('C10 what arrives is not what was sent', async () => {
    const b = await bench();
    b.aws.fault({ action: 'PutObject', call: 1, kind: 'error', code: 'BadDigest', message: 'The digest did not match.' });
    expectEnd(await b.deploy({}, withCode(1)), 'done', b);
    expect(codes(b).length).toBe(2);
    const more = await bench();
    more.aws.fault({ action: 'PutObject', kind: 'error', code: 'BadDigest', message: 'The digest did not match.' });
    const ended = await more.deploy({}, withCode(1));
    expectEnd(ended, 'refused', more, 'upload-refused');
    expect('stop' in ended && ended.stop.message).toContain('assets/0-1.zip: The digest did not match.');
    expect(codes(more).length).toBe(2);
    expectUntouched(more);
  });

  test('C11 200 with an error in it', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'PutObject',
      call: 1,
      kind: 'reply',
      when: 'before',
      reply: { status: 200, headers: {}, body: '<?xml version="1.0"?><Error><Code>InternalError</Code><Message>no</Message></Error>' },
    });
    expectEnd(await b.deploy({}, withCode(1)), 'done', b);
    expect(codes(b).length).toBe(2);
  });

  test('C12 the key of the bucket is not for us', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'PutObject',
      kind: 'accessDenied',
      message: 'User is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:123456789012:key/k',
    });
    const ended = await b.deploy({}, withCode(1));
    expectEnd(ended, 'refused', b, 'upload-refused');
    expect('stop' in ended && ended.stop.next).toContain('kms:GenerateDataKey');
    expect('stop' in ended && ended.stop.message).toContain('arn:aws:kms:eu-west-1:123456789012:key/k');
    expectUntouched(b);
  });

  test('C13 an organization that wants the header of encryption', async () => {
    const b = await bench();
    b.aws.makeBucket({
      name: 'keyed',
      versioning: 'Enabled',
      encryption: { algorithm: 'aws:kms', keyId: 'arn:aws:kms:eu-west-1:123456789012:key/k' },
    });
    b.aws.fault({
      action: 'PutObject',
      kind: 'accessDenied',
      where: ({ headers }) => headers['x-amz-server-side-encryption'] === undefined,
    });
    expectEnd(await b.deploy({ bucket: 'keyed' }, withCode(1)), 'done', b);
    expect(b.aws.calls.of('PutObject')[0]?.headers['x-amz-server-side-encryption-aws-kms-key-id']).toContain('key/k');
  });

  test('C14 killed while uploading', async () => {
    const b = await bench();
    const shipment = withCode(30);
    b.aws.fault({ action: 'PutObject', call: 12, kind: 'meanwhile', act: () => b.ada.interruption.raise('SIGTERM') });
    expectEnd(await b.deploy({}, shipment), 'terminated', b, 'interrupted');
    // What was under way when the signal came may have arrived.
    const stored = b.aws.bucket('artifacts')?.keys().length ?? 0;
    expect(stored).toBeGreaterThanOrEqual(11);
    expect(stored).toBeLessThan(30);
    expect(b.aws.calls.of('PutObject').some(({ params }) => String(params['Key']).startsWith('templates/'))).toBe(false);
    expectUntouched(b);
    const again = await bench();
    for (const { key, body, at } of b.aws.bucket('artifacts')?.versions ?? []) again.aws.bucket('artifacts')?.put(key, body, at);
    expectEnd(await again.deploy({}, shipment), 'done', again);
    expect(new Set(codes(again)).size).toBe(30 - stored);
  });

  test('C15 CloudFormation may not read the template', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'CreateChangeSet',
      kind: 'error',
      code: 'ValidationError',
      message: 'S3 error: Access Denied For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'template-unreadable');
    expect('stop' in ended && ended.stop.next).toContain('s3:GetObject');
    expect('stop' in ended && ended.stop.why).toMatch(/permissions of the deploying identity, or of the role/);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('C16 the code was gone when it was wanted', async () => {
    const b = await bench();
    b.aws
      .resource('F0')
      .fails('CREATE', 'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.');
    const ended = await b.deploy({}, withCode(1));
    expectEnd(ended, 'rolledBack', b, 'creation-rolled-back');
    expect('stop' in ended && ended.stop.details.join('\n')).toMatch(/no longer in the artifact bucket.*[Dd]eploy/);
    // It is sent anew, and then it is there.
    b.aws.resource('F0').recovers();
    expectEnd(await b.deploy({}, withCode(1)), 'done', b);
  });

  /** A function whose code is packed, and named by what is in it. */
  function packed(text: string, pack: (contents: Contents) => Uint8Array): Shipment {
    const contents = new Map([['index.mjs', new TextEncoder().encode(text)]]);
    const content = pack(contents);
    const file = join(folder, 'packed.zip');
    writeFileSync(file, content);
    const key = `assets/${digestOf(contents)}.zip`;
    return {
      ...shipmentOf({ F: functionOf(key), Role: role }),
      assets: [{ key, file, bytes: content.length, functions: ['functions.f'] }],
    };
  }

  const otherwise = (contents: Contents): Uint8Array => zipSync(Object.fromEntries(contents), { level: 0 });

  test.each([
    ['longer', 'something else that is longer'],
    ['as long as before', undefined],
  ])('F22 the code changed between compiling and uploading, and is %s', async (_, text) => {
    const b = await bench();
    const shipment = packed('export const handler = 1;', zipOf);
    const [{ file, bytes } = { file: '', bytes: 0 }] = shipment.assets;
    writeFileSync(file, text ?? Buffer.alloc(bytes, 'x'));
    const ended = await b.deploy({}, shipment);
    expectEnd(ended, 'refused', b, 'artifact-changed');
    expect('stop' in ended && ended.stop.message).toContain('packed.zip has changed since it was compiled');
    expect(codes(b)).toEqual([]);
    expectUntouched(b);
  });

  test('the same code, packed by another version of Node.js, is the same code', async () => {
    const b = await bench();
    const [here, there] = [packed('export const handler = 1;', zipOf), packed('export const handler = 1;', otherwise)];
    expect(there.assets[0]?.bytes).not.toBe(here.assets[0]?.bytes);
    expectEnd(await b.deploy({}, there), 'done', b);
    packed('export const handler = 1;', zipOf);
    b.aws.calls.clear();
    expectEnd(await b.deploy({}, { ...here, target: { ...here.target, stack: 'shop-dev' } }), 'done', b);
    // Another stack, which does not know the code yet.
    const run = await b.ada.session();
    const store = await artifactBucket(run, 'artifacts');
    expect(await upload(store as Store, here.assets, new Set(), run.world)).toEqual({ sent: 0, bytes: 0 });
    expect(codes(b)).toEqual([]);
  });
});
