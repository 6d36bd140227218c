import { expect, test } from 'vitest';
import type { Event, Intent } from '../../src/model/event.ts';
import { change, met, unknown } from '../../src/model/plan.ts';
import { outputs } from '../../src/model/progress/outputs.ts';
import { applyEvent, emptyRun, made, pending, planOf, standingOf } from '../../src/model/run.ts';

const fold = (...events: readonly Event[]) => events.reduce(applyEvent, emptyRun);
const started: Event = { type: 'started', at: 0, run: 'r', simulated: true, endpoint: '' };
const intent = (n: number): Intent => ({
  ...{ type: 'intended', at: n, attempt: `s/c#${n}`, step: 's', change: 'c', says: '', key: 'k' },
  call: { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'i', Name: 'n' } },
  ...{ actor: 'management', account: '1', arn: 'a', region: undefined },
  situation: { answers: {}, given: {}, hints: {}, run: 'r' },
});
const plan = { goals: [met('g', '', '')] };
const looked: Event = { type: 'looked', at: 1, step: 's', plan, basis: 'b' };

test('an answer taken back is gone, and the step has to be read again', () => {
  const answered = (answer: string | null): Event => ({
    type: 'answered',
    at: 1,
    step: 's',
    question: 'q',
    answer,
  });
  const read: Event = { type: 'read', at: 1, step: 's' };
  expect(fold(started, answered('a'), read)).toMatchObject({ answers: { s: { q: 'a' } }, read: ['s'] });
  expect(fold(started, answered('a'), read, answered(null))).toMatchObject({ answers: { s: {} }, read: [] });
  expect(fold(started, read, intent(1)).read).toEqual([]);
});

test('what an earlier process saw is remembered; what was waived counts; unseen is unseen', () => {
  const opened: Event = { type: 'opened', at: 2, by: 'x', program: 'p' };
  expect(standingOf(fold(started), 's')).toBe('unseen');
  expect(standingOf(fold(started, looked), 's')).toBe('done');
  expect(standingOf(fold(started, looked, opened), 's')).toBe('remembered');
  const dark = fold(started, { ...looked, plan: { goals: [unknown('g', '', 'no')] } });
  expect(standingOf(dark, 's')).toBe('unknown');
  const waived = applyEvent(dark, { type: 'waived', at: 3, step: 's', goal: 'g', why: 'w' });
  expect([standingOf(waived, 's'), planOf(waived, 's')?.goals[0]?.is]).toEqual(['done', 'warning']);
});

test('an attempt goes from sent to its end, and only then is it no longer pending', () => {
  const attempt = 's/c#1';
  const states: readonly Event[] = [
    intent(1),
    { type: 'unclear', at: 2, attempt, why: '' },
    { type: 'accepted', at: 3, attempt, requestId: 'q', request: 'r', output: { a: 1 } },
    { type: 'settled', at: 4, attempt, output: { b: 2 } },
    { type: 'ended', at: 5, attempt, outcome: { ended: 'verified', by: 'look' } },
  ];
  const runs = states.map((_, n) => fold(started, ...states.slice(0, n + 1)));
  expect(runs.map((run) => run.attempts[0]?.state)).toEqual([
    'sent',
    'unclear',
    'accepted',
    'settled',
    'verified',
  ]);
  expect(runs.map((run) => pending(run, 's').length)).toEqual([1, 1, 1, 1, 0]);
  const [last] = runs.slice(-1);
  expect(last && [outputs(last).get('s/c'), made(last, 's').length, last.attempts[0]?.endedAt]).toEqual([
    { b: 2 },
    1,
    5,
  ]);
});

test('only what was verified, and not a way back, was made by the run', () => {
  const end = (n: number, ended: 'verified' | 'lapsed'): Event => ({
    type: 'ended',
    at: n,
    attempt: `s/c#${n}`,
    outcome: ended === 'verified' ? { ended, by: 'look' } : { ended },
  });
  const back: Intent = { ...intent(2), situation: { ...intent(2).situation, undoing: [] } };
  expect(made(fold(started, intent(1), end(1, 'lapsed')), 's')).toEqual([]);
  expect(pending(fold(started, intent(1), end(1, 'lapsed')), 's')).toEqual([]);
  expect(made(fold(started, intent(1), end(1, 'verified'), back, end(2, 'verified')), 's')).toHaveLength(1);
});

test('a binding grows and keeps what it had', () => {
  const bound = (binding: Extract<Event, { type: 'bound' }>['binding']): Event => ({
    type: 'bound',
    at: 1,
    binding,
  });
  const run = fold(
    started,
    bound({ organization: 'o', accounts: { management: '1' } }),
    bound({ accounts: { 'delegated-administrator': '2' }, region: 'r' }),
  );
  expect(run.binding).toEqual({
    organization: 'o',
    region: 'r',
    accounts: { management: '1', 'delegated-administrator': '2' },
  });
});

test('a change is told with the confirmation that it was sent under, and with no later one', () => {
  const confirmed = (at: number, changes: readonly string[]): Event => ({
    ...{ type: 'confirmed', at, step: 's', changes, shown: '', by: 'flag' },
  });
  const run = fold(started, confirmed(2, ['c']), intent(3), confirmed(9, ['c']));
  expect(run.attempts.map((one) => one.confirmed)).toEqual([confirmed(2, ['c'])]);
  expect(fold(started, confirmed(2, ['other']), intent(3)).attempts[0]?.confirmed).toBeUndefined();
});

test('events that say nothing of how things stand leave the run as it is', () => {
  const run = fold(started, looked);
  expect(applyEvent(run, { type: 'declined', at: 2, step: 's', changes: [], shown: '' })).toBe(run);
  expect(change('c', '', 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: 'n' }).risk).toBe('routine');
});

test('another version plans again: what it plans otherwise has to be read, what it plans alike has not', () => {
  const read = (step: string): Event => ({ type: 'read', at: 2, step });
  const opened: Event = { type: 'opened', at: 3, by: 'x', program: 'cw-runbook/2' };
  const upgraded: Event = { type: 'upgraded', at: 3, from: 'cw-runbook/1', to: 'cw-runbook/2' };
  const other: Event = { ...looked, step: 't' };
  const before = [started, looked, read('s'), other, read('t'), opened, upgraded];
  const wants: Event = { ...other, plan: { goals: [met('new', 'A new thing', '')] } };
  const run = fold(...before, looked, wants);
  expect(run.read).toEqual(['s']);
  expect(run.older).toEqual({
    program: 'cw-runbook/1',
    done: {},
    differs: { t: ['New: A new thing', 'No longer: '] },
  });
  expect(applyEvent(run, { ...wants, plan: { goals: [] } }).older?.differs.t).toHaveLength(2);
  expect(applyEvent(run, read('t'))).toMatchObject({ read: ['s', 't'], older: { differs: {} } });
});

test('what was taken back tells nothing any more: its ARN is one of what is gone', () => {
  const accepted = (n: number, arn: string): Event => ({
    ...{ type: 'accepted', at: n, attempt: `s/c#${n}`, requestId: 'q' },
    output: { arn },
  });
  const end = (n: number): Event => ({
    ...{ type: 'ended', at: n, attempt: `s/c#${n}`, outcome: { ended: 'verified', by: 'look' } },
  });
  const one = fold(started, intent(1), accepted(1, 'first'), end(1));
  expect(outputs(one).get('s/c')).toEqual({ arn: 'first' });
  const gone = applyEvent(one, { type: 'taken-back', at: 2, step: 's', made: ['s/c#1'] });
  expect(outputs(gone).size).toBe(0);
  const again = [intent(3), accepted(3, 'second'), end(3)].reduce(applyEvent, gone);
  expect(outputs(again).get('s/c')).toEqual({ arn: 'second' });
  // Whichever of the two is taken back: the other one tells.
  const back = fold(
    started,
    intent(1),
    accepted(1, 'first'),
    end(1),
    intent(3),
    accepted(3, 'second'),
    end(3),
  );
  const last = applyEvent(back, { type: 'taken-back', at: 4, step: 's', made: ['s/c#3'] });
  expect(outputs(last).get('s/c')).toEqual({ arn: 'first' });
});
