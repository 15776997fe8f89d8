import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type ListObjectVersionsOutput,
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

/** The newest version of an object. */
export interface Current extends StoredObject {
  readonly version: string;
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

  /** Size, age and digest of an object; nothing where there is none, or where nobody may know. */
  async head(
    key: string,
  ): Promise<(Omit<StoredObject, 'key'> & { readonly sha256: string | undefined; readonly version: string | undefined }) | undefined> {
    try {
      return await this.#read('HeadObject', async (client, own) => {
        const { ContentLength, ChecksumSHA256, VersionId, LastModified } = await client.send(
          new HeadObjectCommand({ ...own, Key: key, ChecksumMode: 'ENABLED' }),
        );
        return { bytes: ContentLength ?? -1, sha256: ChecksumSHA256, version: VersionId, modified: LastModified };
      });
    } catch (error) {
      // Without the right to list, S3 says 403 for what is not there.
      if (error instanceof AwsFailure && (error.kind === 'missing' || error.kind === 'denied')) return undefined;
      throw error;
    }
  }

  /**
   * Stores what is not there yet, or a new version of what is (`over`); whether somebody else was first. Sent from memory, so that it
   * can be sent again.
   */
  async put(key: string, body: Uint8Array, type: string, encryption: Encryption, over = false): Promise<Stored> {
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
            ...(!over && { IfNoneMatch: '*' }),
            ...(encryption && (encryption.kms === undefined ? { ServerSideEncryption: 'AES256' } : { ServerSideEncryption: 'aws:kms' })),
            ...(encryption?.kms && { SSEKMSKeyId: encryption.kms }),
          }),
          { requestTimeout: this.#aws.timeFor(body.length) },
        );
        if (!tag) throw new Malformed('no tag in the response');
        return { as: 'stored', version };
      });
    } catch (error) {
      if (error instanceof AwsFailure && error.kind === 'precondition') return { as: 'there', version: undefined };
      throw error;
    }
  }

  /** An object’s text; nothing where there is none. */
  async text(key: string): Promise<string | undefined> {
    const bytes = await this.bytes(key);
    return bytes && Buffer.from(bytes).toString('utf8');
  }

  /** What an object holds; nothing where there is none. */
  async bytes(key: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#read('GetObject', async (client, own) => {
        const { Body: body } = await client.send(new GetObjectCommand({ ...own, Key: key }));
        return (await body?.transformToByteArray()) ?? new Uint8Array();
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
    for await (const { Versions: versions = [], DeleteMarkers: markers = [] } of this.#pagesOfVersions(''))
      for (const { Key: key, VersionId: version } of [...versions, ...markers]) if (key) all.push({ key, version });
    return all;
  }

  /** The objects whose keys begin so, each with its newest version; those that a mark of a deletion hides are none. */
  async newest(prefix: string): Promise<readonly Current[]> {
    const all: Current[] = [];
    for await (const { Versions: versions = [] } of this.#pagesOfVersions(prefix))
      for (const { Key: key, VersionId: version, IsLatest: latest, Size: bytes = 0, LastModified: modified } of versions)
        if (key && version && latest) all.push({ key, version, bytes, modified });
    return all;
  }

  async *#pagesOfVersions(prefix: string): AsyncGenerator<ListObjectVersionsOutput> {
    let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (from) {
      const markers: { KeyMarker?: string; VersionIdMarker?: string } = from;
      const page = await this.#read('ListObjectVersions', (client, own) =>
        client.send(new ListObjectVersionsCommand({ ...own, ...markers, ...(prefix !== '' && { Prefix: prefix }) })),
      );
      yield page;
      from =
        page.IsTruncated && page.NextKeyMarker
          ? { KeyMarker: page.NextKeyMarker, ...(page.NextVersionIdMarker && { VersionIdMarker: page.NextVersionIdMarker }) }
          : undefined;
    }
  }

  /** A tag of a version of an object; nothing where it has none of that key, or is gone. */
  async tag({ key, version }: ObjectVersion, name: string): Promise<string | undefined> {
    try {
      const { TagSet: tags = [] } = await this.#read('GetObjectTagging', (client, own) =>
        client.send(new GetObjectTaggingCommand({ ...own, Key: key, VersionId: version })),
      );
      return tags.find(({ Key: one }) => one === name)?.Value;
    } catch (error) {
      if (error instanceof AwsFailure && error.kind === 'missing') return undefined;
      throw error;
    }
  }

  /** Gives a version of an object this tag and no other, or takes its tags. */
  async setTag({ key, version }: ObjectVersion, tag: { readonly Key: string; readonly Value: string } | undefined): Promise<void> {
    await this.#read(tag ? 'PutObjectTagging' : 'DeleteObjectTagging', async (client, own) => {
      const which = { ...own, Key: key, VersionId: version };
      if (tag) await client.send(new PutObjectTaggingCommand({ ...which, Tagging: { TagSet: [tag] } }));
      else await client.send(new DeleteObjectTaggingCommand(which));
    });
  }

  /** Breaks off uploads in parts: one that is completed later would fill the bucket again. */
  async abortUploads(): Promise<void> {
    let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
    while (from) {
      const markers: { KeyMarker?: string; UploadIdMarker?: string } = from;
      const page = await this.#read('ListMultipartUploads', (client, own) =>
        client.send(new ListMultipartUploadsCommand({ ...own, ...markers })),
      );
      for (const { Key: key, UploadId: id } of page.Uploads ?? [])
        await this.#read('AbortMultipartUpload', (client, own) =>
          client.send(new AbortMultipartUploadCommand({ ...own, Key: key, UploadId: id })),
        );
      from =
        page.IsTruncated && page.NextKeyMarker
          ? { KeyMarker: page.NextKeyMarker, ...(page.NextUploadIdMarker && { UploadIdMarker: page.NextUploadIdMarker }) }
          : undefined;
    }
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
