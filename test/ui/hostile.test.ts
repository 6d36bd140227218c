import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Choice } from '../../src/model/question.ts';
import { applyEvent, type Run } from '../../src/model/run.ts';
import { escapeControlChars } from '../../src/model/text/escape-control-chars.ts';
import { activityText } from '../../src/ui/content/waiting.ts';
import type { Frame } from '../../src/ui/frame/frame.ts';
import { earlier } from '../../src/ui/input/answers.ts';
import type { Ui } from '../../src/ui/input/state.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { plainText, widthOf } from '../../src/ui/text/line.ts';
import { styled } from '../../src/ui/text/looks.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { both, sampled, test } from '../more.ts';
import { asks, events, intent, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';
import { hostile, long, poisoned, raw, short } from './hostile.ts';
import { talk } from './talk.ts';

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 50, rows: 20 },
] as const;

test('there are more than 300 of them', () => {
  expect(new Set(hostile).size).toBeGreaterThan(300);
});
test.each(hostile.map((text) => [text.slice(0, 40), text]))('%j: nothing of it is left to act', (_, text) => {
  expect(escapeControlChars(text)).not.toMatch(raw);
  expect(escapeControlChars(escapeControlChars(text))).toBe(escapeControlChars(text));
});

interface Screen {
  readonly ask: Ask;
  readonly run: Run;
  readonly rows: readonly Choice[] | undefined;
  readonly log: readonly Event[];
}
/** So many are tried at once, four in each text: every screen holds at least a quarter as many from elsewhere. */
const together = 40;
const rounds = Array.from({ length: Math.ceil(short.length / together) }, (_, n) => n * together);
/** Those that are tried with a question: every third, each question beginning with another one. */
const roundsOf = (name: string): readonly (readonly [n: number, from: number])[] =>
  sampled(
    [...rounds.entries()].filter(([n]) => n % 3 === Object.keys(asks).indexOf(name) % 3),
    2,
  );
const fours = Array.from({ length: Math.ceil(short.length / 4) }, (_, n) =>
  short.slice(n * 4, n * 4 + 4).join(' '),
);

/** A screen with hostile texts in all that comes from elsewhere: from the `from`th on, in turn. */
function screenOf(name: string, texts: readonly string[], from: number): Screen {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  let n = from;
  const next = (): string => texts[n++ % texts.length] ?? '';
  const bad = poisoned({ ask, rows: rows?.slice(0, 3), run, log: [...events, intent] }, next);
  expect(n - from).toBeGreaterThanOrEqual(together / 4);
  const choices = ask.is === 'question' && ask.choices ? { choices: ask.choices } : {};
  return { ...bad, ask: { ...bad.ask, ...choices } as Ask };
}
/** What is wrong with a frame. */
function faultOf({ lines }: Frame, { columns, rows }: (typeof sizes)[number]): string | undefined {
  if (lines.length !== rows) return `${lines.length} rows`;
  for (const line of lines) {
    if (raw.test(plainText(line))) return `raw: ${JSON.stringify(plainText(line))}`;
    if (widthOf(line) > columns) return `wide: ${JSON.stringify(plainText(line))}`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing but looks is written
    if (/\u001b(?!\[[\d;]*m)/.test(styled(line, 'sixteen')))
      return `written: ${JSON.stringify(styled(line, 'sixteen'))}`;
  }
  return undefined;
}
/** What else is seen of a screen: with something said, with something typed, and what is read over it. */
const states: readonly ((screen: Screen, text: string) => Ui)[] = [
  ({ ask, rows }, text) => ({ ...ready(ask, rows), notice: text }),
  ({ ask, run, rows }, text) =>
    keys(ask, run, ready(ask, rows), '/', ...[...text].slice(0, 60).filter((one) => one !== '\r'), 'enter')
      .ui,
  ...['l', 'd', '?', 'b', 'w', 's'].map((key) => ({ ask, run, rows }: Screen): Ui => {
    const begun = ready(ask, rows);
    const typing = begun.mode.is === 'text' || begun.mode.is === 'typed';
    return keys(ask, run, begun, ...(typing ? ['escape'] : []), key).ui;
  }),
];

both.each(Object.keys(asks))('%s: nothing but text that can be seen, in any window', (name) => {
  for (const [n, from] of roundsOf(name)) {
    const screen = screenOf(name, fours, from / 4);
    const drawn = (ui: Ui, size: (typeof sizes)[number]) =>
      faultOf(draw(screen.ask, screen.run, ui, size, n % 2 === 0, screen.log), size);
    for (const size of sizes) expect(drawn(ready(screen.ask, screen.rows), size)).toBeUndefined();
    const other = states[n % states.length]?.(screen, short[from] ?? '') ?? expect.fail();
    expect(drawn(other, sizes[n % sizes.length] ?? sizes[0])).toBeUndefined();
  }
});

/** Lines as they come to the terminal. */
const linesFault = (said: string): string | undefined =>
  said.split('\n').find((row) => raw.test(row) || stringWidth(row) > 80);

both.each(Object.keys(asks))(
  '%s in lines of text: nothing else, and none wider than the terminal',
  async (name) => {
    for (const [, from] of roundsOf(name)) {
      const { ask, run, rows, log } = screenOf(name, fours, from / 4);
      const typed = ['.', 'l', 'b', '.', '?', 'c', short[from] ?? ''];
      const { said } = await talk({ ask, run, ...(rows ? { rows } : {}) }, typed, { log });
      // What was typed stands there as the terminal has shown it.
      expect(linesFault(said.replace(/^> .*\n/gms, ''))).toBeUndefined();
    }
  },
);

both.each(Object.keys(asks))('%s: 80 kB, on the screen and in lines', async (name) => {
  const at = Object.keys(asks).indexOf(name);
  for (const n of sampled([0, 1], 2)) {
    const text = long[(at * 2 + n) % long.length] ?? '';
    let put = 0;
    const { ask, run = usual, rows } = asks[name] ?? expect.fail();
    // In one of its texts at a time: the first, the second, …
    const bad = poisoned(ask, () => (put++ === n ? text : 'x'));
    const screen = {
      ...bad,
      ...(ask.is === 'question' && ask.choices ? { choices: ask.choices } : {}),
    } as Ask;
    const few = rows?.slice(0, 2).map((row) => ({ ...row, label: text }));
    expect(faultOf(draw(screen, run, ready(screen, few), sizes[0]), sizes[0])).toBeUndefined();
    const { said } = await talk({ ask: screen, run, ...(few ? { rows: few } : {}) });
    expect(linesFault(said)).toBeUndefined();
  }
});

test('while AWS works', async () => {
  const run = poisoned([intent].reduce<Run>(applyEvent, usual), () => '\u001b[2J\n✓ done\u202e');
  for (const why of short) {
    const text = activityText({ is: 'no-answer', step: 's', why, since: 0 }, run, 5_000) ?? '';
    expect(text.split('\n')).toHaveLength(3);
    expect(text.replaceAll('\n', '')).not.toMatch(raw);
  }
  const attempts = ['set/set#1'];
  const text = activityText({ is: 'settling', step: 'set', attempts, since: 0 }, run, 5_000);
  expect(text).toContain('⟪U+001B⟫[2J⟪U+000A⟫✓ done⟪U+202E⟫');
});

test('a choice is answered letter by letter as AWS has named it, on the screen and in lines', async () => {
  const { ask } = asks.choice ?? expect.fail();
  const { ask: several } = asks.several ?? expect.fail();
  for (const value of hostile) {
    const rows = [{ value, label: value }];
    const answer = { do: 'answer', answer: value };
    expect(keys(ask, usual, ready(ask, rows), 'enter').reply).toEqual(answer);
    const list = keys(several, usual, ready(several, rows), 'space', 'enter').reply;
    expect(list).toEqual({ do: 'answer', answer: JSON.stringify([value]) });
    if (value.length < 1_000) expect((await talk({ ask, run: usual, rows }, ['1'])).reply).toEqual(answer);
  }
});

test.each(['constructor', 'toString', '__proto__'])(
  'somebody called %s is told so among the earlier answers',
  (name) => {
    const answered = { ...usual, answers: { assign: { people: JSON.stringify([name]) } } };
    expect(earlier(answered, fixture.steps).map(({ label }) => label)).toEqual([`Give away: ${name}`]);
  },
);

test('ordinary text of any language is left alone', () => {
  for (const text of [
    ...['Zoë van der Berg', 'Elif Yıldız', '李娟', 'مريم', 'नेहा', 'Nguyễn Thị', 'ภูมิ', '👩🚀', '☎️'],
    ...['CodeWhisperer_administrator', '“quoted” – dash…'],
  ])
    expect(escapeControlChars(text)).toBe(text);
});
