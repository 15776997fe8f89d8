import type { Place } from '../text/source-text.ts';

/**
 * A value, where it was written, and the same for everything in it. A value that was not written itself (a
 * default, the long form of a short one) has the place of what brought it about.
 */
export class Written<T = unknown> {
  readonly value: T;
  readonly place: Place;
  /** Where its key stands. */
  readonly key: Place | undefined;
  readonly parts: ReadonlyMap<string, Written>;
  /** Something in it is wrong and was reported: it can be named, but not looked at further. */
  readonly broken: boolean;

  private constructor(value: T, place: Place, parts: ReadonlyMap<string, Written>, broken: boolean, key?: Place) {
    this.value = value;
    this.place = place;
    this.parts = parts;
    this.broken = broken;
    this.key = key;
  }

  /** One value: also of a text that was read as something with fields. */
  get isLeaf(): boolean {
    return this.parts === none;
  }

  static leaf<T>(value: T, place: Place, broken = false): Written<T> {
    return new Written(value, place, none, broken);
  }

  /** An object of parts; `constants` are in its value without having been written. */
  static record(parts: ReadonlyMap<string, Written>, place: Place, broken = false, constants: object = {}): Written {
    const value: Record<string, unknown> = { ...constants };
    let harmed = broken;
    for (const [key, part] of parts) {
      value[key] = part.value;
      harmed ||= part.broken;
    }
    return new Written<unknown>(value, place, parts, harmed);
  }

  static list(items: readonly Written[], place: Place, broken = false): Written {
    const parts = new Map(items.map((item, index) => [String(index), item]));
    return new Written<unknown>(
      items.map(({ value }) => value),
      place,
      parts,
      broken || items.some((item) => item.broken),
    );
  }

  /** The same under a key. */
  under(key: Place | undefined): Written<T> {
    return new Written(this.value, this.place, this.parts, this.broken, key);
  }

  /** The same with another value: a name replaced by what it names. */
  with<U>(value: U, broken = this.broken): Written<U> {
    return new Written(value, this.place, this.parts, broken, this.key);
  }

  /** A part of it; where it was not written, nothing at the place of the whole. */
  at<K extends Keys<T>>(key: K): Written<Part<T, K>> {
    const part = this.parts.get(String(key)) ?? new Written<unknown>(undefined, this.place, none, false, this.key);
    return part as Written<Part<T, K>>;
  }

  has(key: Keys<T>): boolean {
    return this.parts.has(String(key));
  }

  /** Its parts in the order of their keys. */
  get entries(): readonly (readonly [string, Written<Part<T, Keys<T>>>])[] {
    return [...this.parts] as unknown as readonly (readonly [string, Written<Part<T, Keys<T>>>])[];
  }
}

const none: ReadonlyMap<string, Written> = new Map();

type Keys<T> = T extends readonly unknown[] ? number : T extends object ? keyof T & string : string;

type Part<T, K extends PropertyKey> = T extends readonly (infer U)[]
  ? U
  : T extends object
    ? K extends keyof T
      ? T[K]
      : K extends keyof T & string
        ? T[K]
        : undefined
    : undefined;
