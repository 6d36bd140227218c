import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Choice } from '../../src/model/question.ts';
import type { Run } from '../../src/model/run.ts';
import { bindings, press } from '../../src/ui/input/bindings.ts';
import type { Ui } from '../../src/ui/input/state.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { both, isRest } from '../more.ts';
import { asks, events, run as usual } from './asks.ts';
import { ready } from './drive.ts';

/** So many keys one after the other. Most of what a key opens is a page that the rest of the tests goes on from. */
const deep = isRest ? 2 : 1;

/** Without what the last key had to say: the next key may have to say the same. */
function bare({ notice: _, ...ui }: Ui): Ui {
  if (!('problem' in ui.mode)) return ui;
  const { problem: __, ...mode } = ui.mode;
  return { ...ui, mode } as Ui;
}

/** Every state that the keys of a question lead to, with what they are called on the way. */
function statesOf(ask: Ask, run: Run, rows: readonly Choice[] | undefined) {
  const context = (ui: Ui, pageSize: number) => ({
    ...{ ask, ui, run, steps: fixture.steps, step: ask.step, events, pageSize },
  });
  const all: { readonly ui: Ui; readonly way: readonly string[] }[] = [];
  let here = [{ ui: ready(ask, rows), way: [] as readonly string[] }];
  for (let n = 0; n <= deep; n += 1) {
    all.push(...here);
    here = here.flatMap(({ ui, way }) =>
      bindings(context(ui, 4)).flatMap(({ key }) => {
        if (key === 'text' || key.startsWith('ctrl') || key.startsWith('word')) return [];
        const { ui: next, reply, sideEffect } = press(context(ui, 4), key, '');
        const known = all.some((one) => isDeepStrictEqual(one.ui, next));
        return reply || sideEffect || known ? [] : [{ ui: next, way: [...way, key] }];
      }),
    );
  }
  return { all, context };
}

both.each(Object.keys(asks))('%s: every key that a footer names does something there', (name) => {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  const { all, context } = statesOf(ask, run, rows);
  for (const { ui: led, way } of all)
    for (const pageSize of [4, 10]) {
      const ui = bare(led);
      const table = bindings(context(ui, pageSize));
      for (const { key, does } of table) {
        if (does === '') continue;
        const { ui: next, reply, sideEffect } = press(context(ui, pageSize), key, '');
        const said = `${[...way, key].join(' ')} (“${does}”)`;
        expect(reply !== undefined || sideEffect !== undefined || !isDeepStrictEqual(next, ui), said).toBe(
          true,
        );
        expect(next.notice ?? '', said).not.toMatch(/nothing to /i);
        // Where it says how far it goes, it goes so far.
        const far = Number(/^down (\d+)$/.exec(does)?.[1]);
        if (far > 0 && next.mode.is === 'pick' && ui.mode.is === 'pick')
          expect(next.mode.picker.at - ui.mode.picker.at, said).toBeGreaterThanOrEqual(far);
      }
    }
});
