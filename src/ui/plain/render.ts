import type { Readable, Writable } from 'node:stream';
import { defined } from '../../model/text/defined.ts';
import type { Screen, Shown } from '../screen.ts';
import { columnsOf, type Terminal } from '../terminal/terminal.ts';
import { pageOf } from '../text/page.ts';
import { converse } from './conversation.ts';
import { addUnechoed } from './unechoed.ts';

/** Lines that come this close to each other were not typed one by one. */
const together = 40; // ms

/** Lines of text instead of a screen: for terminals that cannot draw one, for output into a file, for screen readers. */
export function renderPlain(
  { session, phases, banner, onLeave, openPage, giveTerminal }: Shown,
  terminal: Terminal,
  streams: { readonly input: Readable; readonly output: Writable & { readonly columns?: number } } = {
    input: process.stdin,
    output: process.stdout,
  },
): Screen {
  const { input, output } = streams;
  let crash: (error: unknown) => void = () => undefined;
  const crashed = new Promise<never>((_, reject) => {
    crash = reject;
  });
  crashed.catch(() => undefined);
  process.on('uncaughtException', crash);

  const { changed, line, tick } = converse({
    session,
    phases,
    banner,
    page: pageOf(terminal, columnsOf(terminal, output.columns)),
    say: (text) => void (text !== '' && output.write(`${text}\n`)),
    onLeave,
    now: Date.now,
    ...defined({ openPage, giveTerminal }),
  });
  const guarded =
    <A extends readonly unknown[]>(does: (...args: A) => void) =>
    (...args: A): void => {
      try {
        does(...args);
      } catch (error) {
        crash(error);
      }
    };
  let rest = '';
  let hidden = false; // what is typed is not to be seen: the terminal sends keys, and echoes none
  let lines: string[] = [];
  let pause: NodeJS.Timeout | undefined;
  const deliver = guarded(() => {
    const poured = lines;
    lines = [];
    for (const text of poured) line(text, poured.length > 1);
  });
  // A terminal hands over line by line what was pasted as one: a moment tells whether more comes.
  const heard = (chunk: string): void => {
    if (hidden) {
      const { typed, lines: ended, interrupted } = addUnechoed(rest, chunk);
      rest = typed;
      if (interrupted) onLeave('ctrl-c');
      if (ended.length === 0) return;
      output.write('\n'.repeat(ended.length));
      lines.push(...ended);
    } else {
      const all = `${rest}${chunk}`.split(/\r?\n/);
      rest = all.pop() ?? '';
      lines.push(...all);
    }
    clearTimeout(pause);
    pause = setTimeout(deliver, together);
  };
  const keys = input as Readable & { setRawMode?(on: boolean): void };
  const hide = (on: boolean): void => {
    if (on === hidden) return;
    hidden = on;
    rest = '';
    keys.setRawMode?.(on);
  };
  // Another program has the terminal, as for a log-in: what is typed is for it, and nothing is said meanwhile.
  let [lent, over] = [false, false];
  session.onLend(async (meanwhile) => {
    lent = true;
    input.off('data', heard);
    input.pause();
    try {
      await meanwhile();
    } finally {
      lent = false;
      if (!over) input.on('data', heard).resume();
    }
  });
  const follow = guarded(() => {
    hide(session.view().ask?.is === 'code' && !session.view().leaving);
    changed();
  });
  const unsubscribe = session.subscribe(follow);
  const ticking = setInterval(
    guarded(() => {
      if (!lent) tick();
    }),
    1_000,
  );
  input.setEncoding('utf8');
  input.on('data', heard);
  follow();

  const restore = (): void => {
    over = true;
    hide(false);
    session.onLend((meanwhile) => meanwhile());
    clearInterval(ticking);
    clearTimeout(pause);
    unsubscribe();
    input.off('data', heard);
    input.pause();
  };
  return {
    crashed,
    restore,
    close: async () => {
      restore();
      process.off('uncaughtException', crash);
    },
  };
}
