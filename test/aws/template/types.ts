import resourceTypes from '../generated/resource-types.json' with { type: 'json' };

interface Described {
  /** The properties or attributes that identify a resource: its primary identifier. */
  readonly id: readonly string[];
  readonly attributes: readonly string[];
  readonly stateful?: boolean;
  /** Marks: `r` required, `c` create-only, `m` create-only under conditions. */
  readonly properties: Readonly<Record<string, string>>;
}

const { services, types }: { readonly services: readonly string[]; readonly types: Readonly<Record<string, Described>> } =
  resourceTypes as unknown as { readonly services: readonly string[]; readonly types: Readonly<Record<string, Described>> };

const NOTHING_KNOWN: Described = { id: [], attributes: [], properties: {} };

/** What the service specification says of a type; nothing for types the fake was not made for. */
export const described = (type: string): Described => types[type] ?? NOTHING_KNOWN;

export const isKnownType = (type: string): boolean => type in types;

/** `Custom::…` is anybody’s; of AWS’s own, the service must exist. */
export const isResourceType = (type: string): boolean =>
  /^Custom::[\w@-]+$/.test(type) || (/^(AWS|Alexa)::\w+::\w+$/.test(type) && services.includes(type.split('::').slice(0, 2).join('::')));

export type Recreation = 'Always' | 'Conditionally' | 'Never';

export function recreation(type: string, property: string): Recreation {
  const marks = described(type).properties[property] ?? '';
  return marks.includes('c') ? 'Always' : marks.includes('m') ? 'Conditionally' : 'Never';
}

export const isCustom = (type: string): boolean => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

export const isNested = (type: string): boolean => type === 'AWS::CloudFormation::Stack';
