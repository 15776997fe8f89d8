import { readFileSync } from 'node:fs';

interface Statement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, Json>>;
  readonly Action: string | readonly string[];
  readonly Resource?: Json | readonly Json[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, Json>>;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A compiled sample, asked what IAM would be asked. */
export class Template {
  readonly #resources: Readonly<Record<string, Resource>>;

  constructor(sample: string) {
    const template = JSON.parse(readFileSync(`test/samples/${sample}/expected/template.json`, 'utf8')) as {
      readonly Resources: Readonly<Record<string, Resource>>;
    };
    this.#resources = template.Resources;
  }

  get roles(): readonly string[] {
    return Object.keys(this.#resources).filter((id) => this.#resources[id]?.Type === 'AWS::IAM::Role');
  }

  /** Who takes a role on: `lambda.amazonaws.com if aws:SourceAccount=${AWS::AccountId}`. */
  carriers(role: string): readonly string[] {
    const { Statement } = this.#role(role)['AssumeRolePolicyDocument'] as unknown as { readonly Statement: readonly Statement[] };
    return Statement.flatMap(({ Principal, Condition }) => principals(Principal).map((one) => `${one}${conditions(Condition)}`)).sort();
  }

  /** What a role may do, one action on one resource a line: `sqs:SendMessage on ${Orders.Arn}`. */
  grants(role: string): readonly string[] {
    const apart = Object.values(this.#resources)
      .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties['Roles']).includes(`"${role}"`))
      .map(({ Properties }) => Properties);
    const policies = [...((this.#role(role)['Policies'] ?? []) as readonly { readonly PolicyDocument: Json }[]), ...apart];
    return policies
      .flatMap((policy) => (policy['PolicyDocument'] as unknown as { readonly Statement: readonly Statement[] }).Statement)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action, Resource, Condition }) =>
        list(Action).flatMap((action) => list(Resource).map((on) => `${action} on ${printed(on as Json)}${conditions(Condition)}`)),
      )
      .sort();
  }

  /** Who may do something to a resource by its own policy: `sns.amazonaws.com may sqs:SendMessage if aws:SourceArn=${News}`. */
  admissions(id: string): readonly string[] {
    return Object.values(this.#resources)
      .flatMap(({ Type, Properties = {} }) => {
        if (Type === 'AWS::Lambda::Permission') return names(Properties['FunctionName']) === id ? [permission(Properties)] : [];
        const on = Properties['Queues'] ?? Properties['Topics'] ?? Properties['Bucket'];
        if (!Type.endsWith('Policy') || on === undefined || !list(on).some((one) => names(one as Json) === id)) return [];
        return (Properties['PolicyDocument'] as unknown as { readonly Statement: readonly Statement[] }).Statement.filter(
          ({ Effect }) => Effect === 'Allow',
        ).flatMap(({ Principal, Action, Condition }) =>
          principals(Principal).flatMap((who) => list(Action).map((action) => `${who} may ${action}${conditions(Condition)}`)),
        );
      })
      .sort();
  }

  #role(id: string): Resource['Properties'] {
    const found = this.#resources[id];
    if (found?.Type !== 'AWS::IAM::Role') throw new Error(`no role ${id}`);
    return found.Properties;
  }
}

/** The conditions that the properties of a Lambda permission stand for. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function permission({ Action, Principal, FunctionName: _, ...pins }: Resource['Properties']): string {
  const pinned = Object.entries(pins).map(([key, value]) => `${key}=${printed(value)}`);
  return `${printed(Principal ?? '')} may ${printed(Action ?? '')}${pinned.length > 0 ? ` if ${pinned.sort().join(' and ')}` : ''}`;
}

function principals(principal: Statement['Principal']): readonly string[] {
  if (principal === undefined || typeof principal === 'string') return [principal ?? ''];
  return Object.values(principal).flatMap((one) => list(one).map((value) => printed(value as Json)));
}

function conditions(all: Statement['Condition']): string {
  const each = Object.values(all ?? {}).flatMap((keys) =>
    Object.entries(keys).map(
      ([key, value]) =>
        `${key}=${list(value)
          .map((one) => printed(one as Json))
          .join('|')}`,
    ),
  );
  return each.length > 0 ? ` if ${each.sort().join(' and ')}` : '';
}

/** The resource that a value names: by its `Ref` or one of its attributes. */
function names(value: Json | undefined): string | undefined {
  return /^\$\{([A-Za-z0-9]+)(\.\w+)?\}$/.exec(printed(value ?? ''))?.[1];
}

/** A value as a person reads it: what CloudFormation computes stands in `${…}`. */
function printed(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(printed).join(',');
  const [[kind, of] = ['', '']] = Object.entries(value);
  if (kind === 'Ref') return `\${${String(of)}}`;
  if (kind === 'Fn::GetAtt') return `\${${(of as readonly string[]).join('.')}}`;
  if (kind === 'Fn::Sub' && typeof of === 'string') return of;
  return JSON.stringify(value);
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
