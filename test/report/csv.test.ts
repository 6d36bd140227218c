import { describe, expect, test } from 'vitest';
import { csv, inert } from '../../src/report/rows/csv.ts';
import { type AuditRow, columns } from '../../src/report/rows/row.ts';
import { hostile } from '../ui/hostile.ts';
import { finishedJournal, journals, rowsIn } from './journals.ts';

/** Takes a CSV apart as RFC 4180 says. */
function cellsIn(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}
const row: AuditRow = {
  ...{ run: 'r', seq: '1', at_utc: '2026-11-30T00:00:00.000Z', event: 'opened', what: 'opened' },
  ...{ endpoint: 'aws', simulated: 'no', program: 'cw-runbook/1.0.0' },
};

test('it begins with a byte order mark, ends lines with CR LF, and every row has all columns', () => {
  for (const [, journal] of journals) {
    const text = [...csv(rowsIn(journal, journal.events))].join('');
    expect(text.startsWith('\ufeffrun,seq,at_utc,event,what,')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    const [head, ...rows] = cellsIn(text.slice(1));
    expect(head).toEqual(columns);
    expect(rows).toHaveLength(journal.events.length);
    expect(rows.filter(({ length }) => length !== columns.length)).toEqual([]);
  }
});

test('who acted, with what, and how it ended stand in the rows of a change', () => {
  const journal = finishedJournal();
  const rows = rowsIn(journal, journal.events);
  const sent = rows.filter(({ event }) => event === 'intended');
  const ended = rows.filter(({ event }) => event === 'ended');
  expect(sent.length).toBeGreaterThan(2);
  expect(ended.map(({ attempt }) => attempt)).toEqual(sent.map(({ attempt }) => attempt));
  for (const one of [...sent, ...ended]) {
    expect(one.as).toMatch(/^arn:/);
    expect(one.account).toMatch(/^\d{12}$/);
    expect(one.operation).toMatch(/^\w+:\w+$/);
    expect(one.by).toMatch(/@/);
    expect(one.record_sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(ended.map(({ result }) => result))).toEqual(new Set(['verified']));
});

test('whose place somebody took at AWS has a column of its own, the last one', () => {
  const journal = finishedJournal();
  const arn = 'arn:aws:sts::123456789012:assumed-role/admin/ann';
  const events = journal.events.map((event) =>
    event.type === 'identified' ? { ...event, replaces: { account: '123456789012', arn } } : event,
  );
  const cells = cellsIn([...csv(rowsIn(journal, events))].join('').slice(1));
  expect(cells[0]?.at(-1)).toBe('replaces');
  const at = cells[0]?.indexOf('event') ?? 0;
  for (const row of cells.slice(1)) expect(row.at(-1)).toBe(row[at] === 'identified' ? arn : '');
  expect(cells.some((row) => row.at(-1) === arn)).toBe(true);
});

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'⟪U+0009⟫=1"],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\u3000=1', "'\u3000=1"],
    ['＝1', "'＝1"],
    ['＠SUM', "'＠SUM"],
    ['－1', "'－1"],
    ['＋1', "'＋1"],
    ['a\n=1', "a\n'=1"],
    ['a\r\n+1', "a\n'+1"],
    ['a\r@1', "a\n'@1"],
    ['\n=1', "'\n'=1"],
    ['\r=1', "'\n'=1"],
    ['\na', "'\na"],
    ['012345678901', "'012345678901"],
    ['123456789012', "'123456789012"],
    ['1E5', "'1E5"],
    ['12', '12'],
    ['a=1', 'a=1'],
    ['ann-lee', 'ann-lee'],
    ['2026-11-30T03:01:29.314Z', '2026-11-30T03:01:29.314Z'],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['\u200b=1', "'⟪U+200B⟫=1"],
  ])('%j is %j', (text, as) => expect(inert(text)).toBe(as));

  test('no name breaks out of it, and none begins a formula', () => {
    for (const name of [...hostile, '"', '","', '"\r\n=1', '",=1', '""=1', '\u0000=1']) {
      const [, cells = []] = cellsIn([...csv([{ ...row, what: name, by: name }])].join('').slice(1));
      expect(cells.length, JSON.stringify(name)).toBe(columns.length);
      expect(cells[columns.indexOf('program')]).toBe('cw-runbook/1.0.0');
      for (const part of cells.flatMap((cell) => cell.split('\n')))
        expect(part).not.toMatch(/^[\s\u00a0\ufeff\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u);
    }
  });
});
