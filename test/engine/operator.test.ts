import { expect, test } from 'vitest';
import { never } from '../../src/simulator/services/requests.ts';
import { steps } from '../../steps/index.ts';
import { BOB, DELEGATE, DEV, INSTANCE, MGMT, otherPolicy, PROD } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { process, setup, usualAnswers } from './process.ts';

test('a dangerous change takes one of its words, letter by letter; the engine refuses all else', async () => {
  const typed = [undefined, '', 'identity', 'Identity ', 'Main', DELEGATE];
  let n = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'confirm' || ask.step.id !== 'register-delegated-administrator') return undefined;
        expect(all.w.sent).toEqual([]);
        const word = typed[n++];
        return { do: 'confirm', ...(word === undefined ? {} : { typed: word }) };
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(n).toBe(typed.length);
  expect(all.disk.find(({ type }) => type === 'confirmed')).toMatchObject({ typed: DELEGATE });
});

test('a dangerous choice takes one of its words too', async () => {
  const typed = [undefined, 'wrong', 'Identity'];
  let n = 0;
  const all = setup(
    {},
    {
      on: async (ask) => {
        if (ask.is !== 'question' || ask.goal.question !== 'existing') return undefined;
        expect(all.w.sent).toEqual([]);
        for await (const { value } of ask.choices?.() ?? [])
          if (value.startsWith('use@')) {
            const word = typed[n++];
            return { do: 'answer', answer: value, ...(word === undefined ? {} : { typed: word }) };
          }
        return undefined;
      },
    },
    { delegated: true },
  );
  all.w.permSet('CodeWhisperer_administrator', otherPolicy);
  expect(await all.p.all()).toBe('finished');
  expect(n).toBe(3);
  expect(operations(all.w.sent)).toEqual(['sso:CreateAccountAssignment']);
});

test('an answer that is none of the choices of a decision is not taken', async () => {
  let n = 0;
  const all = setup(
    {},
    {
      on: (ask) =>
        ask.is === 'question' && ask.goal.question === 'existing' && n++ < 1
          ? { do: 'answer', answer: 'replace@00000000.00000000', typed: 'Identity' }
          : undefined,
    },
    { delegated: true },
  );
  all.w.permSet('CodeWhisperer_administrator', otherPolicy);
  expect(await all.p.all()).toBe('permission-set: question existing');
  expect(all.p.run().answers['permission-set']?.existing).toBeUndefined();
});

test('declined: nothing is sent, it is written down, and the same is asked when wanted', async () => {
  let declined = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'declined') return { do: 'again' };
        if (ask.is !== 'confirm' || ask.step.id !== 'permission-set' || declined++ > 0) return undefined;
        return { do: 'decline' };
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(all.p.asks).toContain('permission-set: declined');
  expect(all.disk.filter(({ type }) => type === 'declined')).toMatchObject([{ changes: ['set'], by: 'key' }]);
  expect(all.w.sent).toHaveLength(4);
});

test('leaving at a confirmation sends nothing', async () => {
  const { p, w } = setup({}, { on: (ask) => (ask.is === 'confirm' ? { do: 'leave' } : undefined) });
  expect(await p.all()).toBe('register-delegated-administrator: confirm');
  expect(w.sent).toEqual([]);
});

test('an earlier answer taken back at a confirmation: its step asks again, and the change is planned anew', async () => {
  let user = 'ada';
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'question' && ask.goal.question === 'user') return { do: 'answer', answer: user };
        if (ask.is !== 'confirm' || ask.step.id !== 'assign-administrator' || user === 'bob')
          return undefined;
        user = 'bob';
        return { do: 'withdraw', step: 'administrator-user', question: 'user' };
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(all.w.assigned.map((one) => one.principal)).toEqual([BOB]);
  expect(all.p.asks.filter((ask) => ask === 'administrator-user: done')).toHaveLength(2);
  expect(all.p.asks.filter((ask) => ask === 'permission-set: done')).toHaveLength(1);
});

test('an answer taken back at a question: the step that has changed is read again, and later ones build on it', async () => {
  let name = 'First';
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'question') return undefined;
        if (ask.goal.question === 'name') return { do: 'answer', answer: name };
        if (ask.goal.question !== 'target' || name === 'Second') return undefined;
        name = 'Second';
        return { do: 'withdraw', step: 'permission-set', question: 'name' };
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(all.w.sets.map((set) => set.name)).toEqual(['First', 'Second']);
  expect(all.w.assigned).toMatchObject([{ set: all.w.sets[1]?.arn }]);
  expect(all.p.asks.filter((ask) => ask === 'permission-set: done')).toHaveLength(2);
});

test('what could not be checked may be passed by an explicit decision, where it is not firm', async () => {
  const all = setup(
    { denied: 'account:GetRegionOptStatus' },
    {
      on: (ask) =>
        ask.is === 'unknown' && ask.step.id === 'home-region'
          ? { do: 'waive', goal: 'region', why: 'seen in the console' }
          : undefined,
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(all.p.run().waived).toEqual({ 'home-region': { region: 'seen in the console' } });
  expect(all.p.asks.filter((ask) => ask === 'home-region: unknown')).toHaveLength(1);
  const later = process(all.disk, all.clock, all.w);
  expect(await later.all()).toBe('finished');
  expect(later.asks.filter((ask) => !ask.endsWith(': accept'))).toEqual(['hand-over: finished']);
});

test('a firm unknown cannot be passed', async () => {
  let n = 0;
  const { p } = setup(
    { denied: 'sso:ListInstances' },
    {
      on: (ask) =>
        ask.is === 'unknown' && n++ < 3 ? { do: 'waive', goal: 'instance', why: 'trust me' } : undefined,
    },
  );
  expect(await p.all()).toBe('home-region: unknown');
  expect(p.run().waived).toEqual({});
});

test('nothing but an unknown can be passed: neither what is wrong nor a question', async () => {
  let n = 0;
  const { p } = setup(
    { region: 'eu-south-1' },
    {
      on: (ask) =>
        ask.is === 'blocked' && n++ < 3 ? { do: 'waive', goal: 'region', why: 'I want to' } : undefined,
    },
  );
  expect(await p.all()).toBe('home-region: blocked');
  expect(p.run().waived).toEqual({});
});

test('what AWS is expected to show soon is waited for, and asked about only after a minute', async () => {
  const becoming = (active: number) => {
    const all = setup();
    const instance = { ...all.w.state.instance, status: 'CREATE_IN_PROGRESS', active };
    Object.assign(all.w.state, { instance });
    return all;
  };
  const soon = becoming(1_030_000);
  expect(await soon.p.all()).toBe('finished');
  expect(soon.p.asks).not.toContain('home-region: unknown');
  expect(soon.clock.now).toBeGreaterThanOrEqual(1_030_000);
  const late = becoming(9_000_000);
  expect(await late.p.all()).toBe('home-region: unknown');
  expect(late.clock.now).toBeGreaterThanOrEqual(1_060_000);
});

test('nobody can tell, and the operator who has looked goes on: it is asked anew, not sent by itself', async () => {
  let set = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'cannot-tell') return undefined;
        set++;
        return { do: 'set-aside', attempt: ask.attempts[0]?.intent.attempt ?? '', why: 'not in the console' };
      },
    },
  );
  let lost = true;
  all.w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== 'sso:CreateAccountAssignment' || !lost) return;
    lost = false;
    all.w.ineffective();
  });
  expect(await all.p.all()).toBe('finished');
  expect(set).toBe(1);
  expect(
    all.p
      .run()
      .attempts.map(({ state }) => state)
      .slice(-2),
  ).toEqual(['set-aside', 'verified']);
  expect(all.p.asks.filter((ask) => ask === 'assign-administrator: confirm')).toHaveLength(2);
});

test('what is still under way at AWS cannot be set aside', async () => {
  let n = 0;
  const { p } = setup(
    { settle: never },
    {
      on: (ask) =>
        ask.is === 'under-way' && n++ < 1
          ? { do: 'set-aside', attempt: ask.attempts[0]?.intent.attempt ?? '', why: 'impatient' }
          : undefined,
    },
  );
  expect(await p.all()).toBe('assign-administrator: under-way');
  expect(p.run().attempts.at(-1)?.state).toBe('accepted');
});

test('each result is read once, also over a restart', async () => {
  const leaveAt = {
    on: (ask: { is: string }) => (ask.is === 'finished' ? { do: 'leave' as const } : undefined),
  };
  const { p, start } = setup({}, leaveAt);
  await p.all();
  const done = p.asks.filter((ask) => ask.endsWith(': done'));
  const looking = steps.filter(({ observedBy, appliesWhen }) => observedBy !== 'none' && !appliesWhen);
  expect(done).toHaveLength(new Set(done).size);
  expect(done).toHaveLength(looking.length - 1); // all but the last
  const q = start();
  await q.all();
  expect(q.asks.filter((ask) => !ask.endsWith(': accept'))).toEqual(['hand-over: finished']);
});

test('everything is seen once more before the end: what was undone meanwhile is found', async () => {
  let undone = false;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'done' || ask.step.id !== 'assign-administrator' || undone) return undefined;
        undone = true;
        const [set] = all.w.sets;
        if (set) all.w.put(set, otherPolicy);
        return { do: 'go-on' };
      },
    },
  );
  expect(await all.p.all()).toBe('permission-set: question existing');
  expect(all.p.asks).not.toContain('hand-over: finished');
});

test('before the end, a month later: what is gone is found by a later process too', async () => {
  const { p, w, clock, start } = setup();
  expect(await p.all()).toBe('finished');
  clock.now += 30 * 24 * 3_600_000;
  w.unassign();
  const q = start();
  expect(await q.all()).toBe('finished');
  expect(q.asks).toContain('assign-administrator: confirm');
  expect(w.assigned).toHaveLength(1);
});

test('a run does not move to another Region or instance', async () => {
  const { p, w, start } = setup();
  expect(await p.all()).toBe('finished');
  w.move('us-east-1');
  const q = start();
  expect(await q.all()).toBe('home-region: blocked');
  expect(q.run().observations['home-region']?.plan.goals).toEqual([
    expect.objectContaining({
      is: 'wrong',
      found: 'the run belongs to region eu-west-1, and this is us-east-1',
    }),
  ]);
  expect(q.run().binding).toMatchObject({ region: 'eu-west-1', instance: INSTANCE });
});

test('an opt-in Region has nothing to change and is not done; no instance is by hand', async () => {
  const opt = setup({ region: 'eu-south-1' });
  expect(await opt.p.all()).toBe('home-region: blocked');
  const none = setup();
  none.w.move();
  expect(await none.p.all()).toBe('home-region: by-hand');
  none.w.move('eu-west-1');
  expect(await none.p.all()).toBe('finished');
});

test('the management account as target: nothing is sent for it before it was decided and a word was typed', async () => {
  const { p, w } = setup({}, { answers: { ...usualAnswers, 'assign-administrator/target': '111111111111' } });
  expect(await p.all()).toBe('assign-administrator: question management');
  expect(operations(w.sent)).not.toContain('sso:CreateAccountAssignment');
});

test('the management account is no target by a short cut: without the word the question comes again', async () => {
  const target = JSON.stringify([DEV, MGMT]);
  let asked = 0;
  const { p, w } = setup(
    {},
    {
      answers: { ...usualAnswers, 'assign-administrator/target': target },
      on: (ask) => {
        if (ask.is !== 'question' || ask.goal.question !== 'management') return undefined;
        asked += 1;
        if (asked > 2) return { do: 'leave' };
        return { do: 'answer', answer: 'own-set', ...(asked === 1 ? {} : { typed: 'another word' }) };
      },
    },
  );
  expect(await p.all()).toBe('assign-administrator: question management');
  expect(asked).toBe(3);
  expect(operations(w.sent)).not.toContain('sso:CreateAccountAssignment');
});

test('somebody registered another delegate after the account was chosen: told before any call', async () => {
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'done' && ask.step.id === 'delegated-account') all.w.delegate(PROD);
        return undefined;
      },
    },
  );
  expect(await all.p.all()).toBe('register-delegated-administrator: blocked');
  expect(all.w.sent).toEqual([]);
});
