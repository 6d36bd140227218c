import { stripVTControlCharacters } from 'node:util';
import { render as renderForTest } from 'ink-testing-library';
import { afterEach, describe, expect, test } from 'vitest';
import { App } from '../../src/ui/app.tsx';
import type { Timer } from '../../src/ui/input/guard.ts';
import type { Reply } from '../../src/ui/session/ask.ts';
import { createSession } from '../../src/ui/session/session.ts';
import { eventually } from '../eventually.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run } from './asks.ts';
import { display } from './page.ts';

const { phases } = fixture;

const banner = {
  demo: true,
  endpoint: 'demo',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};
const screens: ReturnType<typeof renderForTest>[] = [];
afterEach(() => {
  for (const screen of screens.splice(0)) screen.unmount();
});

/** A clock that stands until it is moved. */
function clock() {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly then: () => void }>();
  const timer: Timer = (then, ms) => {
    const one = { at: now + ms, then };
    waiting.add(one);
    return () => waiting.delete(one);
  };
  const pass = (ms: number): void => {
    now += ms;
    for (const one of [...waiting])
      if (one.at <= now) {
        waiting.delete(one);
        one.then();
      }
  };
  return { timer, pass, waiting };
}
/** A question on a screen, and the reply once there is one. */
async function put(name: string) {
  const { timer, pass, waiting } = clock();
  const session = createSession(() => run);
  const screen = renderForTest(
    <App
      display={display}
      session={session}
      phases={phases}
      banner={banner}
      onLeave={() => undefined}
      timer={timer}
    />,
  );
  screens.push(screen);
  const { ask } = asks[name] ?? expect.fail();
  const replies: Reply[] = [];
  void session.ask(ask).then((reply) => replies.push(reply));
  await eventually(() => expect(waiting.size).toBe(1));
  /** Sees that the key was taken in: what follows it is drawn. */
  const press = async (keys: string): Promise<void> => {
    screen.stdin.write(keys);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { screen, replies, press, pass, frame: () => stripVTControlCharacters(screen.lastFrame() ?? '') };
}
const id = '444455556666';

describe.each([
  ['accept', 'y yes', { do: 'go-on' }],
  ['confirm', 'y yes', { do: 'confirm' }],
])('%s', (name, offer, reply) => {
  test('a key that came before anybody could have read it confirms nothing, and is not offered', async () => {
    const { replies, press, pass, frame } = await put(name);
    expect(frame()).not.toContain(offer);
    pass(149);
    await press('y');
    pass(149); // the time began anew
    await press('y');
    expect(replies).toEqual([]);
    expect(frame()).not.toContain(offer);
    pass(150);
    await eventually(() => expect(frame()).toContain(offer));
    await press('y');
    await eventually(() => expect(replies).toEqual([reply]));
  });

  test.each([
    ['in one piece', ['y\r'.repeat(5_000)]],
    ['in pieces, the last one a single y', ['y\r'.repeat(2_000), 'y\r'.repeat(2_000), 'y']],
    ['as a terminal marks it', [`\u001b[200~${'y\r'.repeat(5_000)}\u001b[201~`, 'y']],
  ])('10 kB of y and Enter pasted %s confirm nothing', async (_, pieces) => {
    const { replies, press, pass, frame } = await put(name);
    pass(150);
    await eventually(() => expect(frame()).toContain(offer));
    for (const piece of pieces) await press(piece);
    expect(replies).toEqual([]);
    pass(150);
    await eventually(() => expect(frame()).toContain(offer));
  });
});

describe('what has to be typed', () => {
  test.each([
    ['in one piece', [`${id}\r`]],
    ['and its Enter in two', [id, '\r']],
    ['as a terminal marks it', [`\u001b[200~${id}\r\u001b[201~`, '\r']],
  ])('does not confirm when it is pasted %s', async (_, pieces) => {
    const { replies, press, pass, frame } = await put('confirm-dangerous');
    pass(150);
    await eventually(() => expect(frame()).toContain('Enter confirm'));
    for (const piece of pieces) await press(piece);
    expect(replies).toEqual([]);
  });

  test('what a terminal marks as pasted is not even put in, and the screen says so', async () => {
    const { press, pass, frame, replies } = await put('confirm-dangerous');
    await press(`\u001b[200~${id}\u001b[201~`);
    await eventually(() => expect(frame()).toContain('What is pasted does not confirm'));
    expect(frame()).not.toContain(`❯ ${id}`);
    pass(150);
    await press('\r');
    expect(replies).toEqual([]);
  });

  test('typed letter by letter, at any speed, it confirms at once', async () => {
    const { replies, press, pass, frame } = await put('confirm-dangerous');
    pass(150);
    await eventually(() => expect(frame()).toContain('Enter confirm'));
    for (const one of id) await press(one);
    await press('\r');
    await eventually(() => expect(replies).toEqual([{ do: 'confirm', typed: id }]));
  });
});
