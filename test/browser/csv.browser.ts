import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { csv } from '../../src/report/rows/csv.ts';
import type { AuditRow } from '../../src/report/rows/row.ts';
import { finishedJournal, rowsIn } from '../report/journals.ts';
import { hostile } from '../ui/hostile.ts';
import { find } from './programs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cw-csv-'));
let count = 0;
/** A CSV as LibreOffice Calc has opened it. `formulas`: as if somebody had said that it shall evaluate them. */
function inCalc(text: string, formulas: boolean): string {
  const name = `t${count++}`;
  writeFileSync(join(folder, `${name}.csv`), text);
  // Separator, quotes, UTF-8, first line, columns, language, quoted fields as text: no, detect numbers: yes, …, formulas.
  const filter = [
    'CSV:44',
    '34',
    '76',
    '1',
    '',
    '0',
    'false',
    'true',
    'false',
    'false',
    'false',
    '-1',
    String(formulas),
  ];
  execFileSync(
    find('libreoffice') ?? '',
    [
      ...[
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
        '--headless',
        '--norestore',
      ],
      ...[
        `--infilter=${filter.join(',')}`,
        '--convert-to',
        'fods',
        '--outdir',
        folder,
        join(folder, `${name}.csv`),
      ],
    ],
    { stdio: 'pipe', timeout: 100_000 },
  );
  return readFileSync(join(folder, `${name}.fods`), 'utf8');
}
const formulasIn = (sheet: string): readonly string[] => sheet.match(/table:formula="[^"]*"/g) ?? [];

const live = [
  ...[
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '\u00a0=1+1',
    '＝1+1',
    '＋1',
    '－1',
  ],
  ...[
    '=HYPERLINK("http://x.example","y")',
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("http://x.example")',
    'a\n=1+1',
    '",=1+1',
  ],
  ...['"\r\n=1+1', '"=1+1', '\u200b=1+1', '\ufeff=1+1', '\u3000=1+1', '=\u202e1+1', ';=1+1', '\t\t=1+1'],
];
const journal = finishedJournal();
const [first] = rowsIn(journal, journal.events);
const rowWith = (what: string): AuditRow => ({
  ...(first as AuditRow),
  what,
  by: what,
  as: what,
  account: '012345678901',
});

test('no cell is a formula in LibreOffice, whatever a name holds', () => {
  const rows = [...rowsIn(journal, journal.events), ...[...live, ...hostile].map(rowWith)];
  const text = [...csv(rows)].join('');
  for (const formulas of [false, true]) {
    const sheet = inCalc(text, formulas);
    expect(formulasIn(sheet)).toEqual([]);
    expect(sheet.match(/012345678901/g)?.length).toBe(live.length + hostile.length);
    expect(sheet).not.toMatch(/office:value="12345678901"/);
  }
  // The same without our guard: what is looked for can be found.
  expect(formulasIn(inCalc('a,b\r\n=1+1,x\r\n', true))).toHaveLength(1);
});
