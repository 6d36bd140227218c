import { useEffect, useReducer, useRef } from 'react';
import type { Choice } from '../../model/question.ts';
import { defined } from '../../model/text/defined.ts';
import { addRows, begin, type Ui } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';

/** The state of the screen, which begins anew with every question. */
export interface UiStore {
  of(ask: Ask | undefined): Ui;
  set(ask: Ask | undefined, ui: Ui): void;
  /** AWS is asked again about what a question says: whoever waited is told where it says the same afterward. */
  checks(ask: Ask | undefined): void;
}
/** Where a key looks again at what the screen says. */
const looks: readonly Ask['is'][] = ['by-hand', 'blocked', 'unknown', 'done'];
/** Whether a look that was asked for has led to the very same again. */
function sameAfter(before: Ask | undefined, ask: Ask | undefined): boolean {
  if (!before || !ask || !('plan' in before) || !('plan' in ask) || !looks.includes(ask.is)) return false;
  if (before.is !== ask.is || before.step.id !== ask.step.id) return false;
  return JSON.stringify(before.plan.goals) === JSON.stringify(ask.plan.goals);
}
/** Several keys may come before the next drawing: each has to see what the one before it did. */
export function useUi(): UiStore {
  const state = useRef<{ readonly ask: Ask | undefined; readonly ui: Ui } | undefined>(undefined);
  const checked = useRef<Ask | undefined>(undefined);
  const [, draw] = useReducer((n: number) => n + 1, 0);
  return {
    checks: (ask) => {
      checked.current = ask;
    },
    of: (ask) => {
      if (!state.current || state.current.ask !== ask) {
        const { view } = state.current?.ui ?? {};
        const notice = sameAfter(checked.current, ask) ? 'Checked again: nothing has changed.' : undefined;
        if (ask) checked.current = undefined;
        state.current = { ask, ui: { ...begin(ask), ...defined({ view, notice }) } };
      }
      return state.current.ui;
    },
    set: (ask, ui) => {
      if (state.current && state.current.ask !== ask) return; // another question has come since
      state.current = { ask, ui };
      draw();
    },
  };
}

const drawEvery = 200; // ms between two drawings of a list that grows: each copies it
const longest = 8; // ms without looking at the keyboard

/** Reads a question's rows page by page, as AWS answers. */
export function useChoices(ask: Ask | undefined, of: UiStore['of'], set: UiStore['set']): void {
  const store = useRef({ of, set });
  store.current = { of, set };
  useEffect(() => {
    if (ask?.is !== 'question' || !ask.choices) return undefined;
    let stopped = false;
    const change = (
      more: readonly Choice[],
      end?: { loading: false; problem?: string } | { rate: number },
    ): void => {
      if (stopped) return;
      const ui = store.current.of(ask);
      if (ui.mode.is === 'pick')
        store.current.set(ask, { ...ui, mode: { is: 'pick', picker: addRows(ui.mode.picker, more, end) } });
      else if (ui.list) store.current.set(ask, { ...ui, list: addRows(ui.list, more, end) });
    };
    const read = async (choices: NonNullable<typeof ask.choices>): Promise<void> => {
      let rows: Choice[] = [];
      let count = 0;
      const began = performance.now();
      let [shown, rested] = [Number.NEGATIVE_INFINITY, performance.now()];
      for await (const row of choices()) {
        if (stopped) return;
        rows.push(row);
        count++;
        if (rows.length % 64 > 0) continue;
        const now = performance.now();
        if (now - shown > drawEvery) {
          const seconds = (now - began) / 1000;
          change(rows, seconds < 2 ? undefined : { rate: Math.round(count / seconds) });
          [rows, shown] = [[], now];
        }
        if (now - rested < longest) continue;
        await new Promise(setImmediate); // keys come first
        rested = performance.now();
      }
      change(rows, { loading: false });
    };
    read(ask.choices).catch((error: unknown) =>
      change([], {
        loading: false,
        problem: `The list could not be read: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );
    return () => {
      stopped = true;
    };
  }, [ask]);
}
