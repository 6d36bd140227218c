import { expect, test } from 'vitest';
import { asCommand } from '../../src/model/text/own-commands.ts';
import { filled } from '../../src/report/filled.ts';
import { inRows } from '../../src/report/in-rows.ts';

const at = (columns: number, text: string): readonly string[] => inRows(text, columns).split('\n');

test('what is longer than a row is broken between words, and only there', () => {
  const text = 'This cannot be read: another program has it open. End that one, then start again.';
  for (const columns of [20, 33, 50, 80]) {
    const rows = at(columns, text);
    expect(rows.join(' ')).toBe(text);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(columns);
  }
  expect(at(80, 'It fits.')).toEqual(['It fits.']);
  expect(at(10, text)).toEqual([text]);
});

test('what belongs to a sign or a label goes on below its text', () => {
  expect(at(30, '  - The account is a member account, and active')).toEqual([
    '  - The account is a member',
    '    account, and active',
  ]);
  expect(at(40, 'confirmed    Register Security Tooling as administrator')).toEqual([
    'confirmed    Register Security Tooling',
    '             as administrator',
  ]);
});

test('a command is never broken: neither one that stands alone, nor one in a sentence', () => {
  const alone = 'aws sso-admin list-permission-sets --instance-arn arn:aws:sso:::instance/i';
  expect(at(40, asCommand(alone))).toEqual([alone]);
  const comment = '# A comment of a script: its second half would be a command';
  expect(at(40, asCommand(comment))).toEqual([comment]);
  const own = 'node dist/cw-runbook.cjs audit export --run VEWVB6WT > change.md';
  expect(at(40, `  ${asCommand(own)}`)).toEqual([`  ${own}`]);
  expect(
    at(
      48,
      `Exited. What was done is written down. To continue: ${asCommand('node dist/cw-runbook.cjs demo')}.`,
    ),
  ).toEqual(['Exited. What was done is written down. To', 'continue: node dist/cw-runbook.cjs demo.']);
  expect(at(40, `Export it first: ${asCommand('cw-runbook audit export --run VEWVB6WT')}`)).toEqual([
    'Export it first:',
    'cw-runbook audit export --run VEWVB6WT',
  ]);
  const [, confirm] = at(
    60,
    `Confirm it where nobody is asked: ${asCommand("cw-runbook run --answers FILE --confirm 'Shared Services'")}.`,
  );
  expect(confirm).toBe("cw-runbook run --answers FILE --confirm 'Shared Services'.");
});

test('a sentence is no command, whatever word it begins with', () => {
  expect(at(40, 'aws sso login is what signs you in, and it opens a page in a browser')).toEqual([
    'aws sso login is what signs you in, and',
    'it opens a page in a browser',
  ]);
  expect(at(40, 'cw-runbook undo removes what this run made')).toEqual([
    'cw-runbook undo removes what this run',
    'made',
  ]);
});

test('an address or a path is never broken', () => {
  const path = '/home/somebody/.local/share/cw-runbook/runs/01M8PZYCBVEH4ZA5RTYW3BFRKV/journal.jsonl';
  expect(at(50, `Journal: ${path}`)).toEqual(['Journal:', path]);
});

test('an address that is as wide as a row begins at its edge: in a terminal it would be broken inside', () => {
  const address = `https://console.aws.amazon.com/${'a'.repeat(46)}`; // 77 columns
  expect(address).toHaveLength(77);
  for (const rows of [
    at(80, `  ! Look: ${address}`),
    at(80, `    ${address}`),
    filled(`Look: ${address}`, 80, '  ! '),
  ]) {
    expect(rows.at(-1)).toBe(address);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
  }
  // Also as the first word behind a sign, which stands alone then.
  for (const rows of [at(80, `  ✓ ${address}`), filled(address, 80, '  ✓ ')])
    expect(rows).toEqual(['  ✓', address]);
  // With what does not fit into any window nothing can be done; but it is whole, and has the row for itself.
  expect(filled(`Look here: ${address}`, 50, '  ')).toEqual(['  Look here:', address]);
});
