import { expect, test } from 'vitest';
import { flat } from '../terminal.ts';
import { changes, questionOf, seeing } from '../words.ts';
import { emptyHome, go, openDemo, until } from './demo.ts';

test('another policy than the document’s: what it grants otherwise is read, and a name is typed', async () => {
  const terminal = openDemo({ home: await emptyHome() });
  await go(terminal, until('policy'));
  const list = await terminal.waitFor(questionOf('permission-set.policy'));
  expect(list).toMatch(/❯ CodeWhisperer document, 2024 · \d+ actions$/m);
  terminal.press('down');
  terminal.press('down');
  await terminal.waitFor(
    /❯ CodeWhisperer legacy, 2026 · \d+ actions, \+1 vs\. document\s[\s\S]*adds 1 action, narrows 1\./,
  );
  terminal.press('enter');
  const danger = await terminal.waitFor(/DANGEROUS: CodeWhisperer legacy[\s\S]*To confirm, type/);
  expect(flat(danger)).toContain('it adds 1 action, narrows 1.');
  const account = /or “(\d{12})” and/.exec(flat(danger))?.[1] ?? '';
  terminal.press(account);
  await terminal.waitFor(/❯ \d{12}[\s\S]*Enter confirm/);
  terminal.press('enter');
  await terminal.waitFor(questionOf('permission-set.name'));
  terminal.press('enter');
  await terminal.waitFor(seeing`CHANGE[^:]*: ${changes.create}[\s\S]*Make this change\?[\s\S]*y yes`);
  terminal.press('y');
  const put = await terminal.waitFor(
    seeing`CHANGE[^:]*: ${changes.give} CodeWhisperer_administrator[\s\S]*Make this change\?[\s\S]*y yes`,
  );
  expect(flat(put)).toContain('AWS’s policy of 2026 for legacy CodeWhisperer profiles');
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
});
