import { expect } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { cardOf } from '../../src/report/card.ts';
import { markdownText } from '../../src/report/markdown-text.ts';
import { markdown } from '../../src/report/record/markdown.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { both, sampled, test } from '../more.ts';
import { hostile } from '../ui/hostile.ts';

/** The cells of a table's row, as GitHub's specification takes them apart: at each bar that is not escaped. */
const cellsOf = (row: string): readonly string[] =>
  row
    .split(/(?<!\\)(?:\\\\)*\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

const names = [
  ...sampled(hostile, 3),
  'a|b',
  '|',
  '\\|',
  '\\',
  '`|`',
  'a`|`b@x',
  '||||',
  'www.x.org|y',
  'a\\|b@c',
];

both('whatever a name holds, each row has as many cells as its table’s head', () => {
  for (const name of names) {
    const events: readonly Event[] = [
      { type: 'started', at: 0, run: 'r', simulated: false, endpoint: 'aws' },
      { type: 'opened', at: 0, by: name, program: 'p' },
      {
        type: 'identified',
        ...{ at: 0, actor: 'management', account: name, arn: name },
        source: { kind: 'profile', name },
      },
      { type: 'answered', at: 0, step: 's', question: name, answer: name },
      { type: 'handed-off', at: 0, handoff: name, by: name, program: 'p', note: name },
      { type: 'took-over', at: 0, handoff: name, by: name, program: 'p', from: name },
    ];
    const seal = { program: name, records: 1, head: name };
    const run = events.reduce(applyEvent, emptyRun);
    const message = { to: [{ name, email: name }], says: name, steps: [{ says: name, link: name }] };
    const card = { ...cardOf(run, fixture), done: [name], warnings: [name], mind: [name], message };
    const notes = [{ title: 'Water', says: [name] }];
    const text = markdown(run, events, seal, { runbook: fixture, card, notes, unasked: [name] });
    let head = 0;
    for (const line of text.split('\n')) {
      if (!line.startsWith('|')) head = 0;
      else {
        head ||= cellsOf(line).length;
        expect(cellsOf(line).length, `${JSON.stringify(name)}: ${line}`).toBe(head);
      }
    }
  }
});

test.each([
  ['Tom & Jerry', 'Tom \\& Jerry'],
  ['&lt;b&gt;', '\\&lt;b\\&gt;'],
  ['see https://evil.example/x now', 'see `https://evil.example/x` now'],
  ['www.evil.example', '`www.evil.example`'],
  ['evil.com', '`evil.com`'],
  ['ada@example.com', '`ada@example.com`'],
  ['@everybody', '`@everybody`'],
  ['HTTP://x', '`HTTP://x`'],
  ['ftp://x', '`ftp://x`'],
  ['mailto:x', '`mailto:x`'],
  ['a`b@c', 'a\\``b@c`'],
  ['a|b@c\\', 'a\\|`b@c`\\\\'],
  ['ada.lovelace', 'ada.lovelace'],
  ['2026-11-30T03:33:59.009Z', '2026-11-30T03:33:59.009Z'],
  ['arn:aws:iam::1:user/x', 'arn:aws:iam::1:user/x'],
  ['arn:aws:iam::1:role/q.amazonaws.com/x', 'arn:aws:iam::1:role/q.amazonaws.com/x'],
  ['sso.amazonaws.com/x', '`sso.amazonaws.com/x`'],
  ['issue #12', 'issue `#12`'],
  ['ada@example.com, user id 7', '`ada@example.com`, user id 7'],
  ['(sso.amazonaws.com is on)', '(`sso.amazonaws.com` is on)'],
  ['(https://x.example/start); then', '(`https://x.example/start`); then'],
  ['“ada@example.com”.', '“`ada@example.com`”.'],
  ['$x$ **b** <i>', '\\$x\\$ \\*\\*b\\*\\* \\<i\\>'],
  ['- a', '\\- a'],
  ['1. a', '1\\. a'],
  ['12) a', '12\\) a'],
  ['two\nlines', 'two lines'],
  ['a|b', 'a\\|b'],
])('%j is %j as Markdown', (text, as) => {
  expect(markdownText(text)).toBe(as);
});
