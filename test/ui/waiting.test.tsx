import { stripVTControlCharacters } from 'node:util';
import { render as renderForTest } from 'ink-testing-library';
import { expect, test, vi } from 'vitest';
import type { Activity } from '../../src/engine/ports.ts';
import type { Event } from '../../src/model/event.ts';
import { applyEvent } from '../../src/model/run.ts';
import { App } from '../../src/ui/app.tsx';
import { activityText } from '../../src/ui/content/waiting.ts';
import { frameOf, frameText } from '../../src/ui/frame/frame.ts';
import { createSession } from '../../src/ui/session/session.ts';
import { eventually } from '../eventually.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { isAsKept } from '../kept.ts';
import { asks, events, intent, stepNamed, run as usual } from './asks.ts';
import { display } from './page.ts';

const { phases, steps } = fixture;

const banner = {
  demo: true,
  endpoint: 'demo',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};
const since = Date.UTC(2026, 10, 23, 14, 3, 12);
const step = 'set';
const attempts = ['set/set#1'];
const sent = ([intent] as readonly Event[]).reduce(applyEvent, usual);

const waits: Readonly<Record<string, Activity>> = {
  looking: { is: 'looking', step, since },
  searching: { is: 'looking', step, since, progress: '1,200 of 3,500 permission sets checked' },
  sending: { is: 'sending', step, change: 'set', since },
  settling: { is: 'settling', step, attempts, since },
  'waiting-to-show': { is: 'waiting-to-show', step, attempts, since },
  'no-answer': { is: 'no-answer', step, why: 'connect ECONNREFUSED', since },
};
test.each(Object.entries(waits))('while it is %s, as it was last looked at', async (name, activity) => {
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 120, rows: 40 },
    { columns: 50, rows: 20 },
  ]) {
    const text = frameText(
      frameOf(
        {
          ...{
            step: stepNamed(step),
            steps,
            ask: undefined,
            mode: { is: 'keys' },
            run: sent,
            events,
            phases,
            banner,
          },
          ...{ display, endpoint: 'demo', beneath: [], scroll: 0, working: { step, seconds: 12 } },
          bindings: [
            { key: 'l', does: 'log', press: () => expect.fail() },
            { key: 'q', does: 'leave', press: () => expect.fail() },
          ],
          activity: activityText(activity, sent, since + 12_000),
        },
        size,
      ),
    );
    expect(text).toContain('12 s');
    await isAsKept(`${text}\n`, 'frames', `while-${name}-${size.columns}x${size.rows}.txt`);
  }
});

test('a wait says for what, since when, how long it usually takes, and what happens if one leaves', () => {
  for (const activity of Object.values(waits)) {
    const text = activityText(activity, sent, since + 12_000) ?? '';
    expect(text).toContain('Since 14:03:12 UTC: 12 s.');
    expect(text).toMatch(/usually takes|may take|asked again within half a minute/);
    expect(text).toMatch(/leave/);
  }
  expect(activityText(waits.settling ?? expect.fail(), sent, since)).toContain('Make the permission set');
});

test('what an earlier start sent days ago is told with its day', () => {
  const text = (hours: number) =>
    activityText(waits.settling ?? expect.fail(), sent, since + hours * 3_600_000);
  expect(text(1)).toContain('Since 14:03:12 UTC: 3600 s.');
  expect(text(50)).toContain('Since 2026-11-23 14:03 UTC: 50 h.');
});

test('of many that are under way one is named, the rest counted', () => {
  const many = Array.from({ length: 15 }, (_, n) => `${step}/set#${n + 1}`);
  const all = many.reduce(
    (run, attempt) =>
      applyEvent(run, { ...(events[0] as Event), ...intent, attempt, says: `do ${attempt}` } as Event),
    usual,
  );
  const text = activityText({ is: 'settling', step, attempts: many, since }, all, since);
  expect(text).toContain(`do ${many[0]}; and 14 more\n`);
});

test('of many confirmed together it is said how many are done, how fast, and how long the rest takes', () => {
  const changes = Array.from({ length: 12 }, (_, n) => `give:${n}`);
  const at = since - 6_000;
  const begun: readonly Event[] = [
    { type: 'confirmed', at, step, changes, shown: '' },
    ...changes.slice(0, 5).map((change): Event => {
      const sentOne = { attempt: `${step}/${change}#1`, change, says: `do ${change}`, at };
      return { ...(intent as Extract<Event, { type: 'intended' }>), ...sentOne };
    }),
  ];
  const settled = changes
    .slice(0, 3)
    .map((change): Event => ({ type: 'settled', at: since, attempt: `${step}/${change}#1`, output: {} }));
  const run = [...begun, ...settled].reduce(applyEvent, usual);
  const under = changes.slice(3, 5).map((change) => `${step}/${change}#1`);
  const text = activityText({ is: 'settling', step, attempts: under, since }, run, since);
  expect(text).toContain('\n3 of 12 changes done, 0.5 a second, about 20 s left.\n');
  // One change is not counted.
  expect(activityText(waits.settling ?? expect.fail(), sent, since)).not.toContain('done');
});

test('how far a search is, is said, and why it takes long', () => {
  const progress = '1,200 of 3,500 permission sets checked';
  const text = activityText({ is: 'looking', step, since, progress }, usual, since + 12_000);
  expect(text).toBe(
    'Checking at AWS: 1,200 of 3,500 permission sets checked.\nSince 14:03:12 UTC: 12 s. AWS answers 20 requests a second: a large organization may take minutes.\nYou can leave: checking changes nothing.',
  );
});

test('who is asked after a long wait is called, with the bell and in the title, until the answer; after a short one not', async () => {
  let clock = 0;
  const session = createSession(() => usual);
  const aside = vi.fn();
  const screen = renderForTest(
    <App
      display={display}
      session={session}
      phases={phases}
      banner={banner}
      onLeave={() => undefined}
      terminal={{ aside, redraw: () => undefined }}
      now={() => clock}
    />,
  );
  const { ask } = asks.done ?? expect.fail();
  const shows = (text: string) =>
    eventually(() => expect(stripVTControlCharacters(screen.lastFrame() ?? '')).toContain(text));
  session.show({ is: 'looking', step: 'delegate', since: 0 });
  await shows('Checking at AWS');
  clock = 2_000;
  void session.ask(ask);
  await shows('This step is done');
  expect(aside).not.toHaveBeenCalled();
  screen.stdin.write('\r');
  await shows('Checking at AWS');
  clock = 60_000;
  void session.ask(ask);
  await eventually(() =>
    expect(aside).toHaveBeenCalledWith('\u0007\u001b]2;(!) cw-runbook waits for you\u0007'),
  );
  screen.stdin.write('\r');
  await eventually(() => expect(aside).toHaveBeenLastCalledWith('\u001b]2;cw-runbook\u0007'));
  screen.unmount();
});
