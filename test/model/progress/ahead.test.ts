import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/model/event.ts';
import { isWrite } from '../../../src/model/operations.ts';
import { after, change, met, open, type Plan, wrong } from '../../../src/model/plan.ts';
import { aheadOf, changeNumber, countAhead } from '../../../src/model/progress/ahead.ts';
import { givenTo } from '../../../src/model/progress/applicable-steps.ts';
import { basisOf } from '../../../src/model/progress/basis.ts';
import { applyEvent, emptyRun, type Run } from '../../../src/model/run.ts';
import type { Step } from '../../../src/model/step.ts';
import { codewhisperer } from '../../../steps/index.ts';
import { fixture } from '../../fixture-runbook/index.ts';

const stepOf = (id: string): Step => {
  const found = fixture.steps.find((one) => one.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
};
const answered = (run: Run, step: string, question: string, answer: string): Run =>
  applyEvent(run, { type: 'answered', at: 1, step, question, answer });
/** Seen on what the run says now. */
const seen = (run: Run, id: string, plan: Plan, at = 2): Run => {
  const given = givenTo(stepOf(id), run);
  if (!given) throw new Error(`${id} has nothing to rest on`);
  const basis = basisOf({ answers: run.answers[id] ?? {}, given });
  return applyEvent(run, { type: 'looked', at, step: id, plan, basis });
};
const gives = {
  organization: 'o',
  management: '1',
  account: '2',
  arn: 'i',
  store: 'd',
  region: 'r',
  owner: '1',
};
const keys = change(
  'registered',
  'Give 2 the keys',
  'organizations:RegisterDelegatedAdministrator',
  { AccountId: '2', ServicePrincipal: 'sso.amazonaws.com' },
  { risk: 'dangerous', typed: ['2'] },
);
const create = change('set', 'Make the permission set keys', 'sso:CreatePermissionSet', {
  InstanceArn: 'i',
  Name: 'keys',
});
const give = (PrincipalId: string) =>
  change(
    PrincipalId,
    `Give it to ${PrincipalId}`,
    'sso:CreateAccountAssignment',
    {
      ...{ InstanceArn: 'i', TargetId: '2', PrincipalId, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' },
      PermissionSetArn: { ...after(create, 'PermissionSet.PermissionSetArn'), step: 'set' },
    } as const,
    { batch: 'give' },
  );
const begun = seen(answered(emptyRun, 'first', 'understood', 'attested'), 'first', {
  goals: [met('understood', 'You have read the card', 'acknowledged')],
  gives: {},
});
const says = (run: Run): readonly string[] =>
  aheadOf(fixture.steps, run).changes.map((one) => `${one.is}: ${one.says.join(', ')}`);

describe('before anything was looked at', () => {
  test('the steps tell what they may change, and how many of it at most', () => {
    const ahead = aheadOf(fixture.steps, emptyRun);
    expect(says(emptyRun)).toEqual([
      'expected: Give somebody the keys',
      'expected: Make the set of keys',
      'expected: Give the set to those who need it',
    ]);
    expect(countAhead(ahead)).toBe('up to 3 changes ahead');
    expect(changeNumber(ahead)).toBe('1 of up to 3');
    expect(ahead.actors).toEqual(['management', 'delegated-administrator']);
    expect(ahead.changes.map(({ risk }) => risk)).toEqual(['dangerous', 'routine', 'routine']);
  });

  test('each tells what is asked before it, of its own step and of those it rests on', () => {
    const [first, second] = aheadOf(fixture.steps, emptyRun).changes;
    expect(first?.asked).toEqual([
      'Have you read the card?',
      'Have you seen the lock?',
      'Which account shall have the keys?',
    ]);
    expect(second?.asked.at(-1)).toBe('What shall it be called?');
    expect(aheadOf(fixture.steps, begun).changes[0]?.asked).not.toContain('Have you read the card?');
  });
});

describe('what was looked at', () => {
  const planned = seen(answered(begun, 'delegate', 'account', '2'), 'delegate', { goals: [keys], gives });

  test('is told as it is planned, with what is known only later', () => {
    const named = seen(answered(planned, 'set', 'name', 'keys'), 'set', {
      goals: [create],
      gives: { name: 'keys', arn: { ...after(create, 'PermissionSet.PermissionSetArn'), step: 'set' } },
    });
    const run = seen(answered(named, 'assign', 'people', '["a","b"]'), 'assign', {
      goals: [give('a'), give('b')],
      gives: { people: ['a', 'b'] },
    });
    const ahead = aheadOf(fixture.steps, run);
    expect(says(run)).toEqual([
      'planned: Give 2 the keys',
      'planned: Make the permission set keys',
      'planned: Give it to a, Give it to b',
    ]);
    expect([countAhead(ahead), changeNumber(ahead)]).toEqual(['3 changes ahead', '1 of 3']);
    expect(ahead.changes.at(-1)?.later).toEqual(['PermissionSetArn, after “Make the permission set keys”']);
  });

  test('is not ahead where it is so already', () => {
    const there = seen(answered(begun, 'delegate', 'account', '2'), 'delegate', {
      goals: [met('registered', 'They have the keys', '2')],
      gives,
    });
    expect(says(there)[0]).toBe('expected: Make the set of keys');
  });

  test('is not ahead where its goal is met, whatever else of the step is still asked', () => {
    const some = { ...keys, is: 'met', found: '2' } as const;
    const run = seen(begun, 'delegate', { goals: [some, open('seen', 'The lock was seen', 'seen')] });
    expect(says(run)[0]).toBe('expected: Make the set of keys');
    expect(aheadOf(fixture.steps, run).changes[0]?.asked).toContain('Have you seen the lock?');
  });

  test('may be ahead where something stands in its way', () => {
    const run = seen(begun, 'delegate', {
      goals: [wrong('registered', 'They have the keys', '3 has them', 'Choose the one who has them.')],
    });
    expect(says(run)[0]).toBe('expected: Give somebody the keys');
  });

  test('counts no more once another answer was given', () => {
    expect(says(answered(planned, 'delegate', 'account', '3'))[0]).toBe('expected: Give somebody the keys');
  });

  test('is numbered after the confirmations that were carried out, and what is under way is neither', () => {
    const at = (event: object, when: number): Event => ({ ...event, at: when }) as Event;
    const intent = {
      ...{ type: 'intended', attempt: 'delegate/registered#1', step: 'delegate', change: 'registered' },
      ...{ says: keys.says, call: keys.call, key: 'k', actor: 'management', account: '1', arn: 'a' },
      situation: { answers: {}, given: {}, hints: {}, run: 'R' },
    };
    const confirmed = { type: 'confirmed', step: 'delegate', changes: ['registered'], shown: 'x' };
    const sent = [at(confirmed, 5), at(intent, 6)].reduce(applyEvent, planned);
    expect([says(sent).length, aheadOf(fixture.steps, sent).made]).toEqual([2, 0]);
    const ended = at(
      { type: 'ended', attempt: intent.attempt, outcome: { ended: 'verified', by: 'look' } },
      7,
    );
    const done = seen(applyEvent(sent, ended), 'delegate', {
      goals: [met('registered', 'They have the keys', '2')],
      gives,
    });
    expect(changeNumber(aheadOf(fixture.steps, done))).toBe('2 of up to 3');
    const back = applyEvent(done, { type: 'undo-began', at: 8, steps: ['delegate'] });
    expect(says(back)).toEqual(['planned: Undo “Give 2 the keys”']);
    expect(aheadOf(fixture.steps, back).way).toBe('undo');
  });
});

describe('the runbook', () => {
  test('has four changes ahead at most, and tells which others only some runs have', () => {
    const ahead = aheadOf(codewhisperer.steps, emptyRun);
    expect(countAhead(ahead)).toBe('up to 4 changes ahead');
    expect(ahead.changes.map(({ operation }) => operation)).toEqual([
      'organizations:RegisterDelegatedAdministrator',
      'sso:CreatePermissionSet',
      'sso:PutInlinePolicyToPermissionSet',
      'sso:CreateAccountAssignment',
    ]);
    expect(ahead.possible.every(({ needed }) => needed !== undefined)).toBe(true);
    expect(ahead.possible.map(({ step, operation }) => `${step.id} ${operation}`)).toContain(
      'administrator-user identitystore:CreateUser',
    );
  });

  test('every step foretells each of the changes that it may plan, and nothing else', () => {
    for (const step of [...codewhisperer.steps, ...fixture.steps]) {
      const writes = step.calls.filter((one) => isWrite(one) && !/:(Delete|Deregister)/.test(one));
      const told = step.foretells?.changes?.map(({ operation }) => operation) ?? [];
      expect([...new Set(told)].sort(), step.id).toEqual([...new Set<string>(writes)].sort());
    }
  });
});
