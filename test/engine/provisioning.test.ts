import { describe, expect, test } from 'vitest';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import type { Event } from '../../src/model/event.ts';
import { describeNotSent } from '../../src/model/progress/not-sent.ts';
import { describeUnprovisioned } from '../../src/model/progress/unprovisioned.ts';
import { RequestRejected } from '../../src/model/reader.ts';
import { steps } from '../../steps/index.ts';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { unconfirmedSends } from '../confirmations.ts';
import { DEV, otherPolicy, PROD } from './four-accounts.ts';
import { Crash, type Options, operations } from './in-process.ts';
import { type Left, process, setup, usualAnswers } from './process.ts';

const name = 'CodeWhisperer_administrator';
const put = 'sso:PutInlinePolicyToPermissionSet';
const provision = 'sso:ProvisionPermissionSet';
const replacing = { ...usualAnswers, 'permission-set/existing': 'replace@' };

/** A set that accounts have, and an AWS whose list of those that are behind is the one from before. */
function used(
  options: Partial<Options> = {},
  on: (ask: Ask) => Reply | undefined = () => undefined,
  before?: Left,
) {
  const asked: Ask[] = [];
  const all = setup(
    { behind: false, ...options },
    {
      answers: replacing,
      on: (ask) => {
        asked.push(ask);
        return on(ask);
      },
    },
    before ? { before } : { delegated: true },
  );
  if (!before) all.w.permSet(name, otherPolicy, [PROD]);
  const confirms = () =>
    asked.flatMap((ask) => (ask.is === 'confirm' ? [ask.changes.map(({ call }) => call.operation)] : []));
  const inProd = (): string | undefined => all.w.inForce(PROD);
  return { ...all, asked, confirms, inProd };
}
const sentOf = (w: ReturnType<typeof used>['w'], operation: string): number =>
  operations(w.sent).filter((one) => one === operation).length;

test('a new policy is brought into the accounts that have the set, whatever the list of those behind says', async () => {
  const { w, p, confirms, inProd, disk, asked } = used();
  expect(await p.all()).toBe('finished');
  expect(inProd()).toBe(documentedPolicy.text);
  expect(operations(w.sent)).toEqual([put, provision, 'sso:CreateAccountAssignment']);
  // A change of its own, with its own confirmation.
  expect(confirms()).toEqual([[put], [provision], ['sso:CreateAccountAssignment']]);
  expect(unconfirmedSends(disk)).toEqual([]);
  const ask = asked.findLast((one) => one.is === 'confirm' && one.changes[0]?.call.operation === provision);
  const [change] = ask?.is === 'confirm' ? ask.changes : [];
  expect(change?.says).toContain(PROD);
  expect(change?.risk).toBe('dangerous');
  expect(change?.consequences?.join(' ')).toMatch(/no other policy.*comes into force.*cannot be seen/);
  expect(describeUnprovisioned(p.run(), steps)).toEqual([]);
});

test.each(['before', 'after'] as const)(
  'killed %s the policy was put, the next start still brings it into the accounts',
  async (when) => {
    const { w, p, start, inProd, disk } = used();
    w.onSend((now, { operation }) => {
      if (now === when && operation === put) throw new Crash();
    });
    await expect(p.all()).rejects.toThrow(Crash);
    w.onSend(() => {});
    expect(await start().all()).toBe('finished');
    expect(inProd()).toBe(documentedPolicy.text);
    expect(sentOf(w, provision)).toBe(1);
    expect(unconfirmedSends(disk)).toEqual([]);
  },
);

test('killed at every event after it was put', async () => {
  const whole = used();
  const left = await whole.leavings((p) => p.all());
  const from = whole.disk.findIndex((event) => event.type === 'intended' && event.call.operation === put);
  const to = whole.disk.findIndex((event) => event.type === 'settled');
  const there = left.filter(({ at }) => at >= from && at <= to);
  expect(there.length).toBeGreaterThan(3);
  for (const before of there) {
    const { p, inProd, w } = used({}, undefined, before);
    expect(await p.all()).toBe('finished');
    expect(inProd()).toBe(documentedPolicy.text);
    expect(sentOf(w, put)).toBeLessThanOrEqual(2);
  }
});

test('an account that is listed only after the policy was put counts too', async () => {
  const { w, p, inProd } = used({ holders: false });
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === put) w.options.holders = true;
  });
  expect(await p.all()).toBe('finished');
  expect(inProd()).toBe(documentedPolicy.text);
});

test('one that only the list of those behind shows counts too', async () => {
  const { w, p, inProd } = used({ behind: true, holders: false });
  for (const set of w.sets) set.version += 1; // what PROD has is an older version
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === put) w.options.behind = false;
  });
  expect(await p.all()).toBe('finished');
  expect(inProd()).toBe(documentedPolicy.text);
});

test('a journal of an earlier version, which does not tell who had the set: whoever has it now counts', async () => {
  const { w, p, disk, start, inProd } = used();
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === put) throw new Crash();
  });
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  for (const [n, event] of disk.entries())
    if (event.type === 'intended') disk[n] = (({ reaches: _, ...rest }) => rest)(event) as Event;
  expect(await start().all()).toBe('finished');
  expect(inProd()).toBe(documentedPolicy.text);
});

test('a set of its own is not provisioned: its own assignment brings the newest version', async () => {
  const { w, p, start } = setup({ behind: false });
  expect(await p.all()).toBe('finished');
  expect(await start().all()).toBe('finished');
  expect(operations(w.sent)).not.toContain(provision);
});

test('another policy later: where this run assigned the set before counts, though AWS lists nobody', async () => {
  const { w, p, disk, clock } = setup();
  expect(await p.all()).toBe('finished');
  w.options.behind = false;
  w.options.holders = false;
  const answer = 'documented+customizations';
  disk.push({ at: clock.now, type: 'answered', step: 'permission-set', question: 'policy', answer });
  clock.now += 86_400_000;
  const next = process(disk, clock, w, { answers: replacing });
  expect(await next.all()).toBe('finished');
  expect(operations(w.sent)).toContain(provision);
  expect(w.inForce(DEV)).toBe(w.sets[0]?.inline);
});

test('an old list of those behind brings nothing into the accounts a second time, though the set was assigned since', async () => {
  const { w, p, start } = used({ behind: true });
  expect(await p.all()).toBe('finished');
  const [set] = w.sets;
  if (set === undefined) return expect.fail();
  set.provisioned[PROD] = 1;
  const q = start();
  const { sleep: pass } = q.ports;
  q.ports.sleep = async (ms) => {
    set.provisioned[PROD] = set.version;
    await pass(ms);
  };
  expect(await q.all()).toBe('finished');
  expect(sentOf(w, provision)).toBe(1);
});

test('an account that somebody else gives the set to much later is none of it', async () => {
  const { w, p, start, clock } = setup();
  expect(await p.all()).toBe('finished');
  for (const set of w.sets) set.provisioned[PROD] = set.version;
  clock.now += 86_400_000;
  expect(await start().all()).toBe('finished');
  expect(operations(w.sent)).not.toContain(provision);
});

describe('what is not brought into the accounts is told', () => {
  test('refused: the run does not finish, and says which accounts keep the old policy', async () => {
    const { w, p } = used();
    w.onSend((when, { operation }) => {
      if (when === 'before' && operation === provision)
        throw new RequestRejected('AccessDeniedException', 'no', 'r-1');
    });
    expect(await p.all()).toBe('permission-set: failed');
    expect(sentOf(w, provision)).toBe(1);
    expect(describeUnprovisioned(p.run(), steps).join()).toMatch(
      new RegExp(`^${PROD} may still have the earlier policy.*aws sso-admin provision-permission-set`),
    );
  });
  test('declined: likewise', async () => {
    const { p } = used({}, (ask) =>
      ask.is === 'confirm' && ask.changes[0]?.call.operation === provision ? { do: 'decline' } : undefined,
    );
    expect(await p.all()).toBe('permission-set: declined');
    expect(describeUnprovisioned(p.run(), steps)).toHaveLength(1);
  });
  test('failed at AWS: asked again, not taken for done', async () => {
    const { w, p, inProd } = used();
    w.onSend((when, { operation }) => {
      if (when !== 'after' || operation !== provision) return;
      const last = w.requests.at(-1);
      if (last) w.requests[w.requests.length - 1] = { ...last, failure: 'Received a 403 status error' };
    });
    expect(await p.all()).toBe('permission-set: failed');
    w.onSend(() => {});
    expect(await p.all()).toBe('finished');
    expect(inProd()).toBe(documentedPolicy.text);
  });
});

describe('the undo puts the earlier policy back, and brings it into the accounts', () => {
  test('whatever the list of those behind says', async () => {
    const { w, p, start, inProd, disk } = used();
    expect(await p.all()).toBe('finished');
    expect(await start().undo()).toBe('undone');
    expect(inProd()).toBe(otherPolicy);
    expect(sentOf(w, provision)).toBe(2);
    expect(unconfirmedSends(disk)).toEqual([]);
  });
  test('also after a kill in between', async () => {
    const { w, p, start, inProd } = used();
    expect(await p.all()).toBe('finished');
    w.onSend((when, { operation }) => {
      if (when === 'after' && operation === put) throw new Crash();
    });
    await expect(start().undo()).rejects.toThrow(Crash);
    w.onSend(() => {});
    expect(await start().undo()).toBe('undone');
    expect(inProd()).toBe(otherPolicy);
  });
});

test('what was part of a confirmed plan and somebody else does meanwhile is told, also after a kill', async () => {
  const { w, p, start, disk } = setup({}, {}, { delegated: true });
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== 'sso:CreatePermissionSet') return;
    const [set] = w.sets;
    if (set) w.put(set, documentedPolicy.text);
    throw new Crash();
  });
  await expect(p.all()).rejects.toThrow(Crash);
  w.onSend(() => {});
  const next = start();
  expect(await next.all()).toBe('finished');
  expect(operations(w.effects)).not.toContain(put);
  expect(disk.filter(({ type }) => type === 'not-sent')).toMatchObject([
    {
      step: 'permission-set',
      change: 'policy',
      found: expect.stringMatching(/^AWS shows that it is so already/),
    },
  ]);
  expect(describeNotSent('permission-set', next.run()).join()).toMatch(
    /^Part of a plan that was confirmed, and never sent/,
  );
});

test('where all of a confirmed plan is sent none is told', async () => {
  const { p, start, disk } = setup();
  expect(await p.all()).toBe('finished');
  expect(await start().undo()).toBe('undone');
  expect(disk.filter(({ type }) => type === 'not-sent')).toEqual([]);
});
