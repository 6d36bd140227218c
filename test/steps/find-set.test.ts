import { expect, test } from 'vitest';
import { createSearches, searching } from '../../src/engine/search.ts';
import type { Aws } from '../../src/model/reader.ts';
import { RequestRejected } from '../../src/model/reader.ts';
import { find, observeSet } from '../../steps/permission-sets/observe-permission-set.ts';

/** An instance with these sets: name by ARN. Counts who is described. */
function instance(names: Map<string, string>) {
  const described: string[] = [];
  let refuses = '';
  const aws = {
    region: 'us-east-1',
    in: () => aws,
    read: async (operation: string, { PermissionSetArn: arn }: { PermissionSetArn: string }) => {
      if (operation !== 'sso:DescribePermissionSet') return {};
      described.push(arn);
      if (arn === refuses) throw new RequestRejected('AccessDeniedException', 'not this one');
      const Name = names.get(arn);
      if (Name === undefined) throw new RequestRejected('ResourceNotFoundException', 'gone');
      return { PermissionSet: { Name } };
    },
    pages: async function* (operation: string) {
      if (operation !== 'sso:ListPermissionSets') return;
      const all = [...names.keys()];
      for (let n = 0; n < all.length; n += 100) yield { PermissionSets: all.slice(n, n + 100) };
    },
  } as unknown as Aws;
  let now = 0;
  const time = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const said: string[] = [];
  const reader = searching(aws, createSearches(time), time.now, (says) => said.push(says));
  return { reader, described, said, refuse: (arn: string) => (refuses = arn) };
}
const many = (count: number) => new Map(Array.from({ length: count }, (_, n) => [`arn-${n}`, `set ${n}`]));

test('the search stops at the first match, and tells how far it is', async () => {
  const { reader, described, said } = instance(many(3_500));
  expect(await find(reader, 'i', 'set 1200')).toMatchObject({ arn: 'arn-1200', name: 'set 1200' });
  expect(described.length).toBeGreaterThan(1_199);
  expect(described.length).toBeLessThan(1_210);
  expect(said.at(-1)).toMatch(/^1,[12]\d\d of 3,500 permission sets checked/);
});

test('what was found out is not asked again: only what is new, and what is wanted', async () => {
  const sets = many(50);
  const { reader, described } = instance(sets);
  expect(await find(reader, 'i', 'no such')).toBeUndefined();
  expect(described.length).toBe(50);
  sets.set('arn-new', 'no such');
  expect((await find(reader, 'i', 'no such'))?.arn).toBe('arn-new');
  expect(described.slice(50)).toEqual(['arn-new']);
  sets.delete('arn-new');
  expect(await find(reader, 'i', 'no such')).toBeUndefined();
  expect(described.length).toBe(51);
});

test('the hint spares the search', async () => {
  const { reader, described } = instance(many(500));
  const set = await observeSet(reader, { arn: 'i', store: 'd' }, 'set 7', 'arn-7');
  expect(set).toMatchObject({ arn: 'arn-7', name: 'set 7' });
  expect(described).toEqual(['arn-7']);
  // One that is another by now, or gone, spares nothing.
  for (const hint of ['arn-8', 'arn-gone'])
    expect(await observeSet(reader, { arn: 'i', store: 'd' }, 'set 7', hint)).toMatchObject({ arn: 'arn-7' });
});

test('one that may not be looked at stops the search: a set that may be the one is not taken for absent', async () => {
  const { reader, described, refuse } = instance(many(500));
  refuse('arn-20');
  await expect(find(reader, 'i', 'no such')).rejects.toThrow('not this one');
  expect(described.length).toBeLessThan(40);
});
