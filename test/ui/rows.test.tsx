import { EventEmitter } from 'node:events';
import headless from '@xterm/headless';
import { render } from 'ink';
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus';
import { afterEach, expect, test } from 'vitest';
import { App } from '../../src/ui/app.tsx';
import { createSession } from '../../src/ui/session/session.ts';
import { type Rows, rowsOn, type Tty } from '../../src/ui/terminal/rows.ts';
import { eventually } from '../eventually.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run } from './asks.ts';
import { display } from './page.ts';

const { phases } = fixture;

/** A terminal without a process behind it: what is written to it is seen by an emulator, at once. */
class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly emulator: InstanceType<typeof headless.Terminal>;
  columns: number;
  rows: number;
  bytes = 0;
  constructor(columns: number, rows: number) {
    super();
    [this.columns, this.rows] = [columns, rows];
    this.emulator = new headless.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 0,
      convertEol: true,
    });
    this.write('\u001b[?1049h');
  }
  write = (text: string, done?: () => void): boolean => {
    this.bytes += text.length;
    this.emulator.write(text, done);
    return true;
  };
  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    [this.columns, this.rows] = [columns, rows];
  }
  /** Every cell as it looks. */
  async cells(): Promise<readonly string[]> {
    await new Promise<void>((resolve) => this.emulator.write('', resolve));
    return Array.from({ length: this.rows }, (_, y) => {
      const { active } = this.emulator.buffer;
      const line = active.getLine(active.baseY + y);
      return Array.from({ length: this.columns }, (__, x) => {
        const cell = line?.getCell(x);
        const looks = cell && [cell.getFgColor(), cell.isBold(), cell.isDim(), cell.isInverse()].join();
        const blank = (cell?.getChars() ?? '').trim() === '' && !cell?.isInverse();
        return blank ? ' ' : `${cell?.getChars()}⟦${looks}⟧`;
      }).join('');
    });
  }
}
const tty = (screen: Screen): Tty => screen as unknown as Tty;
const opened: Rows[] = [];
const onScreen = (screen: Screen): Rows => {
  const rows = rowsOn(tty(screen));
  opened.push(rows);
  return rows;
};
afterEach(() => {
  for (const rows of opened.splice(0)) rows.end();
});
const banner = {
  demo: true,
  endpoint: 'demo',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};

const keyboard = (pressed: string[]): NodeJS.ReadStream => {
  const nothing = (): void => undefined;
  return Object.assign(new EventEmitter(), {
    ...{ isTTY: true, setEncoding: nothing, setRawMode: nothing, resume: nothing, pause: nothing },
    ...{ ref: nothing, unref: nothing, read: () => pressed.shift() ?? null },
  }) as unknown as NodeJS.ReadStream;
};

/** Two screens: one on which Ink writes whole frames, one on which the changed rows of the same frames are written. */
function both(columns: number, rows: number) {
  const [whole, changed] = [new Screen(columns, rows), new Screen(columns, rows)];
  const drawn = onScreen(changed);
  const fork = new Proxy(tty(whole), {
    get: (target, name) => {
      if (name === 'write')
        return (text: string, done?: () => void) => {
          drawn.stream.write(text);
          return whole.write(text, done);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { whole, changed, fork, drawn };
}

test.each([1, 2, 3])(
  'after a storm of questions, keys and sizes the screen is what whole frames show (%i)',
  async (seed) => {
    const chance = xorshift128plus(seed);
    const below = (n: number): number => (chance.next() >>> 0) % n;
    const { whole, changed, fork } = both(80, 24);
    const pressed: string[] = [];
    const stdin = keyboard(pressed);
    const session = createSession(() => run);
    const ink = render(
      <App display={display} session={session} phases={phases} banner={banner} onLeave={() => undefined} />,
      {
        stdout: fork,
        stdin: stdin as unknown as NodeJS.ReadStream,
        alternateScreen: true,
        interactive: true,
        patchConsole: false,
        exitOnCtrlC: false,
        maxFps: 1_000,
      },
    );
    const names = Object.keys(asks);
    const keys = ['\u001b[B', '\u001b[A', '\u001b[6~', 'x', ' ', '/', '\u001b[5~', '\u007f', 'é', '李'];
    for (let n = 0; n < 150; n++) {
      switch (below(4)) {
        case 0:
          void session.ask((asks[names[below(names.length)] ?? ''] ?? expect.fail()).ask);
          break;
        case 1: {
          const [columns, rows] = [30 + below(130), 8 + below(50)];
          // The emulator loses rows where it changes its size with something still to be read.
          await Promise.all([changed.cells(), whole.cells()]);
          changed.resize(columns, rows);
          whole.resize(columns, rows);
          whole.emit('resize');
          break;
        }
        default:
          pressed.push(keys[below(keys.length)] ?? '');
          stdin.emit('readable');
      }
      if (below(3) === 0) {
        await ink.waitUntilRenderFlush();
        await eventually(async () => expect(await changed.cells()).toEqual(await whole.cells()));
      }
    }
    ink.unmount();
    expect(changed.bytes).toBeLessThan(whole.bytes);
  },
);

const frame = (rows: readonly string[], before = 0): string =>
  `${before === 0 ? '' : `\u001b[2K${'\u001b[1A\u001b[2K'.repeat(before - 1)}\u001b[G`}${rows.join('\n')}`;
const text = async (screen: Screen): Promise<string> =>
  (await screen.cells()).map((row) => row.replace(/⟦.*?⟧/g, '').trimEnd()).join('\n');

test('a frame that is as the one before writes nothing; one changed row writes that row', async () => {
  const screen = new Screen(20, 3);
  const { stream } = onScreen(screen);
  stream.write(frame(['one', 'two', 'three']));
  const before = screen.bytes;
  stream.write('\u001b[?2026h');
  stream.write(frame(['one  ', 'two', 'three'], 3));
  stream.write('\u001b[?2026l');
  expect(screen.bytes).toBe(before);
  stream.write(frame(['one', 'TWO', 'three'], 3));
  expect(screen.bytes - before).toBeLessThan(60);
  expect(await text(screen)).toBe('one\nTWO\nthree');
});

test('after anything else was written, and after another size, the next frame is written whole', async () => {
  const screen = new Screen(20, 3);
  const { stream } = onScreen(screen);
  stream.write(frame(['one', 'two', 'three']));
  stream.write('\u001b[2J\u001b[Hnoise of another program');
  stream.write(frame(['one', 'two', 'three'], 3));
  expect(await text(screen)).toBe('one\ntwo\nthree');
  screen.resize(10, 4);
  stream.write(frame(['one', 'two', 'three', 'four'], 3));
  expect(await text(screen)).toBe('one\ntwo\nthree\nfour');
});

test('a size that changes there and back leaves nothing cut off', async () => {
  const screen = new Screen(20, 3);
  const { stream } = onScreen(screen);
  stream.write(frame(['one', 'two', 'three']));
  screen.resize(20, 2);
  screen.resize(20, 3);
  process.emit('SIGWINCH');
  await eventually(async () => expect(await text(screen)).toBe('one\ntwo\nthree'));
});

test('what somebody else wrote over it is gone after a redraw', async () => {
  const screen = new Screen(20, 3);
  const { stream, redraw } = onScreen(screen);
  stream.write(frame(['one', 'two', 'three']));
  screen.write('\u001b[HBROADCAST from root');
  redraw();
  expect(await text(screen)).toBe('one\ntwo\nthree');
});

test('a row that a terminal takes to be wider than it is does not run into the next', async () => {
  const screen = new Screen(10, 3);
  const { stream } = onScreen(screen);
  stream.write(frame(['a row of 16 cells', 'two', 'three']));
  stream.write(frame(['another row of 20 cells', 'two', 'three'], 3));
  expect((await text(screen)).split('\n').slice(1)).toEqual(['two', 'three']);
});

test('while AWS works a second costs less than 1.5 kB, on a wide wall too', async () => {
  const screen = new Screen(200, 50);
  const { stream } = onScreen(screen);
  const session = createSession(() => run);
  let clock = 60_000;
  session.show({ is: 'settling', step: 'set', attempts: [], since: 0 });
  const app = (
    <App
      display={display}
      session={session}
      phases={phases}
      banner={banner}
      onLeave={() => undefined}
      now={() => clock}
    />
  );
  const ink = render(app, {
    stdout: stream,
    stdin: keyboard([]),
    alternateScreen: true,
    interactive: true,
    patchConsole: false,
  });
  await eventually(async () => expect(await text(screen)).toContain('60 s'));
  const before = screen.bytes;
  clock = 61_000;
  await eventually(async () => expect(await text(screen)).toContain(': 61 s'));
  expect(screen.bytes - before).toBeGreaterThan(0);
  expect(screen.bytes - before).toBeLessThan(1_500);
  ink.unmount();
});
