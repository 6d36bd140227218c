import { describe, expect, test } from 'vitest';
import { conclude } from '../../src/engine/conclude.ts';
import type { Intent } from '../../src/model/event.ts';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { never } from '../../src/simulator/services/requests.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { DEV, PROD } from './four-accounts.ts';
import { operations, type World } from './in-process.ts';
import { type Process, setup } from './process.ts';

const assign = 'sso:CreateAccountAssignment';
const create = 'sso:CreatePermissionSet';
const count = (w: World, operation: string): number =>
  operations(w.sent).filter((one) => one === operation).length;
const states = (p: Process) => p.run().attempts.map(({ state }) => state);
/** Does something right before or after a call, the first time. */
const once = (w: World, when: 'before' | 'after', operation: string, then: () => void): void =>
  w.onSend((now, call) => {
    if (now !== when || call.operation !== operation) return;
    w.onSend(() => {});
    then();
  });

test('how an end is known is told: by AWS’s reply and a look', async () => {
  const { p } = setup();
  await p.all();
  expect(p.run().attempts.map(({ outcome }) => outcome)).toEqual(
    Array(4).fill({ ended: 'verified', by: 'reply-and-look' }),
  );
});

test('what AWS said it made and never shows is not believed to be absent: nobody can tell, nothing is sent again', async () => {
  const { p, w } = setup();
  once(w, 'after', create, () => w.sets.pop());
  expect(await p.all()).toBe('permission-set: cannot-tell');
  expect(await p.all()).toBe('permission-set: cannot-tell');
  expect(count(w, create)).toBe(1);
});

test('what AWS is still at is not taken for done, though it is to be seen already', async () => {
  const { p, w } = setup({ settle: never });
  once(w, 'after', assign, () => {
    const [request] = w.requests;
    if (request?.kind === 'create') w.assign(request);
  });
  expect(await p.all()).toBe('assign-administrator: under-way');
  expect(states(p).at(-1)).toBe('accepted');
});

test('two open attempts that were planned under different answers are each judged by their own', async () => {
  const { p, disk } = setup();
  await p.all();
  const made = disk.findLast((event): event is Intent => event.type === 'intended');
  if (made?.call.operation !== assign) expect.fail('the last intent is the assignment');
  const elsewhere = { ...made.call, input: { ...made.call.input, TargetId: PROD } };
  const situation = { ...made.situation, answers: { target: PROD } };
  await p.ports.record({ ...made, attempt: 'a#5' });
  await p.ports.record({ ...made, attempt: 'a#6', call: elsewhere, key: `${assign} ${PROD}`, situation });
  await conclude(assignAdministrator, p.engine);
  const [there, nowhere] = p.run().attempts.slice(-2);
  expect(there?.state).toBe('verified');
  expect(nowhere?.state).not.toBe('verified');
});

test('the set that was made is looked for by the ARN that AWS told, not by going through all sets', async () => {
  const { p, w } = setup();
  for (let n = 0; n < 50; n++) w.permSet(`Other${n}`, '');
  let searched = 0;
  once(w, 'after', create, () => {
    searched = w.reads.filter((read) => read === 'sso:ListPermissionSets').length;
  });
  expect(await p.all()).toBe('finished');
  expect(w.reads.filter((read) => read === 'sso:ListPermissionSets')).toHaveLength(searched);
});

test('AWS that stays silent after a lost reply is not waited for without end: nobody can tell yet', async () => {
  const { p, w } = setup();
  const { connect, show } = p.ports;
  let silent = false;
  const why: string[] = [];
  p.ports.show = (activity) => {
    if (activity.is === 'no-answer') why.push(activity.why);
    show(activity);
  };
  p.ports.connect = (...asked) => {
    const way = connect(...asked);
    return {
      ...way,
      read: async (...call) => {
        if (silent) throw new OutcomeUnknown('the connection broke');
        return way.read(...call);
      },
    };
  };
  once(w, 'after', create, () => {
    silent = true;
    w.lose();
  });
  expect(await p.all()).toBe('permission-set: cannot-tell');
  expect(new Set(why)).toEqual(new Set(['the connection broke']));
  silent = false;
  expect(await p.all()).toBe('finished');
  expect(count(w, create)).toBe(1);
});

test('an old copy in which our policy is not there yet raises no question about the set that is assigned', async () => {
  const { p, w, start } = setup();
  expect(await p.all()).toBe('finished');
  const [set] = w.sets;
  const ours = set?.inline;
  if (set === undefined || ours === undefined) return expect.fail();
  delete set.inline;
  const q = start();
  const { sleep: pass } = q.ports;
  q.ports.sleep = async (ms) => {
    set.inline = ours;
    await pass(ms);
  };
  expect(await q.all()).toBe('finished');
  expect(q.asks.filter((ask) => !ask.endsWith(': accept'))).toEqual(['hand-over: finished']);
});

describe('an asynchronous request', () => {
  const status = 'sso:DescribeAccountAssignmentCreationStatus';

  test('that AWS said is over is not asked about again after a restart', async () => {
    const { p, disk, start, w } = setup();
    await p.all();
    const settled = disk.findIndex(({ type }) => type === 'settled');
    disk.splice(settled + 1);
    const asked = w.reads.length;
    const q = start();
    expect(await q.all()).toBe('finished');
    expect(w.reads.slice(asked)).not.toContain(status);
    expect(disk.filter(({ type }) => type === 'settled')).toHaveLength(1);
  });

  test('that failed without a reason says so', async () => {
    const { p } = setup({ failIn: [DEV] });
    const { connect } = p.ports;
    p.ports.connect = (...asked) => {
      const way = connect(...asked);
      return {
        ...way,
        read: async (...call) => {
          const answer = await way.read(...call);
          if (call[0] === status) Reflect.deleteProperty(Object.values(answer)[0] as object, 'FailureReason');
          return answer;
        },
      };
    };
    expect(await p.all()).toBe('assign-administrator: failed');
    expect(p.run().attempts.at(-1)?.outcome).toEqual({ ended: 'failed', why: 'AWS gave no reason' });
  });

  test('of an earlier attempt is not taken for the one that was lost', async () => {
    const { p, w } = setup({ failIn: [DEV], settle: 0 });
    expect(await p.all()).toBe('assign-administrator: failed');
    w.options.failIn = [];
    once(w, 'before', assign, w.lose);
    expect(await p.all()).toBe('finished');
    expect(states(p).slice(-3)).toEqual(['failed', 'lapsed', 'verified']);
  });

  test('that is older than the intent is not taken for it, though it reads the same', async () => {
    const { p, w, clock } = setup();
    once(w, 'before', assign, () => {
      const call = p.run().attempts.at(-1)?.intent.call;
      const input = call?.input as unknown as Readonly<Record<string, string>>;
      w.earlier(input, '00000000-0000-4000-8000-000000000001', clock.now - 86_400_000);
      w.lose();
    });
    expect(await p.all()).toBe('finished');
    expect(states(p).slice(-2)).toEqual(['lapsed', 'verified']);
  });

  test('is found although AWS’s clock is some seconds behind ours', async () => {
    const { p, w } = setup();
    once(w, 'after', assign, () => {
      w.requests.splice(
        0,
        1,
        ...w.requests.slice(0, 1).map((one) => ({ ...one, created: one.created - 4_000 })),
      );
      w.lose();
    });
    expect(await p.all()).toBe('finished');
    expect([count(w, assign), p.run().attempts.at(-1)?.request]).toEqual([1, w.requests[0]?.id]);
  });
});

test('AWS that refuses to say who acts, right before the call: nothing is sent, and other credentials are asked for', async () => {
  const { p, w } = setup();
  const { connect, ask } = p.ports;
  p.ports.connect = (...asked) => {
    const aws = connect(...asked);
    return {
      ...aws,
      read: async (operation, input) => {
        // Who acts is known of these credentials. After the confirmation it is asked once more, right before the call.
        if (confirmed && problems.length === 0 && operation === 'sts:GetCallerIdentity')
          throw new RequestRejected('AccessDenied', 'no permissions boundary allows it');
        return aws.read(operation, input);
      },
    };
  };
  let confirmed = false;
  const problems: string[] = [];
  p.ports.ask = async (asked) => {
    confirmed ||= asked.is === 'confirm';
    if (asked.is === 'credentials' && asked.problem) problems.push(asked.problem.problem);
    return ask(asked);
  };
  expect(await p.all()).toBe('register-delegated-administrator: credentials');
  expect(problems).toEqual([
    expect.stringMatching(/AccessDenied: no permissions boundary.*Nothing was sent/),
  ]);
  expect(w.sent).toEqual([]);
  expect(await p.all()).toBe('finished');
});
