import { expect, test } from 'vitest';
import { screenshot } from '../screenshot.ts';
import { flat } from '../terminal.ts';
import { changes, questionOf, seeing, titleOf } from '../words.ts';
import { emptyHome, go, openDemo, until } from './demo.ts';

/** What differs from run to run, in as many characters. */
const same = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '01234567-89ab-cdef-0123-456789abcdef')
    .replace(/\d{12}/g, '111122223333')
    .replace(/\d\d:\d\d:\d\d/g, '12:00:00')
    .replace(/01[0-9A-Z]{24}/g, '01ABCDEFGHJKMNPQRSTVWXYZ00')
    .replace(/run \w{8}/, 'run 01ABCDEF')
    .replace(/(ssoins-|ps-)[0-9a-f]{16}/g, (_, kind: string) => `${kind}0123456789abcdef`)
    .replace(/cw-runbook \d+\.\d+\.\d+/, (name) => name);

/** The pictures of the documents, all of one walk. */
const pictures = {
  screen: {
    at: 'register',
    sees: /with care[\s\S]*or “\d{12}” and press Enter[\s\S]*Enter confirm/,
    keys: [],
    title: 'cw-runbook, before the delegated administrator is registered',
    besides: false,
  },
  'screen-policy': {
    at: 'put-policy',
    sees: seeing`CHANGE[^:]*: ${changes.give}[\s\S]*y yes`,
    keys: [],
    title: 'cw-runbook, before the permission set gets its policy',
    besides: true,
  },
  'screen-log': {
    at: 'target',
    sees: seeing`The audit log of this run[\s\S]*checked “${titleOf('permission-set')}”: done[\s\S]*Esc back`,
    keys: ['l'],
    title: 'cw-runbook, the audit log of a run, as it is written',
    besides: true,
  },
} as const;

test('the pictures in the documents are the screen as it is', async () => {
  const terminal = openDemo({ home: await emptyHome(), columns: 110, rows: 32, seed: 'picture' });
  let from = 0;
  for (const [name, { at, sees, keys, title, besides }] of Object.entries(pictures)) {
    const stops = until(at);
    await go(terminal, stops.slice(from));
    from = stops.length;
    if (keys.length > 0) await terminal.waitFor(questionOf('assign-administrator.target'));
    terminal.press(...keys);
    let picture = '';
    // Taken when it is there: what the program writes next may be on the screen when a wait for it is over.
    await terminal.waitFor((screen) => {
      if (!sees.test(screen) && !sees.test(flat(screen))) return false;
      picture = screenshot(terminal.emulator, same, title, besides);
      return true;
    });
    await expect(picture).toMatchFileSnapshot(`../../docs/${name}.svg`);
  }
  terminal.press('ctrl-c');
  await terminal.exit;
});
