import type { IntrinsicFunction } from 'cloudform-types/types/dataTypes.js';
import type { CloudformProperties } from './generated/properties.ts';
import type { Intrinsic, Value } from './value.ts';

/** A type of resource that eventsystem emits. */
export type ResourceType = keyof CloudformProperties;

/** The properties of a resource: what CloudFormation’s specification says of its type, computed values included. */
export type Properties<T extends ResourceType> = Plain<CloudformProperties[T]>;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** cloudform-types’ declarations as plain JSON: its class of intrinsic functions replaced by ours. */
type Plain<T> =
  IsAny<T> extends true
    ? Value
    : T extends IntrinsicFunction
      ? Intrinsic
      : T extends readonly (infer U)[]
        ? readonly Plain<U>[]
        : T extends string | number | boolean | null | undefined
          ? T
          : T extends object
            ? {
                readonly [K in keyof T]: unknown extends T[K]
                  ? Value
                  : Plain<T[K]> | Intrinsic | (undefined extends T[K] ? undefined : never);
              }
            : T;
