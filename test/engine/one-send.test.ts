import { describe, expect, test } from 'vitest';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import { usualPatience } from '../../src/engine/engine.ts';
import type { WriteOperation } from '../../src/model/operations.ts';
import { severalOf } from '../../src/model/question.ts';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { agreementBlocks } from '../../src/presentation/changes.ts';
import { textsOf } from '../../src/presentation/texts.ts';
import { unconfirmedSends } from '../confirmations.ts';
import { otherPolicy, PROD } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { type Answers, type Operator, setup, usualAnswers } from './process.ts';

const name = 'CodeWhisperer_administrator';
const create = 'sso:CreatePermissionSet';

/** Each change that a run can send, and what it takes to come to it. `undo`: it is sent while the run is taken back. */
const ways: readonly {
  readonly operation: WriteOperation;
  readonly undo?: true;
  readonly with?: 'user' | 'used' | 'empty';
}[] = [
  { operation: 'organizations:RegisterDelegatedAdministrator' },
  { operation: 'identitystore:CreateUser', with: 'user' },
  { operation: create },
  { operation: 'sso:PutInlinePolicyToPermissionSet' },
  { operation: 'sso:ProvisionPermissionSet', with: 'used' },
  { operation: 'sso:CreateAccountAssignment' },
  { operation: 'sso:DeleteAccountAssignment', undo: true },
  { operation: 'sso:DeletePermissionSet', undo: true },
  { operation: 'organizations:DeregisterDelegatedAdministrator', undo: true },
  { operation: 'sso:PutInlinePolicyToPermissionSet', undo: true, with: 'used' },
  { operation: 'sso:ProvisionPermissionSet', undo: true, with: 'used' },
  { operation: 'sso:DeleteInlinePolicyFromPermissionSet', undo: true, with: 'empty' },
];
const newUser = {
  'administrator-user/user': severalOf(['new:']),
  'administrator-user/directory': 'here',
  'administrator-user/userName': 'grace',
  'administrator-user/givenName': 'Grace',
  'administrator-user/familyName': 'Hopper',
  'administrator-user/email': 'grace@example.com',
};
/** What was there before a run that comes to such a change. */
function begun(way: (typeof ways)[number], operator: Partial<Operator>) {
  const all = setup({}, operator, { delegated: way.with === 'used' || way.with === 'empty' });
  if (way.with === 'used') all.w.permSet(name, otherPolicy, [PROD]);
  if (way.with === 'empty') all.w.permSet(name, '', [PROD]);
  return all;
}
const whole = new Map<string | undefined, Promise<ReturnType<typeof setup>>>();
/** A finished run, which is made once: each undo takes back a copy of it. */
function madeFor(way: (typeof ways)[number], answers: Answers): Promise<ReturnType<typeof setup>> {
  const make = async () => {
    const all = begun(way, { answers });
    expect(await all.p.all()).toBe('finished');
    return all;
  };
  const made = whole.get(way.with) ?? make();
  whole.set(way.with, made);
  return made;
}
/** A run that comes to such a change, and is stopped there by whatever `fails`. `most`: how often the operator agrees. */
async function coming(way: (typeof ways)[number], fails: () => never, most = 1) {
  const asked: Ask[] = [];
  let agreed = 0;
  const on = (ask: Ask): Reply | undefined => {
    asked.push(ask);
    if (ask.is !== 'confirm' || !ask.changes.some(({ call }) => call.operation === way.operation)) return;
    if (failing && ++agreed > most) return { do: 'leave' };
    return undefined;
  };
  let failing = way.undo === undefined;
  const answers = {
    ...usualAnswers,
    'permission-set/existing': 'replace@',
    ...(way.with === 'user' ? newUser : {}),
  };
  const all = way.undo
    ? setup({}, { answers, on }, { before: await madeFor(way, answers) })
    : begun(way, { answers, on });
  failing = true;
  all.w.onSend((when, { operation }) => {
    if (when === 'before' && operation === way.operation) fails();
  });
  const sentBefore = all.w.sent.length;
  const end = await (way.undo ? all.start().undo() : all.p.all());
  const sent = operations(all.w.sent.slice(sentBefore)).filter((one) => one === way.operation).length;
  return { ...all, asked, end, sent };
}
const labelled = ways.map((way) => [`${way.operation}${way.undo ? ' (undo)' : ''}`, way] as const);

describe.each(labelled)('%s', (_, way) => {
  test.each([
    ['AccessDeniedException', 'not allowed'],
    ['ValidationException', 'no'],
    ['ConflictException', 'words that nobody knows'],
    ['ServiceQuotaExceededException', 'too many'],
    ['SomethingNewException', 'Try again later.'],
  ])('refused for good (%s): sent once, and it stops with that', async (code, why) => {
    const { sent, end, disk } = await coming(way, () => {
      throw new RequestRejected(code, why, 'req-1');
    });
    expect(sent).toBe(1);
    expect(end).toMatch(/: failed$/);
    expect(unconfirmedSends(disk)).toEqual([]);
  });
  test('no answer, and no effect: asked again, saying that it was sent, when, and what came back', async () => {
    const { sent, end, disk, asked } = await coming(way, () => {
      throw new OutcomeUnknown('what answered is not AWS (HTTP 403)');
    });
    expect(sent).toBe(1);
    expect(end).toMatch(/: confirm$/);
    expect(unconfirmedSends(disk)).toEqual([]);
    const last = asked.at(-1);
    if (last?.is !== 'confirm') return expect.fail();
    const run = disk.reduce(applyEvent, emptyRun);
    const shown = textsOf(agreementBlocks(last, run)).join('\n');
    expect(shown).toMatch(
      /^Sent before, at 1970-\S+Z: no usable answer came back \(what answered is not AWS \(HTTP 403\)\)/,
    );
    expect(shown).toMatch(/AWS shows that it had no effect\./);
  });
  test('a throttle is waited for, each try an intent of its own', async () => {
    let left = 2;
    const { sent, disk } = await coming(way, () => {
      if (left-- > 0) throw new RequestRejected('ThrottlingException', 'Rate exceeded', 'req-1');
      return undefined as never;
    });
    expect(sent).toBe(3);
    expect(unconfirmedSends(disk)).toEqual([]);
  });
});

describe('AWS says that it is there already, and shows nothing', () => {
  test.each<[string, (typeof ways)[number], RequestRejected, RegExp]>([
    [
      'a permission set',
      { operation: create },
      new RequestRejected('ConflictException', `PermissionSet with name ${name} already exists.`, 'req-1'),
      /AWS has a permission set of this name that these credentials cannot see/,
    ],
    [
      'a user',
      { operation: 'identitystore:CreateUser', with: 'user' },
      new RequestRejected('ConflictException', 'Duplicate UserName', 'req-1', {
        reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
      }),
      /AWS has a user with this user name or e-mail address that these credentials cannot see/,
    ],
    [
      'a delegation',
      { operation: 'organizations:RegisterDelegatedAdministrator' },
      new RequestRejected(
        'AccountAlreadyRegisteredException',
        'The provided account is already a delegated administrator for your organization.',
        'req-1',
      ),
      /AWS says that the account is registered already/,
    ],
  ])('%s: looked for, for a bounded time, and nothing is sent again', async (_, way, refusal, says) => {
    const { sent, end, disk, asked, clock } = await coming(way, () => {
      throw refusal;
    });
    expect(sent).toBe(1);
    expect(end).toMatch(/: blocked$/);
    expect(unconfirmedSends(disk)).toEqual([]);
    const last = asked.at(-1);
    const wrong = last?.is === 'blocked' ? last.plan.goals.find((goal) => goal.is === 'wrong') : undefined;
    expect(wrong?.is === 'wrong' && wrong.found).toMatch(says);
    expect(wrong?.is === 'wrong' && wrong.found).toContain(refusal.message);
    const ended = disk.find((event) => event.type === 'ended' && event.outcome.ended === 'refused');
    expect(clock.now - (ended?.at ?? 0)).toBeGreaterThanOrEqual(usualPatience.toShow);
    expect(clock.now - (ended?.at ?? 0)).toBeLessThan(2 * usualPatience.toShow);
  });

  test('what was sent before and lost may be this run’s own, and that is said', async () => {
    let n = 0;
    const { sent, end, asked, disk } = await coming(
      { operation: create },
      () => {
        if (n++ === 0) throw new OutcomeUnknown('socket hang up');
        throw new RequestRejected(
          'ConflictException',
          `PermissionSet with name ${name} already exists.`,
          'req-1',
        );
      },
      2,
    );
    expect([sent, end]).toEqual([2, 'permission-set: blocked']);
    expect(unconfirmedSends(disk)).toEqual([]);
    const last = asked.at(-1);
    expect(JSON.stringify(last?.is === 'blocked' && last.plan.goals)).toMatch(/it may be this run’s own/);
  });
});

test('what lapsed in a batch is not sent again beside what AWS was too busy for', async () => {
  const two = { ...usualAnswers, 'administrator-user/user': severalOf(['ada', 'bob']) };
  const { w, p, disk } = setup({}, { answers: two });
  let n = 0;
  w.onSend((when, { operation }) => {
    if (when !== 'before' || operation !== 'sso:CreateAccountAssignment') return;
    n += 1;
    if (n === 1) throw new OutcomeUnknown('socket hang up');
    if (n === 2) throw new RequestRejected('ThrottlingException', 'Rate exceeded', 'req-1');
  });
  expect(await p.all()).toBe('finished');
  expect(unconfirmedSends(disk)).toEqual([]);
  expect(p.asks.filter((ask) => ask === 'assign-administrator: confirm')).toHaveLength(2);
});
