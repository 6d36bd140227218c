import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { finishedJournal } from '../report/journals.ts';
import { closedJournal, forgeries, pageOf } from '../report/page/pages.ts';
import { hostile } from '../ui/hostile.ts';
import { find } from './programs.mjs';

let browser: Browser;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cw-page-'));
  browser = await chromium.launch({
    executablePath: find('chromium') ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'], // root in a container has no sandbox
  });
});
afterAll(async () => browser?.close());

interface Opened {
  readonly page: Page;
  /** What it asked for, said, and would not allow. */
  readonly heard: string[];
}
let count = 0;
/** Opens a page from the disk, as somebody does who was sent it. */
async function opened(html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const file = join(folder, `${count++}.html`);
  await writeFile(file, html);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const heard: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== own) heard.push(`request ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    heard.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => heard.push(`console ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error ${error.message}`));
  page.on('framenavigated', (frame) => {
    if (frame.url() !== own) heard.push(`went to ${frame.url()}`);
  });
  await page.goto(own);
  return { page, heard };
}
const saidIn = async (page: Page) => ({
  is: await page.locator('#verification').getAttribute('class'),
  says: await page.locator('#verdict').textContent(),
});

const good = pageOf(closedJournal());

test('a page that nobody has changed says so, and asks for nothing', async () => {
  const { page, heard } = await opened(good);
  expect(await saidIn(page)).toEqual({ is: 'good', says: 'Unchanged and complete.' });
  expect(await page.locator('#meaning').textContent()).toMatch(/^\d+ records: .* Its root: [0-9a-f]{64}\./);
  expect(heard).toEqual([]);
  await page.context().close();
});

test.each(forgeries)('%s: the page says so', async (_, forge, says) => {
  const { page, heard } = await opened(forge(good));
  const said = await saidIn(page);
  expect(said.is).toBe('bad');
  expect(said.says).toMatch(says);
  expect(heard).toEqual([]);
  await page.context().close();
});

test('a script that was changed does not run: the page says that nothing was verified', async () => {
  const { page, heard } = await opened(
    good.replace('(function(){', '(function(){window.mine=1;').replace('(()=>{', '(()=>{window.mine=1;'),
  );
  expect(await page.evaluate('window.mine')).toBeUndefined();
  expect((await saidIn(page)).says).toMatch(/^Not verified/);
  expect(heard.join()).toMatch(/Content Security Policy/);
  await page.context().close();
});
test('without scripts it says that nothing was verified', async () => {
  const { page } = await opened(good, { javaScriptEnabled: false });
  expect((await saidIn(page)).says).toMatch(/^Not verified/);
  await page.context().close();
});

const attacks = [
  ...[
    '<script>pwned=1</script>',
    '</script><script>pwned=1</script>',
    '<!--<script>',
    '"><img src=//x.example onerror=pwned=1>',
  ],
  ...[
    "' onmouseover='pwned=1",
    '<svg/onload=pwned=1>',
    '<iframe src=//x.example>',
    '<base href=//x.example>',
  ],
  ...[
    '<meta http-equiv=refresh content=0;//x.example>',
    '<link rel=stylesheet href=//x.example>',
    '</style><style>*{display:none}',
  ],
  ...[
    'javascript:pwned=1',
    '</title><script>pwned=1</script>',
    '<a href="javascript:pwned=1" autofocus onfocus=pwned=1>x</a>',
  ],
  ...[
    '\u2028pwned=1\u2029',
    ']]><script>pwned=1</script>',
    '&lt;script&gt;',
    '<details open ontoggle=pwned=1>',
  ],
];
test('hostile names run nothing, load nothing, and are seen as they are', async () => {
  const at = Date.UTC(2026, 10, 30, 12);
  const names = [...attacks, ...hostile];
  const said = names.flatMap((name): readonly Event[] => [
    { type: 'answered', at, step: 'permission-set', question: 'name', answer: name },
    { type: 'waived', at, step: name, goal: name, why: name },
  ]);
  const opening: Event = { type: 'opened', at, by: attacks[3] ?? '', program: attacks[1] ?? '' };
  const { page, heard } = await opened(pageOf(closedJournal({}, [opening, ...said])));
  expect(await saidIn(page)).toEqual({ is: 'good', says: 'Unchanged and complete.' });
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(heard).toEqual([]);
  const text = (await page.locator('#part-log').locator('..').textContent()) ?? '';
  for (const one of attacks.filter((attack) => !/[\u2028\u2029]/.test(attack))) expect(text).toContain(one);
  expect(await page.locator('body img, body iframe, body svg, body link, body base, body meta').count()).toBe(
    0,
  );
  await page.context().close();
});

const [[, forge]] = forgeries;
const looks: readonly (readonly [string, BrowserContextOptions, readonly string[]])[] = [
  ['light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }, [good, forge(good)]],
  ['dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }, [good, forge(good)]],
  ['on a phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }, [good]],
  ['on a phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, [good]],
];
describe.each(looks)('%s', (_, options, pages) => {
  test('axe-core finds nothing, and nothing is wider than the window', async () => {
    for (const html of pages) {
      // axe is no part of the page: only here the page's own policy is passed over.
      const { page } = await opened(html, { ...options, bypassCSP: true });
      await page.evaluate(axe.source);
      const found = (await page.evaluate('axe.run()')) as {
        readonly violations: readonly {
          readonly id: string;
          readonly nodes: readonly { readonly html: string }[];
        }[];
        readonly passes: readonly unknown[];
      };
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(found.passes.length).toBeGreaterThan(15);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      await page.context().close();
    }
  });
});

test('it prints on A4, light, with its verdict on the first page', async () => {
  const { page } = await opened(good, { colorScheme: 'dark' });
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [
    Number(w),
    Number(h),
  ]);
  expect(boxes.length).toBeGreaterThan(2);
  for (const [width = 0, height = 0] of boxes) {
    expect(Math.abs(width - 595.3)).toBeLessThan(1);
    expect(Math.abs(height - 841.9)).toBeLessThan(1);
  }
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  expect(await page.locator('nav').isVisible()).toBe(false);
  await page.context().close();
});

test('pictures of it: CW_PICTURES=1 writes those of the docs', async () => {
  const at = finishedJournal().events[2]?.at ?? 0;
  const mandate: Event = {
    ...{ type: 'authorized', at, by: 'ann@ann-laptop', ticket: 'CHG0012345', requestedBy: 'Cleo Ray' },
    ...{ approvedBy: 'Ben Okafor', reason: 'CodeWhisperer for the developers of Workloads Dev' },
  };
  const html = pageOf(closedJournal({}, [mandate]));
  const shots = [
    ['audit-page', { viewport: { width: 900, height: 980 }, colorScheme: 'light' }, '#top'],
    ['audit-page-dark', { viewport: { width: 900, height: 760 }, colorScheme: 'dark' }, '#change-2'],
  ] as const;
  for (const [name, options, from] of shots) {
    const { page } = await opened(html, options);
    await page.locator(from).evaluate('(element) => element.scrollIntoView()');
    const picture = await page.screenshot();
    expect(picture.length).toBeGreaterThan(20_000);
    if (process.env.CW_PICTURES)
      await writeFile(join(import.meta.dirname, `../../docs/${name}.png`), picture);
    await page.context().close();
  }
});
