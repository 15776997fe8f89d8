import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AwsFailure } from './aws/failure.ts';
import type { Encryption, Store, Stored } from './aws/store.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { holdsItsName } from './packed.ts';
import { interrupted } from './told.ts';
import type { Asset } from './shipment.ts';
import { living, type Clock, type World } from './world.ts';

const AT_ONCE = 8;

/**
 * What has lain so long may be marked as unused, and be deleted by `gc` at any moment: it is sent anew, and `gc` deletes the version
 * that it marked, never this one. Nothing is deleted that is younger than 37 days, so that no clock has to be right.
 */
const OLD = 30 * 86_400_000;

/** Whether an object may be deleted while it is looked at. */
function mayGo(modified: Date | undefined, clock: Pick<Clock, 'now'>): boolean {
  return modified === undefined || clock.now() - modified.getTime() > OLD;
}

/** What was sent, and what was there. */
export interface Uploaded {
  readonly sent: number;
  readonly bytes: number;
}

/**
 * Brings code into the bucket. What is there under its digest is looked at and not sent again; what a stack uses already is not even
 * looked at. Something else under that name ends the deployment.
 */
export async function upload(store: Store, assets: readonly Asset[], known: ReadonlySet<string>, world: World): Promise<Uploaded> {
  const waiting = assets.filter(({ key }) => !known.has(key));
  if (waiting.length === 0) return { sent: 0, bytes: 0 };
  const encryption = await encryptionOf(store);
  const all = waiting.length;
  let [sent, bytes, done] = [0, 0, 0];
  const next = async (_: unknown, lane: number): Promise<void> => {
    // Each time S3 asks to slow down, half of the lanes end.
    for (let one = waiting.shift(); one; one = lane < AT_ONCE / 2 ** store.slowedDown || lane === 0 ? waiting.shift() : undefined) {
      if (world.interruption.count > 0) throw interrupted(world.interruption);
      const content = asCompiled(one);
      const bringing = { encryption, clock: world.clock, again: () => asCompiled(one) };
      if ((await bring(store, one.key, content, 'application/zip', bringing)).as === 'stored') {
        sent++;
        bytes += content.length;
      }
      done++;
    }
  };
  const lanes = () => Promise.all(Array.from({ length: Math.min(AT_ONCE, all) }, next));
  try {
    await living(world.operator, () => [`Uploading code: ${done} of ${all}`], lanes);
  } finally {
    // What one lane died of, the others need not find out.
    waiting.length = 0;
  }
  return { sent, bytes };
}

/** The code as it lies on the disk, if that is still what the template names. */
function asCompiled({ file, key, bytes }: Asset): Uint8Array {
  const content = readFileSync(file);
  if (content.length !== bytes || holdsItsName(key, content) === false) throw stop(faults['artifact-changed'], { file });
  return content;
}

interface Bringing {
  readonly encryption: Encryption;
  readonly clock: Pick<Clock, 'now'>;
  /** Reads the content once more, where what arrived is not what was sent. */
  readonly again?: () => Uint8Array;
}

/** Brings one object into the bucket: whether it had to be sent, and its version. */
export async function bring(store: Store, key: string, content: Uint8Array, type: string, bringing: Bringing): Promise<Stored> {
  const { encryption, clock, again } = bringing;
  const already = await foundThere(store, key, content);
  if (already && !mayGo(already.modified, clock)) return { as: 'there', version: already.version };
  try {
    const stored = await store.put(key, content, type, encryption, already !== undefined);
    if (stored.as === 'stored') return stored;
    // Somebody else was first: what they sent has to be the same.
    const theirs = await foundThere(store, key, content);
    return { as: 'there', version: theirs?.version };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    // Once more, from the disk: memory or the way may have harmed it.
    if (error.kind === 'digest' && again) return bring(store, key, again(), type, { encryption, clock });
    if (error.kind === 'digest' || error.kind === 'denied' || error.kind === 'other')
      throw stop(faults['upload-refused'], { key, detail: error.message }, { failure: error });
    throw error;
  }
}

/** What is there under the key, if it is the same; ends where it is something else. */
async function foundThere(
  store: Store,
  key: string,
  content: Uint8Array,
): Promise<{ readonly version: string | undefined; readonly modified: Date | undefined } | undefined> {
  const there = await store.head(key);
  if (!there) return undefined;
  const sha256 = createHash('sha256').update(content).digest('base64');
  // An object without a checksum was stored by another tool; its size is all there is to go by.
  const isSame = there.bytes === content.length && (there.sha256 === undefined || there.sha256 === sha256);
  // The same files can be packed into other bytes, by another version of Node.js: then they are looked into.
  if (isSame || holdsItsName(key, (await store.bytes(key)) ?? new Uint8Array()) === true) return there;
  throw stop(faults['artifact-corrupt'], { key, bucket: store.bucket });
}

/** Makes an object that is there, and that nothing may have used for long, as good as new. Whether it is there. */
export async function keepFor(store: Store, key: string, clock: Pick<Clock, 'now'>): Promise<boolean> {
  const there = await store.head(key);
  if (!there) return false;
  if (!mayGo(there.modified, clock)) return true;
  const content = await store.bytes(key);
  if (!content) return false;
  await store.put(key, content, key.endsWith('.json') ? 'application/json' : 'application/zip', await encryptionOf(store), true);
  return true;
}

/** What uploads have to say of encryption; nothing where the bucket may not be asked. */
export async function encryptionOf(store: Store): Promise<Encryption> {
  try {
    return await store.encryption();
  } catch (error) {
    if (error instanceof AwsFailure) return undefined;
    throw error;
  }
}
