import { describe, expect, test } from 'vitest';
import type { Activity } from '../../src/engine/ports.ts';
import { never } from '../../src/simulator/services/requests.ts';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { BOB, DEV, otherPolicy, PROD } from './four-accounts.ts';
import { Crash, operations } from './in-process.ts';
import { process, setup, usualAnswers } from './process.ts';

const name = 'CodeWhisperer_administrator';
/** Dies, or does something else, right before or after a call. */
const at =
  (when: 'before' | 'after', operation: string, then: () => void) =>
  (now: 'before' | 'after', call: { readonly operation: string }): void => {
    if (now === when && call.operation === operation) then();
  };
const dies = (): never => {
  throw new Crash();
};

test('died after the intent, effect done: no second call, and nobody is asked again', async () => {
  const { w, p, start } = setup();
  w.onSend(at('after', 'sso:CreatePermissionSet', dies));
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  const q = start();
  expect(await q.all()).toBe('finished');
  expect(operations(w.sent).filter((op) => op === 'sso:CreatePermissionSet')).toHaveLength(1);
  expect(q.run().attempts[1]).toMatchObject({ state: 'verified', outcome: { by: 'look' } });
  expect(q.asks.filter((ask) => ask === 'permission-set: confirm')).toHaveLength(1); // the policy
});

test('died after the intent, effect not done: asked again, one effect', async () => {
  const { w, p, start } = setup();
  w.onSend(at('before', 'sso:CreatePermissionSet', dies));
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  const q = start();
  expect(await q.all()).toBe('finished');
  expect(q.asks.filter((ask) => ask === 'permission-set: confirm')).toHaveLength(2);
  expect(q.run().attempts[1]?.state).toBe('lapsed');
  expect(operations(w.effects).filter((op) => op === 'sso:CreatePermissionSet')).toHaveLength(1);
});

test('a confirmation is never replayed: died after it, the operator is asked anew', async () => {
  const { w, disk, start } = setup();
  const whole = setup();
  await whole.p.all();
  const confirmed = whole.disk.findIndex(({ type }) => type === 'confirmed');
  await expect(start({ at: confirmed, written: true }).all()).rejects.toThrow(Crash);
  expect(disk.at(-1)?.type).toBe('confirmed');
  expect(w.sent).toEqual([]);
  const q = start();
  expect(await q.all()).toBe('finished');
  expect(q.asks).toContain('register-delegated-administrator: confirm');
});

test('a lost reply to an asynchronous call: its request is found, no second call', async () => {
  const { w, p } = setup({ settle: 8_000 });
  w.onSend(at('after', 'sso:CreateAccountAssignment', w.lose));
  expect(await p.all()).toBe('finished');
  expect(operations(w.sent).filter((op) => op === 'sso:CreateAccountAssignment')).toHaveLength(1);
  expect(p.run().attempts.at(-1)?.request).toBe(w.requests.find(({ id }) => id !== 'theirs')?.id);
});

test('what was sent before a restart is under way since then, not since this start', async () => {
  const { w, p, clock, start } = setup({ settle: 180_000 });
  w.onSend(at('after', 'sso:CreateAccountAssignment', dies));
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  const sent = p.run().attempts.at(-1)?.intent.at;
  clock.now += 20_000;
  const q = start();
  const shown: Activity[] = [];
  q.ports.show = (activity) => void shown.push(activity);
  expect(await q.all()).toBe('finished');
  const settling = shown.flatMap((one) => (one.is === 'settling' ? one.since : []));
  expect(settling.length).toBeGreaterThan(1);
  expect(new Set(settling)).toEqual(new Set([sent]));
});

test('the request of somebody else for the same account is not taken for ours', async () => {
  const { w, p } = setup({ settle: 8_000 });
  const theirs = '00000000-0000-4000-8000-000000000001'; // AWS takes no other form of an id
  const send = at('after', 'sso:CreateAccountAssignment', () => {
    const [ours] = w.requests;
    if (ours?.kind === 'create') w.requests.push({ ...ours, id: theirs, principal: BOB }); // AWS lists the newest first
    w.lose();
  });
  w.onSend(send);
  expect(await p.all()).toBe('finished');
  expect(p.run().attempts.at(-1)?.request).toBe(w.requests.find(({ id }) => id !== theirs)?.id);
});

test('AWS shows what was made 30 s late: waited for, never made twice', async () => {
  const { w, p } = setup({ lag: 30_000 });
  expect(await p.all()).toBe('finished');
  expect(w.sent).toHaveLength(4);
  expect(p.activities).toContain('waiting-to-show');
});

test('AWS answers now from a new copy, now from an old one: nothing is made twice, nobody is asked twice', async () => {
  const { w, p } = setup({ flap: true, lag: 1 });
  expect(await p.all()).toBe('finished');
  expect(w.sent).toHaveLength(4);
  expect(p.asks.filter((ask) => ask.endsWith(': confirm'))).toHaveLength(4);
});

test('an open attempt is judged by the answers it was planned under, not by newer ones', async () => {
  const { w, p, disk, clock, start } = setup();
  w.onSend(at('before', 'sso:CreateAccountAssignment', dies));
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  disk.push({ at: clock.now, type: 'answered', step: 'administrator-user', question: 'user', answer: 'bob' });
  const set = w.sets[0]?.arn ?? '';
  w.assign({ account: DEV, set, type: 'USER', principal: BOB }); // bob has it already
  const q = start();
  expect(await q.all()).toBe('finished');
  expect(q.run().attempts[3]?.state).toBe('lapsed'); // ada never got it
  expect(operations(w.sent).filter((op) => op === 'sso:CreateAccountAssignment')).toHaveLength(1);
});

test('a goal that turned into a question proves nothing about the change made for it, until it is set aside', async () => {
  const { w, p, start } = setup();
  w.onSend(at('before', 'sso:PutInlinePolicyToPermissionSet', dies));
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  const [set] = w.sets;
  if (set) w.put(set, otherPolicy); // another administrator, in between
  const q = start();
  expect(await q.all()).toBe('permission-set: cannot-tell');
  expect(q.run().attempts[2]?.state).toBe('sent');
});

test('AWS changed between the question and the answer: nothing is sent, the new plan is asked', async () => {
  let once = true;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'confirm' && ask.step.id === 'permission-set' && once) {
          all.w.permSet(name, documentedPolicy.text);
          once = false;
        }
        return undefined;
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(operations(all.w.sent)).toEqual([
    'organizations:RegisterDelegatedAdministrator',
    'sso:CreateAccountAssignment',
  ]);
});

test('somebody was quicker: the refusal is followed by adoption', async () => {
  const { w, p } = setup();
  w.onSend(at('before', 'sso:CreatePermissionSet', () => void w.permSet(name, documentedPolicy.text)));
  expect(await p.all()).toBe('finished');
  expect(p.run().attempts.map(({ state }) => state)).toEqual(['verified', 'refused', 'verified']);
});

test('a refusal stops, with its reason; nothing is tried twice until the operator wants it', async () => {
  const { w, p } = setup({ denied: 'sso:PutInlinePolicyToPermissionSet' });
  expect(await p.all()).toBe('permission-set: failed');
  expect(w.sent).toHaveLength(3);
  expect(p.run().attempts.at(-1)?.outcome).toMatchObject({ ended: 'refused', code: 'AccessDeniedException' });
  w.faults.clear();
  expect(await p.all()).toBe('finished');
});

test('an assignment that fails at AWS keeps AWS’s reason', async () => {
  const { w, p } = setup({ failIn: [DEV] });
  expect(await p.all()).toBe('assign-administrator: failed');
  expect(p.run().attempts.at(-1)?.outcome).toEqual({
    ended: 'failed',
    why: 'Received a 403 status error: denied by IAM',
  });
  w.options.failIn = [];
  expect(await p.all()).toBe('finished');
});

test('succeeded, AWS says, but never seen: nobody claims it, nothing is sent again', async () => {
  const { w, p } = setup();
  w.onSend(
    at('after', 'sso:CreateAccountAssignment', () => {
      w.ineffective();
    }),
  );
  expect(await p.all()).toBe('assign-administrator: cannot-tell');
  expect(await p.all()).toBe('assign-administrator: cannot-tell');
  expect(operations(w.sent).filter((op) => op === 'sso:CreateAccountAssignment')).toHaveLength(1);
});

test('a request that stays under way is left, and taken up later without a second call', async () => {
  const { w, p, start } = setup({ settle: never });
  expect(await p.all()).toBe('assign-administrator: under-way');
  w.settled();
  expect(await start().all()).toBe('finished');
  expect(operations(w.sent).filter((op) => op === 'sso:CreateAccountAssignment')).toHaveLength(1);
});

test('once found, the set is not searched for again', async () => {
  const { w, p } = setup();
  for (let n = 0; n < 50; n++) w.permSet(`Other${n}`, '');
  expect(await p.all()).toBe('finished');
  expect(w.reads.filter((read) => read === 'sso:ListPermissionSets').length).toBeLessThanOrEqual(4); // once for who has it already
});

test('a read that AWS refuses leaves the step unknown, not failed, and offers no change', async () => {
  const { w, p } = setup({ denied: 'sso:GetInlinePolicyForPermissionSet' }, {}, { delegated: true });
  w.permSet(name, '');
  expect(await p.all()).toBe('permission-set: unknown');
  expect(w.sent).toEqual([]);
  w.faults.clear();
  expect(await p.all()).toBe('finished');
});

test('an existing set that says the same in other words is adopted without a call', async () => {
  const { w, p } = setup({}, {}, { delegated: true });
  const { Statement } = JSON.parse(documentedPolicy.text) as { Statement: { Action: string[] }[] };
  const reversed = Statement.map((one) => ({ ...one, Action: [...one.Action].reverse() })).reverse();
  w.permSet('Other', '');
  w.permSet(name, JSON.stringify({ Statement: reversed, Version: '2012-10-17' }));
  expect(await p.all()).toBe('finished');
  expect(operations(w.effects)).toEqual(['sso:CreateAccountAssignment']);
});

test('half done: the set exists without a policy', async () => {
  const { w, p } = setup({}, {}, { delegated: true });
  w.permSet(name, '');
  expect(await p.all()).toBe('finished');
  expect(operations(w.effects)).toEqual([
    'sso:PutInlinePolicyToPermissionSet',
    'sso:CreateAccountAssignment',
  ]);
});

test('another policy in use: asked, replaced, then provisioned anew; the old text is in the journal', async () => {
  const all = setup({}, {}, { delegated: true });
  all.w.permSet(name, otherPolicy, [PROD]);
  expect(await all.p.all()).toBe('permission-set: question existing');
  expect(all.w.sent).toEqual([]);
  const on = process(all.disk, all.clock, all.w, {
    answers: { ...usualAnswers, 'permission-set/existing': 'replace@' },
  });
  expect(await on.all()).toBe('finished');
  expect(operations(all.w.effects)).toEqual([
    'sso:PutInlinePolicyToPermissionSet',
    'sso:ProvisionPermissionSet',
    'sso:CreateAccountAssignment',
  ]);
  expect(all.disk.find(({ type }) => type === 'intended')).toMatchObject({ before: otherPolicy });
  expect(all.w.inForce(PROD)).toBe(documentedPolicy.text);
});

test.each(['throttle-burst', 'hang'] as const)(
  'AWS does not let us look at the choices again (%s): the run goes on asking',
  async (how) => {
    let refused = 0;
    const all = setup(
      {},
      {
        answers: { ...usualAnswers, 'permission-set/existing': 'replace@' },
        on: async (ask) => {
          if (ask.is !== 'question' || ask.goal.question !== 'existing' || refused++ > 0) return undefined;
          for await (const { value, danger } of ask.choices?.() ?? [])
            if (value.startsWith('replace@')) {
              all.w.fault(how, 'sso:ListPermissionSets', 1);
              all.w.fault(how, 'sso:DescribePermissionSet', 1);
              return { do: 'answer', answer: value, typed: danger?.typed[0] ?? '' };
            }
          return undefined;
        },
      },
      { delegated: true },
    );
    all.w.permSet(name, otherPolicy);
    expect(await all.p.all()).toBe('finished');
    expect(refused).toBe(2); // the answer was not taken while AWS did not show what it was about
  },
);

describe('a clock that was set back two hours between two starts', () => {
  const twoHours = 7_200_000;
  const soon = 300_000;
  /** Ours alone: AWS shows what it showed, and when it would have. */
  const setBack = ({ w }: ReturnType<typeof late>): void => w.setBack(twoHours);
  const late = (options: Parameters<typeof setup>[0] = {}) => {
    const all = setup(options);
    all.clock.now += 2 * twoHours;
    return all;
  };

  test('does not make an open attempt wait for the old time to come round again', async () => {
    const all = late();
    const { w, p, clock, start } = all;
    w.onSend(at('before', 'sso:CreatePermissionSet', dies));
    await expect(p.all()).rejects.toThrow(Crash);
    w.onSend(() => {});
    setBack(all);
    const from = clock.now;
    const q = start();
    expect(await q.all()).toBe('finished');
    expect(q.run().attempts[1]?.state).toBe('lapsed');
    expect(clock.now - from).toBeLessThan(soon);
    expect(operations(w.effects).filter((op) => op === 'sso:CreatePermissionSet')).toHaveLength(1);
  });

  test('still leaves AWS the time to show what was made', async () => {
    const all = late({ lag: 30_000 });
    const { w, p, start } = all;
    w.onSend(at('after', 'sso:CreatePermissionSet', dies));
    await expect(p.all()).rejects.toThrow(Crash);
    w.onSend(() => {});
    setBack(all);
    expect(await start().all()).toBe('finished');
    expect(operations(w.sent).filter((op) => op === 'sso:CreatePermissionSet')).toHaveLength(1);
  });

  test('does not hold back what somebody undid since', async () => {
    const all = late();
    const { w, p, clock, start } = all;
    expect(await p.all()).toBe('finished');
    w.unassign();
    setBack(all);
    const from = clock.now;
    expect(await start().all()).toBe('finished');
    expect(w.assigned).toHaveLength(1);
    expect(clock.now - from).toBeLessThan(soon);
  });
});
