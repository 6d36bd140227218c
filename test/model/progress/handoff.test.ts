import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/model/event.ts';
import { change, met, type Plan, unknown, wrong } from '../../../src/model/plan.ts';
import { changedSince, parked } from '../../../src/model/progress/handoff.ts';
import { applyEvent, emptyRun, type Run } from '../../../src/model/run.ts';
import type { AppliedChange } from '../../../src/model/step.ts';

const create = change('set', 'Create the set', 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: 'n' });
const there = met('set', 'There is a set', 'n');
const looked = (plan: Plan, at = 2): Event => ({ type: 'looked', at, step: 's', plan, basis: 'b' });
const given: Event = { type: 'handed-off', at: 5, handoff: 'H', by: 'ann@a', program: 'p' };
const taken: Event = { type: 'took-over', at: 6, handoff: 'H', by: 'ben@b', program: 'p', from: 'ann@a' };
const opened = (at = 7): Event => ({ type: 'opened', at, by: 'ben@b', program: 'p' });
const intent: Event = {
  type: 'intended',
  at: 3,
  attempt: 's/set#1',
  step: 's',
  change: 'set',
  says: 'Create the set',
  call: { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'i', Name: 'n' } },
  key: 'k',
  actor: 'management',
  account: '1',
  arn: 'a',
  region: undefined,
  situation: { answers: {}, given: {}, hints: {}, run: 'R' },
};
const fold = (...events: readonly Event[]): Run => events.reduce(applyEvent, emptyRun);

describe('after a hand-off', () => {
  test('the run is parked until it is taken over or taken back', () => {
    expect(parked(fold(given))).toMatchObject({ id: 'H', by: 'ann@a', at: 5 });
    expect(parked(fold(given, taken))).toBeUndefined();
    const back: Event = { type: 'reclaimed', at: 6, handoff: 'H', by: 'ann@a', typed: 'H' };
    expect(parked(fold(given, back))).toBeUndefined();
    expect(parked(fold(given, back, { ...given, handoff: 'I' }))).toMatchObject({ id: 'I' });
  });

  test('whoever takes it over accepts credentials anew; whoever takes it back keeps theirs', () => {
    const source = { kind: 'profile', name: 'x' } as const;
    const me: Event = { type: 'identified', at: 1, actor: 'management', account: '1', arn: 'a', source };
    expect(fold(me, given, taken).identities).toEqual({});
    const back: Event = { type: 'reclaimed', at: 6, handoff: 'H', by: 'ann@a', typed: 'H' };
    expect(fold(me, given, back).identities.management).toEqual({ account: '1', arn: 'a', source });
  });

  test('what somebody else made of this run’s plan is told, and that it was planned here', () => {
    const run = fold(looked({ goals: [create] }), given, taken, opened());
    expect(changedSince(run, 's', { goals: [there] })).toMatchObject({
      since: 2,
      planned: ['set'],
      drifts: [{ goal: 'set', found: 'n' }],
    });
  });

  test('what this run sent itself is no change: how it ended is found out, not told as somebody else’s', () => {
    const run = fold(looked({ goals: [create] }), intent, given, taken, opened());
    expect(changedSince(run, 's', { goals: [there] })).toBeUndefined();
    const ended: Event = {
      type: 'ended',
      at: 8,
      attempt: 's/set#1',
      outcome: { ended: 'verified', by: 'look' },
    };
    expect(changedSince(applyEvent(run, ended), 's', { goals: [there] })).toBeUndefined();
  });

  test('what this run took back itself is no change of somebody else’s, nor what goes with it', () => {
    const policy = met('policy', 'It has the policy', 'as chosen');
    const put = change('policy', 'Give it the policy', 'sso:PutInlinePolicyToPermissionSet', {
      ...{ InstanceArn: 'i', PermissionSetArn: 's', InlinePolicy: 'p' },
    });
    const made = (n: number, { id, call }: typeof create | typeof put) =>
      ({ attempt: `s/${id}#${n}`, change: id, says: '', call, at: 1, seen: 2 }) as AppliedChange;
    const undoing = [made(1, create), made(2, put)];
    const before = fold(looked({ goals: [there, policy] }), given, taken, opened());
    const deleted: Event = {
      ...intent,
      ...{ at: 8, attempt: 's/set#1#3', change: 'set#1', key: 'd' },
      call: { operation: 'sso:DeletePermissionSet', input: { InstanceArn: 'i', PermissionSetArn: 's' } },
      situation: { ...intent.situation, undoing },
    };
    expect(changedSince(applyEvent(before, deleted), 's', { goals: [create, put] })).toBeUndefined();
    // Of two alike that it made, it took back one; somebody else the other.
    const [one, two] = [met('a', 'A has it', 'yes'), met('b', 'B has it', 'yes')];
    const gone = (id: string) => change(id, `${id} gets it`, 'sso:CreateAccountAssignment', {} as never);
    const assigned = fold(looked({ goals: [one, two] }), given, taken, opened());
    const removed: Event = {
      ...intent,
      ...{ at: 8, attempt: 's/a#1#3', change: 'a#1', key: 'd' },
      call: { operation: 'sso:DeleteAccountAssignment', input: {} as never },
      situation: {
        ...intent.situation,
        undoing: ['a', 'b'].map(
          (id, n) =>
            ({
              ...made(n + 1, create),
              attempt: `s/${id}#${n + 1}`,
              change: id,
              call: { operation: 'sso:CreateAccountAssignment', input: {} },
            }) as AppliedChange,
        ),
      },
    };
    const now = { goals: [gone('a'), gone('b')] };
    expect(changedSince(applyEvent(assigned, removed), 's', now)).toMatchObject({ drifts: [{ goal: 'b' }] });
  });

  test('what was there and is gone, or is wrong now, is told', () => {
    const run = fold(looked({ goals: [there] }), given, taken, opened());
    expect(changedSince(run, 's', { goals: [create] })).toMatchObject({
      planned: [],
      drifts: [{ goal: 'set' }],
    });
    expect(changedSince(run, 's', { goals: [wrong('set', 'There is a set', 'gone', 'x')] })).toBeDefined();
    expect(changedSince(run, 's', { goals: [there] })).toBeUndefined();
  });

  test('who looks is no change, nor what could not be checked; it is compared once it can be', () => {
    const caller = (name: string) => met('caller', 'Who acts', `arn:aws:iam::111122223333:user/${name}`);
    const run = fold(looked({ goals: [caller('ann'), create] }), given, taken, opened());
    expect(changedSince(run, 's', { goals: [caller('ben'), create] })).toBeUndefined();
    const silent: Plan = { goals: [unknown('answer', 'AWS answers', 'no', { firm: true })] };
    expect(changedSince(run, 's', silent)).toBeUndefined();
    const later = fold(looked({ goals: [create] }), given, taken, opened(), looked(silent, 8));
    expect(changedSince(later, 's', { goals: [there] })).toMatchObject({ since: 2 });
    const left = applyEvent(later, opened(9)); // and after another start
    expect(changedSince(left, 's', { goals: [there] })).toMatchObject({ since: 2 });
  });

  test('what follows from an answer given since is no change', () => {
    const answer = (step: string, text: string): Event => ({
      type: 'answered',
      at: 8,
      step,
      question: 'q',
      answer: text,
    });
    const run = fold(looked({ goals: [create] }), given, taken, opened());
    expect(changedSince(applyEvent(run, answer('s', 'x')), 's', { goals: [there] })).toBeUndefined();
    expect(changedSince(applyEvent(run, answer('t', 'x')), 's', { goals: [there] })).toBeDefined();
    const other = [answer('t', 'x'), answer('t', 'y')].reduce(applyEvent, run);
    expect(changedSince(other, 's', { goals: [there] })).toBeUndefined();
  });

  test('what carries this run’s mark, and no call of this journal made, is told once', () => {
    const seen: Plan = { goals: [there], marked: { set: 'n is tagged R' } };
    const run = fold(given, taken, opened());
    expect(changedSince(run, 's', seen)).toEqual({
      since: 5,
      drifts: [],
      planned: [],
      elsewhere: ['n is tagged R'],
    });
    expect(changedSince(applyEvent(run, intent), 's', seen)).toBeUndefined();
    const outcome = { ended: 'refused', code: 'No', why: 'no', requestId: 'r' } as const;
    const refused = [intent, { type: 'ended', at: 8, attempt: 's/set#1', outcome } as const];
    expect(changedSince(refused.reduce(applyEvent, run), 's', seen)).toBeDefined();
    const event = { type: 'changed-since', at: 8, step: 's', handoff: 'H' } as const;
    const told = applyEvent(run, {
      ...event,
      since: 5,
      drifts: [],
      planned: [],
      elsewhere: ['n is tagged R'],
    });
    expect(changedSince(told, 's', seen)).toBeUndefined();
    expect(changedSince(applyEvent(told, { type: 'read', at: 9, step: 's' }), 's', seen)).toBeUndefined();
  });

  test('a step that changed is read again', () => {
    const event: Event = {
      type: 'changed-since',
      at: 8,
      step: 's',
      handoff: 'H',
      since: 2,
      drifts: [],
      planned: [],
    };
    const read: Event = { type: 'read', at: 3, step: 's' };
    const run = fold(read, given, taken, opened(), event);
    expect([run.read, Object.keys(run.since ?? {})]).toEqual([[], ['s']]);
    expect(applyEvent(run, read).since).toEqual({});
  });

  test('a run that was never handed off compares nothing', () => {
    expect(
      changedSince(fold(looked({ goals: [create] }), opened()), 's', { goals: [there] }),
    ).toBeUndefined();
  });
});
