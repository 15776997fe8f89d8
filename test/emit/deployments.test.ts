import { expect, test } from 'vitest';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { draft } from '../../src/compiler/draft.ts';
import { MemoryFiles } from '../memory-files.ts';

const catalogue = installedCatalogue('dist/catalogue');

/** The ids of the deployments, and the one that the stage shows. */
function deployed(more: string) {
  const text = `name: x\nauthorizers: { a: { handler: src/a.ts } }\napis: { shop: { type: rest, authorizer: a, routes: { GET /x: src/b.ts } } }\n${more}`;
  const { findings, made } = draft({
    files: new MemoryFiles([['eventsystem.yml', text]]),
    main: 'eventsystem.yml',
    stage: undefined,
    catalogue,
  });
  const resources = Object.entries(made?.template.Resources ?? {});
  const stage = resources.find(([, { Type }]) => Type === 'AWS::ApiGateway::Stage')?.[1].Properties?.['DeploymentId'];
  const ids = resources.flatMap(([id, { Type }]) => (Type === 'AWS::ApiGateway::Deployment' ? [id] : []));
  return { codes: findings.map(({ code }) => code), ids, stage, origins: Object.keys(made?.origins ?? {}) };
}

test('a patch of an API deploys it anew', () => {
  const plain = deployed('');
  const patched = deployed('overrides: { apis.shop: { AWS::ApiGateway::RestApi: { ApiKeySourceType: AUTHORIZER } } }\n');
  const other = deployed('overrides: { apis.shop: { AWS::ApiGateway::RestApi: { ApiKeySourceType: HEADER } } }\n');
  for (const { codes, ids, stage, origins } of [plain, patched, other]) {
    expect(codes).toEqual([]);
    expect(ids).toHaveLength(1);
    expect(stage).toEqual({ Ref: ids[0] });
    expect(origins).toContain(ids[0]);
  }
  expect(new Set([plain, patched, other].map(({ ids }) => ids[0])).size).toBe(3);
  // What is no part of an API’s content leaves its deployment alone.
  expect(deployed('overrides: { apis.shop: { AWS::ApiGateway::Stage: { TracingEnabled: true } } }\n').ids).toEqual(plain.ids);
});

test('so does what puts another resource in the place of one the API calls', () => {
  const more = ['', 'roles: { path: /a/ }\n', 'roles: { strictCallers: true }\n'];
  expect(new Set(more.map((one) => deployed(one).ids[0])).size).toBe(3);
  // What a function is made of is not in the API’s document, and changes where it stands.
  expect(deployed('defaults: { memory: 1024 MiB }\n').ids).toEqual(deployed('').ids);
});
