import { expect, test } from 'vitest';
import { change, met } from '../../src/model/plan.ts';
import { RequestRejected } from '../../src/model/reader.ts';
import { step } from '../../src/model/step.ts';
import { INSTANCE, operations } from './fake.ts';
import { type Process, setup } from './process.ts';

const assigning = 'sso:CreateAccountAssignment';
const last = (p: Process) =>
  p.run().attempts.findLast(({ intent }) => intent.step === 'assign-administrator');

test('a lost reply: an older request that asked for the same is not taken for ours', async () => {
  const { w, p, clock } = setup();
  let lost = false;
  w.onSend((when, { operation, input }) => {
    if (when !== 'before' || operation !== assigning || lost) return;
    lost = true;
    // Somebody had made the same assignment a week ago, and taken it away since. Ours never reaches AWS.
    const at = clock.now - 7 * 86_400_000;
    w.requests.push({
      ...{ id: 'last-week', kind: 'assign', status: 'SUCCEEDED', polls: 9, at, apply() {} },
      input: input as never,
    });
    w.lose();
  });
  expect(await p.all()).toBe('finished');
  const own = p.run().attempts.filter(({ intent }) => intent.step === 'assign-administrator');
  expect(own.map(({ state }) => state)).toEqual(['lapsed', 'verified']);
  expect(own.map(({ request }) => request)).not.toContain('last-week');
  expect(w.assigned).toHaveLength(1);
});

test('a request that AWS dates a moment before our intent is ours: clocks differ, and dates are whole seconds', async () => {
  const { w, p, clock } = setup();
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== assigning) return;
    for (const [n, one] of w.requests.entries()) w.requests[n] = { ...one, at: clock.now - 4_000 };
    w.lose();
  });
  expect(await p.all()).toBe('finished');
  expect(last(p)).toMatchObject({ state: 'verified', request: 'r-1' });
});

test('the same assignment made, gone, and made again within seconds: one request is not taken for both attempts', async () => {
  const { w, p, start } = setup();
  let sent = 0;
  w.onSend((when, { operation }) => {
    if (operation !== assigning) return;
    sent += when === 'before' ? 1 : 0;
    if (when === 'before' && sent === 2) w.lose(); // the second never reaches AWS
  });
  expect(await p.all()).toBe('finished');
  w.assigned.length = 0; // somebody else removed it
  expect(w.requests).toHaveLength(1);
  const q = start();
  // The clock of AWS runs ahead: by its date the first could be the second as well.
  for (const [n, one] of w.requests.entries()) w.requests[n] = { ...one, at: one.at + 3_600_000 };
  expect(await q.all()).toBe('finished');
  const own = q.run().attempts.filter(({ intent }) => intent.step === 'assign-administrator');
  expect(own.map(({ state, request }) => `${state} ${request}`)).toEqual([
    'verified r-1',
    'lapsed undefined',
    'verified r-2',
  ]);
});

test('how a request stands is refused for another reason than that we may not ask: it is asked again, and the request tells', async () => {
  const { p, w, disk } = setup();
  const { connect } = p.ports;
  let asked = 0;
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== assigning) return;
    // AWS is done at once: what it shows would do, but the request tells more.
    for (const one of w.requests) {
      one.apply();
      one.status = 'SUCCEEDED';
    }
  });
  p.ports.connect = (...given) => {
    const way = connect(...given);
    return {
      ...way,
      read: async (...call) => {
        if (call[0] === 'sso:DescribeAccountAssignmentCreationStatus' && asked++ === 0)
          throw new RequestRejected('ResourceNotFoundException', 'not known yet');
        return way.read(...call);
      },
    };
  };
  expect(await p.all()).toBe('finished');
  expect(disk.filter(({ type }) => type === 'settled')).toHaveLength(w.requests.length);
  expect(last(p)?.outcome).toMatchObject({ ended: 'verified', by: 'reply-and-look' });
});

/** The same user in many accounts, in one batch. */
const accounts = [...Array(17).keys()].map((n) => `${500_000_000_000 + n}`);
const everywhere = (PermissionSetArn: string) =>
  step({
    ...{ id: 'all', title: 'All', short: 'All', document: { section: '', says: [] } },
    ...{ actor: 'delegated-administrator', eyes: 'actor', needs: {}, questions: {} },
    calls: ['sso:ListAccountAssignments', assigning],
    observe: async (aws) => {
      const has: string[] = [];
      for (const AccountId of accounts)
        for await (const page of aws.pages('sso:ListAccountAssignments', {
          ...{ InstanceArn: INSTANCE, AccountId, PermissionSetArn },
        }))
          if ((page.AccountAssignments ?? []).length > 0) has.push(AccountId);
      return has;
    },
    plan: (has) => ({
      goals: accounts.map((TargetId) => {
        const target = {
          InstanceArn: INSTANCE,
          TargetType: 'AWS_ACCOUNT',
          TargetId,
          PermissionSetArn,
        } as const;
        const input = { ...target, PrincipalType: 'USER', PrincipalId: 'u-1' } as const;
        return has.includes(TargetId)
          ? met(TargetId, 'assigned', 'yes')
          : change(TargetId, 'assign', assigning, input, { batch: 'assign' });
      }),
      gives: {},
    }),
  });

test('17 assignments in 17 accounts: AWS has at most 15 of them under way, and 15 it has', async () => {
  const { p, w } = setup({ polls: 6 }, {}, { delegated: true });
  let most = 0;
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== assigning) return;
    most = Math.max(most, w.requests.filter(({ status }) => status === 'IN_PROGRESS').length);
  });
  expect(await p.all([everywhere(w.permSet('All', '{}').arn)])).toBe('finished');
  expect(operations(w.effects)).toHaveLength(17);
  expect(most).toBe(15);
});
