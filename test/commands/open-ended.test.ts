import { expect, test } from 'vitest';
import { closing, endingOf, openEnded } from '../../src/commands/auditing/source.ts';
import type { Event } from '../../src/model/event.ts';

const opened: Event = { type: 'opened', at: 1, by: 'ann', program: 'cw-runbook/0.2.0' };
const closed: Event = { type: 'closed', at: 2, records: 79, root: '9235f8cac1d418733987' };
const said = (...events: readonly Event[]): string => openEnded(endingOf(events), closing).join('\n');

test('of a journal that was closed and opened again, both are said: nobody takes it for one that was cut', () => {
  expect(said(opened, closed)).toBe('');
  expect(said(opened, closed, opened)).toBe(
    'The journal was closed after 79 records (root 9235f8cac1d41873), and the run was opened again. The record since then is not closed: more may follow, or be missing.',
  );
  expect(said(opened, closed, opened, opened)).toContain('The 2 records since then are not closed');
  expect(said(opened, closed, opened, closed)).toBe('');
});
test('one that was never closed is said to be; one of before journals were closed says nothing', () => {
  expect(said(opened)).toMatch(/^The journal is not closed: /);
  expect(said()).toMatch(/^The journal is not closed: /);
  expect(openEnded(endingOf([opened]), closing - 1)).toEqual([]);
});
test('read piece by piece, it ends as it does read at once', () => {
  const pieces: readonly (readonly Event[])[] = [[opened, closed], [opened], [opened]];
  let ending = endingOf([]);
  for (const piece of pieces) ending = endingOf(piece, ending);
  expect(ending).toEqual(endingOf(pieces.flat()));
});
