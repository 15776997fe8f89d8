import { describe, expect, test } from 'vitest';
import { checked } from '../template/check.ts';
import { parameterValues } from '../template/parameters.ts';
import { resolve, type Scope } from '../template/resolve.ts';
import type { Tree } from '../tree.ts';

const said = (template: unknown): string => {
  try {
    checked(typeof template === 'string' ? template : JSON.stringify(template));
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
};

const queue = { Type: 'AWS::SQS::Queue' };
const many = (count: number, thing: unknown) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`X${index}`, thing]));

describe('what a template is refused for', () => {
  test.each([
    ['{', /^Template format error: JSON not well-formed\. \(line 1, column \d+\)$/],
    ['Resources: [', /^Template format error: YAML not well-formed\./],
    ['just text', 'Template format error: unsupported structure.'],
    [{}, 'Template format error: At least one Resources member must be defined.'],
    [{ Resources: { A: queue }, Colour: 1 }, 'Invalid template property or properties [Colour]'],
    [{ Resources: { A_B: queue } }, 'Template format error: Resource name A_B is non alphanumeric.'],
    [{ Resources: { A: {} } }, 'Template format error: [/Resources/A] Every Resources object must contain a Type member.'],
    [{ Resources: { A: { ...queue, Propertes: {} } } }, "Invalid template resource property 'Propertes'"],
    [{ Resources: { A: { Type: 'AWS::Nothing::Here' } } }, 'Template format error: Unrecognized resource types: [AWS::Nothing::Here]'],
    [
      { Resources: { A: { ...queue, Properties: { QueueName: { Ref: 'B' } } } } },
      'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
    ],
    [
      { Resources: { A: { ...queue, DependsOn: 'B' } } },
      'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
    ],
    [
      { Resources: { A: { ...queue, Properties: { QueueName: { 'Fn::Sub': '${B.Arn}' } } } } },
      'Template error: instance of Fn::GetAtt references undefined resource B',
    ],
    [
      { Resources: { A: queue, B: { ...queue, Properties: { QueueName: { 'Fn::GetAtt': ['A', 'Colour'] } } } } },
      'Template error: resource A does not support attribute type Colour in Fn::GetAtt',
    ],
    [{ Resources: { A: { ...queue, DependsOn: 'B' }, B: { ...queue, DependsOn: 'A' } } }, 'Circular dependency between resources: [A, B]'],
    [
      { Resources: { A: { ...queue, Properties: { DelaySeconds: { 'Fn::If': ['No', 1, 2] } } } } },
      'Template error: unresolved condition dependency No in the Fn::If function',
    ],
    [
      { Resources: { A: queue }, Outputs: { O: { Value: { Ref: 'B' } } } },
      'Template format error: Unresolved resource dependencies [B] in the Outputs block of the template',
    ],
    [{ Resources: many(501, queue) }, 'Template format error: Number of resources, 501, is greater than maximum allowed, 500'],
    [
      { Resources: { A: queue }, Outputs: many(201, { Value: 'x' }) },
      'Template format error: Number of outputs, 201, is greater than maximum allowed, 200',
    ],
    [{ Resources: { A: queue }, Metadata: { x: 'é'.repeat(500_000) } }, 'Template may not exceed 1000000 bytes in size.'],
  ])('%#', (template, expected) => {
    if (typeof expected === 'string') expect(said(template)).toBe(expected);
    else expect(said(template)).toMatch(expected);
  });

  test('YAML with the short forms', () => {
    const template = checked(
      'Resources:\n  A: { Type: AWS::SQS::Queue }\n  B:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub "${A.Arn}-${AWS::Region}"\n      Tags: [{ Key: a, Value: !GetAtt A.Arn }, { Key: b, Value: !Join ["-", [!Ref A, x]] }]\n',
    );
    expect(template.Resources['B']?.Properties).toEqual({
      QueueName: { 'Fn::Sub': '${A.Arn}-${AWS::Region}' },
      Tags: [
        { Key: 'a', Value: { 'Fn::GetAtt': ['A', 'Arn'] } },
        { Key: 'b', Value: { 'Fn::Join': ['-', [{ Ref: 'A' }, 'x']] } },
      ],
    });
  });
});

describe('parameters', () => {
  const template = checked(
    JSON.stringify({
      Parameters: { A: { Type: 'String', AllowedValues: ['x', 'y'] }, B: { Type: 'Number', Default: 3 } },
      Resources: { Q: queue },
    }),
  );
  const values = (given: Readonly<Record<string, string>>) => {
    try {
      const list = Object.entries(given).map(([ParameterKey, ParameterValue]): Tree => ({ ParameterKey, ParameterValue }));
      return parameterValues(template, list, {});
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  test.each([
    [{ A: 'x' }, { A: 'x', B: '3' }],
    [{}, 'Parameters: [A] must have values'],
    [{ A: 'x', C: 'y' }, 'Parameters: [C] do not exist in the template'],
    [{ A: 'z' }, "Parameter 'A' must be one of AllowedValues"],
    [{ A: 'x', B: 'many' }, "Parameter 'B' must be a number."],
  ])('%j', (given, expected) => expect(values(given)).toEqual(expected));
});

describe('functions', () => {
  const scope = (known: Readonly<Record<string, string>>, conditions: Tree = {}): Scope => ({
    template: { Parameters: {}, Mappings: { M: { a: { b: 'mapped' } } }, Conditions: conditions, Resources: {}, Outputs: {} },
    parameter: (name) => known[name],
    resource: () => undefined,
    attribute: () => undefined,
    imported: () => undefined,
  });

  test.each([
    [{ 'Fn::Sub': 'a-${P}-${!L}' }, 'a-1-${L}'],
    [{ 'Fn::Sub': ['${X}${P}', { X: 'x' }] }, 'x1'],
    [{ 'Fn::Sub': 'a-${R.Arn}' }, { 'Fn::Join': ['', ['a-', { 'Fn::GetAtt': ['R', 'Arn'] }]] }],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'P' }]] }, 'a-1'],
    [{ 'Fn::FindInMap': ['M', 'a', 'b'] }, 'mapped'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    [{ 'Fn::If': ['Yes', 'y', 'n'] }, 'y'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  ])('%j', (value, expected) =>
    expect(
      resolve(
        value,
        scope(
          { P: '1' },
          {
            Yes: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'P' }, '1'] }, { 'Fn::Not': [{ Condition: 'No' }] }] },
            No: { 'Fn::Equals': ['a', 'b'] },
          },
        ),
      ),
    ).toEqual(expected),
  );
});
