import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** `eventsystem playground` in Chromium, by keyboard and mouse. `apt-get install chromium` brings one; SHOTS=FOLDER keeps what was seen. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const there = existsSync(CHROMIUM);

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const BEFORE = `name: shop
streams:
  orders:
queues:
  failed:
consumers:
  settle:
    handler: src/settle.ts
    from: { stream: `;

/** Behind the name may stand the hint that its source is polled. */
const CORRECTED = /stream: orders[^,}r]{0,12}\}/;

let server: ChildProcess;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

describe.skipIf(!there)(there ? 'the playground' : `the playground: there is no ${CHROMIUM} here`, () => {
  beforeAll(async () => {
    server = spawn(process.execPath, [resolve('bin/eventsystem.cjs'), 'playground', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await new Promise<string>((found) =>
      server.stdout?.on('data', (chunk) => {
        const [url] = /http:\S+/.exec(String(chunk)) ?? [];
        if (url !== undefined) found(url);
      }),
    );
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    page = await browser.newPage({ viewport: { width: 1360, height: 800 } });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(address);
    await page.waitForSelector('#editor .view-line');
  });

  afterAll(async () => {
    await browser?.close();
    server?.kill();
  });

  test('says what it cannot know', async () => {
    const said = (await page.textContent('footer')) ?? '';
    expect(said).toContain('Handlers are assumed to exist');
    expect(said).toContain('placeholders');
  });

  test('shows what the system becomes, and says its cost', async () => {
    await text('#shown', 'AWSTemplateFormatVersion');
    expect(await page.textContent('#summary')).toMatch(/^\d+ resources · \$\d+\.\d\d a month in fixed costs$/);
    await page.click('[data-tab=permissions]');
    await text('#shown', 'kinesis:DescribeStream, DescribeStreamSummary, GetRecords');
    await shot('permissions');
  });

  test('offers what is declared, and writes what is chosen', async () => {
    await write(BEFORE);
    await page.keyboard.type('or', { delay: 30 });
    await choose('orders', 'completion');
    await page.keyboard.type(', onF', { delay: 30 });
    await choose('onFailure');
    await choose('failed');
    await page.keyboard.type(' }');
    await text('#editor', /from: \{ stream: orders[^,}]{0,12}, onFailure: failed \}/);
    await nothingWrong();
  });

  test('tells what a thing becomes where the mouse rests', async () => {
    const word = page.locator('#editor .view-line', { hasText: 'stream: orders' }).locator('span', { hasText: /^orders$/ });
    // Lines move while lenses come; the mouse is put there again.
    const told = async (): Promise<string> => {
      await page.mouse.move(5, 5);
      await word.hover();
      await page.waitForTimeout(1000);
      return page.evaluate(() => document.querySelector('.monaco-hover')?.textContent ?? '');
    };
    await expect.poll(told, { timeout: 30_000 }).toContain('Becomes 1 resource: stream');
    await shot('hover');
    await page.mouse.move(5, 5);
  });

  test('underlines what is wrong, says what is to be done, and does it', async () => {
    await write(`${BEFORE}order }`);
    await page.waitForSelector('#editor .squiggly-error');
    await text('#count', '(1)');
    await page.click('[data-tab=findings]');
    await text('#list', 'order');
    await shot('findings');
    await page.click('#list .place');
    await page.click('#list .fix');
    await text('#editor', CORRECTED);
    await nothingWrong();
  });

  test('offers the same as a quick fix', async () => {
    await write(`${BEFORE}order }`);
    await page.waitForSelector('#editor .squiggly-error');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+.');
    await page.waitForSelector('.action-widget .action-item, .action-widget .monaco-list-row');
    await shot('fix');
    await page.keyboard.press('Enter');
    await text('#editor', CORRECTED);
    await nothingWrong();
  });

  test('shows other systems and their stages', async () => {
    await page.click('[data-tab=template]');
    await page.selectOption('#system', { index: 0 });
    await page.waitForFunction(() => document.querySelectorAll('#stage option').length === 2);
    await page.selectOption('#stage', 'prod');
    await text('#shown', 'shop-prod');
    for (const [index, written] of ['GET /health', 'partitionKey', 'databases'].entries()) {
      await page.selectOption('#system', { index: index + 1 });
      await text('#editor', written);
      await nothingWrong();
      await page.waitForFunction(() => (document.querySelector('#stage') as HTMLSelectElement).value === 'dev');
      await text('#shown', 'AWSTemplateFormatVersion');
    }
    await shot('systems');
  });

  test('complains of nothing, and asks nobody else for anything', () => {
    expect(complaints).toEqual([]);
  });
});

/** Replaces the whole text, as if it were pasted. */
async function write(given: string): Promise<void> {
  await page.click('#editor .view-lines');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  // Line for line: the editor indents a new line by itself.
  for (const [index, line] of given.split('\n').entries()) {
    if (index > 0) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+Home');
      await page.keyboard.press('Delete');
    }
    await page.keyboard.insertText(line);
  }
}

/** Takes what is offered by that name. */
async function choose(label: string, seen?: string): Promise<void> {
  const row = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
  await row.waitFor({ timeout: 20_000 });
  if (seen !== undefined) await shot(seen);
  await row.click();
  await row.waitFor({ state: 'hidden', timeout: 20_000 });
}

/** Waits until a part of the page has a text in it, whatever spaces it is made of. */
async function text(selector: string, wanted: string | RegExp): Promise<void> {
  const found = (): Promise<string> => page.locator(selector).evaluate((one) => (one.textContent ?? '').replaceAll('\u00a0', ' '));
  await expect.poll(found, { timeout: 20_000 }).toMatch(wanted);
}

async function nothingWrong(): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('#count')?.textContent === '' && !document.querySelector('#editor .squiggly-error'),
  );
}

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
}
