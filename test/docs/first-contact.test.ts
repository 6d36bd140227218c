import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differencesFromModel } from '../../src/model/exchange/differences.ts';
import { exchangeIn } from '../../src/model/exchange/record.ts';
import { models } from '../../src/simulator/protocol/model.ts';

const page = readFileSync(new URL('../../docs/first-contact.md', import.meta.url), 'utf8');
const [, block = ''] = /```json\n([\s\S]+?)\n```/.exec(page) ?? [];

test('the page’s example is a recording, with the differences that it has', () => {
  const exchanges = block.split('\n').map(exchangeIn);
  expect(exchanges).toHaveLength(2);
  for (const one of exchanges) expect(differencesFromModel(models, one)).toEqual(one.differs ?? []);
});

test('the page names every member of an exchange', () => {
  for (const name of Object.keys({ ...exchangeIn(block.split('\n')[0] ?? ''), error: 0, unreadable: 0 }))
    expect(page).toContain(`\`${name}\``);
});
