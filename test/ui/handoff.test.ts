import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { applyEvent, type Run } from '../../src/model/run.ts';
import { frameText } from '../../src/ui/frame/frame.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { isAsKept } from '../kept.ts';
import { asks, stepNamed, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const given = asks['handed-off'] ?? expect.fail();
const incoming = asks.incoming ?? expect.fail();
const at = (name: string) => {
  const { ask, run = usual } = asks[name] ?? expect.fail();
  return { ask, run, ui: ready(ask) };
};

test('a run that was handed off is taken back by its id, or the end of it, and by nothing else', () => {
  const { ask, run, ui } = at('handed-off');
  for (const word of ['0ABC12', '01JHAND0FF00000000000ABC12'])
    expect(keys(ask, run, ui, 'enter', word, 'enter').reply).toEqual({ do: 'confirm', typed: word });
  for (const word of ['yes', '0abc12', 'ABC12', '']) {
    const after = keys(ask, run, ui, 'enter', word, 'enter');
    expect(after.reply, word).toBeUndefined();
    expect(frameText(draw(ask, run, after.ui, { columns: 80, rows: 24 }))).toContain(
      'Not what was asked for',
    );
  }
  for (const key of ['y', 'r', 'u', 'b', 'c', 'h', 's', 'n'])
    expect(keys(ask, run, ui, key).reply).toBeUndefined();
  expect(keys(ask, run, ui, 'q').reply).toEqual({ do: 'leave' });
});

test('what comes in a file is taken over with y, and with no other key', () => {
  const { ask, run, ui } = at('incoming');
  expect(keys(ask, run, ui, 'y').reply).toEqual({ do: 'go-on' });
  for (const key of ['enter', 'r', 'u', 'h', 'b']) expect(keys(ask, run, ui, key).reply, key).toBeUndefined();
  for (const key of ['n', 'q']) expect(keys(ask, run, ui, key).reply, key).toEqual({ do: 'leave' });
});

test('where a run that is being taken back is taken over, every screen says so, and how far it is', () => {
  const { run: before = usual } = asks['undo-blocked'] ?? expect.fail();
  const handed = incoming.run ?? expect.fail();
  const inFile: Run = { ...before, ...(handed.handoff ? { handoff: handed.handoff } : {}) };
  const opened: Event = { type: 'opened', at: 6, by: 'ben', program: 'cw-runbook/0.1.0', undoing: true };
  const here = applyEvent(inFile, opened);
  const register = stepNamed('delegate');
  const began = applyEvent(here, { type: 'undo-began', at: 7, steps: ['set', register.id] });
  const text = (ask: Ask, run: Run, columns = 50): string =>
    frameText(draw(ask, run, ready(ask), { columns, rows: 20 }));
  expect(text(incoming.ask, inFile)).toContain('Undo 2 of 3: The set');
  const credentials: Ask = { is: 'credentials', step: register, actor: 'management', sources: [] };
  // Until it has begun, nothing is undone: it is checked.
  for (const [run, says] of [
    [here, 'Undo check 3 of 3: Hand on'],
    [began, 'Undo 3 of 3: Hand on'],
  ] as const) {
    expect(text(credentials, run)).toContain(says);
    expect(text(credentials, run)).toContain(`Undo “${register.title}”`.slice(0, 40));
    expect(text(credentials, run)).not.toContain('The second part');
    expect(text(credentials, run, 120)).toMatch(/Undoing, newest first[\s\S]*✓ Give away/);
    expect(keys(credentials, run, ready(credentials), 'b').ui.mode.is).toBe('pick');
  }
});

test('h hands off, with a note or without; Escape does not', async () => {
  const { ask, run, ui } = at('credentials-wrong');
  const pressed = keys(ask, run, ui, 'h', 'Over to Ben');
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 120, rows: 40 },
    { columns: 50, rows: 20 },
  ])
    await isAsKept(
      `${frameText(draw(ask, run, pressed.ui, size))}\n`,
      'frames',
      `hand-off-note-${size.columns}x${size.rows}.txt`,
    );
  expect(keys(ask, run, pressed.ui, 'enter').reply).toEqual({
    do: 'leave',
    handoff: { note: 'Over to Ben' },
  });
  expect(keys(ask, run, ui, 'h', 'enter').reply).toEqual({ do: 'leave', handoff: {} });
  expect(keys(ask, run, ui, 'h', 'escape').reply).toBeUndefined();
});

test('where there is nothing to hand off, or another window has the run, h does nothing', () => {
  for (const name of ['watching', 'finished', 'undo', 'undone', 'busy', 'incoming', 'handed-off']) {
    const { ask, run, ui } = at(name);
    expect(keys(ask, run, ui, 'h').ui.mode, name).toEqual(ui.mode);
  }
});

test('what came from elsewhere is shown, and never acted upon by the terminal', () => {
  const { ask, run } = given;
  if (ask.is !== 'handed-off') expect.fail();
  const handoff = { ...ask.handoff, by: 'ann\u001b[2J\u202egnp', note: 'see \u0007\u009b31m here' };
  const text = frameText(draw({ ...ask, handoff }, run ?? usual, ready(ask), { columns: 80, rows: 24 }));
  expect(text).toContain('ann⟪U+001B⟫[2J⟪U+202E⟫gnp');
  expect(text).toContain('⟪U+0007⟫⟪U+009B⟫31m');
});
