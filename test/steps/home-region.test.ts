import { describe, expect, test } from 'vitest';
import type { Reader } from '../../src/model/reader.ts';
import { CredentialsError, RequestRejected, unwatched } from '../../src/model/reader.ts';
import { homeRegion } from '../../steps/home-region.ts';
import { at, DELEGATE, DEV, goals, instance, MGMT, notLetIn, organization } from './plans.ts';

type State = Parameters<typeof homeRegion.plan>[0];
const found: NonNullable<State['instance']> = {
  ...instance,
  ...{ status: 'ACTIVE', reason: undefined, additional: [], from: 'eu-west-1' },
};
const state = (more: Partial<State> = {}): State => ({
  ...{ instance: found, closed: [], asked: ['eu-west-1'], others: [] },
  opted: { seen: { RegionOptStatus: 'ENABLED_BY_DEFAULT' } },
  ...{ sets: { seen: true }, key: undefined },
  ...more,
});
const opted = (RegionOptStatus: 'ENABLED' | 'DISABLED') => ({ seen: { RegionOptStatus } });
const plan = (more: Partial<State> = {}, eyes: 'management' | 'delegated-administrator' = 'management') =>
  homeRegion.plan(state(more), { ...at({}, { organization }), eyes });

test.each<readonly [string, Partial<State>, readonly string[]]>([
  ['as it should be', {}, ['instance: met', 'active: met', 'region: met', 'permission-sets: met']],
  [
    'in an opt-in Region',
    { opted: opted('ENABLED') },
    ['instance: met', 'active: met', 'region: wrong', 'permission-sets: met'],
  ],
  [
    'no status of the Region',
    { opted: { refused: 'denied' } },
    ['instance: met', 'active: met', 'region: unknown', 'permission-sets: met'],
  ],
  [
    'an answer without the status of the Region',
    { opted: { seen: {} } },
    ['instance: met', 'active: met', 'region: unknown', 'permission-sets: met'],
  ],
  [
    'no answer about a Region that is enabled by default',
    { opted: { refused: 'No answer: …', silent: true } },
    ['instance: met', 'active: met', 'region: warning', 'permission-sets: met'],
  ],
  [
    'no answer about another Region',
    { opted: { refused: 'No answer: …', silent: true }, instance: { ...found, region: 'eu-south-1' } },
    ['instance: met', 'active: met', 'region: unknown soon', 'permission-sets: met'],
  ],
  [
    'none, and a Region that gives no answer',
    { instance: undefined, closed: [{ region: 'us-east-1', why: 'no answer', silent: true }] },
    ['instance: unknown firm soon'],
  ],
  [
    'being made',
    { instance: { ...found, status: 'CREATE_IN_PROGRESS' } },
    ['instance: met', 'active: unknown firm soon', 'region: met', 'permission-sets: met'],
  ],
  [
    'no status of its own',
    { instance: { ...found, status: undefined } },
    ['instance: met', 'active: met', 'region: met', 'permission-sets: met'],
  ],
  [
    'encrypted with a key of the customer’s',
    { key: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
    ['instance: met', 'active: met', 'region: met', 'permission-sets: met', 'key: warning'],
  ],
  ['none', { instance: undefined }, ['instance: by-hand']],
  [
    'none, and a Region that refuses',
    { instance: undefined, closed: [{ region: 'us-east-1', why: 'denied' }] },
    ['instance: unknown firm'],
  ],
  [
    'others’ account instances only',
    { instance: undefined, others: [{ account: '333333333333', region: 'eu-west-1' }] },
    ['instance: by-hand'],
  ],
  [
    'one that AWS could not make',
    { instance: { ...found, status: 'CREATE_FAILED', reason: 'the key' } },
    ['instance: met', 'active: wrong', 'region: met', 'permission-sets: met'],
  ],
  [
    'one that is being deleted',
    { instance: { ...found, status: 'DELETE_IN_PROGRESS' } },
    ['instance: met', 'active: wrong', 'region: met', 'permission-sets: met'],
  ],
  [
    'without permission sets',
    { sets: { seen: false } },
    ['instance: met', 'active: met', 'region: met', 'permission-sets: wrong'],
  ],
  [
    'AWS does not say whether there are permission sets',
    { sets: { seen: undefined } },
    ['instance: met', 'active: met', 'region: met', 'permission-sets: warning'],
  ],
  [
    'AWS does not let us ask whether there are permission sets',
    { sets: { refused: 'denied' } },
    ['instance: met', 'active: met', 'region: met', 'permission-sets: warning'],
  ],
])('%s', (_, more, wanted) => {
  expect(goals(plan(more))).toEqual(wanted);
});

test('a member’s eyes that are shown none have not seen that there is none', () => {
  expect(goals(plan({ instance: undefined }, 'delegated-administrator'))).toEqual(['instance: unknown firm']);
});

test('others’ account instances are named in a note', () => {
  expect(plan({ others: [{ account: '333333333333', region: 'us-east-1' }] }).notes).toEqual([
    expect.stringContaining('333333333333'),
  ]);
});

/** AWS in several Regions: what ListInstances says in each. */
const regions = (
  by: Readonly<Record<string, () => object>>,
  listed: readonly string[] = ['us-east-1', 'eu-west-1'],
) => {
  const asked: string[] = [];
  const aws = (region: string): unknown => ({
    region,
    in: aws,
    search: unwatched(),
    read: async () => ({ RegionOptStatus: 'ENABLED_BY_DEFAULT' }),
    pages: async function* (operation: string, { RegionOptStatusContains: [status] = [''] } = {}) {
      if (operation === 'account:ListRegions') {
        if (listed.length === 0) throw new RequestRejected('AccessDeniedException', 'no');
        const names = status === 'ENABLED' ? ['eu-south-1'] : listed;
        yield { Regions: names.map((RegionName) => ({ RegionName })) };
        return;
      }
      asked.push(region);
      yield by[region]?.() ?? {};
    },
  });
  const look = (hints: Readonly<Record<string, string>> = {}) =>
    homeRegion.observe(aws('us-east-1') as Reader<(typeof homeRegion.calls)[number]>, {
      ...at({}, { organization }),
      hints,
      eyes: 'management',
    });
  return { asked, look };
};
const here = (more: object = {}) => ({
  Instances: [{ InstanceArn: 'arn', IdentityStoreId: 'd', OwnerAccountId: MGMT, ...more }],
});

test('asked where it most likely is first, then the Regions of everybody, then those opted into', async () => {
  const first = regions({ 'us-east-1': () => here() });
  expect((await first.look()).instance?.region).toBe('us-east-1');
  expect(first.asked).toEqual(['us-east-1']);
  const hinted = regions({ 'eu-west-1': () => here() });
  await hinted.look({ region: 'eu-west-1' });
  expect(hinted.asked).toEqual(['eu-west-1']);
  const opt = regions({ 'eu-south-1': () => here() });
  expect((await opt.look()).instance?.region).toBe('eu-south-1');
  expect(opt.asked).toEqual(['us-east-1', 'eu-west-1', 'eu-south-1']);
});

test('the home Region is the one that AWS calls primary', async () => {
  const { look } = regions({ 'us-east-1': () => here({ PrimaryRegion: 'eu-west-1' }) });
  expect((await look()).instance?.region).toBe('eu-west-1');
});

test('what the Regions mean is said: where the runbook asks, and what is being added', () => {
  const additional = [{ region: 'us-east-1', status: 'ADDING' }];
  const said = plan({ instance: { ...found, additional, from: 'us-east-1' } }).notes ?? [];
  expect(said[0]).toMatch(/us-east-1 \(ADDING\).*primary Region eu-west-1 alone.*set up for us-east-1/);
  expect(said[1]).toMatch(/being added or removed/);
  expect(plan({ instance: { ...found, from: 'us-east-1' } }).notes).toEqual([
    expect.stringMatching(/set up for us-east-1.*asks in eu-west-1/),
  ]);
  expect(plan().notes).toEqual([]);
});

test('an account instance of somebody is not taken for the organization’s', async () => {
  const { look } = regions({ 'us-east-1': () => here({ OwnerAccountId: '999999999999' }) });
  expect(await look()).toMatchObject({
    instance: undefined,
    others: [{ account: '999999999999', region: 'us-east-1' }],
  });
});

test('credentials that do not work any more are no Region that refuses', async () => {
  const expired = () => {
    throw new CredentialsError('management', 'the session has expired', 'Sign in again.');
  };
  await expect(regions({ 'eu-west-1': expired }).look()).rejects.toThrow('the session has expired');
});

test('a Region that refuses is closed, not empty', async () => {
  const refuse = () => {
    throw new RequestRejected('AccessDeniedException', 'region denied');
  };
  const { look } = regions({ 'eu-west-1': refuse });
  expect(await look()).toMatchObject({
    instance: undefined,
    closed: [{ region: 'eu-west-1', why: expect.stringContaining('region denied') }],
  });
});

test('where AWS does not list Regions, those that everybody has are asked, and others are not taken for empty', async () => {
  const { look, asked } = regions({}, []);
  expect((await look()).closed).toEqual([
    { region: 'the opt-in Regions', why: expect.stringContaining('AccessDeniedException: no') },
  ]);
  expect(asked.length).toBeGreaterThan(15);
  expect(new Set(asked).size).toBe(asked.length);
});

test('where there is none, the management account’s console opens, and never in an opt-in Region', () => {
  const linkOf = (...asked: readonly string[]) =>
    plan({ instance: undefined, asked: [...asked] }).goals.flatMap((goal) =>
      goal.is === 'by-hand' ? goal.console : [],
    );
  expect(linkOf('af-south-1', 'eu-west-1')[0]).toMatch(new RegExp(`^https://${MGMT}\\.eu-west-1\\.`));
  expect(linkOf('af-south-1')).toEqual(['https://console.aws.amazon.com/singlesignon']);
});

describe('shown the instance, and refused what only administrators may ask', () => {
  const refused = notLetIn('sso:DescribeInstance');
  const denied = { refused: "AccessDeniedException: You don't have permissions to access this resource." };
  const seen = (
    delegates: { readonly seen: readonly string[] } | { readonly refused: string },
    more: Partial<Parameters<typeof homeRegion.plan>[1]> = {},
  ) =>
    homeRegion.plan(state({ sets: undefined, stranger: { account: DELEGATE, refused, delegates } }), {
      ...at({}, { organization }),
      ...{ eyes: 'delegated-administrator', ...more },
    });
  const goal = (...of: Parameters<typeof seen>) => seen(...of).goals.find(({ id }) => id === 'administrator');

  test('another account is registered, or none: whose credentials are needed', () => {
    expect(goals(seen({ seen: [DEV] }))).toEqual(['instance: met', 'administrator: wrong']);
    expect(goal({ seen: [DEV] })).toMatchObject({
      found: expect.stringContaining(
        `account ${DELEGATE} is not the delegated administrator for IAM Identity Center: that is account ${DEV}`,
      ),
      remedy: `Use credentials of account ${DEV}, or of the management account ${MGMT}.`,
    });
    expect(goal({ seen: [] })).toMatchObject({
      found: expect.stringContaining('no account is registered'),
      remedy: `Use credentials of the management account ${MGMT}.`,
    });
  });
  test('it is registered: AWS does not act on it yet', () => {
    expect(goals(seen({ seen: [DELEGATE] }))[1]).toBe('administrator: unknown firm soon');
    const delegate = { account: DELEGATE, recent: true } as const;
    expect(goals(seen(denied, { delegate }))[1]).toBe('administrator: unknown firm soon');
  });
  test('nobody can tell: both is said', () => {
    for (const more of [
      {},
      { delegate: { account: DELEGATE } },
      { delegate: { account: DEV, recent: true } },
    ] as const) {
      expect(goals(seen(denied, more))[1]).toBe('administrator: wrong');
      expect(goal(denied, more)).toMatchObject({
        found: expect.stringMatching(
          /is not the delegated administrator.*, or it was registered only just now/,
        ),
        remedy: expect.stringContaining(`management account ${MGMT}`),
      });
    }
  });
  test('this run registered it some time ago: it may have been deregistered since', () => {
    const registered = { account: DELEGATE, at: Date.UTC(2026, 6, 5) };
    expect(goal(denied, { registered, delegate: { account: DELEGATE } })).toMatchObject({
      is: 'wrong',
      found: expect.stringMatching(
        /this run registered it on 2026-07-05, and it may have been deregistered since/,
      ),
    });
  });
});

test('Regions that refuse are told by their reason, once each', () => {
  const closed = [
    { region: 'us-east-1', why: 'denied by an SCP' },
    { region: 'eu-west-1', why: 'denied by an SCP' },
    { region: 'eu-north-1', why: 'no answer' },
  ];
  const { goals: all } = plan({ instance: undefined, closed });
  expect(all).toMatchObject([
    {
      why: expect.stringContaining(
        'let us look in us-east-1, eu-west-1 (denied by an SCP); eu-north-1 (no answer)',
      ),
    },
  ]);
});
