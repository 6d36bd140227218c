import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { met, type Plan, warning } from '../../src/model/plan.ts';
import { foldRun } from '../../src/model/run.ts';
import { addressees, messageLines } from '../../src/model/text/message.ts';
import { unmarked } from '../../src/model/text/own-commands.ts';
import { cardOf } from '../../src/report/card.ts';
import { cardLines, masked, timeOf } from '../../src/report/card-lines.ts';
import { filled } from '../../src/report/filled.ts';
import { cardMarkdown } from '../../src/report/record/markdown.ts';
import { fixture } from '../fixture-runbook/index.ts';

const message = {
  to: [{ name: 'elif.yildiz', display: 'Elif Yıldız', email: 'elif@example.com' }],
  says: 'You are administrator.',
  steps: [{ says: 'Sign in:', link: 'https://d-1.awsapps.com/start' }, { says: 'Choose Keys.' }],
};
const looked = (step: string, plan: Plan): Event => ({ type: 'looked', at: 5, step, plan, basis: 'b' });
const begun: readonly Event[] = [
  { type: 'started', at: 0, run: 'R', simulated: true, endpoint: 'demo' },
  looked('first', { goals: [warning('understood', 'You have read the card', 'skipped')], gives: {} }),
];
const result = { holds: ['The keys are handed on'], message, mind: ['Doors stay open.'] };
const end = looked('last', { goals: [met('locked', 'The door is locked', 'you say so')], gives: {}, result });
const read = (at: number): Event => ({ type: 'read', at, step: fixture.final.id });
const textOf =
  (...events: readonly Event[]) =>
  (isMasked: boolean, finished?: number) =>
    unmarked(
      cardLines(
        cardOf(foldRun(finished === undefined ? events : [...events, read(finished)], fixture), fixture),
        {
          width: 60,
          masked: isMasked,
        },
      ).join('\n'),
    );

describe('the card of a finished run', () => {
  const card = textOf(...begun, end);
  test('says what holds, what has to be read, whom to tell, and what can be done', () => {
    expect(card(false, Date.UTC(2026, 10, 30, 0, 51))).toBe(
      [
        'Finished 30 Nov 2026 00:51 UTC. Nothing had to be changed.',
        'DEMO: nothing happened at AWS.',
        '',
        '  ✓ The keys are handed on',
        '  ! You have read the card: skipped',
        '',
        'Send this to Elif Yıldız <elif@example.com>',
        '  You are administrator.',
        '  1. Sign in: https://d-1.awsapps.com/start',
        '  2. Choose Keys.',
        '',
        'For the change ticket:',
        '  cw-runbook audit export --run R > change.md',
        'The steps, as last seen:',
        '  cw-runbook status --run R',
        'Keep in mind: Doors stay open.',
      ].join('\n'),
    );
  });
  test('where others read along, names the user and not the address', () => {
    const text = card(true, 1);
    expect(text).toContain('The message for elif.yildiz (e…@example.com), into a file:');
    expect(text).not.toMatch(/elif@|Elif|awsapps/);
  });
});

test('a run that changed something says how to undo it; one that changed nothing does not', () => {
  const told = cardOf(foldRun([...begun, end, read(9)], fixture), fixture);
  const undo = (changes: number) =>
    cardLines({ ...told, changes }, { width: 80, masked: false })
      .map(unmarked)
      .filter((text) => /undo|removes/.test(text));
  expect(undo(0)).toEqual([]);
  expect(undo(1)).toEqual([
    'To undo it:',
    '  cw-runbook undo --run R',
    '  It removes what this run made; what others made meanwhile stays.',
  ]);
});

test('a run that is not finished has a card without a message, and with how far it is', () => {
  const text = textOf(...begun, end)(false);
  expect(text).toMatch(/^Not finished: \d of \d steps done, as of 1 Jan 1970 00:00 UTC\./);
  expect(text).toContain('This run changed nothing.');
  expect(text).not.toMatch(/Send this|undo/);
});

test('an addressee who is a group is told as one; a user name that is the address is told once', () => {
  const to = [
    { name: 'admins', group: true as const },
    { name: 'a@b.c', email: 'a@b.c' },
    { name: 'x', email: '@' },
  ];
  expect(addressees({ ...message, to }, true)).toEqual(['everybody in the group admins', 'a…@b.c', 'x (…)']);
  expect(addressees({ ...message, to }, false)[1]).toBe('a@b.c <a@b.c>');
  expect(messageLines(message)).toHaveLength(3);
});

test('where others read along no e-mail address is whole, also where it is a user’s name, on the card and in the summary', () => {
  const to = [{ name: 'ann@example.com', email: 'ann@example.com' }];
  const holds = ['ann@example.com has it in Dev (111122223333)', 'and <bob.b@corp.example>, too'];
  const last = looked('last', {
    goals: [met('locked', 'The door is locked', 'you say so')],
    gives: {},
    result: { ...result, holds, message: { ...message, to } },
  });
  const text = textOf(...begun, last);
  expect(text(true, 1)).not.toMatch(/ann@|bob\.b@/);
  expect(text(true, 1)).toContain('a…@example.com has it in Dev (111122223333)');
  expect(text(true, 1)).toContain('The message for a…@example.com, into a file:');
  expect(text(false, 1)).toContain('ann@example.com has it');
  const summary = cardMarkdown(masked(cardOf(foldRun([...begun, last, read(1)], fixture), fixture)));
  expect(summary.join('\n')).not.toMatch(/ann@|bob\.b@/);
});

test('addresses and commands are never broken, and nothing in a text acts on the terminal', () => {
  const link = `https://example.com/${'a'.repeat(80)}`;
  expect(filled(`see ${link} now`, 20, '- ')).toEqual(['- see', `  ${link}`, '  now']);
  expect(filled('a\u001b[31mb', 20)).toEqual(['a⟪U+001B⟫[31mb']);
  expect(filled('', 20, '- ')).toEqual(['- ']);
  expect(timeOf(Date.UTC(2026, 0, 2, 3, 4))).toBe('2 Jan 2026 03:04 UTC');
});
