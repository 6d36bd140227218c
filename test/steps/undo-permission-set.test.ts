import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import type { AppliedChange } from '../../src/model/step.ts';
import type { Grants } from '../../steps/permission-sets/observe-permission-set.ts';
import { type Touched, whoseIs } from '../../steps/permission-sets/run-permission-sets.ts';
import { undoPermissionSet } from '../../steps/permission-sets/undo-permission-set.ts';
import { madeAt, madeBy } from './made.ts';
import { DELEGATE, DEV, delegate, goals, instance, MGMT } from './plans.ts';

const arn = 'arn:set';
const policyOf = (...Action: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const [ours, earlier, foreign] = [policyOf('a:b'), policyOf('c:d'), policyOf('a:b', 's3:*')];

type Now = NonNullable<Touched['now']>;
const bare: Grants = {
  ...{ arn, name: 'Set', inline: ours, session: 'PT1H', managed: [], customer: [], boundary: '' },
  ...{ provisioned: [], outdated: [], holders: [] },
};
const tagged = { 'cw-runbook:run': 'run-1' };
const now = (more: Partial<Now> = {}): Now => ({ ...bare, created: madeAt, tags: { seen: tagged }, ...more });
const set = { InstanceArn: instance.arn, PermissionSetArn: arn };
const put = (n: number, InlinePolicy: string, before?: string): AppliedChange =>
  madeBy(
    n,
    'policy',
    'sso:PutInlinePolicyToPermissionSet',
    { ...set, InlinePolicy },
    before === undefined ? {} : { before },
  );
const creates = (Tags: readonly { readonly Key: string; readonly Value: string }[] = []) =>
  madeBy(
    1,
    'set',
    'sso:CreatePermissionSet',
    { InstanceArn: instance.arn, Name: 'Set', ...(Tags.length > 0 ? { Tags } : {}) },
    { output: { PermissionSet: { PermissionSetArn: arn } } },
  );
const created = creates([{ Key: 'cw-runbook:run', Value: 'run-1' }]);
const provision = madeBy(4, 'provisioned', 'sso:ProvisionPermissionSet', {
  ...set,
  TargetType: 'ALL_PROVISIONED_ACCOUNTS',
});
const plan = (touched: Touched): Plan =>
  undoPermissionSet([touched], { instance, barred: MGMT, owner: delegate });
const differs = [
  'Against the policy that it has now:',
  'Allows c:d on every resource',
  'No longer allows a:b on every resource',
];
const ada = { account: DEV, principal: 'u-1', who: 'ada (user u-1)' };

describe('a set that this run created', () => {
  const own = (more: Partial<Now> | undefined = {}, puts: readonly AppliedChange[] = [put(2, ours)]): Plan =>
    plan({ created, puts, provisions: [], now: now(more) });

  test('is deleted, dangerous, its policy kept, while it is as it was left and nobody has it', () => {
    expect(goals(own())).toEqual(['set#1: dangerous sso:DeletePermissionSet']);
    expect(own().goals[0]).toMatchObject({
      typed: ['Identity', DELEGATE],
      before: ours,
      call: { input: { InstanceArn: instance.arn, PermissionSetArn: arn } },
    });
  });

  test('that is gone is taken back already', () => {
    expect(goals(plan({ created, puts: [], provisions: [] }))).toEqual(['set#1: met']);
  });

  test('is not touched where it is another’s, or where nobody can tell whose it is', () => {
    expect(goals(own({ tags: { seen: { 'cw-runbook:run': 'run-2' } } }))).toEqual(['set#1: wrong']);
    expect(goals(own({ tags: { refused: 'denied' } }))).toEqual(['set#1: unknown firm']);
  });

  test('that got another policy is not deleted, and both texts are told', () => {
    const changed = own({ inline: foreign });
    // It may be an old copy: the engine looks again for a while.
    expect(changed.goals).toMatchObject([
      {
        is: 'wrong',
        soon: true,
        found:
          'somebody changed it since: its inline policy, against the one that this run gave it: Allows s3:* on every resource',
      },
    ]);
    expect(changed.notes).toEqual([`This run put: ${ours}`, `Now it has: ${foreign}`]);
  });

  test('what was done to its policy is said', () => {
    const said = (inline: string, was = ours): string =>
      (own({ inline }, [put(2, was)]).goals[0] as { readonly found: string }).found;
    expect(said('')).toContain('its inline policy was removed');
    expect(said(earlier)).toMatch(/: Allows c:d on every resource; No longer allows a:b on every resource$/);
    expect(said(ours.replace('2012-10-17', '2008-10-17'))).toContain('is different');
    expect(said(policyOf('a:b', '1:a', '2:a', '3:a', '4:a', '5:a'))).toMatch(
      /4:a on every resource; and 1 more$/,
    );
    expect(own({ inline: '' }).notes).toContain('Now it has: no inline policy');
  });

  test.each<Partial<Now>>([
    { managed: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    { customer: ['/mine'] },
    { boundary: 'b' },
    { session: 'PT8H' },
  ])('that got more than a policy (%o) is not deleted', (more) => {
    expect(goals(own(more))).toEqual(['set#1: wrong']);
  });

  test('is as this run left it with the policy that was put last, or with none where none was put', () => {
    expect(goals(own({}, [put(2, earlier), put(3, ours)]))).toEqual([
      'set#1: dangerous sso:DeletePermissionSet',
    ]);
    expect(goals(own({ inline: earlier }, [put(2, earlier), put(3, ours)]))).toEqual(['set#1: wrong']);
    expect(goals(own({ inline: '' }, []))).toEqual(['set#1: dangerous sso:DeletePermissionSet']);
    expect(goals(own({ inline: ours }, []))).toEqual(['set#1: wrong']);
  });

  test('that somebody has is not deleted, and they are named', () => {
    expect(own({ provisioned: [DEV], holders: [ada] }).goals).toMatchObject([
      { is: 'wrong', soon: true, found: `it is assigned: ada (user u-1) in account ${DEV}` },
    ]);
  });

  test('that is still in an account, though nobody is assigned, is waited for', () => {
    expect(goals(own({ provisioned: [DEV] }))).toEqual(['set#1: unknown firm soon']);
  });
});

describe('a set that was there before', () => {
  const back = (more: Partial<Now> = {}, puts = [put(2, ours, earlier)]): Plan =>
    plan({ puts, provisions: [provision], now: now(more) });

  test('has its earlier policy again, dangerous, and so has every account', () => {
    const planned = back({ provisioned: [DEV], holders: [ada] });
    expect(goals(planned)).toEqual([
      'policy#2: dangerous sso:PutInlinePolicyToPermissionSet',
      'policy#2-provisioned: dangerous sso:ProvisionPermissionSet',
    ]);
    expect(planned.goals[0]).toMatchObject({
      typed: ['Identity', DELEGATE],
      before: ours,
      ...{ holders: 1, held: ['ada (user u-1)'], reaches: [DEV] },
      consequences: [`ada (user u-1) in account ${DEV}`, ...differs],
      call: { input: { ...set, InlinePolicy: earlier } },
    });
    expect(planned.goals[1]).toMatchObject({ call: { input: { TargetType: 'ALL_PROVISIONED_ACCOUNTS' } } });
  });

  test('that nobody has needs no bringing up to date, and it is said that nobody has it', () => {
    expect(goals(back())).toEqual([
      'policy#2: dangerous sso:PutInlinePolicyToPermissionSet',
      'policy#2-provisioned: met',
    ]);
    expect(back().goals[0]).toMatchObject({ decisive: ['Nobody has the set.'], consequences: differs });
  });

  test('that had none has none again', () => {
    for (const puts of [[put(2, ours, '')], [put(2, ours)]])
      expect(goals(back({}, puts))[0]).toBe('policy#2: dangerous sso:DeleteInlinePolicyFromPermissionSet');
  });

  test('has what it had before the first of several, not before the last', () => {
    const puts = [put(2, foreign, earlier), put(3, ours, foreign)];
    expect(back({}, puts).goals[0]).toMatchObject({
      id: 'policy#2',
      call: { input: { InlinePolicy: earlier } },
    });
  });

  test('that has it again is brought up to date where it is behind, and nowhere else', () => {
    const done = { inline: earlier, provisioned: [DEV, '4'] };
    expect(goals(back(done))).toEqual(['policy#2: met', 'policy#2-provisioned: met']);
    const behind = back({ ...done, outdated: ['4'] });
    expect(goals(behind)[1]).toBe('policy#2-provisioned: dangerous sso:ProvisionPermissionSet');
    expect(behind.goals[1]?.says).toMatch(/ in 4$/);
  });

  test('that somebody changed since is not written over, and all three texts are told', () => {
    const planned = back({ inline: foreign });
    expect(planned.goals).toMatchObject([
      { is: 'wrong', soon: true, found: expect.stringContaining('s3:*') },
    ]);
    expect(planned.notes).toEqual([
      `Before this run it had: ${earlier}`,
      `This run put: ${ours}`,
      `Now it has: ${foreign}`,
    ]);
  });

  test('that is in the management account by now is out of reach', () => {
    expect(back({ provisioned: [MGMT] }).goals).toMatchObject([
      { is: 'wrong', found: expect.stringContaining(MGMT) },
    ]);
  });

  test('that is gone is taken back already', () => {
    expect(goals(plan({ puts: [put(2, ours, earlier)], provisions: [] }))).toEqual(['policy#2: met']);
  });

  test('that was only brought up to date stays so, and that is said', () => {
    expect(goals(plan({ puts: [], provisions: [provision], now: now() }))).toEqual([
      'provisioned#4: warning',
    ]);
  });
});

describe('whose a set is', () => {
  test('its tag says, whatever else is the same', () => {
    expect(whoseIs(created, now()).is).toBe('ours');
    expect(whoseIs(created, now({ tags: { seen: {} } }))).toMatchObject({
      is: 'another',
      why: expect.stringContaining('does not carry the tag'),
    });
    expect(whoseIs(created, now({ tags: { seen: { 'cw-runbook:run': 'run-2' } } }))).toMatchObject({
      is: 'another',
      why: expect.stringContaining('names another run, run-2'),
    });
    expect(whoseIs(created, now({ tags: { refused: 'denied' } }))).toMatchObject({
      is: 'unknown',
      why: expect.stringContaining('denied'),
    });
  });

  test('where it was created without a tag: its ARN and the time, some minutes of difference between clocks allowed', () => {
    const untagged = creates();
    const minutes = (n: number) => madeAt + n * 60_000;
    const is = (more: Partial<Now>) => whoseIs(untagged, now({ tags: { seen: {} }, ...more })).is;
    expect(is({})).toBe('ours');
    expect(is({ created: undefined })).toBe('ours'); // AWS does not tell, and an ARN is used once
    expect([is({ created: minutes(-4) }), is({ created: minutes(5) })]).toEqual(['ours', 'ours']);
    expect([is({ created: minutes(-6) }), is({ created: minutes(7) })]).toEqual(['another', 'another']);
    expect(is({ arn: 'arn:other' })).toBe('another');
  });
});
