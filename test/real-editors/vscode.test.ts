import { unzipSync } from 'fflate';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Client } from '../editor/client.ts';

/** The extension as VS Code gets it: unpacked, looked at, and its server run. */
const VSIX = 'dist/eventsystem.vsix';
const root = realpathSync(mkdtempSync(join(tmpdir(), 'eventsystem-vscode-')));
const extension = join(root, 'extension');

for (const [path, bytes] of Object.entries(unzipSync(readFileSync(VSIX)))) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Manifest {
  readonly main: string;
  readonly version: string;
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly filenames: readonly string[]; readonly configuration: string }[];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
  };
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const manifest = json<Manifest>(join(extension, 'package.json'));

describe('the extension of VS Code', () => {
  test('has the version of the package, and everything it names', () => {
    expect(readFileSync(join(root, 'extension.vsixmanifest'), 'utf8')).toContain(`Version="${json<Manifest>('package.json').version}"`);
    const { languages, grammars } = manifest.contributes;
    for (const path of [manifest.main, ...languages.map(({ configuration }) => configuration), ...grammars.map(({ path }) => path)])
      expect(existsSync(join(extension, path)), path).toBe(true);
    expect(statSync(VSIX).size).toBeLessThan(1.5 * 1024 * 1024);
  });

  test('gives the file a language of its own, with the colours of YAML', () => {
    const { languages, grammars } = manifest.contributes;
    expect(languages.map(({ id, filenames }) => [id, filenames])).toEqual([['eventsystem', ['eventsystem.yml', 'eventsystem.yaml']]]);
    expect(grammars[0]?.language).toBe('eventsystem');
    const grammar = json<{ scopeName: string; patterns: readonly { include: string }[] }>(join(extension, grammars[0]?.path ?? ''));
    expect(grammar).toMatchObject({ scopeName: grammars[0]?.scopeName, patterns: [{ include: 'source.yaml' }] });
  });

  test('needs nothing that is not in it but VS Code', () => {
    const code = readFileSync(join(extension, manifest.main), 'utf8');
    const needed = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
    expect([...new Set(needed)].filter((name) => !isBuiltin(name))).toEqual(['vscode']);
  });

  test('runs a server that says what the one of the package says', async () => {
    const project = join(root, 'project');
    mkdirSync(project);
    const text =
      'name: shop\nstreams:\n  orders: { retention: 2 dayz }\nresources:\n  Raw: { Type: AWS::SQS::Queue, Properties: { DelaySecond: 1 } }\n' +
      'functions:\n  a: { handler: src/missing.ts, allow: [{ action: sqs:SendMessag, resource: $(orders.arn) }] }\n';
    writeFileSync(join(project, 'eventsystem.yml'), text);
    const uri = pathToFileURL(join(project, 'eventsystem.yml')).href;
    const said = async (client: Client): ReturnType<Client['diagnostics']> => {
      await client.initialize();
      await client.open(uri, text);
      const found = await client.diagnostics(uri);
      expect(await client.stop()).toBe(0);
      return found;
    };
    const ours = await said(new Client([join(extension, 'dist', 'server.js')]));
    expect(ours.length).toBeGreaterThan(1);
    expect(ours).toEqual(await said(new Client()));
  });
});
