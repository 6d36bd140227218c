import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Activity } from '../../src/engine/ports.ts';
import { isAsKept } from '../kept.ts';
import { asks, events, intent, run as usual } from './asks.ts';
import { talk } from './talk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const put = (name: string, ...typed: readonly string[]) => {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  return talk({ ask, run, ...(rows ? { rows } : {}) }, typed);
};

test.each(Object.keys(asks))('%s in lines of text, as it was last looked at', async (name) => {
  await isAsKept((await put(name)).said, 'lines', `${name}.txt`);
});

test('no line is wider than the terminal', async () => {
  for (const name of Object.keys(asks))
    for (const row of (await put(name)).said.split('\n')) expect(row.length, row).toBeLessThanOrEqual(80);
});

test('no bullet looks like a removal', async () => {
  let notes = 0;
  for (const name of Object.keys(asks))
    for (const row of (await put(name)).said.split('\n')) {
      if (/^ *\* /.test(row)) notes++;
      expect(row, name).not.toMatch(/^ *- /);
    }
  expect(notes).toBeGreaterThan(10);
});

test('a key and what it does stand in one row', async () => {
  let rows = 0;
  for (const name of Object.keys(asks))
    for (const row of (await put(name)).said.split('\n').filter((one) => /(^|\. )[a-z?]: /.test(one))) {
      rows++;
      expect(row, name).toMatch(/^([A-Z][a-z]+|[a-z?]): .*\.$/);
    }
  expect(rows).toBeGreaterThan(30);
});

/** Each ends with the reply, after the lines that were typed. */
test.each<[string, readonly string[], object]>([
  ['choice', ['2'], { do: 'answer', answer: '444455556666' }],
  ['choice', ['shared', '1'], { do: 'answer', answer: '444455556666' }],
  ['text', [''], { do: 'answer', answer: 'https://d-0123456789.awsapps.com/start' }],
  ['confirm', ['y'], { do: 'confirm' }],
  ['confirm-dangerous', ['Shared Services'], { do: 'confirm', typed: 'Shared Services' }],
  ['unknown', ['g', 'seen in the console'], { do: 'waive', goal: 'region', why: 'seen in the console' }],
  ['cannot-tell', ['s', 'it is there'], { do: 'set-aside', attempt: 'set/set#1', why: 'it is there' }],
  ['credentials-login', ['1'], { do: 'log-in', login: { by: 'sso', profile: 'management' } }],
  [
    'credentials',
    ['3', 'arn:aws:iam::444455556666:role/Identity', '1'],
    {
      do: 'use',
      source: {
        kind: 'role',
        base: { kind: 'profile', name: 'management' },
        arn: 'arn:aws:iam::444455556666:role/Identity',
      },
    },
  ],
  ['credentials-wrong', ['h', 'Over to Ben'], { do: 'leave', handoff: { note: 'Over to Ben' } }],
  ['credentials-wrong', ['h', ''], { do: 'leave', handoff: {} }],
  ['incoming', ['y'], { do: 'go-on' }],
  ['incoming-again', ['n'], { do: 'leave' }],
  ['handed-off', ['', '0ABC12'], { do: 'confirm', typed: '0ABC12' }],
  ['handed-off', ['', 'nobody', '.', 'q'], { do: 'leave' }],
  ['done', ['b', 'Esc', ''], { do: 'go-on' }],
  ['done', ['b', '.', ''], { do: 'go-on' }],
  ['done', ['b', '1'], { do: 'withdraw', step: 'first', question: 'understood' }],
  ['undo', [''], { do: 'go-on' }],
  ['undo-blocked', ['k'], { do: 'keep' }],
  ['undone', [''], { do: 'go-on' }],
  ['watching', ['q'], { do: 'leave' }],
  ['watching-free', [''], { do: 'again' }],
])('%s, %j', async (name, typed, reply) => {
  expect((await put(name, ...typed)).reply).toEqual(reply);
});

test.each<[string, readonly string[]]>([
  ['1,3', ['ada.lovelace', 'person.0']],
  ['1 3 5', ['ada.lovelace', 'person.0', 'person.2']],
  ['3-5, 1', ['person.0', 'person.1', 'person.2', 'ada.lovelace']],
  ['1, 1;1', ['ada.lovelace']],
  ['3', ['person.0']],
])('of several lines, %s takes them', async (typed, values) => {
  expect((await put('several', typed)).reply).toEqual({ do: 'answer', answer: JSON.stringify(values) });
});

test.each<[string, string]>([
  ['1,99', 'There is no line 99: they go from 1 to 24. Nothing is taken.'],
  ['0 1', 'There is no line 0: they go from 1 to 24. Nothing is taken.'],
  ['1-3', 'Line 2 cannot be chosen: disabled. Nothing is taken.'],
  ['5-3', '5-3 is nothing from and to: the smaller number comes first. Nothing is taken.'],
  ['+40', 'There is no line 40: they go from 1 to 24. Nothing is taken.'],
  ['', 'Type the number of a line.'],
])('of several lines, %j takes none, and says why', async (typed, says) => {
  const { said, reply } = await put('several', typed);
  expect([said.trimEnd().split('\n').at(-1), reply]).toEqual([says, undefined]);
});

test('lines are marked from one search to the next, and taken by an empty line', async () => {
  const { said, reply } = await put('several', '+1', 'son 7', '+1', 'group', '+1', '-1', '');
  expect(said).toContain('1. Ada Lovelace  ada.lovelace (marked)');
  expect(said.replace(/\s+/g, ' ')).toContain(
    '3 marked: Ada Lovelace ada.lovelace; Person 7 person.7; Group: Administrators. Enter alone takes what is marked.',
  );
  expect(reply).toEqual({ do: 'answer', answer: JSON.stringify(['person.7', 'group:Administrators']) });
});

test('all marks who can be chosen, and takes nobody yet', async () => {
  const all = await put('several', 'all');
  expect(all.reply).toBeUndefined();
  expect(all.said).toContain('22 marked: Ada Lovelace');
  expect(all.said).toContain('; and 12 more.');
  const taken = (await put('several', 'all', '-3', '')).reply;
  expect(taken?.do === 'answer' && JSON.parse(taken.answer)).toHaveLength(21);
  expect((await put('several', 'all', 'none', '')).reply).toBeUndefined();
});

const since = 0;
const attempts = ['set/set#1'];
test.each<Activity>([
  { is: 'looking', step: 'set', since },
  { is: 'sending', step: 'set', change: 'set', since },
  { is: 'settling', step: 'set', attempts, since },
  { is: 'waiting-to-show', step: 'set', attempts, since },
  { is: 'no-answer', step: 'set', why: 'connect ECONNREFUSED', since },
])('while it is $is, what is waited for is told', async (activity) => {
  vi.setSystemTime(0);
  const { said } = await talk({ run: usual }, [], { activity, log: [...events, intent] });
  expect(said).toContain('Since 00:00:00 UTC: 11 s.');
  expect(said).toMatch(/leave/);
});

test('what can be typed is said as it is typed, and help tells of no signs and no keys that only a screen has', async () => {
  const said = (await put('done', 'b')).said;
  expect(said).toMatch(/\.: back\./);
  const help = (await put('done', '?')).said;
  expect(help).toContain('Every key');
  expect(help).not.toMatch(/The marks|Tab|Ctrl-L|PgDn/);
});
