import { describe, expect } from 'vitest';
import { both, more, sampled, test } from '../more.ts';
import { actionsOf, actors, runner } from './in-process.ts';
import { newPerson } from './new-person.ts';
import {
  beforeChanges,
  doesWithout,
  done,
  each,
  effectsOf,
  lacks,
  nothingUnrecorded,
  replacedAndPutBack,
  restrict,
  simulation,
  spare,
  stopsForWantOf,
  thereAndBack,
  unasked,
} from './restricting.ts';

describe('with exactly the printed policies', () => {
  // More scenarios are in permissions-each.test.ts.
  both.each(sampled(['fresh', 'other-region', 'done'] as const, 3))(
    '%s comes to its end, and back',
    thereAndBack,
  );

  more('existing-set-with-admin: a set that differs is replaced, and put back', () =>
    replacedAndPutBack('existing-set-with-admin'),
  );

  more('set-in-management: with a set of another name', async () => {
    const at = await runner('set-in-management');
    await restrict(at);
    const ended = await at.run({ 'permission-set.name': 'CodeWhisperer_administrator_2' });
    expect(ended, ended.said).toMatchObject({ code: 0 });
  });

  more('a user who is created', async () => {
    const at = await runner('delegated');
    await restrict(at);
    const ended = await at.run(newPerson);
    expect(ended, ended.said).toMatchObject({ code: 0 });
    expect(await effectsOf(at)).toContain('identitystore:CreateUser');
    expect(ended.said).not.toContain('not chosen any more');
  });
});

describe('with any one action missing the run stops, names it and says whose policy it is', () => {
  // One of each actor’s; all are in permissions-each.test.ts.
  test.each(actors.flatMap((actor) => each.findLast((one) => one.actor === actor) ?? []))(
    '$actor lacks $action',
    stopsForWantOf,
  );

  both.each(
    sampled(
      actors.flatMap((actor) => spare[actor].slice(0, 1).map((action) => ({ actor, action }))),
      2,
    ),
  )('$action is spare: the run comes to its end, names it and says whose policy it is', doesWithout);

  test.each(actors)('what %s lacks and this run does not ask for is named all the same', async (actor) => {
    const at = await runner();
    const actions = actionsOf(actor).filter((action) => !unasked[actor].includes(action));
    await at.order('_permissions', { account: at.accounts[actor], actions });
    const ended = await at.run();
    expect(ended, ended.said).toMatchObject({ code: 0 });
    const [step] = beforeChanges[actor];
    const [, named = ''] =
      new RegExp(
        `^warning      ${step}: These credentials have the permissions .*not allowed: (.*?)\\. `,
        'm',
      ).exec(ended.said) ?? [];
    // Whether these may be asked shows by itself.
    for (const action of actionsOf(actor).filter((one) => !one.startsWith('iam:')))
      expect(named.includes(`${action} (no identity-based policy allows it)`), action).toBe(
        unasked[actor].includes(action),
      );
  });

  more('a user is to be created, and may not be: nothing is sent for it', async () => {
    const at = await runner('delegated');
    const action = 'identitystore:CreateUser';
    await restrict(at, {}, { actor: 'delegated-administrator', action });
    const ended = await at.run(newPerson);
    expect(ended, ended.said).toMatchObject({ code: 5, said: expect.stringContaining(action) });
    expect(ended.said).toMatch(lacks.identity);
    expect(await effectsOf(at)).toEqual([]);
  });

  test('whether there is a profile to administer is seen by whichever identity may see it', async () => {
    const at = await runner();
    await restrict(at, {}, { actor: 'delegated-administrator', action: 'sso:ListApplications' });
    const ended = await at.run();
    expect(ended, ended.said).toMatchObject({ code: 0 });
    expect(ended.said).not.toContain('has a CodeWhisperer profile');
  });

  more(
    'whether there is a profile to administer is said to be unknown where AWS does not let us look',
    async () => {
      const at = await runner();
      await restrict(at, {}, { actor: 'delegated-administrator', action: 'sso:ListApplications' });
      const actions = actionsOf('management').filter((action) => action !== 'sso:ListApplications');
      await at.order('_permissions', { account: at.accounts.management, actions });
      const { said } = await at.run();
      expect(said).toMatch(
        /^warning {6}hand-over: Workloads Dev .* has a CodeWhisperer profile: could not be checked: .*not authorized to perform: sso:ListApplications.* The policies of these credentials do not allow it/m,
      );
    },
  );
});

describe('the simulation before the first change', () => {
  test('what the last change needs is missed before the first one: nothing is left half done', async () => {
    const at = await runner();
    await restrict(at, {}, { actor: 'delegated-administrator', action: 'sso:CreateAccountAssignment' });
    const ended = await at.run();
    expect(ended.code).toBe(5);
    expect(ended.said).toMatch(
      /These credentials may do sso:CreateAccountAssignment\. Found: IAM’s policy simulator says no for arn:aws:iam::\d{12}:user\/runbook-operator/,
    );
    expect(ended.said).toContain('cw-runbook permissions --actor delegated-administrator');
    expect(await effectsOf(at)).toEqual([done[0]]);
    await restrict(at);
    expect(await at.run()).toMatchObject({ code: 0 });
  });

  test.each(['scp', 'boundary'] as const)('it says that it is the %s', async (layer) => {
    const at = await runner();
    await restrict(at, {}, { actor: 'delegated-administrator', action: 'sso:CreatePermissionSet', layer });
    const ended = await at.run();
    expect(ended).toMatchObject({ code: 5, said: expect.stringMatching(lacks[layer]) });
    expect(await effectsOf(at)).toEqual([done[0]]);
  });

  more(
    'it does not know the policy of a session: AWS refuses then, and it is said whose policy that is',
    async () => {
      const at = await runner();
      const action = 'sso:CreatePermissionSet';
      await restrict(at, {}, { actor: 'delegated-administrator', action, layer: 'session' });
      const ended = await at.run();
      expect(ended).toMatchObject({ code: 1, said: expect.stringMatching(lacks.session) });
      await nothingUnrecorded(at);
    },
  );

  const looking = [
    ['management', 'register-delegated-administrator'],
    ['delegated-administrator', 'delegated-identity'],
  ] as const;
  both.each(sampled(looking, 2))(
    '%s may not simulate: that is said, not taken for allowed, stops nothing, and is not asked again and again',
    async (actor, step) => {
      const at = await runner();
      await restrict(at, {}, { actor, action: simulation });
      const ended = await at.run();
      expect(ended, ended.said).toMatchObject({ code: 0 });
      expect(ended.said).toMatch(
        new RegExp(
          `^warning +${step}: These credentials have the permissions .*could not be checked: AWS does not let us simulate it: AccessDenied: .*${simulation}`,
          'm',
        ),
      );
      const denied = (await at.ledger()).requests.filter(
        ({ operation, status }) => operation === simulation && status !== 200,
      );
      expect(denied.length).toBeLessThan(10); // of one look: a question for each group of actions
    },
  );

  test('a condition that the simulation has no value for denies nothing', async () => {
    const at = await runner();
    const account = at.accounts['delegated-administrator'];
    await at.order('_permissions', { account, conditions: ['aws:SourceIp'] });
    const ended = await at.run();
    expect(ended, ended.said).toMatchObject({ code: 0 });
    const looked = (await at.events()).flatMap((event) =>
      event.type === 'looked' && event.step === 'delegated-identity' ? event.plan.goals : [],
    );
    expect(looked).toContainEqual(
      expect.objectContaining({
        id: 'permissions',
        is: 'warning',
        found: expect.stringContaining('the policies have conditions about aws:SourceIp'),
      }),
    );
  });

  more('taking back is looked at beforehand too', async () => {
    const at = await runner();
    expect(await at.run()).toMatchObject({ code: 0 });
    const action = 'sso:DeleteAccountAssignment';
    await restrict(at, { undo: true }, { actor: 'delegated-administrator', action });
    const ended = await at.undo();
    expect(ended).toMatchObject({ code: 5, said: expect.stringContaining(action) });
    expect(await effectsOf(at)).toEqual(done);
  });
});

test('a customer managed key: who may not use it is told which key, which action and who can mend it, before anything is changed', async () => {
  const at = await runner('customer-key');
  const ended = await at.run();
  expect(ended.code).toBe(5);
  expect(ended.said).toMatch(
    new RegExp(
      `customer managed key arn:aws:kms:us-east-1:${at.accounts.management}:key/[\\w-]+: AccessDeniedException.*\\(KMS_AccessDeniedException\\)`,
    ),
  );
  expect(ended.said).toMatch(/the key’s administrator .* must allow it in the key policy.*\(kms:Decrypt\)/);
  const [, key = ''] = /--actor delegated-administrator --key (\S+?)\.?\n/.exec(ended.said) ?? [];
  expect(key).toMatch(/^arn:aws:kms:us-east-1:/);
  const actions = [...actionsOf('delegated-administrator'), 'kms:Decrypt'];
  await at.order('_permissions', { account: at.accounts['delegated-administrator'], actions });
  const gone = await at.run();
  expect(gone, gone.said).toMatchObject({ code: 0 });
});
