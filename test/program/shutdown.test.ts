import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { eventually } from '../eventually.ts';
import { between, go, reached, until } from './demo.ts';
import { openSession, openSite, type Site } from './session.ts';

const sites: Site[] = [];
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close();
});

async function opened() {
  const site = await openSite();
  sites.push(site);
  return { site, ...(await openSession({ args: [], env: site.env, home: site.home })) };
}
/** A guided run whose first change has been sent, has taken effect, and is not answered. */
async function inFlight() {
  const session = await opened();
  session.site.gate.hold('RegisterDelegatedAdministrator');
  await go(session.terminal, until('switch'));
  await session.site.gate.held;
  return session;
}
/** How far the first change got, by the journal. */
const traces = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => {
    if (!('attempt' in event)) return [];
    return [event.type === 'ended' ? `ended: ${event.outcome.ended}` : event.type];
  });
const registered = ['organizations:RegisterDelegatedAdministrator'];

describe('a call in flight when the operator leaves', () => {
  test.each([
    ['Ctrl-C', 130],
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s once: it is finished and written down, then the program ends with %i',
    async (way, code) => {
      const { site, terminal, signal, events, left } = await inFlight();
      if (way === 'Ctrl-C') terminal.press('ctrl-c');
      else await signal(way);
      await terminal.waitFor('A call in flight is finished and written down first');
      expect(traces(await events())).toEqual(['intended']);
      site.gate.open();
      expect(await terminal.exit).toMatchObject({ code });
      expect(traces(await events())).toEqual(['intended', 'accepted']);
      expect(await site.effects()).toEqual(registered);
      expect(await left()).toEqual([]);
    },
  );

  test('Ctrl-C twice: nobody waits, the intent is on disk, and the next start finds out', async () => {
    const { site, terminal, events, left } = await inFlight();
    terminal.press('ctrl-c');
    await terminal.waitFor('Ctrl-C again leaves at once');
    terminal.press('ctrl-c');
    expect(await terminal.exit).toMatchObject({ code: 130 }); // the answer is still kept back
    expect(terminal.written()).toContain('Exited at once');
    expect(traces(await events())).toEqual(['intended']);
    expect(await left()).toEqual([]);
    site.gate.open();
    const again = await openSession({ args: [], env: site.env, home: site.home });
    await reached(again.terminal, 'You may have to switch user');
    again.terminal.press('ctrl-c');
    await again.terminal.exit;
    expect(traces(await again.events())).toEqual(['intended', 'ended: verified']);
    expect(await site.effects()).toEqual(registered);
  });

  test('the terminal goes away: it is finished and written down, and no process stays behind', async () => {
    const { site, terminal, pid, events } = await inFlight();
    const process_ = await pid();
    terminal.hangUp();
    site.gate.open();
    await eventually(() => expect(() => process.kill(process_, 0)).toThrow('ESRCH'));
    expect(traces(await events())).toEqual(['intended', 'accepted']);
  });

  test('a look that is not answered is not waited for, and what was agreed to is not begun', async () => {
    const { site, terminal, events, left } = await opened();
    await go(terminal, until('register'));
    await terminal.waitFor('with care');
    site.gate.hold('GetCallerIdentity'); // asked once more before a change
    await go(terminal, between('register', 'switch'));
    await site.gate.held;
    terminal.press('ctrl-c');
    expect(await terminal.exit).toMatchObject({ code: 130 }); // the answer is still kept back
    expect((await events()).at(-1)).toMatchObject({ type: 'confirmed' });
    expect(traces(await events())).toEqual([]);
    expect(await site.effects()).toEqual([]);
    expect(await left()).toEqual([]);
  });
});
