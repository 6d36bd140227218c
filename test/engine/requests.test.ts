import { expect, test } from 'vitest';
import { change, met } from '../../src/model/plan.ts';
import { RequestRejected } from '../../src/model/reader.ts';
import { step } from '../../src/model/step.ts';
import { ADA, INSTANCE, otherPolicy } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { type Process, setup } from './process.ts';

const assigning = 'sso:CreateAccountAssignment';
const last = (p: Process) =>
  p.run().attempts.findLast(({ intent }) => intent.step === 'assign-administrator');

/** AWS takes no other form of an id. */
const lastWeek = '00000000-0000-4000-8000-000000000007';

test('a lost reply: an older request that asked for the same is not taken for ours', async () => {
  const { w, p, clock } = setup();
  let lost = false;
  w.onSend((when, { operation, input }) => {
    if (when !== 'before' || operation !== assigning || lost) return;
    lost = true;
    // Somebody had made the same assignment a week ago, and taken it away since. Ours never reaches AWS.
    const at = clock.now - 7 * 86_400_000;
    w.earlier(input as never, lastWeek, at);
    w.lose();
  });
  expect(await p.all()).toBe('finished');
  const own = p.run().attempts.filter(({ intent }) => intent.step === 'assign-administrator');
  expect(own.map(({ state }) => state)).toEqual(['lapsed', 'verified']);
  expect(own.map(({ request }) => request)).not.toContain(lastWeek);
  expect(w.assigned).toHaveLength(1);
});

test('a request that AWS dates a moment before our intent is ours: clocks differ, and dates are whole seconds', async () => {
  const { w, p, clock } = setup();
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== assigning) return;
    for (const [n, one] of w.requests.entries()) w.requests[n] = { ...one, created: clock.now - 4_000 };
    w.lose();
  });
  expect(await p.all()).toBe('finished');
  expect(last(p)).toMatchObject({ state: 'verified', request: w.requests[0]?.id });
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
  w.unassign(); // somebody else removed it
  expect(w.requests).toHaveLength(1);
  const q = start();
  // The clock of AWS runs ahead: by its date the first could be the second as well.
  for (const [n, one] of w.requests.entries()) w.requests[n] = { ...one, created: one.created + 3_600_000 };
  expect(await q.all()).toBe('finished');
  const own = q.run().attempts.filter(({ intent }) => intent.step === 'assign-administrator');
  expect(own.map(({ state, request }) => `${state} ${request}`)).toEqual([
    `verified ${w.requests[0]?.id}`,
    'lapsed undefined',
    `verified ${w.requests[1]?.id}`,
  ]);
});

test('how a request stands is refused for another reason than that we may not ask: it is asked again, and the request tells', async () => {
  const { p, w, disk } = setup();
  const { connect } = p.ports;
  let asked = 0;
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== assigning) return;
    // AWS is done at once: what it shows would do, but the request tells more.
    w.settled();
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
    ...{ actor: 'delegated-administrator', observedBy: 'actor', dependsOn: {}, questions: {} },
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
        const input = { ...target, PrincipalType: 'USER', PrincipalId: ADA } as const;
        return has.includes(TargetId)
          ? met(TargetId, 'assigned', 'yes')
          : change(TargetId, 'assign', assigning, input, { batch: 'assign' });
      }),
      gives: {},
    }),
  });

test('17 assignments in 17 accounts: AWS has at most 15 of them under way, and 15 it has', async () => {
  const { p, w } = setup({ region: 'us-east-1', settle: 12_000 }, {}, { delegated: true });
  const [dev] = w.state.accounts.slice(-1);
  if (dev) w.state.accounts.push(...accounts.map((id) => ({ ...dev, id })));
  let most = 0;
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== assigning) return;
    most = Math.max(most, w.requests.filter(w.isUnderWay).length);
  });
  expect(await p.all([everywhere(w.permSet('All', otherPolicy).arn)])).toBe('finished');
  expect(operations(w.effects)).toHaveLength(17);
  expect(operations(w.sent)).toHaveLength(17); // none was one too many
  expect(most).toBe(15);
});
