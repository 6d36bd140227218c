import { describe, expect, test } from 'vitest';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import { usualPatience } from '../../src/engine/engine.ts';
import { undoable } from '../../src/model/progress/undoing.ts';
import { steps } from '../../steps/index.ts';
import { deleting } from '../../steps/permission-sets/undo-permission-set.ts';
import { ADA, BOB, DELEGATE, DEV, otherPolicy, PROD } from './four-accounts.ts';
import { Crash, operations } from './in-process.ts';
import { setup, usualAnswers } from './process.ts';

const name = 'CodeWhisperer_administrator';
const foreign = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
const replacing = { answers: { ...usualAnswers, 'permission-set/existing': 'replace@' } };

/** An operator as usual, who keeps what was asked, and who may reply otherwise. */
function listening(on: (ask: Ask) => Reply | undefined = () => undefined) {
  const asked: Ask[] = [];
  const last = <K extends Ask['is']>(is: K): Extract<Ask, { is: K }> => {
    const found = asked.findLast((ask) => ask.is === is);
    return (found ?? expect.fail(`nobody asked ${is}`)) as Extract<Ask, { is: K }>;
  };
  return {
    asked,
    last,
    on: (ask: Ask) => {
      asked.push(ask);
      return on(ask);
    },
  };
}
const keeping = (ask: Ask): Reply | undefined => (ask.is === 'blocked' ? { do: 'keep' } : undefined);

test('what the run made goes, the last first, each change confirmed with a name typed, and one request each', async () => {
  const ears = listening();
  const { w, p, start } = setup({}, { on: ears.on });
  expect(await p.all()).toBe('finished');
  const before = w.sent.length;
  expect(await start().undo()).toBe('undone');
  expect([w.sets, w.assigned, w.delegated]).toEqual([[], [], []]);
  expect(operations(w.sent.slice(before))).toEqual([
    'sso:DeleteAccountAssignment',
    'sso:DeletePermissionSet',
    'organizations:DeregisterDelegatedAdministrator',
  ]);
  const confirmed = ears.asked.filter((ask) => ask.is === 'confirm').slice(-3);
  expect(confirmed.map(({ changes }) => changes.map(({ risk, typed }) => [risk, typed]))).toEqual([
    [['dangerous', ['Dev', DEV]]],
    [['dangerous', ['Identity', DELEGATE]]],
    [['dangerous', ['Identity', DELEGATE]]],
  ]);
});

test('first the journal tells all of it and nothing is asked of AWS; then AWS is looked at; then it begins', async () => {
  const ears = listening((ask) => (ask.is === 'undo' && !ask.looked ? { do: 'leave' } : undefined));
  const { w, p, start } = setup({}, { on: ears.on });
  await p.all();
  const [read, met] = [w.reads.length, w.met.length];
  expect(await start().undo()).toMatch(/undo$/);
  expect([w.reads.length, w.met.length]).toEqual([read, met]);
  const { items, stays } = ears.last('undo');
  expect(items.map(({ step, made, plan }) => [step.id, made.map(({ change }) => change), plan])).toEqual([
    ['assign-administrator', [`USER:${ADA}@${DEV}`], undefined],
    ['permission-set', ['set', 'policy'], undefined],
    ['register-delegated-administrator', ['registered'], undefined],
  ]);
  expect(stays.join(' ')).toMatch(
    /accounts of the organization.*Nobody who signs in notices.*sign in: ada \([^)]+\): already in place before/,
  );
});

test('the plan says what AWS shows, and no change is sent before it was read', async () => {
  const ears = listening((ask) => (ask.is === 'undo' && ask.looked ? { do: 'decline' } : undefined));
  const { w, p, start, disk } = setup({}, { on: ears.on });
  await p.all();
  const sent = w.sent.length;
  const q = start();
  expect(await q.undo()).toBe('back');
  expect(w.sent).toHaveLength(sent);
  expect(disk.some(({ type }) => type === 'undo-began')).toBe(false);
  expect(
    ears.last('undo').items.map(({ plan }) => plan?.goals.map(({ is, says }) => `${is}: ${says}`)),
  ).toEqual([
    [`change: Remove ada’s assignment to Dev (${DEV}) with ${name}`],
    // It is still assigned, and will not be by then.
    [`change: ${deleting(name)}`],
    [`change: Deregister Identity (${DELEGATE})`],
  ]);
});

test('a run that is taken back opens as to do, is done anew, and can be taken back again, all at once', async () => {
  const { w, p, start, clock } = setup();
  await p.all();
  const began = clock.now;
  expect(await start().undo()).toBe('undone');
  const q = start();
  expect(await q.all()).toBe('finished');
  expect(w.sets).toMatchObject([{ name }]);
  expect(await start().undo()).toBe('undone');
  expect([w.sets, w.assigned, w.delegated]).toEqual([[], [], []]);
  expect(w.sent).toHaveLength(14);
  // What was just made, or just taken back, is no reason to doubt that the opposite is wanted.
  expect(clock.now - began).toBeLessThan(usualPatience.toShow);
  const r = start();
  expect(undoable(steps, r.run())).toEqual([]);
});

test('from the screen: what was made is shown on request, and “not now” goes back to the run', async () => {
  let asks = 0;
  const ears = listening((ask) => {
    if (ask.is === 'finished' && asks++ === 0) return { do: 'undo' };
    return ask.is === 'undo' ? { do: 'decline' } : undefined;
  });
  const { p, w } = setup({}, { on: ears.on });
  expect(await p.all()).toBe('finished');
  expect(w.assigned).toHaveLength(1);
  expect(ears.last('undo').looked).toBe(true); // credentials are in hand
});

test('from the screen, in the middle: what is there so far is taken back', async () => {
  const ears = listening((ask) =>
    ask.is === 'done' && ask.step.id === 'permission-set' ? { do: 'undo' } : undefined,
  );
  const { p, w } = setup({}, { on: ears.on });
  expect(await p.all()).toBe('undone');
  expect([w.sets, w.assigned, w.delegated]).toEqual([[], [], []]);
});

describe('only what this run made', () => {
  test('a set that was bare is bare again, and is not deleted', async () => {
    const { w, p, start } = setup();
    w.permSet(name, '');
    await p.all();
    expect(await start().undo()).toBe('undone');
    expect(w.sets.map((set) => [set.name, set.inline])).toEqual([[name, undefined]]);
  });

  test('a set whose policy was overwritten has the earlier one again, in every account', async () => {
    const { w, p, start } = setup({}, replacing);
    w.permSet(name, otherPolicy, [PROD]);
    await p.all();
    expect(w.sets[0]?.inline).not.toBe(otherPolicy);
    expect(await start().undo()).toBe('undone');
    expect([w.sets[0]?.inline, w.inForce(PROD), w.inForce(DEV)]).toEqual([
      otherPolicy,
      otherPolicy,
      undefined,
    ]);
  });

  test('a delegation that was there before stays, and the undo says so', async () => {
    const ears = listening();
    const { w, p, start } = setup({}, { on: ears.on }, { delegated: true });
    await p.all();
    expect(await start().undo()).toBe('undone');
    expect(w.delegated).toHaveLength(1);
    expect(ears.last('undone').stays).toContain(
      `The account is the delegated administrator for IAM Identity Center (Identity (${DELEGATE})): already in place before this run.`,
    );
  });

  test('a user is never deleted, also one that this run created', async () => {
    const ears = listening();
    const answers = {
      ...usualAnswers,
      'administrator-user/user': 'new:',
      'administrator-user/directory': 'here',
      'administrator-user/userName': 'eve',
      'administrator-user/givenName': 'Eve',
      'administrator-user/familyName': 'Example',
      'administrator-user/email': 'eve@example.com',
    };
    const { w, p, start } = setup({}, { on: ears.on, answers });
    await p.all();
    expect(await start().undo()).toBe('undone');
    expect(w.users.map(({ userName }) => userName)).toContain('eve');
    expect(ears.last('undone').stays.join(' ')).toContain(
      'The user eve, whom this run created: users are never deleted',
    );
  });

  test('a set that bears another run’s tag, or none any more, is not touched', async () => {
    for (const tags of [[{ Key: 'cw-runbook:run', Value: 'run-0' }], []]) {
      const ears = listening(keeping);
      const { w, p, start, clock } = setup({}, { on: ears.on });
      await p.all();
      for (const set of w.sets) set.tags = tags;
      clock.now += 120_000;
      expect(await start().undo()).toBe('undone');
      expect(w.sets).toHaveLength(1);
      expect(ears.last('blocked').plan.goals).toMatchObject([
        { is: 'wrong', found: expect.stringMatching(/names another run, run-0|does not carry the tag/) },
      ]);
    }
  });

  test('a delegation that somebody deregistered and registered anew is not ours any more', async () => {
    const ears = listening(keeping);
    const { w, p, start, clock } = setup({}, { on: ears.on });
    await p.all();
    clock.now += 86_400_000;
    w.state.delegated = w.delegated.map((one) => ({ ...one, since: clock.now }));
    expect(await start().undo()).toBe('undone');
    expect(w.delegated).toHaveLength(1);
    expect(ears.last('blocked').plan.goals).toMatchObject([
      { is: 'wrong', found: expect.stringContaining('registered 1970-01-02') },
    ]);
  });

  test('nothing made, nothing to take back', async () => {
    const { p, start, w } = setup({}, { answers: {} });
    await p.all();
    expect(undoable(steps, start().run())).toEqual([]);
    expect(w.sent).toEqual([]);
  });
});

describe('only while it is as the run left it', () => {
  const changedSince = async (change: (at: ReturnType<typeof setup>) => void, options: object = {}) => {
    const ears = listening(keeping);
    const at = setup({}, { ...options, on: ears.on });
    if ('answers' in options) at.w.permSet(name, otherPolicy, [PROD]);
    await at.p.all();
    at.clock.now += 120_000; // longer than AWS may answer from an old copy
    change(at);
    const sent = at.w.sent.length;
    const end = await at.start().undo();
    return { ...at, ears, end, sentSince: operations(at.w.sent.slice(sent)) };
  };

  test('a set that somebody gave another policy is refused, with both texts, and the rest goes on', async () => {
    const { w, ears, end, sentSince } = await changedSince(({ w }) => {
      for (const set of w.sets) w.put(set, foreign);
    });
    expect(end).toBe('undone');
    expect(w.sets).toMatchObject([{ inline: foreign }]);
    expect(sentSince).toEqual([
      'sso:DeleteAccountAssignment',
      'organizations:DeregisterDelegatedAdministrator',
    ]);
    const { plan } = ears.last('blocked');
    expect(plan.goals).toMatchObject([{ found: expect.stringContaining('Allows s3:*') }]);
    expect(plan.notes).toEqual([
      expect.stringMatching(/^This run put: \{"Version"/),
      `Now it has: ${foreign}`,
    ]);
    expect(ears.last('undone').items.map(({ step }) => step.id)).toEqual(['permission-set']);
  });

  test('a set whose policy was overwritten by this run, and by somebody since, stays as it is now', async () => {
    const { w, ears } = await changedSince(({ w }) => {
      for (const set of w.sets) w.put(set, foreign);
    }, replacing);
    expect(w.sets).toMatchObject([{ inline: foreign }]);
    expect(ears.last('blocked').plan.notes).toContain(`Before this run it had: ${otherPolicy}`);
  });

  test('a set that was assigned to others since is refused, and they are named', async () => {
    const { w, ears } = await changedSince(({ w }) => {
      const [set] = w.sets;
      w.assign({ account: PROD, set: set?.arn ?? '', type: 'USER', principal: BOB });
    });
    expect(w.sets).toHaveLength(1);
    expect(w.assigned).toMatchObject([{ principal: BOB }]);
    expect(ears.last('blocked').plan.goals).toMatchObject([
      { is: 'wrong', found: `it is assigned: bob (user ${BOB}) in Prod (${PROD})` },
    ]);
    // The plan says so before anything is sent, and does not name our own assignment.
    const [, planned] = ears.last('undo').items;
    expect(planned?.plan?.goals).toMatchObject([
      { found: expect.stringMatching(/^it is assigned: bob [^;]+$/) },
    ]);
  });

  test('what somebody took away by hand is seen, and not asked for again', async () => {
    const { end, sentSince, ears } = await changedSince(({ w }) => {
      w.unassign();
      w.sets.length = 0;
    });
    expect(end).toBe('undone');
    expect(sentSince).toEqual(['organizations:DeregisterDelegatedAdministrator']);
    expect(ears.last('undone').items).toEqual([]);
  });
});

describe('the operator', () => {
  test('who declines a change is asked, and may leave it and take back the rest', async () => {
    const ears = listening((ask) => {
      if (ask.is === 'confirm' && ask.changes[0]?.call.operation === 'sso:DeletePermissionSet')
        return { do: 'decline' };
      return ask.is === 'declined' ? { do: 'keep' } : undefined;
    });
    const { w, p, start, disk } = setup({}, { on: ears.on });
    await p.all();
    expect(await start().undo()).toBe('undone');
    expect(w.sets).toHaveLength(1);
    expect(w.delegated).toEqual([]);
    expect(disk).toContainEqual(expect.objectContaining({ type: 'kept', step: 'permission-set' }));
  });

  test('may not confirm without the word: what answers cannot take a short cut', async () => {
    let asked = 0;
    const ears = listening((ask) => {
      if (ask.is === 'confirm' && ask.changes[0]?.call.operation === 'sso:DeleteAccountAssignment')
        return asked++ < 3 ? { do: 'confirm', typed: 'dev' } : { do: 'leave' };
      return undefined;
    });
    const { w, p, start } = setup({}, { on: ears.on });
    await p.all();
    expect(await start().undo()).toMatch(/assign-administrator: confirm/);
    expect(w.assigned).toHaveLength(1);
  });

  test('is asked for credentials that fit where the accepted ones do not any more, and nothing begins before', async () => {
    const ears = listening();
    const { p, start, w, disk } = setup({}, { on: ears.on });
    await p.all();
    const sent = w.sent.length;
    w.profiles.set('delegate', { account: DEV, arn: 'arn:other' });
    expect(await start().undo()).toMatch(/credentials/);
    expect(ears.last('credentials')).toMatchObject({ actor: 'delegated-administrator', account: DELEGATE });
    expect(disk.some(({ type }) => type === 'undo-began')).toBe(false);
    expect(w.sent).toHaveLength(sent);
  });

  test('whose session expires in the middle signs in again, and the undo goes on', async () => {
    let once = true;
    const { p, start, w } = setup(
      {},
      {
        on: (ask) => {
          const deleting =
            ask.is === 'confirm' && ask.changes[0]?.call.operation === 'sso:DeletePermissionSet';
          if (deleting && once) w.expired.add('delegate');
          if (deleting) once = false;
          if (ask.is !== 'credentials' || !ask.problem) return undefined;
          w.expired.clear();
          return { do: 'use', source: { kind: 'profile', name: 'delegate' } };
        },
      },
    );
    await p.all();
    expect(await start().undo()).toBe('undone');
    expect(w.sets).toEqual([]);
  });
});

test('refused by AWS: said so, asked again, and left as it is on request', async () => {
  const ears = listening((ask) => (ask.is === 'failed' ? { do: 'keep' } : undefined));
  const { w, p, start } = setup({}, { on: ears.on });
  await p.all();
  w.fault('denied-by-identity-policy', 'sso:DeletePermissionSet');
  expect(await start().undo()).toBe('undone');
  expect(ears.last('failed').attempts).toMatchObject([{ outcome: { code: 'AccessDeniedException' } }]);
  expect(w.sets).toHaveLength(1);
});

test('a set whose assignment was left is not waited for: it says that it is the one that was left', async () => {
  const times: number[] = [];
  const ears = listening((ask) => {
    if (ask.is !== 'failed' && ask.is !== 'blocked') return undefined;
    times.push(clock.now);
    return { do: 'keep' };
  });
  const { clock, w, p, start } = setup({}, { on: ears.on });
  await p.all();
  w.fault('denied-by-identity-policy', 'sso:DeleteAccountAssignment');
  expect(await start().undo()).toBe('undone');
  expect(ears.last('blocked').plan.goals).toMatchObject([
    { is: 'wrong', found: expect.stringMatching(/^you left what this run made: Assign .*It is assigned: /) },
  ]);
  const [left = 0, told = 0] = times;
  expect(told - left).toBeLessThan(usualPatience.toShow / 2);
  expect([w.sets.length, w.assigned.length, w.delegated.length]).toEqual([1, 1, 0]);
});

describe('a set that AWS would not let be tagged', () => {
  const create = 'sso:CreatePermissionSet';

  test('is offered without the tag, and that is said', async () => {
    const ears = listening();
    const { w, p } = setup({}, { on: ears.on });
    w.fault('denied-tagging', create);
    expect(await p.all()).toBe('finished');
    const [first, second] = ears.asked.flatMap((ask) =>
      ask.is === 'confirm' ? ask.changes.filter(({ id }) => id === 'set') : [],
    );
    expect(first?.call.input).toMatchObject({ Tags: [{ Key: 'cw-runbook:run', Value: 'run-1' }] });
    expect(second?.call.input).toEqual(expect.not.objectContaining({ Tags: expect.anything() }));
    expect(second?.consequences?.join()).toContain('AWS refused to tag it (sso:TagResource)');
    expect(w.sets).toMatchObject([{ tags: [] }]);
  });

  test('is taken back by its ARN and the time it was created', async () => {
    const { w, p, start } = setup();
    w.fault('denied-tagging', create);
    await p.all();
    expect(await start().undo()).toBe('undone');
    expect(w.sets).toEqual([]);
  });

  test('is not taken for another of its name that somebody created later', async () => {
    const ears = listening(keeping);
    const { w, p, start, clock } = setup({}, { on: ears.on });
    w.fault('denied-tagging', create);
    w.onSend((when, { operation }) => {
      if (when === 'after' && operation === 'sso:CreatePermissionSet') w.lose(); // the journal never has its ARN
    });
    await p.all();
    clock.now += 86_400_000;
    const [mine] = w.sets;
    w.sets.length = 0;
    const theirs = w.permSet(name, mine?.inline ?? '');
    w.unassign();
    expect(await start().undo()).toBe('undone');
    expect(w.sets).toEqual([theirs]);
  });
});

test('a lost reply leaves no ARN in the journal: the tag says that the set is ours', async () => {
  const { w, p, start } = setup();
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === 'sso:CreatePermissionSet') w.lose();
  });
  await p.all();
  expect(await start().undo()).toBe('undone');
  expect(w.sets).toEqual([]);
});

test('two assignments, made with different answers, both go', async () => {
  const { w, p, start } = setup(
    {},
    { answers: { ...usualAnswers, 'assign-administrator/earlier': 'keep@' } },
  );
  await p.all();
  const q = start();
  await q.ports.record({ type: 'answered', step: 'assign-administrator', question: 'target', answer: PROD });
  expect(await q.all()).toBe('finished');
  expect(w.assigned).toHaveLength(2);
  expect(await start().undo()).toBe('undone');
  expect([w.assigned, w.sets]).toEqual([[], []]);
});

test('killed between the effect and its record, in the middle of an undo: a plain start sees it, and does it anew', async () => {
  const { w, p, start } = setup();
  await p.all();
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === 'sso:DeletePermissionSet') throw new Crash();
  });
  await expect(start().undo()).rejects.toThrow(Crash);
  w.onSend(() => {});
  expect(await start().all()).toBe('finished');
  expect(w.sets).toMatchObject([{ name }]);
  expect(w.assigned).toMatchObject([{ account: DEV }]);
  expect(w.delegated).toMatchObject([{ account: DELEGATE }]);
});
