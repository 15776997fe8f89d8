/** What AWS publishes about itself, as data made from its own service specification and service authorization reference. */
export interface Catalogue {
  /** The actions of a service by its IAM prefix; `undefined` for a service nobody knows. */
  actions(service: string): ServiceActions | undefined;
  /** A resource type of CloudFormation’s registry. */
  resourceType(type: string): ResourceSpec | undefined;
  /** The types of the service a type names, for “did you mean”. */
  typesLike(type: string): readonly string[];
  /** The prefixes of all services, for “did you mean”. */
  readonly services: readonly string[];
}

/** All of it as one value: where there is no folder to read from service by service. */
export interface WholeCatalogue {
  readonly actions: Readonly<Record<string, ServiceActions>>;
  /** By the middle of their names: `S3` of `AWS::S3::Bucket`. */
  readonly registry: Readonly<Record<string, Readonly<Record<string, ResourceSpec>>>>;
}

export function catalogueOf({ actions, registry }: WholeCatalogue): Catalogue {
  const typesOf = (type: string) => registry[/^AWS::([A-Za-z0-9]+)::/.exec(type)?.[1] ?? ''];
  return {
    actions: (service) => (Object.hasOwn(actions, service) ? actions[service] : undefined),
    resourceType: (type) => {
      const types = typesOf(type);
      return types && Object.hasOwn(types, type) ? types[type] : undefined;
    },
    typesLike: (type) => Object.keys(typesOf(type) ?? {}),
    services: Object.keys(actions).sort(),
  };
}

export interface ServiceActions {
  /** By name: the kinds of resource it takes, with a `?` behind those it can do without; none where it only works on `*`. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** The ARN of each kind of resource, with `${…}` for what varies. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
}

/** A resource type: its properties, its attributes, and the nested types its properties are made of. */
export interface ResourceSpec {
  readonly properties: PropertySpecs;
  readonly attributes: readonly string[];
  /** Those of them that are lists. */
  readonly lists?: readonly string[];
  readonly types: Readonly<Record<string, PropertySpecs>>;
  /** It holds data. */
  readonly stateful?: true;
  /** The property that takes its tags. */
  readonly tags?: string;
}

export type PropertySpecs = Readonly<Record<string, PropertySpec>>;

export interface PropertySpec {
  readonly type: TypeSpec;
  readonly required?: true;
  /** A change makes a new resource: always, or perhaps. */
  readonly replaces?: 'yes' | 'maybe';
}

/** `#Name` is a nested type, a list of one an array of it, `{ enum }` one of some texts, `{ map }` a mapping, `{ any }` one of several. */
export type TypeSpec =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'json'
  | 'tag'
  | `#${string}`
  | readonly [TypeSpec]
  | { readonly enum: readonly string[] }
  | { readonly map: TypeSpec }
  | { readonly any: readonly TypeSpec[] };
