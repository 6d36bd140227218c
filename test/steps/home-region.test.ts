import { expect, test } from 'vitest';
import type { Reader } from '../../src/model/reader.ts';
import { CredentialsFailed, Refused } from '../../src/model/reader.ts';
import { homeRegion } from '../../steps/home-region.ts';
import { at, goals, instance, MGMT, organization } from './plans.ts';

type State = Parameters<typeof homeRegion.plan>[0];
const found = { ...instance, status: 'ACTIVE' as string | undefined };
const state = (more: Partial<State> = {}): State => ({
  ...{ instance: found, closed: [], asked: ['eu-west-1'], others: [] },
  opted: { seen: { RegionOptStatus: 'ENABLED_BY_DEFAULT' } },
  ...more,
});
const opted = (RegionOptStatus: 'ENABLED' | 'DISABLED') => ({ seen: { RegionOptStatus } });
const plan = (more: Partial<State> = {}, eyes: 'management' | 'delegated-administrator' = 'management') =>
  homeRegion.plan(state(more), { ...at({}, { organization }), eyes });

test.each<readonly [string, Partial<State>, readonly string[]]>([
  ['as it should be', {}, ['instance: met', 'active: met', 'region: met']],
  ['in an opt-in Region', { opted: opted('ENABLED') }, ['instance: met', 'active: met', 'region: wrong']],
  [
    'no status of the Region',
    { opted: { refused: 'denied' } },
    ['instance: met', 'active: met', 'region: unknown'],
  ],
  [
    'being made',
    { instance: { ...found, status: 'CREATE_IN_PROGRESS' } },
    ['instance: met', 'active: unknown firm soon', 'region: met'],
  ],
  [
    'no status of its own',
    { instance: { ...found, status: undefined } },
    ['instance: met', 'active: met', 'region: met'],
  ],
  ['none', { instance: undefined }, ['instance: by-hand']],
  [
    'none, and a Region that refuses',
    { instance: undefined, closed: ['us-east-1 (denied)'] },
    ['instance: unknown firm'],
  ],
  [
    'others’ account instances only',
    { instance: undefined, others: ['333333333333'] },
    ['instance: by-hand'],
  ],
])('%s', (_, more, wanted) => {
  expect(goals(plan(more))).toEqual(wanted);
});

test('a member’s eyes that are shown none have not seen that there is none', () => {
  expect(goals(plan({ instance: undefined }, 'delegated-administrator'))).toEqual(['instance: unknown firm']);
});

test('others’ account instances are named in a note', () => {
  expect(plan({ others: ['333333333333'] }).notes).toEqual([expect.stringContaining('333333333333')]);
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
    read: async () => ({ RegionOptStatus: 'ENABLED_BY_DEFAULT' }),
    pages: async function* (operation: string, { RegionOptStatusContains: [status] = [''] } = {}) {
      if (operation === 'account:ListRegions') {
        if (listed.length === 0) throw new Refused('AccessDeniedException', 'no');
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

test('an account instance of somebody is not taken for the organization’s', async () => {
  const { look } = regions({ 'us-east-1': () => here({ OwnerAccountId: '999999999999' }) });
  expect(await look()).toMatchObject({ instance: undefined, others: ['999999999999'] });
});

test('credentials that do not work any more are no Region that refuses', async () => {
  const expired = () => {
    throw new CredentialsFailed('management', 'the session has expired', 'Log in again.');
  };
  await expect(regions({ 'eu-west-1': expired }).look()).rejects.toThrow('the session has expired');
});

test('a Region that refuses is closed, not empty', async () => {
  const refuse = () => {
    throw new Refused('AccessDeniedException', 'region denied');
  };
  const { look } = regions({ 'eu-west-1': refuse });
  expect(await look()).toMatchObject({
    instance: undefined,
    closed: [expect.stringMatching(/^eu-west-1 \(/)],
  });
});

test('where AWS does not list Regions, those that everybody has are asked', async () => {
  const { look, asked } = regions({}, []);
  await look();
  expect(asked.length).toBeGreaterThan(15);
  expect(new Set(asked).size).toBe(asked.length);
});
