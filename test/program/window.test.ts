import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { questionOf } from '../words.ts';
import { emptyHome, go, openDemo, until } from './demo.ts';
import { eventsIn } from './session.ts';

test('500 sizes in a row, down to 20×5, while something dangerous is being confirmed: it stands as it stood, and nothing was confirmed', async () => {
  const home = await emptyHome();
  const terminal = openDemo({ home });
  await go(terminal, until('register-typed'));
  const asked = await terminal.waitFor(/❯ \d{12}[\s\S]*Enter confirm/);
  for (let n = 1; n <= 500; n++) terminal.resize(20 + ((n * 37) % 141), 5 + ((n * 13) % 56));
  terminal.resize(20, 5);
  const tooSmall = (size: string) =>
    terminal.waitFor((screen) => screen.replaceAll('\n', '').includes(`too small (${size})`));
  await tooSmall('20×5');
  terminal.press('enter', 'y', 'enter', 'q'); // nobody can see what they would be for
  terminal.resize(20, 6); // when this is drawn the keys were read
  await tooSmall('20×6');
  terminal.resize(80, 24);
  expect(await terminal.waitFor(/❯ \d{12}[\s\S]*Enter confirm/)).toBe(asked);
  expect((await eventsIn(home)).map(({ type }) => type)).not.toContain('confirmed');
  terminal.press('enter');
  await terminal.waitFor('You may have to switch user');
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
});

test('10 kB pasted into a confirmation, marked as pasted and not, confirm nothing', async () => {
  const home = await emptyHome();
  const terminal = openDemo({ home });
  const bomb = 'y\r'.repeat(5_000);
  await go(terminal, until('accept'));
  await terminal.waitFor(/Use these credentials\?[\s\S]*y yes/);
  terminal.press(bomb, `\u001b[200~${bomb}\u001b[201~`, 'b');
  await terminal.waitFor('Which answer do you want to change?'); // all that came before it has been taken in
  terminal.press('escape');
  await terminal.waitFor(/Use these credentials\?[\s\S]*y yes/);
  expect(await readdir(home)).not.toContain('runs'); // a run begins with an accepted identity
  terminal.press('y');
  await terminal.waitFor(questionOf('session-duration.seen'));
  expect((await eventsIn(home)).map(({ type }) => type)).toContain('identified');
  terminal.press('ctrl-c');
  expect(await terminal.exit).toMatchObject({ code: 130 });
});
