import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { chance } from '../crash/chance.ts';
import { testSeed } from '../seed.ts';
import { otherPolicy, PROD } from './four-accounts.ts';
import { Crash, type Options } from './in-process.ts';
import { type Left, setup, usualAnswers } from './process.ts';

const newUser = {
  ...usualAnswers,
  'administrator-user/user': 'new:',
  'administrator-user/directory': 'here',
  'administrator-user/userName': 'eve',
  'administrator-user/givenName': 'Eve',
  'administrator-user/familyName': 'Example',
  'administrator-user/email': 'eve@example.com',
};
const replacing = { ...usualAnswers, 'permission-set/existing': 'replace@' };

type Made = ReturnType<typeof setup>;
const prepare: Readonly<Record<string, (options: Partial<Options>, before?: Made | Left) => Made>> = {
  'a fresh organization, with a new user': (options, before) =>
    setup(options, { answers: newUser }, { before }),
  'another policy in use': (options, before) => {
    const all = setup(options, { answers: replacing }, { before });
    if (!before) all.w.permSet('CodeWhisperer_administrator', otherPolicy, [PROD]);
    return all;
  },
};
export type Weather = readonly [name: string, options: Partial<Options>];
export const prompt: readonly Weather[] = [['AWS is prompt', {}]];
export const slow: readonly Weather[] = [
  ['AWS shows things 20 s late', { lag: 20_000 }],
  ['AWS answers from old copies', { flap: true, lag: 1 }],
];
/** Of the slower weathers a quarter: which, is drawn, and over a few runs of the tests it is each. */
function chosen(left: readonly Left[], weather: string, name: string, all: boolean): readonly Left[] {
  if (weather !== 'AWS is prompt') {
    const nth = chance(testSeed()).below(4);
    return left.filter((_, n) => n % 4 === nth);
  }
  if (all) return left;
  // What is about a change, every other event; of what comes before and after, which does not depend on it, some of one run.
  const some = name === 'another policy in use' ? Number.POSITIVE_INFINITY : 6;
  return left.filter(({ disk }, n) => (isOfChange(disk.at(-1)) ? n % 2 === 0 : n % some === 1));
}
const isOfChange = (event: Event | undefined): boolean =>
  event !== undefined && ('attempt' in event || event.type === 'confirmed');
const placeOf = (weather: string, { at, written }: Left): string =>
  `${weather}, event ${at}, ${written ? 'after' : 'before'} it was on disk`;
export const make = (name: string, options: Partial<Options>, before?: Made | Left) => {
  const made = prepare[name]?.(options, before);
  if (!made) throw new Error(name);
  return made;
};

const whole = new Map<string, Promise<Made>>();
/** Everything made, once, and time passed since; in a copy of that the undo is what is killed. */
export const finished = async (name: string, options: Partial<Options>) => {
  const first = async (): Promise<Made> => {
    const all = make(name, options);
    expect(await all.p.all()).toBe('finished');
    all.clock.now += 120_000;
    return all;
  };
  const key = JSON.stringify([name, options]);
  const made = whole.get(key) ?? first();
  whole.set(key, made);
  const all = make(name, options, await made);
  return { ...all, before: all.w.sent.length };
};
const asBefore = ({ w }: Pick<Made, 'w'>) => ({
  sets: w.sets.map((set) => ({
    ...{ name: set.name, policy: set.inline },
    inForce: Object.keys(set.provisioned).map((account) => [account, w.inForce(account, set)]),
  })),
  assigned: w.assigned,
  delegated: w.delegated,
});

/**
 * Runs and undos that are killed at every event and around every call, in each weather. `all`: also where nothing is
 * under way, and where a call that is killed leaves what an event before or after it does.
 */
export function killedIn(weathers: readonly Weather[], all: boolean): void {
  const ways = all ? (['killed', 'lost'] as const) : (['lost'] as const);
  const cases = Object.keys(prepare).flatMap((name) =>
    weathers.map(([weather, options]) => [name, weather, options] as const),
  );
  test.each(cases)(
    'killed at events of %s, %s: same end, one effect for each wish',
    async (name, weather, options) => {
      const reference = make(name, options);
      const left = await reference.leavings(async (p) => expect(await p.all()).toBe('finished'));
      const wanted = [...reference.w.effects].sort();
      expect(reference.w.sent).toHaveLength(wanted.length);
      expect(left.length).toBeGreaterThan(40);
      expect(chosen(left, weather, name, all).length).toBeGreaterThan(all ? 15 : 8);
      for (const one of chosen(left, weather, name, all)) {
        const { w, p } = make(name, options, one);
        const where = placeOf(weather, one);
        expect(await p.all(), where).toBe('finished');
        expect([...w.effects].sort(), where).toEqual(wanted);
        expect(w.sent, where).toHaveLength(wanted.length);
        expect(p.run().attempts.every(({ outcome }) => outcome !== undefined)).toBe(true);
      }
    },
  );

  test.each(cases)(
    'killed around every call of %s, %s, or its reply lost: same end, one effect for each wish',
    async (name, _, options) => {
      const reference = make(name, options);
      await reference.p.all();
      const wanted = [...reference.w.effects].sort();
      for (let n = 1; n <= wanted.length; n++)
        for (const when of ['before', 'after'] as const)
          for (const how of ways) {
            const { w, start } = make(name, options);
            let calls = 0;
            w.onSend((now) => {
              if (now !== when || ++calls !== n) return;
              if (how === 'killed') throw new Crash();
              w.lose();
            });
            if (how === 'killed') {
              await expect(start().all()).rejects.toThrow(Crash);
              w.onSend(() => {});
            }
            const where = `call ${n}, ${how} ${when}`;
            expect(await start().all(), where).toBe('finished');
            expect([...w.effects].sort(), where).toEqual(wanted);
          }
    },
  );

  test.each(cases)(
    'an undo killed at events of %s, %s: same end, one effect for each wish, no request without its intent',
    async (name, weather, options) => {
      const reference = await finished(name, options);
      const { before } = reference;
      const left = await reference.leavings(async (p) => expect(await p.undo()).toBe('undone'));
      const wanted = reference.w.effects.slice(before).sort();
      const end = asBefore(reference);
      expect(left.length).toBeGreaterThan(15);
      for (const one of chosen(left, weather, name, all)) {
        const again = make(name, options, one);
        const { w, p, disk } = again;
        const where = placeOf(weather, one);
        expect(await p.undo(), where).toBe('undone');
        expect(w.effects.slice(before).sort(), where).toEqual(wanted);
        expect(asBefore(again), where).toEqual(end);
        const intents = disk.filter(({ type }) => type === 'intended');
        expect(w.sent.length, where).toBeLessThanOrEqual(intents.length);
        expect(p.run().attempts.every(({ outcome }) => outcome !== undefined)).toBe(true);
      }
    },
  );

  test.each(cases)(
    'an undo killed around every call of %s, %s, or its reply lost: same end, one effect for each wish',
    async (name, _, options) => {
      const reference = await finished(name, options);
      expect(await reference.start().undo()).toBe('undone');
      const wanted = reference.w.effects.slice(reference.before).sort();
      for (let n = 1; n <= wanted.length; n++)
        for (const when of ['before', 'after'] as const)
          for (const how of ways) {
            const again = await finished(name, options);
            const { w, start, before } = again;
            let calls = 0;
            w.onSend((now) => {
              if (now !== when || ++calls !== n) return;
              if (how === 'killed') throw new Crash();
              w.lose();
            });
            if (how === 'killed') {
              await expect(start().undo()).rejects.toThrow(Crash);
              w.onSend(() => {});
            }
            const where = `call ${n}, ${how} ${when}`;
            expect(await start().undo(), where).toBe('undone');
            expect(w.effects.slice(before).sort(), where).toEqual(wanted);
            expect(asBefore(again), where).toEqual(asBefore(reference));
          }
    },
  );
}
