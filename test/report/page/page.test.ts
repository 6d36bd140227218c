import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/journal/hash.ts';
import { script, style } from '../../../src/report/page/built.ts';
import { embedded, h, htmlOf, textOf } from '../../../src/report/page/html.ts';
import { type About, verdictOn } from '../../../src/report/page/script/verdict.ts';
import { hostile } from '../../ui/hostile.ts';
import { closedJournal, dataIn, forgeries, pageOf } from './pages.ts';

const markup = [
  ...['<script>alert(1)</script>', '</script><script>alert(1)</script>', '<!--<script>', '-->', ']]>'],
  ...['"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", 'javascript:alert(1)', '&lt;b&gt;'],
  ...['<style>*{display:none}</style>', '</style>', '<base href=//x>', '<meta http-equiv=refresh content=0>'],
  ...['\u2028\u2029', '</title><script>', '{{7*7}}', '<svg/onload=alert(1)>', '</main></body>'],
];
/** What a browser makes of markup that has entities of ours only. */
const asRead = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('whatever a text holds', () => {
  test.each([...markup, ...hostile.filter((_, n) => n % 7 === 0)])('%j is text', (text) => {
    const node = h('p', { 'aria-label': text }, text, [h('code', {}, text), undefined]);
    const html = htmlOf(node);
    expect(html.match(/<[^>]*>/g)).toHaveLength(4);
    expect(asRead(html)).toBe(textOf(node));
    expect(html).not.toMatch(/[\p{Cs}\p{Zl}\p{Zp}\0\r\u202a-\u202e]/u);
  });
  test.each([...markup, ...hostile.filter((_, n) => n % 7 === 0)])(
    '%j is the same value in a script',
    (text) => {
      const json = embedded({ text });
      expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual({ text });
    },
  );
});

const journal = closedJournal();
const html = pageOf(journal);

test('nothing is loaded, and only the page’s own script and style may be used', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const sum = (text: string): string => createHash('sha256').update(text).digest('base64');
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${sum(script)}'; style-src 'sha256-${sum(style)}'; base-uri 'none'; form-action 'none'`,
  );
  const [, inline] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
  expect(inline).toBe(script);
  expect(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1]).toBe(style);
  const plain = html.replace(script, '').replace(style, '');
  expect(plain).not.toMatch(/\s(src|srcset|style|on\w+)=/);
  expect([...plain.matchAll(/href="([^"]*)"/g)].filter(([, to = '']) => !to.startsWith('#'))).toEqual([]);
  expect(style).not.toMatch(/url\(|@import/);
  expect(script.length).toBeLessThan(16_000);
});

/** What the page's script says of it, by the text that a browser would show. */
const verdictOf = (page: string) => {
  const read = (id: string): unknown => {
    try {
      return JSON.parse(dataIn(page, id));
    } catch {
      return undefined;
    }
  };
  const part = (tag: string): string =>
    asRead(new RegExp(`<${tag} id="[^"]*">([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '');
  return verdictOn(
    read('journal'),
    read('about') as About | undefined,
    `${part('header')}\n${part('main')}`,
    (data) => sha256(data),
  );
};
test('the page says of itself that it is as it was written', () => {
  expect(verdictOf(html)).toMatchObject({ is: 'good', says: 'Unchanged and complete.' });
  const closed = journal.events.at(-1);
  expect(verdictOf(html).more).toContain(closed?.type === 'closed' ? `Its root: ${closed.root}.` : 'closed');
});
test.each(forgeries)('%s: it is seen', (_, forge, says) => {
  const forged = forge(html);
  expect(forged).not.toBe(html);
  const verdict = verdictOf(forged);
  expect(verdict.says).toMatch(says);
  expect(verdict.is).toBe('bad');
});
test('a journal that is not closed is told from one that is', () => {
  const open = closedJournal();
  const cut = pageOf({ ...open, ...opened(open) });
  expect(verdictOf(cut)).toMatchObject({ is: 'open' });
  expect(verdictOf(cut).says).toMatch(/not closed: records may be missing at its end/);
});
/** The same without its last record. */
function opened({ bytes, events }: typeof journal) {
  const lines = bytes.toString().trimEnd().split('\n').slice(0, -1);
  return {
    ...{ bytes: Buffer.from(`${lines.join('\n')}\n`), events: events.slice(0, -1) },
    head: sha256(lines.at(-1) ?? ''),
  };
}
