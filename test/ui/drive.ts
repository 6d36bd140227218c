import type { Choice } from '../../src/model/question.ts';
import type { Run } from '../../src/model/run.ts';
import { countdownText } from '../../src/ui/content/waiting.ts';
import { type Frame, frameOf } from '../../src/ui/frame/frame.ts';
import type { SideEffect } from '../../src/ui/input/binding.ts';
import { bindings, press } from '../../src/ui/input/bindings.ts';
import { addRows, begin, type Ui } from '../../src/ui/input/state.ts';
import type { Ask, Reply } from '../../src/ui/session/ask.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { events } from './asks.ts';
import { display } from './page.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
const banner = {
  demo: true,
  endpoint: 'demo',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};

/** A question with its rows read, as the screen has it. */
export function ready(ask: Ask, rows: readonly Choice[] = []): Ui {
  const ui = begin(ask);
  if (ui.mode.is !== 'pick' || rows.length === 0) return ui;
  return { ...ui, mode: { is: 'pick', picker: { ...addRows(ui.mode.picker, rows), loading: false } } };
}
export function draw(
  ask: Ask,
  run: Run,
  ui: Ui,
  size: Size,
  demo = true,
  log = events,
  { phases, steps } = fixture,
  of = display,
): Frame {
  const at = { ask, ui, run, steps, step: ask.step, events: log, pageSize: 10 };
  const { view, ...below } = ui;
  return frameOf(
    {
      step: ask.step,
      steps,
      events: log,
      display: of,
      ask,
      mode: ui.mode,
      run,
      endpoint: demo ? 'demo' : 'aws',
      phases,
      banner: { ...banner, demo, endpoint: demo ? 'demo' : 'aws' },
      bindings: bindings(at),
      beneath: bindings({ ...at, ui: below }),
      ...(view ? { view } : {}),
      ...(ui.notice === undefined ? {} : { said: ui.notice }),
      activity: ask.is === 'busy' ? countdownText(ask.until, 0) : undefined,
      scroll: ui.scroll,
    },
    size,
  );
}
/** Presses keys one after the other, until one of them replies. Texts are typed letter by letter. */
export function keys(
  ask: Ask,
  run: Run,
  ui: Ui,
  ...pressed: readonly string[]
): { readonly ui: Ui; readonly reply?: Reply; readonly errand?: SideEffect } {
  const { steps } = fixture;
  let now = ui;
  for (const one of pressed) {
    const named =
      one.length === 1 ||
      /^(enter|escape|up|down|home|end|left|right|backspace|delete|pagedown|pageup|ctrl-\w|word-left|word-right|tab|space)$/.test(
        one,
      );
    for (const key of named ? [one] : [...one]) {
      const {
        ui: next,
        reply,
        sideEffect: errand,
      } = press(
        { ask, ui: now, run, steps, step: ask.step, events, pageSize: 10 },
        key === ' ' ? 'space' : key,
        named && one.length > 1 ? '' : key,
      );
      now = next;
      if (reply) return { ui: now, reply };
      if (errand) return { ui: now, errand };
    }
  }
  return { ui: now };
}
