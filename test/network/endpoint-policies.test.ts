import { expect, test } from 'vitest';
import { made } from './compiled.ts';

interface Statement {
  readonly Effect: string;
  readonly Principal: string;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function statementsOf(system: string, id: string): readonly Statement[] {
  const document = made(system).one(id).Properties?.['PolicyDocument'] as unknown as { readonly Statement: readonly Statement[] };
  return document.Statement;
}

const roles = (...names: readonly string[]) => ({
  ArnEquals: { 'aws:PrincipalArn': names.map((name) => ({ 'Fn::GetAtt': [`${name}FunctionRole`, 'Arn'] })) },
});
const stream = (name: string) => ({ 'Fn::GetAtt': [`${name}Stream`, 'Arn'] });
const write = ['kinesis:PutRecord', 'kinesis:PutRecords'];

test('who may do the same is one statement, and on how many things they may', () => {
  const system = `streams: { a: {}, b: {}, c: {} }
functions:
  one: { handler: src/one.ts, vpc: true, access: { a: write, b: write } }
  two: { handler: src/two.ts, vpc: true, access: { b: write, a: write } }
  three: { handler: src/three.ts, vpc: true, access: { c: write } }
  outside: { handler: src/outside.ts, access: { c: write } }`;
  expect(statementsOf(system, 'KinesisStreamsEndpoint')).toEqual([
    { Effect: 'Allow', Principal: '*', Action: write, Resource: [stream('A'), stream('B')], Condition: roles('One', 'Two') },
    { Effect: 'Allow', Principal: '*', Action: write, Resource: [stream('C')], Condition: roles('Three') },
  ]);
});

test('the file’s own statements come behind', () => {
  const system = `endpoints: { sqs: { policy: { Effect: Deny, Principal: '*', Action: sqs:PurgeQueue, Resource: '*' } } }
functions: { put: { handler: src/put.ts, vpc: true, allow: ['sqs:SendMessage on arn:aws:sqs:eu-central-1:123456789012:jobs'] } }`;
  expect(statementsOf(system, 'SqsEndpoint')).toEqual([
    {
      Effect: 'Allow',
      Principal: '*',
      Action: ['sqs:SendMessage'],
      Resource: ['arn:aws:sqs:eu-central-1:123456789012:jobs'],
      Condition: roles('Put'),
    },
    { Effect: 'Deny', Principal: '*', Action: 'sqs:PurgeQueue', Resource: '*' },
  ]);
});

test('an endpoint nobody uses lets nothing through', () => {
  expect(statementsOf('vpc: {}\nendpoints: [sqs]', 'SqsEndpoint')).toEqual([
    { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' },
  ]);
});

test('the endpoint of a private API lets anybody call that API who comes from the VPC', () => {
  const system = 'apis: { inner: { type: rest, private: true, authorizer: iam, logs: false, routes: { GET /things: src/get.ts } } }';
  const [only, ...more] = statementsOf(system, 'ExecuteXApiEndpoint');
  expect(only).toMatchObject({ Effect: 'Allow', Principal: '*', Action: ['execute-api:Invoke'] });
  expect(only).not.toHaveProperty('Condition');
  expect(more).toEqual([]);
});

const many = (count: number, line: (index: number) => string) =>
  `streams: { ${Array.from({ length: count }, (_, index) => `s${index}: {}`).join(', ')} }
functions:
${Array.from({ length: count }, (_, index) => `  f${index}: { handler: src/f.ts, vpc: true, ${line(index)} }`).join('\n')}`;

test('a policy that would be too long names this account’s things of the service, and still everything that is elsewhere', () => {
  const system = many(
    60,
    (index) =>
      `access: { s${index}: write }, allow: [xray:PutTraceSegments on *, 'kinesis:PutRecord on arn:aws:kinesis:eu-central-1:999999999999:stream/theirs']`,
  );
  const ours = { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } };
  expect(statementsOf(system, 'KinesisStreamsEndpoint')).toEqual([
    {
      Effect: 'Allow',
      Principal: '*',
      Action: write,
      Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:*' }],
      Condition: ours,
    },
    {
      Effect: 'Allow',
      Principal: '*',
      Action: ['kinesis:PutRecord'],
      Resource: ['arn:aws:kinesis:eu-central-1:999999999999:stream/theirs'],
      Condition: ours,
    },
  ]);
  // Sixty roles, one statement: still exact.
  expect(statementsOf(system, 'XxrayEndpoint')[0]).toMatchObject({ Resource: ['*'], Condition: { ArnEquals: {} } });
});

test('no policy is longer than AWS takes', () => {
  const names = (index: number) =>
    Array.from(
      { length: 8 },
      (_, key) => `'s3:GetObject on arn:aws:s3:::a-bucket-with-a-rather-long-name-${index}-${key}/folder/file.json'`,
    ).join(', ');
  for (const count of [10, 60]) {
    const statements = statementsOf(
      many(count, (index) => `allow: [${names(index)}]`),
      'S3Endpoint',
    );
    expect(JSON.stringify(statements).length).toBeLessThan(20_480);
    expect(statements.some(({ Resource }) => JSON.stringify(Resource) === '["*"]')).toBe(count === 60);
  }
});
