import { expect, test } from 'vitest';
import { Crash, type Options, PROD } from './fake.ts';
import { setup, usualAnswers } from './process.ts';

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
const other = '{"Version":"2012-10-17","Statement":[]}';

const prepare: Readonly<Record<string, (options: Partial<Options>) => ReturnType<typeof setup>>> = {
  'a fresh organization, with a new user': (options) => setup(options, { answers: newUser }),
  'another policy in use': (options) => {
    const all = setup(options, { answers: replacing });
    all.w.permSet('CodeWhisperer_administrator', other, [[PROD, other]]);
    return all;
  },
};
const weathers: readonly (readonly [string, Partial<Options>])[] = [
  ['AWS is prompt', {}],
  ['AWS shows things 20 s late', { lag: 20_000 }],
  ['AWS answers from old copies', { flap: true, lag: 1 }],
];
const cases = Object.keys(prepare).flatMap((name) =>
  weathers.map(([weather, options]) => [name, weather, options] as const),
);
const make = (name: string, options: Partial<Options>) => {
  const made = prepare[name]?.(options);
  if (!made) throw new Error(name);
  return made;
};

test.each(cases)(
  'killed at every event of %s, %s: same end, one effect for each wish',
  async (name, weather, options) => {
    const reference = make(name, options);
    expect(await reference.p.all()).toBe('finished');
    const wanted = [...reference.w.effects].sort();
    expect(reference.w.sent).toHaveLength(wanted.length);
    const events = reference.p.appended();
    expect(events).toBeGreaterThan(40);
    for (let at = 1; at <= events; at++)
      for (const written of [false, true]) {
        const { w, start } = make(name, options);
        const where = `${weather}, event ${at}, ${written ? 'after' : 'before'} it was on disk`;
        await expect(start({ at, written }).all(), where).rejects.toThrow(Crash);
        const second = start();
        expect(await second.all(), where).toBe('finished');
        expect([...w.effects].sort(), where).toEqual(wanted);
        expect(w.sent, where).toHaveLength(wanted.length);
        expect(second.run().attempts.every(({ outcome }) => outcome !== undefined)).toBe(true);
      }
  },
);

test.each(cases)(
  'killed around every call of %s, %s: same end, one effect for each wish',
  async (name, _, options) => {
    const reference = make(name, options);
    await reference.p.all();
    const wanted = [...reference.w.effects].sort();
    for (let n = 1; n <= wanted.length; n++)
      for (const when of ['before', 'after'] as const)
        for (const how of ['killed', 'lost'] as const) {
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

test('killed again and again at every second event, the run still comes to its end', async () => {
  const { w, start } = make('a fresh organization, with a new user', {});
  let deaths = 0;
  for (;;) {
    const end = await start({ at: 2 + (deaths % 5), written: deaths % 2 === 0 })
      .all()
      .catch((error: unknown) => (error instanceof Crash ? undefined : Promise.reject(error)));
    if (end === 'finished') break;
    expect(end).toBeUndefined();
    // Each start has at least one event to itself, so a run that dies sooner than it can look is given more each time.
    if (++deaths > 40) {
      expect(await start().all()).toBe('finished');
      break;
    }
  }
  expect(deaths).toBeGreaterThan(5);
  expect(new Set(w.effects).size).toBe(w.effects.length);
  expect(w.effects).toHaveLength(5);
});
