import { expect, test } from 'vitest';
import { openTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { emptyHome, openDemo, program } from './demo.ts';

const guided = async () =>
  openTerminal({
    args: [program],
    env: {
      CW_RUNBOOK_HOME: await emptyHome(),
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    },
  });

test.each([
  ['the guided run', guided],
  ['the demo', async () => openDemo({ home: await emptyHome() })],
] as const)('%s: keys that were typed before the first frame are not lost', async (_, open) => {
  const terminal = await open();
  terminal.press('?'); // nothing is drawn yet, and nothing reads
  expect(terminal.written()).toBe('');
  await terminal.waitFor('Esc back');
  terminal.press('escape');
  await terminal.waitFor(questionOf('before-you-start.understood'));
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
});

test('who leaves before the first frame has left', async () => {
  const terminal = await guided();
  terminal.press('q');
  expect((await terminal.exit).code).toBe(3);
  expect(terminal.written()).toContain('No identity was accepted');
});
