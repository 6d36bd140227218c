import { expect, test } from 'vitest';
import { all, answered, bench } from './bench.ts';
import { finished } from './finished.ts';
import { killedAfter, undo, undoKilledAfter, undone, words } from './killed.ts';

test.each(['sending', 'accepted', 'settled'])(
  'killed after “%s” of the assignment, the next start ends the same',
  killedAfter,
);

test.each([
  ['sending', 'assign-administrator'],
  ['undone', 'assign-administrator'],
  ['accepted', 'permission-set'],
])('killed after “%s” of %s, the next undo ends the same, and sends nothing twice', undoKilledAfter);

test('interrupted while AWS is at work, it ends with the signal’s code, and the next start goes on', async () => {
  const at = await bench('fresh', { settle: 1500 });
  const { answers, flags } = await answered(at);
  const ended = await at.run(
    answers,
    flags,
    (out) => /^accepted +assign-administrator/m.test(out),
    'SIGTERM',
  );
  expect(ended).toMatchObject({ code: 143 });
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
});

test('interrupted, it ends with the signal’s code, and the next undo goes on', async () => {
  const { at } = await finished();
  const ended = await undo(
    at,
    words,
    (out) => /^undo +begun[\s\S]*^accepted +assign-administrator/m.test(out),
    'SIGTERM',
  );
  expect(ended).toMatchObject({ code: 143 });
  expect(await undo(at)).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(all.length)).toEqual(undone);
});
