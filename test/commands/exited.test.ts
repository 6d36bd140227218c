import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeExit } from '../../src/commands/runs/exited.ts';
import type { Event } from '../../src/model/event.ts';
import { halfTakenBack } from '../../src/model/progress/undoing.ts';
import { foldRun } from '../../src/model/run.ts';
import { asCommand } from '../../src/model/text/own-commands.ts';
import { codewhisperer } from '../../steps/index.ts';

const file = join(import.meta.dirname, '../compat/0.1.0/runs/finished/journal.jsonl');
const finished: readonly Event[] = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => JSON.parse(line));
const opened = { type: 'opened', at: 1e13, by: 'ben', program: 'cw-runbook/0.2.0' } as const;
const began: readonly Event[] = [
  { ...opened, undoing: true },
  { type: 'undo-began', at: 1e13, steps: ['assign-administrator', 'permission-set'] },
];
const isVerified = (one: Event): one is Extract<Event, { readonly type: 'ended' }> =>
  one.type === 'ended' && one.outcome.ended === 'verified';
const exited = (events: readonly Event[]) => describeExit(foldRun(events, codewhisperer), codewhisperer);

test('what is finished is not said to go on: it can be checked again', () => {
  const [says, lead] = exited([...finished, opened]);
  expect(says).toMatch(/^Exited\. Finished\. \d changes, each read back\./);
  expect(lead).toBe('To check it again:');
});
test('what is not finished, or is being undone, goes on', () => {
  const first = finished.slice(0, finished.findIndex(isVerified) + 1);
  for (const events of [first, [...finished, ...began]])
    expect(exited(events)).toEqual([
      expect.stringMatching(/^Exited\. What was done is written down\. /),
      'To continue:',
    ]);
});
test('an undo of which nothing is done yet is not called half done', () => {
  const { steps } = codewhisperer;
  const banner = halfTakenBack([...finished, ...began, opened], steps);
  expect(banner).toBe(
    `An undo was begun; nothing is undone yet. ${asCommand('cw-runbook undo')} continues with it.`,
  );
  const made = finished.findLast(isVerified)?.attempt ?? '';
  const gone: Event = { type: 'taken-back', at: 1e13, step: 'assign-administrator', made: [made] };
  expect(halfTakenBack([...finished, ...began, gone, opened], steps)).toMatch(/^Half undone;/);
});
