import { expect, test } from 'vitest';
import { flat } from '../terminal.ts';
import { changes, questionOf, seeing } from '../words.ts';
import { emptyHome, from, go, openDemo, typed, until } from './demo.ts';

const account = (screen: string): string => /or “(\d{12})” and/.exec(flat(screen))?.[1] ?? '';

test('the management account is the last in the list; a word is typed for it, and two more steps see to it', async () => {
  const terminal = openDemo({ home: await emptyHome(), columns: 120, rows: 40 });
  await go(terminal, until('target'));
  // All are marked: the retired account cannot be, the management account can.
  const list = await terminal.waitFor(
    seeing`${questionOf('assign-administrator.target')}[\s\S]*Example Corp Management`,
  );
  expect(list).toMatch(/❯.*Assignment/);
  expect(list).not.toMatch(/Set for management/);
  terminal.press('a');
  await terminal.waitFor(/Enter confirm [2-9] marked/);
  terminal.press('enter');
  const asked = await terminal.waitFor(
    /Is CodeWhisperer administered there too\?[\s\S]*leave the management account out/,
  );
  expect(flat(asked)).toContain('can neither assign anything in the management account');
  terminal.press('enter'); // nothing is highlighted: that chooses nothing
  terminal.press('down');
  await terminal.waitFor(/❯ Yes,/);
  terminal.press('enter');
  terminal.press(account(await terminal.waitFor(/DANGEROUS: Yes[\s\S]*or “\d{12}” and press Enter/)));
  await go(terminal, [{ name: 'typed', ...typed }]);
  await terminal.waitFor(seeing`CHANGE[^:]*: ${changes.assign}[\s\S]*Make all [2-9] changes\?[\s\S]*y yes`);
  terminal.press('y');
  // Warnings stand in the step: they have to be read.
  await terminal.waitFor(/This step is done[\s\S]*Enter continue/);
  terminal.press('enter');
  const named = await terminal.waitFor(
    seeing`${questionOf('management-set.name')}[\s\S]*CodeWhisperer_administrator_mgmt`,
  );
  expect(named).toMatch(/❯.*Set for management/);
  terminal.press('enter');
  await terminal.waitFor(
    seeing`\nmanagement Example Corp Management \d{12} user/[\s\S]*CHANGE[^:]*: ${changes.create} CodeWhisperer_administrator_mgmt[\s\S]*y yes`,
  );
  terminal.press('y');
  await terminal.waitFor(seeing`CHANGE[^:]*: ${changes.give} CodeWhisperer_administrator_mgmt[\s\S]*y yes`);
  terminal.press('y');
  terminal.press(
    account(
      await terminal.waitFor(
        seeing`with care: ${changes.assign}[\s\S]*Example Corp Management[\s\S]*or “\d{12}” and press Enter`,
      ),
    ),
  );
  await go(terminal, [{ name: 'typed', ...typed }]);
  const done = await terminal.waitFor('Enter finish');
  expect(flat(done)).toMatch(/Tell .*: sign in at .*Example Corp Management, then /);
  await go(terminal, from('hand-over'));
  expect((await terminal.exit).code).toBe(0);
});
