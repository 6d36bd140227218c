import { expect, test } from 'vitest';
import type { Reconciliation } from '../../src/model/evidence/reconciliation.ts';
import { reconciliationLines } from '../../src/report/reconciliation-lines.ts';

const none = { records: 2, found: 2, differences: [], waiting: [], unseen: [], others: [] };
const told = (of: object): readonly string[] =>
  reconciliationLines({ ...none, ...of } as unknown as Reconciliation, 40);

test('where AWS could be told no hash, it says that CloudTrail shows none, and the requests agree all the same', () =>
  expect(told({})).toEqual([
    'The journal and CloudTrail agree: 2 requests, and no event with this run’s id that the journal lacks.',
    'CloudTrail shows no hash of this journal.',
  ]));
test('found, not yet and cannot look are three answers; what is left is said with the latest time', () => {
  const early = Date.UTC(2026, 10, 30, 10, 5);
  const lines = told({
    found: 0,
    anchored: 12,
    waiting: [
      { says: 'Create the set', again: early + 60_000 },
      { says: 'Register the account', again: early },
    ],
    unseen: [{ says: 'Assign Ada', why: 'AccessDeniedException' }],
  });
  expect(lines[0]).toBe(
    'No difference so far: 0 of 2 requests agree, 2 not in CloudTrail yet, not everything could be looked up.',
  );
  expect(lines.slice(1, 6)).toEqual([
    '… Create the set',
    '… Register the account',
    '? Assign Ada',
    '    could not be looked up: AccessDeniedException',
    'CloudTrail shows the hash of record 12. The journal has 40.',
  ]);
  expect(lines.at(-1)).toMatch(/Check again after .*10:06.*audit reconcile/);
});
