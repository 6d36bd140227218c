import { describe, expect, test } from 'vitest';
import {
  byHand,
  change,
  changes,
  type Goal,
  judge,
  met,
  nextBatch,
  open,
  standing,
  unknown,
  waive,
  warning,
  wrong,
} from '../../src/model/plan.ts';

const make = (id: string, batch?: string) =>
  change(
    id,
    id,
    'sso:CreatePermissionSet',
    { InstanceArn: 'i', Name: id },
    batch === undefined ? {} : { batch },
  );
const byGravity: readonly (readonly [Goal, string])[] = [
  [wrong('w', '', '', ''), 'blocked'],
  [unknown('u', '', ''), 'unknown'],
  [open('o', '', 'q'), 'question'],
  [byHand('h', '', ''), 'by-hand'],
  [make('c'), 'to-do'],
  [warning('n', '', ''), 'done'],
  [met('m', '', ''), 'done'],
];

describe('standing', () => {
  test.each(byGravity.map(([, wanted], n) => [wanted, n] as const))(
    '%s, whatever is less grave besides',
    (wanted, n) => {
      const goals = byGravity.slice(n).map(([goal]) => goal);
      expect(standing({ goals })).toBe(wanted);
      expect(standing({ goals: [...goals].reverse() })).toBe(wanted);
    },
  );
  test('nothing wanted is done', () => expect(standing({ goals: [] })).toBe('done'));
});

test('nothing may be changed while anything is wrong, unknown, unanswered or by hand', () => {
  for (const [goal, how] of byGravity)
    expect(changes({ goals: [make('x'), goal] }).length > 0, how).toBe(how === 'to-do' || how === 'done');
});

test('a batch is the first change and its neighbours', () => {
  const ids = (...goals: readonly Goal[]) => nextBatch({ goals }).map(({ id }) => id);
  expect(ids(make('a'), make('b'))).toEqual(['a']);
  expect(ids(make('a', 'x'), make('b', 'x'), make('c', 'y'), make('d', 'x'))).toEqual(['a', 'b']);
  expect(ids(make('a', 'x'), met('m', '', ''), make('b', 'x'))).toEqual(['a', 'b']);
  expect(ids(make('a', 'x'), make('b', 'x'))).toEqual(['a', 'b']);
  expect(ids(met('m', '', ''))).toEqual([]);
});

test('only a goal seen met verifies, only the same call planned again disproves', () => {
  const key = 'sso:CreatePermissionSet i set';
  const judged = (goal: Goal) => judge({ goals: [goal] }, 'set', key);
  expect(judged(met('set', '', ''))).toBe('met');
  expect(judged(warning('set', '', ''))).toBe('met');
  expect(judged(make('set'))).toBe('missing');
  for (const goal of [
    open('set', '', 'q'),
    wrong('set', '', '', ''),
    unknown('set', '', ''),
    byHand('set', '', ''),
  ])
    expect(judged(goal)).toBe('cannot-tell');
  expect(judge({ goals: [] }, 'set', key)).toBe('cannot-tell');
  expect(judge({ goals: [{ ...make('other'), id: 'set' }] }, 'set', key)).toBe('cannot-tell');
  const later = change('set', '', 'sso:CreatePermissionSet', {
    InstanceArn: 'i',
    Name: { $after: 'x', path: 'y' },
  });
  expect(judged(later)).toBe('cannot-tell');
});

test('only what is unknown, and not firm, is waived; and the reason stays readable', () => {
  const goals = [
    unknown('a', 's', 'no'),
    unknown('b', '', 'no', { firm: true }),
    wrong('c', '', '', ''),
    open('d', '', 'q'),
  ];
  const waived = waive({ goals }, { a: 'seen', b: 'x', c: 'x', d: 'x' });
  expect(waived.goals.map(({ is }) => is)).toEqual(['warning', 'unknown', 'wrong', 'open']);
  expect(waived.goals[0]).toMatchObject({ found: 'could not be checked (no); accepted: seen' });
  expect(waive({ goals }, {}).goals).toEqual(goals);
});
