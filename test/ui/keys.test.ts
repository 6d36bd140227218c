import { describe, expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { asks, rows, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const put = (name: string, ...pressed: readonly string[]) => {
  const { ask, run = usual, rows: all } = asks[name] ?? expect.fail();
  return keys(ask, run, ready(ask, all), ...pressed);
};

describe('what each key replies', () => {
  test.each([
    ['credentials', ['enter'], { do: 'use', source: { kind: 'profile', name: 'management' } }],
    ['credentials', ['down', 'enter'], { do: 'use', source: { kind: 'environment' } }],
    ['credentials-none', ['r'], { do: 'again' }],
    ['credentials-login', ['enter'], { do: 'log-in', login: { by: 'sso', profile: 'management' } }],
    ['credentials-login', ['down', 'enter'], { do: 'use', source: { kind: 'profile', name: 'management' } }],
    [
      'credentials',
      ['down', 'down', 'enter', 'arn:aws:iam::444455556666:role/Identity', 'enter', 'down', 'enter'],
      {
        do: 'use',
        source: {
          kind: 'role',
          base: { kind: 'environment' },
          arn: 'arn:aws:iam::444455556666:role/Identity',
        },
      },
    ],
    ['accept', ['y'], { do: 'go-on' }],
    ['accept', ['n'], { do: 'decline' }],
    ['attestation', ['enter'], { do: 'answer', answer: 'attested' }],
    ['attestation', ['down', 'enter'], { do: 'answer', answer: 'skipped' }],
    ['choice', ['enter'], { do: 'answer', answer: '444455556666' }],
    ['choice', ['/', 'load 39', 'enter'], { do: 'answer', answer: '700000000039' }],
    ['text', ['enter'], { do: 'answer', answer: 'https://d-0123456789.awsapps.com/start' }],
    [
      'text',
      ['ctrl-u', 'https://example.org/start', 'enter'],
      { do: 'answer', answer: 'https://example.org/start' },
    ],
    ['confirm', ['y'], { do: 'confirm' }],
    ['confirm', ['n'], { do: 'decline' }],
    ['confirm-dangerous', ['444455556666', 'enter'], { do: 'confirm', typed: '444455556666' }],
    ['confirm-dangerous', [' Shared Services ', 'enter'], { do: 'confirm', typed: 'Shared Services' }],
    ['confirm-dangerous', ['escape', 'n'], { do: 'decline' }],
    [
      'choice-dangerous',
      ['down', 'enter', 'Shared Services', 'enter'],
      { do: 'answer', answer: 'use@1', typed: 'Shared Services' },
    ],
    ['choice-dangerous', ['down', 'enter', 'escape'], undefined],
    ['choice', ['b', 'escape'], undefined],
    ['by-hand', ['enter'], { do: 'again' }],
    ['blocked', ['i'], { do: 'switch', actor: 'management' }],
    [
      'unknown',
      ['g', 'seen in the console', 'enter'],
      { do: 'waive', goal: 'region', why: 'seen in the console' },
    ],
    [
      'cannot-tell',
      ['s', 'it is there', 'enter'],
      { do: 'set-aside', attempt: 'set/set#1', why: 'it is there' },
    ],
    // AWS denied it: asking again with the same credentials comes second.
    ['failed', ['enter'], { do: 'switch', actor: 'delegated-administrator' }],
    ['failed', ['r'], { do: 'again' }],
    ['done', ['enter'], { do: 'go-on' }],
    ['done', ['b', 'enter'], { do: 'withdraw', step: 'first', question: 'understood' }],
    ['finished', ['enter'], { do: 'go-on' }],
    ['done-made', ['u'], { do: 'undo' }],
    ['undo-unseen', ['enter'], { do: 'go-on' }],
    ['undo', ['enter'], { do: 'go-on' }],
    ['undo', ['r'], { do: 'again' }],
    ['undo', ['n'], { do: 'decline' }],
    ['undo-confirm', ['777788889999', 'enter'], { do: 'confirm', typed: '777788889999' }],
    ['undo-blocked', ['k'], { do: 'keep' }],
    ['undone', ['enter'], { do: 'go-on' }],
  ])('%s: %j', (name, pressed, reply) => {
    expect(put(name, ...pressed).reply).toEqual(reply);
  });

  test.each(Object.keys(asks))('q leaves %s, also out of a text', (name) => {
    const { ask } = asks[name] ?? expect.fail();
    const { mode } = ready(ask);
    const searching = mode.is === 'pick' && mode.picker.filtering;
    const typing = mode.is === 'text' || mode.is === 'typed' || searching;
    expect(put(name, ...(typing ? ['escape'] : []), 'q').reply).toEqual({ do: 'leave' });
  });
});

test('at the end an earlier answer that is worth another thought is one key away', () => {
  const { ask } = asks.finished ?? expect.fail();
  if (ask.is !== 'finished') return expect.fail();
  const again = { step: 'assign', question: 'people' };
  const plan = { ...ask.plan, reconsider: { ...again, says: 'choose another account' } };
  expect(keys({ ...ask, plan }, usual, ready(ask), 'n').reply).toEqual({ do: 'withdraw', ...again });
  expect(keys(ask, usual, ready(ask), 'n').reply).toBeUndefined();
  return undefined;
});

describe('what must not happen by accident', () => {
  test.each([
    ['confirm', ['enter']],
    ['accept', ['enter']],
    ['confirm-dangerous', ['y']],
    ['confirm-dangerous', ['enter']],
    ['confirm-dangerous', ['44445555666', 'enter']],
    ['choice-dangerous', ['enter']],
    ['choice-dangerous', ['down', 'enter', 'y', 'enter']],
    ['unknown', ['g', 'enter']],
    ['unknown-firm', ['g']],
    ['text', ['ctrl-u', 'javascript:alert', 'enter']],
    ['text', ['q']],
    ['done', ['u']], // nothing was made
    ['blocked', ['k']], // nothing is being taken back
    ['undo-confirm', ['y', 'enter']],
    ['undo', ['y']],
    ['undo-blocked', ['b']], // answers stay as they are
  ])('%s: %j replies nothing', (name, pressed) => {
    expect(put(name, ...pressed).reply).toBeUndefined();
  });

  test('a wrong word says so, and what is wanted', () => {
    const { ask, run = usual } = asks['confirm-dangerous'] ?? expect.fail();
    const { ui } = put('confirm-dangerous', 'shared services', 'enter');
    expect(frameText(draw(ask, run, ui, { columns: 80, rows: 24 }))).toContain('Not what was asked for');
  });
});

describe('a list', () => {
  test('rows that cannot be chosen are passed over, both ways', () => {
    const { ui } = put('choice', 'up', 'up');
    expect(ui.mode).toMatchObject({ picker: { at: 1 } });
  });
  test('a search that finds nothing chooses nothing', () => {
    expect(put('choice', '/', 'no such row', 'enter').reply).toBeUndefined();
  });
  test('of 10,000 rows only a window is drawn, and the highlighted one is in it', () => {
    const { ask } = asks.choice ?? expect.fail();
    const many = Array.from({ length: 10_000 }, (_, n) => ({ value: `${n}`, label: `row number ${n}` }));
    const { ui } = keys(ask, usual, ready(ask, many), 'end');
    const text = frameText(draw(ask, usual, ui, { columns: 80, rows: 24 }));
    expect(text).toContain('❯ row number 9999');
    expect(text.split('\n')).toHaveLength(24);
    expect(rows.length).toBeGreaterThan(24);
  });
});

test('a role is named by its ARN, and what is none is refused with what it has to be', () => {
  const { ask, run = usual } = asks.credentials ?? expect.fail();
  const named = put('credentials', 'down', 'down', 'enter', 'Administrator', 'enter');
  expect(named.reply).toBeUndefined();
  const frame = frameText(draw(ask, run, named.ui, { columns: 80, rows: 24 }));
  expect(frame).toContain('That is no role’s ARN.');
  expect(put('credentials', 'down', 'down', 'enter', 'escape').ui.mode.is).toBe('pick');
});

test.each(['accept', 'confirm', 'incoming'])('%s: Enter is no yes, and says which key is', (name) => {
  const { ui, reply } = put(name, 'enter');
  expect([reply, ui.notice]).toEqual([undefined, 'Press y, not Enter.']);
});

test.each(['text', 'done', 'confirm-dangerous', 'choice'])(
  '%s: what is above is scrolled with the same keys, also while a text is typed',
  (name) => {
    const keysThere = name === 'choice' ? (['ctrl-f'] as const) : (['pagedown', 'ctrl-f'] as const);
    for (const key of keysThere) expect([key, put(name, key).ui.scroll]).toEqual([key, 10]);
    expect(put(name, 'ctrl-f', 'ctrl-b').ui.scroll).toBe(0);
  },
);
