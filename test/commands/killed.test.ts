import { test } from 'vitest';
import { killedAfter, undoKilledAfter } from './killed.ts';

test.each(['intended', 'settled'])(
  'killed after “%s” of the assignment, the next start ends the same',
  killedAfter,
);

test.each([
  ['intended', 'assign-administrator'],
  ['accepted', 'permission-set'],
])('killed after “%s” of %s, the next undo ends the same, and sends nothing twice', undoKilledAfter);
