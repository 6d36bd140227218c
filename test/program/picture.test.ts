import { expect, test } from 'vitest';
import { screenshot } from '../screenshot.ts';
import { emptyHome, go, openDemo, until } from './demo.ts';

/** What differs from run to run, in as many characters. */
const same = (text: string): string =>
  text
    .replace(/\d{12}/g, '111122223333')
    .replace(/run \w{8}/, 'run 01ABCDEF')
    .replace(/(ssoins-|ps-)[0-9a-f]{16}/g, (_, kind: string) => `${kind}0123456789abcdef`)
    .replace(/cw-runbook \d+\.\d+\.\d+/, (name) => name);

test('the picture in the README is the screen as it is', async () => {
  const terminal = openDemo({ home: await emptyHome(), columns: 110, rows: 32, seed: 'picture' });
  await go(terminal, until('register'));
  await terminal.waitFor(/DANGEROUS[\s\S]*or “\d{12}” and press Enter[\s\S]*Enter confirm/);
  const picture = screenshot(
    terminal.emulator,
    same,
    'cw-runbook, before the delegated administrator is registered',
  );
  terminal.press('ctrl-c');
  await terminal.exit;
  await expect(picture).toMatchFileSnapshot('../../docs/screen.svg');
});
