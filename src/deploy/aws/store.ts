import {
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Connection } from './connect.ts';
import { AwsFailure, Malformed } from './failure.ts';

/** How a bucket encrypts, as uploads must say it where an organisation asks for the header. */
export type Encryption = { readonly kms?: string } | undefined;

/** What became of an object: stored, or there already. */
export interface Stored {
  readonly as: 'stored' | 'there';
  readonly version: string | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modified: Date | undefined;
}

export interface ObjectVersion {
  readonly key: string;
  readonly version: string | undefined;
}

/** A bucket of S3, as deployments use it. Every call names the account that must own it. */
export class Store {
  readonly #aws: Connection;
  readonly #owner: string;
  readonly bucket: string;

  constructor(aws: Connection, bucket: string, owner: string) {
    this.#aws = aws;
    this.bucket = bucket;
    this.#owner = owner;
  }

  /** How often S3 has asked this run to slow down. */
  get slowedDown(): number {
    return this.#aws.call.slowedDown;
  }

  /** Where the bucket is: `us-east-1` has no name of its own, and one of the oldest is called `EU`. */
  location(): Promise<string> {
    return this.#read('GetBucketLocation', async (client, own) => {
      const { LocationConstraint: where } = await client.send(new GetBucketLocationCommand(own));
      return (where as string | undefined) === undefined || where === ('' as typeof where)
        ? 'us-east-1'
        : where === 'EU'
          ? 'eu-west-1'
          : String(where);
    });
  }

  async versioned(): Promise<boolean> {
    return this.#read(
      'GetBucketVersioning',
      async (client, own) => (await client.send(new GetBucketVersioningCommand(own))).Status === 'Enabled',
    );
  }

  async shut(): Promise<boolean> {
    return this.#read('GetPublicAccessBlock', async (client, own) => {
      const { PublicAccessBlockConfiguration: block } = await client.send(new GetPublicAccessBlockCommand(own));
      return block?.BlockPublicAcls === true && block.BlockPublicPolicy === true && block.RestrictPublicBuckets === true;
    });
  }

  async encryption(): Promise<Encryption> {
    return this.#read('GetBucketEncryption', async (client, own) => {
      const { ServerSideEncryptionConfiguration: found } = await client.send(new GetBucketEncryptionCommand(own));
      const rule = found?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
      return rule?.SSEAlgorithm?.startsWith('aws:kms') ? { kms: rule.KMSMasterKeyID ?? '' } : {};
    });
  }

  /** Size and digest of an object; nothing where there is none, or where nobody may know. */
  async head(
    key: string,
  ): Promise<{ readonly bytes: number; readonly sha256: string | undefined; readonly version: string | undefined } | undefined> {
    try {
      return await this.#read('HeadObject', async (client, own) => {
        const { ContentLength, ChecksumSHA256, VersionId } = await client.send(
          new HeadObjectCommand({ ...own, Key: key, ChecksumMode: 'ENABLED' }),
        );
        return { bytes: ContentLength ?? -1, sha256: ChecksumSHA256, version: VersionId };
      });
    } catch (error) {
      // Without the right to list, S3 says 403 for what is not there.
      if (error instanceof AwsFailure && (error.kind === 'missing' || error.kind === 'denied')) return undefined;
      throw error;
    }
  }

  /** Stores what is not there yet; whether somebody else was first. Sent from memory, so that it can be sent again. */
  async put(key: string, body: Uint8Array, type: string, encryption: Encryption): Promise<Stored> {
    const sha256 = createHash('sha256').update(body).digest('base64');
    try {
      return await this.#read('PutObject', async (client, own) => {
        const { ETag: tag, VersionId: version } = await client.send(
          new PutObjectCommand({
            ...own,
            Key: key,
            Body: body,
            ContentType: type,
            ChecksumSHA256: sha256,
            IfNoneMatch: '*',
            ...(encryption && (encryption.kms === undefined ? { ServerSideEncryption: 'AES256' } : { ServerSideEncryption: 'aws:kms' })),
            ...(encryption?.kms && { SSEKMSKeyId: encryption.kms }),
          }),
          { requestTimeout: this.#aws.timeFor(body.length) },
        );
        if (!tag) throw new Malformed('no tag in the answer');
        return { as: 'stored', version };
      });
    } catch (error) {
      if (error instanceof AwsFailure && error.kind === 'precondition') return { as: 'there', version: undefined };
      throw error;
    }
  }

  /** An object’s text; nothing where there is none. */
  async text(key: string): Promise<string | undefined> {
    try {
      return await this.#read('GetObject', async (client, own) => {
        const { Body: body } = await client.send(new GetObjectCommand({ ...own, Key: key }));
        return (await body?.transformToString('utf8')) ?? '';
      });
    } catch (error) {
      if (error instanceof AwsFailure && error.kind === 'missing') return undefined;
      throw error;
    }
  }

  /** All objects whose keys begin so, in the order of their keys. */
  async list(prefix: string): Promise<readonly StoredObject[]> {
    const all: StoredObject[] = [];
    let next: string | undefined;
    do {
      const page = await this.#read('ListObjectsV2', (client, own) =>
        client.send(new ListObjectsV2Command({ ...own, Prefix: prefix, ContinuationToken: next })),
      );
      for (const { Key: key, Size: bytes = 0, LastModified: modified } of page.Contents ?? []) if (key) all.push({ key, bytes, modified });
      next = page.NextContinuationToken;
    } while (next);
    return all;
  }

  /** Every version of every object, and every mark of a deletion. */
  async versions(): Promise<readonly ObjectVersion[]> {
    const all: ObjectVersion[] = [];
    let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (from) {
      const markers: { KeyMarker?: string; VersionIdMarker?: string } = from;
      const page = await this.#read('ListObjectVersions', (client, own) =>
        client.send(new ListObjectVersionsCommand({ ...own, ...markers })),
      );
      for (const { Key: key, VersionId: version } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
        if (key) all.push({ key, version });
      from =
        page.IsTruncated && page.NextKeyMarker
          ? { KeyMarker: page.NextKeyMarker, ...(page.NextVersionIdMarker && { VersionIdMarker: page.NextVersionIdMarker }) }
          : undefined;
    }
    return all;
  }

  /** Deletes at most a thousand; gives those that would not go, with the reason: S3 answers 200 also then. */
  async delete(objects: readonly ObjectVersion[]): Promise<readonly { readonly key: string; readonly reason: string }[]> {
    const { Errors: errors = [] } = await this.#read('DeleteObjects', (client, own) =>
      client.send(
        new DeleteObjectsCommand({
          ...own,
          Delete: { Quiet: true, Objects: objects.map(({ key, version }) => ({ Key: key, ...(version && { VersionId: version }) })) },
        }),
      ),
    );
    return errors.map(({ Key: key = '', Code: code = '', Message: message = '' }) => ({ key, reason: message || code }));
  }

  #read<T>(action: string, send: (client: S3Client, own: { Bucket: string; ExpectedBucketOwner: string }) => Promise<T>): Promise<T> {
    return this.#aws.call.read(`s3:${action}`, () =>
      send(this.#aws.clients().s3, { Bucket: this.bucket, ExpectedBucketOwner: this.#owner }),
    );
  }
}
