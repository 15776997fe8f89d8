import { expect, test } from 'vitest';
import { address } from '../../src/compiler/cloud/address.ts';
import { withVersions } from '../../src/compiler/emit/versions.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';

const of = address('AWS::Lambda::Function', { name: 'list', word: 'Function' });
const alias = address('AWS::Lambda::Alias', { name: 'list', word: 'Function' }, 'Alias');
const because = { source: new SourceText('eventsystem.yml', ''), span: { start: 0, end: 0 } };

function made(properties: object): { readonly version: string | undefined; readonly led: unknown } {
  const resources = withVersions(
    {
      ListFunction: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 10, ...properties } },
      ListFunctionAlias: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionVersion: '$LATEST' } },
    },
    [{ part: 'version', of, alias, because, path: 'functions.list' }],
  );
  return {
    version: Object.keys(resources).find((id) => resources[id]?.Type === 'AWS::Lambda::Version'),
    led: resources['ListFunctionAlias']?.Properties?.['FunctionVersion'],
  };
}

test('the alias leads to the version', () => {
  const { version, led } = made({});
  expect(version).toMatch(/^ListFunctionVersion[0-9a-f]{16}$/);
  expect(led).toEqual({ 'Fn::GetAtt': [version, 'Version'] });
});

test('another environment, code or time limit is another version', () => {
  const versions = [{}, { Timeout: 11 }, { Environment: { Variables: { A: '1' } } }, { Code: { S3Key: 'assets/b.zip' } }].map(
    (one) => made(one).version,
  );
  expect(new Set(versions).size).toBe(4);
});

test('what Lambda changes without a version is none', () => {
  for (const properties of [{ Tags: [{ Key: 'team', Value: 'shop' }] }, { ReservedConcurrentExecutions: 5 }])
    expect(made(properties).version).toBe(made({}).version);
});
