import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import type { Template, TemplateResource } from '../src/compiler/emit/emit.ts';
import { violations } from '../src/compiler/emit/registry.ts';

/** Every template of samples and examples, held against what AWS publishes about itself. */
const templates = ['test/samples', 'examples']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => /expected\/(.*\/)?template\.json$/.test(path) && !path.includes('node_modules'))
  .map((path) => ({ path, template: JSON.parse(readFileSync(path, 'utf8')) as Template }));

const catalogue = installedCatalogue('dist/catalogue');
const database = loadAwsServiceSpecSync();

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

test('there are templates', () => {
  expect(templates.length).toBeGreaterThan(15);
});

describe.each(templates)('$path', ({ template }) => {
  const resources = Object.entries(template.Resources);
  const of = (type: string): readonly (readonly [string, TemplateResource])[] => resources.filter(([, one]) => one.Type === type);

  test('every type, property and allowed value is in CloudFormation’s specification', () => {
    for (const [id, one] of resources) {
      expect(database.lookup('resource', 'cloudFormationType', 'equals', one.Type).length, one.Type).toBe(1);
      // What a custom resource is given is its own affair.
      if (one.Type === 'AWS::CloudFormation::CustomResource') continue;
      expect({ id, wrong: violations(one.Type, one.Properties ?? {}, catalogue) }).toEqual({ id, wrong: [] });
    }
  });

  test('every attribute asked for exists, and every reference leads somewhere', () => {
    const known = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {})]);
    for (const [id, attribute] of asked({ Resources: template.Resources, Outputs: template.Outputs })) {
      if (id.startsWith('AWS::')) continue;
      expect(known.has(id), id).toBe(true);
      const type = template.Resources[id]?.Type;
      if (attribute === undefined || type === undefined || type === 'AWS::CloudFormation::CustomResource') continue;
      const [spec] = database.lookup('resource', 'cloudFormationType', 'equals', type);
      expect({ type, attribute, known: Object.keys(spec?.attributes ?? {}).includes(attribute) }).toEqual({ type, attribute, known: true });
    }
  });

  test('every action of a role exists, and is given resources it takes', () => {
    for (const [id, one] of [...of('AWS::IAM::Role'), ...of('AWS::IAM::Policy')]) {
      for (const statement of statementsOf(one)) {
        for (const action of [statement.Action].flat()) {
          const [service = '', name = ''] = action.split(':');
          const kinds = catalogue.actions(service)?.actions[name];
          expect({ id, action, exists: kinds !== undefined }).toEqual({ id, action, exists: true });
          const everything = JSON.stringify(statement.Resource) === '["*"]';
          // Lambda’s own check for network interfaces is on *, and a Deny may be as wide as it likes; a phone number is no topic.
          const excepted = service === 'ec2' || id === 'ApiGatewayLogsRole' || (action === 'sns:Publish' && id.endsWith('PoolSmsRole'));
          if (everything && statement.Effect === 'Allow' && !excepted)
            expect({ id, action, kinds: kinds?.filter((kind) => !kind.endsWith('?')) }).toEqual({ id, action, kinds: [] });
        }
      }
    }
  });

  test('every action is given resources of a kind it takes', () => {
    for (const [id, one] of [...of('AWS::IAM::Role'), ...of('AWS::IAM::Policy')]) {
      for (const { Action, Resource } of statementsOf(one)) {
        for (const resource of [Resource].flat()) {
          const fits = [Action].flat().filter((action) => !takes(action, resource, template));
          expect({ id, resource, unfit: fits }).toEqual({ id, resource, unfit: [] });
        }
      }
    }
  });

  test('no role has a managed policy, and none lets anything be done to everything that takes a resource', () => {
    for (const [, one] of of('AWS::IAM::Role')) expect(one.Properties).not.toHaveProperty('ManagedPolicyArns');
    for (const [id, one] of [...of('AWS::IAM::Role'), ...of('AWS::IAM::Policy')]) {
      for (const { Action } of statementsOf(one))
        expect({ id, wild: [Action].flat().some((action) => action.includes('*')) }).toEqual({ id, wild: false });
    }
  });

  test('a service may only call or act for what is ours: each permission is pinned to its source', () => {
    // A function’s own address is called by accounts, or by everybody where the line says so, and the function through it alone.
    const pins = ['SourceArn', 'SourceAccount', 'EventSourceToken', 'PrincipalOrgID', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'];
    for (const [id, { Properties = {} }] of of('AWS::Lambda::Permission'))
      expect({ id, pinned: pins.some((pin) => pin in Properties) }).toEqual({ id, pinned: true });
    for (const [id, { Properties }] of of('AWS::IAM::Role')) {
      const trust = ((Properties ?? {})['AssumeRolePolicyDocument'] as unknown as { readonly Statement: readonly Statement[] }).Statement;
      for (const { Principal, Condition } of trust) {
        // AWS documents no condition for these: docs/verify.md.
        if (/"(apigateway|rds|edgelambda)\.amazonaws\.com"/.test(JSON.stringify(Principal))) continue;
        expect({ id, condition: JSON.stringify(Condition ?? {}) }).toEqual({
          id,
          condition: expect.stringMatching(/aws:Source(Account|Arn)/),
        });
      }
    }
  });

  test('every resource says which line of the file asked for it', () => {
    for (const [id, one] of resources)
      expect({ id, path: one.Metadata?.eventsystem.path }).toEqual({ id, path: expect.stringMatching(/^[a-zA-Z]/) });
  });

  test('no database is public, and every one is encrypted', () => {
    for (const [id, { Properties }] of of('AWS::RDS::DBInstance')) {
      expect({ id, public: Properties?.['PubliclyAccessible'] }).toEqual({ id, public: false });
      if (Properties?.['DBClusterIdentifier'] === undefined)
        expect({ id, encrypted: Properties?.['StorageEncrypted'] }).toEqual({ id, encrypted: true });
    }
    for (const [id, { Properties }] of of('AWS::RDS::DBCluster'))
      expect({ id, encrypted: Properties?.['StorageEncrypted'] }).toEqual({ id, encrypted: true });
  });
});

function statementsOf({ Properties }: TemplateResource): readonly Statement[] {
  const policies = (Properties?.['Policies'] ?? [Properties]) as unknown as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Whether an action takes a resource: by the forms of ARNs AWS publishes for it, or by the service of the type it is an attribute of. */
function takes(action: string, resource: unknown, { Resources }: Template): boolean {
  const [service = '', name = ''] = action.split(':');
  const known = catalogue.actions(service);
  const formats = (known?.actions[name] ?? []).flatMap((kind) => known?.resources[kind.replace('?', '')] ?? []);
  if (typeof resource === 'string' && (resource === '*' || resource.startsWith('arn:')))
    return resource === '*' || formats.some((format) => fits(format, resource));
  if (typeof resource !== 'object' || resource === null) return false;
  if ('Fn::Sub' in resource && String(resource['Fn::Sub']).startsWith('arn:'))
    return formats.some((format) => fits(format, String(resource['Fn::Sub']).replace(/\$\{[^}]*\}/g, 'x')));
  const attribute = 'Fn::GetAtt' in resource && Array.isArray(resource['Fn::GetAtt']) ? resource['Fn::GetAtt'] : undefined;
  const id = attribute
    ? String(attribute[0])
    : 'Ref' in resource
      ? String(resource.Ref)
      : (/\$\{([A-Za-z0-9]+)/.exec(JSON.stringify(resource))?.[1] ?? '');
  const type = Resources[id]?.Type.split('::')[1]?.toLowerCase() ?? '';
  // The secret of a database’s master is an attribute of the database.
  // Step Functions calls its actions `states`.
  // Amazon MSK calls its actions `kafka`, and those within a cluster `kafka-cluster`.
  if (service === 'kafka' || service === 'kafka-cluster') return type === 'msk' || type === '';
  if (service === 'states') return type === 'stepfunctions' || type === '';
  return service.startsWith(type) || (service === 'secretsmanager' && type === 'rds') || type === '';
}

function fits(format: string, arn: string): boolean {
  const pattern = format
    .split(/\$\{[^}]*\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(arn);
}

/** Every resource and attribute that Ref, GetAtt and Sub ask for. */
function asked(value: unknown): readonly (readonly [string, string | undefined])[] {
  if (Array.isArray(value)) return value.flatMap(asked);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]): readonly (readonly [string, string | undefined])[] => {
    if (key === 'Ref' && typeof item === 'string') return [[item, undefined]];
    if (key === 'Fn::GetAtt' && Array.isArray(item)) return [[String(item[0]), String(item[1])]];
    if (key === 'Fn::Sub' && typeof item === 'string')
      return [...item.matchAll(/\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}/g)].map((match) => [match[1] ?? '', match[2]] as const);
    return asked(item);
  });
}
