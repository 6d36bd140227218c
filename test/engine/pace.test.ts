import { expect, test } from 'vitest';
import { createPace } from '../../src/engine/reading/pace.ts';
import { createSearches, searching } from '../../src/engine/search.ts';
import { type Aws, RequestRejected } from '../../src/model/reader.ts';

/** A clock that stands still but for what is slept. */
const clock = () => {
  let at = 1_000_000;
  return {
    now: () => at,
    sleep: async (ms: number) => {
      at += ms;
    },
    pass: (ms: number) => {
      at += ms;
    },
  };
};

test('3,500 questions take no more than 1.1 times what AWS’s 20 a second make necessary, and never more than 20', async () => {
  const time = clock();
  const { ask } = createPace(time);
  const began = time.now();
  const asked: number[] = [];
  for (let n = 0; n < 3_500; n++) await ask(async () => asked.push(time.now()));
  const floor = 3_500 * 50;
  expect(time.now() - began).toBeLessThan(floor * 1.1);
  for (let n = 40; n < asked.length; n++)
    expect((asked[n] ?? 0) - (asked[n - 20] ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('a few questions wait for nothing', async () => {
  const time = clock();
  const { ask } = createPace(time);
  const began = time.now();
  for (let n = 0; n < 10; n++) await ask(async () => n);
  expect(time.now()).toBe(began);
});

test('where AWS says that it is too often, it is asked more slowly, and again; what it refuses is refused', async () => {
  const time = clock();
  const { ask } = createPace(time);
  let busy = 5;
  const began = time.now();
  const answer = await ask(async () => {
    if (busy-- > 0) throw new RequestRejected('ThrottlingException', 'Rate exceeded');
    return 'answer';
  });
  expect(answer).toBe('answer');
  expect(time.now() - began).toBeGreaterThan(500);
  const denied = ask(() => Promise.reject(new RequestRejected('AccessDeniedException', 'no')));
  await expect(denied).rejects.toThrow('no');
  const always = ask(() => Promise.reject(new RequestRejected('ThrottlingException', 'for ever')));
  await expect(always).rejects.toThrow('for ever');
});

test('pages after the first wait their turn; a listing that is at its end waits for nothing', async () => {
  const time = clock();
  const tokens = ['2', '3', undefined];
  const bare = {
    pages: async function* (_: string, { of }: { of: number }) {
      for (const NextToken of tokens.slice(-of)) yield { NextToken };
    },
  } as unknown as Aws;
  const { pages } = searching(bare, createSearches(time), time.now, () => undefined);
  const list = async (of: number): Promise<number> => {
    const began = time.now();
    for await (const _ of pages('sso:ListPermissionSets', { of } as never));
    return time.now() - began;
  };
  for (let n = 0; n < 50; n++) expect(await list(1)).toBe(0);
  for (let n = 0; n < 11; n++) await list(2);
  expect(await list(2)).toBe(51);
  expect(await list(3)).toBe(102);
  expect(await list(1)).toBe(0);
});

test('how far a search is, is told four times a second at most, in every Region', () => {
  const time = clock();
  const said: string[] = [];
  const bare = { region: 'a', in: (region: string) => ({ ...bare, region }) } as unknown as Aws;
  const { search, in: within } = searching(bare, createSearches(time), time.now, (says) => said.push(says));
  search?.onProgress('1');
  search?.onProgress('2');
  time.pass(250);
  within('b').search?.onProgress('3');
  within('c').search?.onProgress('4');
  expect(said).toEqual(['1', '3']);
});
