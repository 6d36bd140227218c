import { expect, test } from 'vitest';
import { processText } from '../../src/ui/content/waiting.ts';
import { frameOf, frameText } from '../../src/ui/frame/frame.ts';
import { bindings, press } from '../../src/ui/input/bindings.ts';
import { begin } from '../../src/ui/input/state.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { isAsKept } from '../kept.ts';
import { asks, events, run, stepNamed } from './asks.ts';
import { draw, keys } from './drive.ts';
import { display } from './page.ts';

const { phases, steps } = fixture;

const banner = {
  demo: false,
  endpoint: 'aws',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};
const since = Date.UTC(2026, 10, 23, 14, 3, 12);
const step = stepNamed('delegate');
const waitedFor = { profile: 'management', since, said: 'Touch your security key, or enter its PIN:' };
const at = {
  ask: undefined,
  ui: begin(undefined),
  ...{ run, events, steps, step, pageSize: 10 },
};

test.each([
  [80, 24],
  [50, 20],
  [120, 40],
])('while a credential_process is waited for, at %i × %i', async (columns, rows) => {
  const text = frameText(
    frameOf(
      {
        ...{ step, steps, ask: undefined, mode: { is: 'keys' }, run, events, phases, banner },
        ...{ display, endpoint: 'aws', beneath: [], scroll: 0, working: { step: step.id, seconds: 12 } },
        bindings: bindings({ ...at, waitsForProcess: true }),
        activity: processText(waitedFor, since + 12_000),
      },
      { columns, rows },
    ),
  );
  await isAsKept(text, 'frames', `while-credential-process-${columns}x${rows}.txt`);
});

test('t gives it the terminal, and does nothing where none is waited for', () => {
  expect(press({ ...at, waitsForProcess: true }, 'x', 'x').sideEffect).toEqual({ do: 'run-in-terminal' });
  expect(press(at, 'x', 'x').sideEffect).toBeUndefined();
});

test('what it says acts on no terminal', () => {
  expect(processText({ ...waitedFor, said: 'a\u0007b\u202e' }, since)).toContain('a⟪U+0007⟫b⟪U+202E⟫');
});

test('one that failed can be run with the terminal, first of all', () => {
  const asked = asks.credentials?.ask;
  if (asked?.is !== 'credentials') throw new Error('no such question');
  const problem = {
    problem: 'profile management: its credential_process failed: no terminal',
    remedy: 'Mend it.',
    process: 'management',
  };
  const ask: Ask = { ...asked, problem, failed: { kind: 'profile', name: 'management' } };
  const shown = frameText(draw(ask, run, begin(ask), { columns: 80, rows: 24 }));
  expect(shown).toContain('❯ run it with the terminal: the');
  expect(keys(ask, run, begin(ask), 'enter').reply).toEqual({ do: 'run-in-terminal', profile: 'management' });
});
