import { expect, test } from 'vitest';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import { DELEGATE, DEV, MGMT, PROD } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { process, setup, usualAnswers } from './process.ts';

const use = (name: string): Reply => ({ do: 'use', source: { kind: 'profile', name } });
/** A delegated administrator of any service may list accounts. */
const another = 'guardduty.amazonaws.com';
type Credentials = Extract<Ask, { is: 'credentials' }>;

test('before credentials are accepted AWS is asked who they are, and nothing else', async () => {
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'accept' || ask.actor !== 'management') return undefined;
        expect([all.w.reads, all.w.met]).toEqual([[], ['mgmt']]);
        expect(ask.caller).toMatchObject({ account: MGMT, organization: { id: 'o-abc1234567' } });
        expect(all.disk.some(({ type }) => type === 'identified')).toBe(false);
        return { do: 'leave' };
      },
    },
  );
  expect(await all.p.all()).toBe('organization: accept');
  expect(all.w.reads).toEqual([]);
  expect(all.p.run().identities).toEqual({});
});

test('credentials that are declined are not used: others are asked for', async () => {
  let declined = 0;
  const { p, w, disk } = setup(
    {},
    { on: (ask) => (ask.is === 'accept' && declined++ === 0 ? { do: 'decline' } : undefined) },
  );
  expect(await p.all()).toBe('finished');
  expect(p.asks.slice(1, 5)).toEqual([
    'organization: credentials',
    'organization: accept',
    'organization: credentials',
    'organization: accept',
  ]);
  expect(w.sent).toHaveLength(4);
  const who = disk.filter(({ type }) => /^identi/.test(type));
  expect(who.map(({ type }) => type)).toEqual(['identity-declined', 'identified', 'identified']);
  expect(who[0]).toMatchObject({ actor: 'management', account: MGMT, source: { kind: 'profile' } });
});

test('the account of credentials that were accepted is known where they are listed again', async () => {
  const known: (readonly (string | undefined)[])[] = [];
  const { p } = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'credentials') return undefined;
        known.push((ask.facts ?? []).map(({ account }) => account));
        return undefined;
      },
    },
  );
  p.ports.sourceFacts = async (sources) =>
    sources.map((source) => ({ source, kind: 'keys', mfa: false, state: { is: 'unknown' } }));
  expect(await p.all()).toBe('finished');
  expect(known[0]).toEqual([undefined, undefined, undefined]);
  expect(known.at(-1)).toContain(MGMT);
});

/** Runs up to the acting delegate, tries profiles one after the other, and tells what was said of each. */
async function tried(names: readonly string[], prepare: (all: ReturnType<typeof setup>) => void = () => {}) {
  const left = [...names];
  const problems: (string | undefined)[] = [];
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'credentials' || ask.actor !== 'delegated-administrator') return undefined;
        problems.push((ask as Credentials).problem?.problem);
        const next = left.shift();
        return next === undefined ? { do: 'leave' } : use(next);
      },
    },
  );
  prepare(all);
  const end = await all.p.all();
  return { ...all, end, problems };
}

test('each misfit is told, with what was found and what is needed', async () => {
  const { problems, end, w } = await tried(['mgmt', 'dev', 'old'], ({ w }) => {
    w.profiles.set('old', { account: DELEGATE, arn: 'arn:old' });
    w.expired.add('old');
  });
  expect(end).toBe('delegated-identity: credentials');
  expect(problems).toEqual([
    undefined,
    `profile mgmt acts for account ${MGMT}, the management account. The delegated administrator account ${DELEGATE} is needed here.`,
    `profile dev acts for account ${DEV}. The delegated administrator account of this run is ${DELEGATE}.`,
    'The session has expired.',
  ]);
  expect(operations(w.sent)).toEqual(['organizations:RegisterDelegatedAdministrator']);
});

test('credentials of another organization do not fit, nor do a member’s where the management account is needed', async () => {
  const { problems } = await tried(['delegate'], (all) => {
    const { identifyCaller: meet } = all.p.ports;
    all.p.ports.identifyCaller = async (source) => {
      const caller = await meet(source);
      if ('problem' in caller || caller.account !== DELEGATE) return caller;
      return { ...caller, organization: { is: 'member', id: 'o-other', management: MGMT } };
    };
  });
  expect(problems[1]).toContain('of organization o-other, and this run belongs to organization o-abc1234567');

  let last: Ask | undefined;
  const all = setup(
    {},
    {
      on: (ask) => {
        last = ask;
        // Not registered yet, it is shown the instance and no more.
        if (ask.is === 'blocked') return { do: 'switch', actor: 'management' };
        if (ask.is !== 'credentials' || ask.problem) return undefined;
        return use('delegate');
      },
    },
  );
  all.w.delegate(DELEGATE, another);
  expect(await all.p.all()).toBe('home-region: credentials');
  expect(last).toMatchObject({
    actor: 'management',
    problem: { problem: expect.stringContaining(`The management account ${MGMT} is needed here.`) },
  });
  expect(all.w.sent).toEqual([]);
});

test('credentials of an account that stands alone do not fit a run of an organization', async () => {
  const { problems } = await tried(['delegate'], (all) => {
    const { identifyCaller: meet } = all.p.ports;
    all.p.ports.identifyCaller = async (source) => {
      const caller = await meet(source);
      return 'problem' in caller || caller.account !== DELEGATE
        ? caller
        : { ...caller, organization: { is: 'none' } };
    };
  });
  expect(problems[1]).toContain('which belongs to no organization');
});

test('a later process has accepted credentials accepted once more before it uses them, and says how the run stood', async () => {
  const { p, disk, clock, w } = setup();
  expect(await p.all()).toBe('finished');
  const asked: Ask[] = [];
  const q = process(disk, clock, w, { answers: usualAnswers, on: (ask) => void asked.push(ask) });
  expect(await q.all()).toBe('finished');
  expect(q.asks).toEqual(['organization: accept', 'administrator-user: accept', 'hand-over: finished']);
  const [first] = asked;
  expect(first).toMatchObject({ is: 'accept', again: { at: expect.any(Number) } });
  if (first?.is === 'accept') expect(first.again?.done).toBe(first.again?.of);
  // Greeted once, whoever’s credentials come next.
  expect(asked[1]).toMatchObject({ is: 'accept' });
  expect(asked[1]).not.toHaveProperty('again');
  expect(new Set(q.run().attempts)).toEqual(new Set(p.run().attempts));
});

test('who declines what was accepted before is asked for others; who leaves then has used nothing', async () => {
  const { p, disk, clock, w } = setup();
  expect(await p.all()).toBe('finished');
  const reads = w.reads.length;
  for (const [reply, asks] of [
    [{ do: 'decline' }, ['organization: accept', 'organization: accept', 'organization: credentials']],
    [{ do: 'leave' }, ['organization: accept']],
  ] as const) {
    const on = (ask: Ask): Reply => (ask.is === 'accept' ? reply : { do: 'leave' });
    const q = process(disk, clock, w, { answers: usualAnswers, on });
    await q.all();
    expect(q.asks).toEqual(asks);
  }
  expect(w.reads).toHaveLength(reads);
});

test.each([
  ['another role', { account: DELEGATE, arn: 'arn:aws:sts::222222222222:assumed-role/other/op' }],
  ['another account', { account: PROD, arn: `arn:aws:sts::${DELEGATE}:assumed-role/admin/op` }],
])('it does not where the profile holds %s now: it asks', async (_, now) => {
  const { p, w, start, disk } = setup();
  expect(await p.all()).toBe('finished');
  w.profiles.set('delegate', now);
  w.unassign();
  const q = start();
  const end = await q.all();
  // The management account’s eyes see how all stands; whose change it is has to act.
  expect(q.asks.slice(0, 2)).toEqual(['organization: accept', 'assign-administrator: credentials']);
  expect(end).toBe(now.account === DELEGATE ? 'finished' : 'assign-administrator: credentials');
  const before = p.run().identities['delegated-administrator'];
  expect(q.run().attempts.at(-1)?.intent.arn).toBe(now.account === DELEGATE ? now.arn : before?.arn);
  // That another took the part is in the journal as such; that the same caller was accepted again is no change.
  const replaced = disk.flatMap((event) => (event.type === 'identified' ? [event.replaces] : []));
  expect(replaced.filter(Boolean)).toEqual(
    now.account === DELEGATE ? [{ account: DELEGATE, arn: before?.arn }] : [],
  );
});

test('the delegate’s credentials alone are enough where the delegation was made earlier', async () => {
  const { p, w } = setup(
    {},
    { on: (ask) => (ask.is === 'credentials' ? use('delegate') : undefined) },
    { delegated: true },
  );
  expect(await p.all()).toBe('finished');
  expect(new Set(w.met)).toEqual(new Set(['delegate']));
  expect(p.run().identities.management).toBeUndefined();
  expect(w.delegated).toHaveLength(1);
});

test('of an account that is not registered yet, the management account’s are asked for as soon as AWS lets it see no more', async () => {
  const asked: (string | undefined)[] = [];
  const { p, w } = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'blocked') return { do: 'switch', actor: 'management' };
        if (ask.is !== 'credentials') return undefined;
        asked.push(`${ask.step.id}: ${ask.actor}`);
        return use(ask.actor === 'management' ? 'mgmt' : 'delegate');
      },
    },
  );
  w.delegate(DELEGATE, another);
  expect(await p.all()).toBe('finished');
  expect(asked).toEqual(['organization: undefined', 'home-region: management']);
  expect(w.sent).toHaveLength(4);
});

test('a member account that is shown IAM Identity Center, and refused more, is told that it does not administer it', async () => {
  let switched = false;
  const { p } = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'credentials' && ask.actor === undefined) return use('dev');
        if (ask.is !== 'blocked' || ask.step.id !== 'home-region' || switched) return undefined;
        expect(ask.plan.goals.map(({ id }) => id)).toEqual(['instance', 'administrator']);
        switched = true;
        return { do: 'switch', actor: 'management' };
      },
    },
  );
  expect(await p.all()).toBe('finished');
  expect(p.asks).not.toContain('home-region: by-hand');
  expect(switched).toBe(true);
});

test('expired between two looks: asked again, with what was said; nothing is sent twice', async () => {
  let problem: Credentials['problem'];
  let once = true;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'confirm' && once) {
          once = false;
          all.w.expired.add('mgmt');
        }
        if (ask.is === 'credentials' && ask.problem) {
          problem = ask.problem;
          all.w.expired.delete('mgmt');
          return use('mgmt');
        }
        return undefined;
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(problem).toEqual({ problem: 'The session has expired.', remedy: 'Sign in again.' });
  expect(all.w.sent).toHaveLength(4);
});

test('expired while sending: AWS did not take it, which is written down; asked again, one effect', async () => {
  let tries = 0;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'credentials' || !ask.problem) return undefined;
        all.w.expired.clear();
        return use('mgmt');
      },
    },
  );
  const { show } = all.p.ports;
  all.p.ports.show = (activity) => {
    if (activity.is === 'sending' && tries++ === 0) all.w.expired.add('mgmt');
    show(activity);
  };
  expect(await all.p.all()).toBe('finished');
  expect(all.p.run().attempts.map(({ state }) => state)).toEqual(['refused', ...Array(4).fill('verified')]);
  expect(all.w.sent).toHaveLength(4);
});

test('exchanged under our feet: whoever acts now was not accepted, so nothing is sent', async () => {
  const problems: (string | undefined)[] = [];
  const arn = `arn:aws:sts::${MGMT}:assumed-role/other/op`;
  const all = setup(
    {},
    {
      on: (ask) => {
        if (ask.is === 'confirm' && problems.length === 0) all.w.profiles.set('mgmt', { account: MGMT, arn });
        if (ask.is !== 'credentials' || !ask.problem) return undefined;
        problems.push(ask.problem.problem);
        expect(all.w.sent).toEqual([]);
        return use('mgmt');
      },
    },
  );
  expect(await all.p.all()).toBe('finished');
  expect(problems).toEqual([
    `${arn} acts now, and arn:aws:sts::${MGMT}:assumed-role/admin/op was accepted. Nothing was sent.`,
  ]);
  expect(all.p.run().attempts[0]?.intent.arn).toBe(arn);
});

test('taken up with another account’s eyes nothing is concluded', async () => {
  const { w, p } = setup();
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === 'sso:CreatePermissionSet') w.lose();
  });
  const { show } = p.ports;
  p.ports.show = (activity) => {
    if (activity.is === 'sending' && activity.step === 'permission-set')
      queueMicrotask(() => w.profiles.set('delegate', { account: PROD, arn: 'arn:prod' }));
    show(activity);
  };
  expect(await p.all()).toBe('permission-set: credentials');
  expect(p.run().attempts.at(-1)?.state).toBe('unclear');
  w.profiles.set('delegate', { account: DELEGATE, arn: `arn:aws:sts::${DELEGATE}:assumed-role/admin/op` });
  p.ports.show = show;
  w.onSend(() => {});
  expect(await p.all()).toBe('finished');
  expect(w.sent).toHaveLength(4);
});

test('what was accepted belongs to another organization now: it says so when it asks, with both named', async () => {
  const problems: (string | undefined)[] = [];
  let later = false;
  const { p, start } = setup(
    {},
    {
      on: (ask) => {
        if (!later || ask.is !== 'credentials') return undefined;
        problems.push(ask.problem?.problem);
        return { do: 'leave' };
      },
    },
  );
  await p.all();
  later = true;
  const q = start();
  const { identifyCaller: meet } = q.ports;
  q.ports.identifyCaller = async (source) => {
    const caller = await meet(source);
    return 'problem' in caller
      ? caller
      : { ...caller, organization: { is: 'member', id: 'o-other', management: MGMT } };
  };
  await q.all();
  expect(problems).toEqual([
    expect.stringContaining('of organization o-other, and this run belongs to organization o-abc1234567'),
  ]);
});
