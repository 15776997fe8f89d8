import type { Place } from '../text/source-text.ts';
import type { Address } from './address.ts';
import type { Lifetime } from './lifetimes.ts';
import type { Properties, ResourceType } from './resource-types.ts';
import type { Value } from './value.ts';

/** What constructs become. `emit` folds them into a template. Each part knows the line that asked for it. */
export type Part = Resource | Version | RawResource | Role | Grant | Variable | Output | TemplateParameter | Override;

interface Because {
  /** The line that asked for it. */
  readonly because: Place;
  /** The same as a path in the file: `consumers.settle.from`. */
  readonly path: string;
  /** How long the thing lives that it was made for, where that is not as long as the code. */
  readonly lifetime?: Lifetime;
}

/** A rule of a checker nobody here wrote that this resource breaks on purpose. */
export interface Acceptance {
  readonly rule: string;
  readonly reason: string;
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** One CloudFormation resource. */
export interface Resource<T extends ResourceType = ResourceType> extends Because {
  readonly part: 'resource';
  readonly address: Address<T>;
  readonly properties: Properties<T> | { readonly [name: string]: Value | undefined };
  readonly deletion?: DeletionPolicy;
  /** What becomes of the old one when CloudFormation replaces it. */
  readonly replaced?: 'Delete' | 'Retain' | 'Snapshot';
  readonly dependsOn?: readonly Address[];
  /** Only made where this condition of the template holds. */
  readonly condition?: string;
  /** How CloudFormation changes it: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html */
  readonly updatePolicy?: Value;
  readonly accepted?: readonly Acceptance[];
  /** It exists and is taken into the stack: its primary identifier, by the properties of its type. Nothing in it waits for what the stack makes. */
  readonly adopts?: Readonly<Record<string, Value>>;
}

/**
 * A published version of a function, and the alias that leads to it. It is named by all that the function becomes, its
 * environment and the author’s overrides too, which is known when everything else is: another content, another version.
 */
export interface Version extends Because {
  readonly part: 'version';
  readonly of: Address<'AWS::Lambda::Function'>;
  readonly alias: Address<'AWS::Lambda::Alias'>;
}

/** A resource of the author’s own, as CloudFormation writes it. */
export interface RawResource extends Because {
  readonly part: 'raw';
  readonly id: string;
  readonly body: { readonly [key: string]: Value };
}

/** A service as IAM names it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
export type ServicePrincipal = `${string}.amazonaws.com`;

/** A role that a service takes on. What it may do is said by grants. */
export interface Role extends Because {
  readonly part: 'role';
  readonly address: Address<'AWS::IAM::Role'>;
  readonly service: ServicePrincipal;
  /** Further services that take it on: `edgelambda.amazonaws.com`. */
  readonly also?: readonly ServicePrincipal[];
  readonly trust: { readonly [operator: string]: { readonly [key: string]: Value } };
  readonly condition?: string;
  /** The ARN of the one function that carries it, where its name is fixed: what the function’s code does and what a service does for it are then told apart. */
  readonly carrier?: Value;
}

/** Leave for one role to do these things to these resources, and the reason. */
export interface Grant extends Because {
  readonly part: 'grant';
  readonly to: Address<'AWS::IAM::Role'>;
  /** Allowed, unless it is denied. */
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  /** What the actions are on; `*` only where they take no resource. */
  readonly on: readonly Value[];
  readonly when?: { readonly [operator: string]: { readonly [key: string]: Value } };
  /** Whether the function’s own code uses it, or a service that acts for the function. */
  readonly by: 'code' | 'service';
  /** Lambda does it inside of the function’s sandbox, with its credentials: writing logs and traces. */
  readonly insideSandbox?: true;
  readonly reason: string;
  /** The policy stands by itself: the role must not wait for what it names, or the two would wait for each other. */
  readonly apart?: true;
  readonly accepted?: readonly Acceptance[];
}

/** A variable in the environment of one function. */
export interface Variable extends Because {
  readonly part: 'variable';
  readonly to: Address<'AWS::Lambda::Function'>;
  readonly name: string;
  readonly value: Value;
}

export interface Output extends Because {
  readonly part: 'output';
  readonly name: string;
  readonly value: Value;
}

/** A parameter of the template, as the file declares it. */
export interface TemplateParameter extends Because {
  readonly part: 'parameter';
  readonly name: string;
  readonly body: { readonly [key: string]: Value };
}

/** A patch of the author’s own over what was generated for a path: objects merge, null removes, the rest replaces. */
export interface Override extends Because {
  readonly part: 'override';
  /** The path of the thing whose resources are patched. */
  readonly target: string;
  readonly type: string;
  readonly patch: Value;
}

/** A resource of one type, its properties checked against CloudFormation’s specification by the type checker. */
export function resource<T extends ResourceType>(
  address: Address<T>,
  properties: Properties<T>,
  rest: Omit<Resource<T>, 'part' | 'address' | 'properties'>,
): Resource<T> {
  return { part: 'resource', address, properties, ...rest };
}
