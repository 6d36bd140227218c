import { expect, test } from 'vitest';
import { models } from '../../src/simulator/protocol/model.ts';
import { exchangesIn, partsOf, recorded, titleOf } from './exchange.ts';
import { situations } from './situations.ts';

// The table itself: what README.md asks of a row.

const ofOthers = (text: string): readonly string[] => [
  ...(text.match(/\b\d{12}\b/g) ?? []).filter((id) => !documentation.test(id)),
  ...(text.match(/\b(?:ssoins|ps)-[0-9a-f]{16}\b/g) ?? []).filter((id) => !/-1234567890ab/.test(id)),
  ...(text.match(/\bd-[0-9a-f]{10}\b/g) ?? []).filter((id) => !/^d-12345/.test(id)),
  ...(text.match(/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16,}\b/g) ?? []).filter((id) => !/EXAMPLE/.test(id)),
  ...(text.match(/[^\s"@]+@[^\s"@,]+/g) ?? []).filter((address) => !/@example\.com$/.test(address)),
];
/** Account ids as AWS’s documentation has them, and as the program records them. */
const documentation = /^(111122223333|444455556666|777788889999|123456789012|999999999999|9000\d{8})$/;

test.each(recorded.map((row) => [titleOf(row), row] as const))('%s', (_, row) => {
  const { source, situation, expect: wanted, ...rest } = row;
  const [service, operation] = partsOf(row);
  expect(Object.keys(models[service].operations)).toContain(operation);
  expect(source, 'where it was seen').toMatch(/\w/);
  expect(ofOthers(JSON.stringify(rest)), 'ids and addresses of other people').toEqual([]);
  expect(() => new RegExp(wanted?.says ?? '')).not.toThrow();
});

test('no two rows are of the same operation in the same situation', () => {
  const titles = recorded.filter(({ situation }) => situation !== undefined).map(titleOf);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('every situation that can be arranged is one of the table’s', () => {
  const used = new Set(recorded.map(({ situation }) => situation));
  expect(Object.keys(situations).filter((name) => !used.has(name))).toEqual([]);
});

test.each([
  ['no JSON', 'hello', /JSON/],
  [
    'another format',
    '{"exchange":2,"operation":"sso:ListInstances","request":{},"answer":{}}',
    /a.jsonl:2 is no/,
  ],
  [
    'two outcomes',
    '{"exchange":1,"operation":"a:B","request":{},"answer":{},"error":{}}',
    /a.jsonl:2 has to/,
  ],
])('a line that is %s is refused, with its place', (_, line, says) => {
  expect(() => exchangesIn(`\n${line}`, 'a.jsonl')).toThrow(says);
});
