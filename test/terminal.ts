import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { patience } from './eventually.ts';

/** A program in a pseudo-terminal, seen through a terminal emulator: what a person at the keyboard has. */
export interface TestTerminal {
  /** The screen as text, without blanks at the ends of rows. */
  screen(): string;
  /** Resolves when the screen holds it. Rejects with the screen when it does not come, or the program ends. */
  waitFor(what: string | RegExp | ((screen: string) => boolean), timeout?: number): Promise<string>;
  /** Sends keys: named ones (enter, escape, up, down, pagedown, ctrl-c), or a text as it is. */
  press(...keys: readonly string[]): void;
  resize(columns: number, rows: number): void;
  kill(signal: string): void;
  /** The terminal goes away, as when a connection is lost. */
  hangUp(): void;
  /** Every byte that came from the program so far. */
  written(): string;
  /** Tells what comes from the program, as it comes, before the screen shows it. Returns how to stop. */
  onData(listener: (data: string) => void): () => void;
  readonly pid: number;
  readonly exit: Promise<{ readonly code: number; readonly signal: number | undefined }>;
  readonly emulator: InstanceType<typeof headless.Terminal>;
}
export interface TerminalOptions {
  readonly command?: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly columns?: number;
  readonly rows?: number;
}
const named: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  right: '\u001b[C',
  home: '\u001b[H',
  end: '\u001b[F',
  delete: '\u001b[3~',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  backspace: '\u007f',
  'ctrl-c': '\u0003',
  'ctrl-u': '\u0015',
  'ctrl-z': '\u001a',
  'ctrl-l': '\u000c',
};

export function openTerminal({
  command = process.execPath,
  args,
  env = {},
  cwd,
  columns = 80,
  rows = 24,
}: TerminalOptions): TestTerminal {
  const emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  // CI makes Ink silent, and what the outer shell holds of AWS is nobody's business here.
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(CI|AWS_|NO_COLOR|FORCE_COLOR|VITEST|NODE_)/.test(name),
    ),
  );
  const merged = Object.fromEntries(
    Object.entries({ ...inherited, TERM: 'xterm-256color', ...env }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const pty: IPty = spawn(command, [...args], {
    cols: columns,
    rows,
    env: merged,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const changed = new Set<() => void>();
  const heard = new Set<(data: string) => void>();
  let ended = false;
  let written = '';
  pty.onData((data) => {
    written += data;
    for (const tell of heard) tell(data);
    emulator.write(data, () => {
      for (const tell of changed) tell();
    });
  });
  emulator.onData((data) => pty.write(data)); // the emulator answers questions, as a terminal does
  const exit = new Promise<{ code: number; signal: number | undefined }>((resolve) =>
    // What it wrote last may still be on its way into the emulator: the end comes after it.
    pty.onExit(({ exitCode, signal }) =>
      emulator.write('', () => {
        ended = true;
        resolve({ code: exitCode, signal });
        for (const tell of changed) tell();
      }),
    ),
  );
  const screen = (): string =>
    Array.from({ length: emulator.rows }, (_, row) => {
      const line = emulator.buffer.active.getLine(emulator.buffer.active.viewportY + row);
      return line?.translateToString(true) ?? '';
    }).join('\n');

  return {
    screen,
    emulator,
    exit,
    waitFor: (what, timeout = patience) =>
      new Promise((resolve, reject) => {
        const holds = (): boolean => {
          const text = screen();
          if (typeof what === 'function') return what(text);
          // A text may be broken over rows of the right-hand part.
          return typeof what === 'string'
            ? text.includes(what) || flat(text).includes(flat(what))
            : what.test(text) || what.test(flat(text));
        };
        const settle = (done: () => void): void => {
          clearTimeout(timer);
          changed.delete(look);
          done();
        };
        const look = (): void => {
          if (!ended && emulator.modes.synchronizedOutputMode) return; // half a frame is no screen
          if (holds()) settle(() => resolve(screen()));
          else if (ended)
            settle(() => reject(new Error(`The program ended before ${what} came:\n${screen()}`)));
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`${what} did not come:\n${screen()}`))),
          timeout,
        );
        changed.add(look);
        look();
      }),
    press: (...keys) => {
      for (const key of keys) pty.write(named[key] ?? key);
    },
    resize: (next, high) => {
      emulator.resize(next, high);
      pty.resize(next, high);
    },
    kill: (signal) => pty.kill(signal),
    hangUp: () => (pty as IPty & { destroy(): void }).destroy(),
    written: () => written,
    onData: (listener) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    pid: pty.pid,
  };
}

/** What a program may set in a terminal and has to take back: how it is set, and how it is taken back. */
const settings = {
  'the alternate screen': ['\u001b[?1049h', '\u001b[?1049l'],
  'a hidden cursor': ['\u001b[?25l', '\u001b[?25h'],
  'the window’s title': ['\u001b[22;0t', '\u001b[23;0t'],
  'bracketed paste': ['\u001b[?2004h', '\u001b[?2004l'],
  'a synchronized update': ['\u001b[?2026h', '\u001b[?2026l'],
} as const;
export type Setting = keyof typeof settings;
/** What is set in the terminal, by what was written to it last. */
export const settingsIn = (written: string): readonly Setting[] =>
  (Object.keys(settings) as Setting[]).filter((name) => {
    const [set, taken] = settings[name];
    return written.lastIndexOf(set) > written.lastIndexOf(taken);
  });

/** The right-hand part of the screen as one running text. */
export const flat = (text: string): string =>
  text
    .split('\n')
    .map((row) => row.split(' │ ').at(-1)?.trim() ?? '')
    .join(' ')
    .replace(/\s+/g, ' ');
