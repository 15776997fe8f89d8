import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionItem, Hover } from 'vscode-languageserver-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from './client.ts';

/** The built server as an editor meets it: `eventsystem lsp --stdio`. */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'eventsystem-lsp-')));
const uri = pathToFileURL(join(root, 'eventsystem.yml')).href;
const system = `name: shop
streams:
  orders: { retention: 48 hours }
consumers:
  settle:
    handler: src/settle.ts
    from: { stream: orders }
`;
const client = new Client();

beforeAll(async () => {
  write('eventsystem.yml', system);
  write('src/settle.ts', 'export default async () => {};\nexport const create = async () => {};\n');
  const { capabilities } = await client.initialize();
  expect(capabilities).toHaveProperty('completionProvider');
  await client.open(uri, system);
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('the language server', () => {
  test('says nothing of a system with nothing wrong', async () => {
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  test('says at once what is wrong with the line that is typed', async () => {
    await client.change(uri, system.replace('stream: orders', 'stream: order'));
    const found = await client.diagnostics(uri, (all) => all.length > 0);
    expect(found.map(({ code, range }) => [code, range.start])).toEqual([['unknown-name', { line: 6, character: 20 }]]);
  });

  test('offers what is declared', async () => {
    await client.change(uri, system.replace('stream: orders', 'stream: '));
    const items = await client.ask<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 6, character: 20 },
    });
    expect(items.map(({ label }) => label)).toContain('orders');
  });

  test('says that an export is gone when the handler is saved, and that it is there again', async () => {
    const file = pathToFileURL(join(root, 'src/settle.ts')).href;
    const saved = async (text: string): Promise<void> => {
      write('src/settle.ts', text);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type: 2 }] });
    };
    await client.change(uri, system.replace('src/settle.ts', 'src/settle.ts#create'));
    await client.diagnostics(uri, (all) => all.length === 0);
    await saved('export const creat = async () => {};\n');
    const found = await client.diagnostics(uri, (all) => all.length > 0);
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      ['no-such-export', '`src/settle.ts` exports no `create`; it exports `creat`.'],
    ]);
    await saved('export const create = async () => {};\nexport default create;\n');
    expect(await client.diagnostics(uri, (all) => all.length === 0)).toEqual([]);
  });

  test('tells what a thing becomes', async () => {
    await client.change(uri, system);
    const found = await client.ask<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 4 } });
    expect(JSON.stringify(found.contents)).toContain('Becomes 1 resource: stream');
  });
});
