import { parseDocument, type CollectionTag, type ScalarTag } from 'yaml';
import { isTree, type Tree } from '../tree.ts';
import { validationError } from '../wire.ts';

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Tree;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Tree;
  readonly UpdatePolicy?: Tree;
  readonly CreationPolicy?: Tree;
}

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: string | number;
  readonly NoEcho?: boolean | string;
  readonly Description?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export interface OutputDefinition {
  readonly Value: Tree[string];
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: Tree[string] };
}

/** A template that passed the checks. */
export interface Template {
  readonly Description?: string;
  readonly Metadata?: Tree;
  readonly Transform?: string | readonly string[];
  readonly Parameters: Readonly<Record<string, ParameterDefinition>>;
  readonly Mappings: Tree;
  readonly Conditions: Tree;
  readonly Resources: Readonly<Record<string, ResourceDefinition>>;
  readonly Outputs: Readonly<Record<string, OutputDefinition>>;
}

/** A template’s text as a tree: JSON, or YAML with the short forms of the functions. */
export function parsed(text: string): Tree {
  const tree = text.trimStart().startsWith('{') ? fromJson(text) : fromYaml(text);
  if (!isTree(tree)) throw validationError('Template format error: unsupported structure.');
  return tree;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const before = text.slice(0, at).split('\n');
    throw validationError(
      `Template format error: JSON not well-formed. (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`,
    );
  }
}

function fromYaml(text: string): unknown {
  const document = parseDocument(text, { customTags: SHORT_FORMS, schema: 'yaml-1.1', version: '1.1' });
  const error = document.errors[0];
  if (error)
    throw validationError(
      `Template format error: YAML not well-formed. (line ${error.linePos?.[0].line ?? 1}, column ${error.linePos?.[0].col ?? 1})`,
    );
  return document.toJS();
}

const FUNCTIONS = [
  'Base64',
  'Cidr',
  'And',
  'Equals',
  'FindInMap',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Length',
  'Transform',
  'GetAtt',
];

const named = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

/** `!GetAtt A.B` is `{ Fn::GetAtt: [A, B] }`. */
const written = (name: string, value: unknown): unknown =>
  name === 'GetAtt' && typeof value === 'string' ? [value.slice(0, value.indexOf('.')), value.slice(value.indexOf('.') + 1)] : value;

const SHORT_FORMS = [...FUNCTIONS, 'Ref', 'Condition'].flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (value: string) => ({ [named(name)]: written(name, value) }) } as ScalarTag,
  {
    tag: `!${name}`,
    collection: 'seq',
    resolve: (node: { toJSON(): unknown }) => ({ [named(name)]: node.toJSON() }),
  } as unknown as CollectionTag,
  {
    tag: `!${name}`,
    collection: 'map',
    resolve: (node: { toJSON(): unknown }) => ({ [named(name)]: node.toJSON() }),
  } as unknown as CollectionTag,
]);
