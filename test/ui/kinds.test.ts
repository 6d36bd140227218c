import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Activity } from '../../src/engine/ports.ts';
import type { Goal } from '../../src/model/plan.ts';
import type { Question } from '../../src/model/question.ts';
import type { Mode } from '../../src/ui/input/state.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { asks } from './asks.ts';
import { ready } from './drive.ts';

// Each table names every kind there is: the compiler refuses it when one is missing.
const askKinds: Readonly<Record<Ask['is'], true>> = {
  ...{ credentials: true, accept: true, question: true, confirm: true, 'by-hand': true, blocked: true },
  ...{ unknown: true, busy: true, drifted: true, failed: true, declined: true, 'cannot-tell': true },
  ...{ 'under-way': true, done: true, undo: true, undone: true, finished: true, watching: true },
  ...{ 'handed-off': true, incoming: true, code: true, 'sign-in': true },
};
const goalKinds: Readonly<Record<Goal['is'], true>> = {
  ...{ met: true, change: true, 'by-hand': true, open: true, wrong: true, unknown: true, warning: true },
};
const questionKinds: Readonly<Record<Question['as'], true>> = {
  ...{ text: true, choice: true, several: true, attestation: true },
};
const activityKinds: Readonly<Record<Exclude<Activity['is'], 'idle'>, true>> = {
  ...{ looking: true, sending: true, settling: true, 'waiting-to-show': true, 'no-answer': true },
};
/** Of the ways the keyboard is taken: a frame that shows it. */
const modes: Readonly<Record<Mode['is'], string>> = {
  ...{ keys: 'done', pick: 'choice', role: 'role', text: 'text', typed: 'confirm-dangerous' },
  ...{ answers: 'answers-consequences', reason: 'waive-note', code: 'code' },
};

const kept = readdirSync(join(import.meta.dirname, 'frames'));
const sizes = ['80x24', '120x40', '50x20'];
const without = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => sizes.map((size) => `${name}-${size}.txt`)).filter((file) => !kept.includes(file));
const all = Object.entries(asks);

test('every kind of question has a frame in every size', () => {
  for (const kind of Object.keys(askKinds)) {
    const names = all.filter(([, { ask }]) => ask.is === kind).map(([name]) => name);
    expect(names.length, kind).toBeGreaterThan(0);
    expect(without(names)).toEqual([]);
  }
  for (const kind of Object.keys(questionKinds))
    expect(
      all.some(([, { ask }]) => ask.is === 'question' && ask.question.as === kind),
      kind,
    ).toBe(true);
});

test('every kind of goal is on a screen of which there are frames', () => {
  const goals = all.flatMap(([, { ask }]) => ('plan' in ask ? ask.plan.goals.map(({ is }) => is) : []));
  for (const kind of Object.keys(goalKinds)) expect(goals, kind).toContain(kind);
});

test('every kind of wait, and every way of taking keys, has a frame in every size', () => {
  expect(without(Object.keys(activityKinds).map((kind) => `while-${kind}`))).toEqual([]);
  expect(without(Object.values(modes))).toEqual([]);
});

test('every screen stands in lines of text too', () => {
  const lines = readdirSync(join(import.meta.dirname, 'lines'));
  expect(Object.keys(asks).filter((name) => !lines.includes(`${name}.txt`))).toEqual([]);
});

test('every question takes keys in a way of which there is a frame', () => {
  expect(all.every(([, { ask, rows }]) => ready(ask, rows).mode.is in modes)).toBe(true);
});
