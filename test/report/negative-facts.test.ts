import { expect, test } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { foldRun } from '../../src/model/run.ts';
import { cardOf } from '../../src/report/card.ts';
import { ocsf } from '../../src/report/ocsf/ocsf.ts';
import { markdown } from '../../src/report/record/markdown.ts';
import { namesOf } from '../../src/report/record/names.ts';
import { csv } from '../../src/report/rows/csv.ts';
import { rowsOf } from '../../src/report/rows/rows.ts';
import { codewhisperer } from '../../steps/index.ts';

const at = Date.UTC(2026, 10, 30);
const step = 'session-duration';
const arn = 'arn:aws:iam::111111111111:user/ann';
const who = {
  at,
  actor: 'management',
  account: '111111111111',
  source: { kind: 'profile', name: 'm' },
} as const;
const begun: readonly Event[] = [
  { type: 'started', at, run: 'r', simulated: false, endpoint: 'aws' },
  { type: 'opened', at, by: 'ann@laptop', program: 'cw-runbook/1.0.0' },
];
/** What did not happen, and what happened instead; and what every export has to say of it. */
const facts: readonly (readonly [Event, RegExp])[] = [
  [{ type: 'declined', at, step, changes: ['c'], shown: 's', by: 'key' }, /declined/i],
  [{ type: 'answered', at, step, question: 'seen', answer: 'skipped', by: 'key' }, /skip/i],
  [{ type: 'answered', at, step, question: 'seen', answer: null, by: 'key' }, /withdrawn/i],
  [{ type: 'waived', at, step, goal: 'seen', why: 'No rights to look' }, /waived.*No rights to look/],
  [
    {
      ...{ type: 'looked', at, step, basis: 'b' },
      plan: { goals: [{ is: 'met', id: 'seen', says: 'It is as wanted', found: 'so' }], gives: {} },
    },
    /checked.*(done|met|as wanted)/i,
  ],
  [{ type: 'read', at, step, passed: ['It was so before'] }, /passed.*without stopping: It was so before/],
  [
    { type: 'not-sent', at, step, change: 'c', says: 'Make it', found: 'There already' },
    /not sent.*There already/,
  ],
  [
    {
      type: 'drifted',
      at,
      step,
      shown: 's',
      drifts: [{ goal: 'seen', says: 'Its policy', before: 'old', found: 'new' }],
    },
    /nothing was sent.*it was old, and is new/,
  ],
  [{ type: 'identity-declined', ...who, arn }, /not used.*user\/ann.*declined/],
  [
    { type: 'identified', ...who, arn, replaces: { account: '111111111111', arn: `${arn}-before` } },
    /identified.*user\/ann .*in place of .*ann-before/,
  ],
  [
    { type: 'repaired', at, bytes: 17, sha256: 'f', file: 'journal.torn' },
    /repaired.*17 bytes.*journal\.torn/,
  ],
  [{ type: 'halted', at, why: 'There is no room' }, /halted.*There is no room/],
  [{ type: 'kept', at, step, made: ['a#1'] }, /kept.*left as it is/],
];

test.each(facts.map(([event, says]) => [event.type, event, says] as const))(
  '%s is told in every format',
  (_, event, says) => {
    const events = [...begun, event];
    const run = foldRun(events, codewhisperer);
    const about = { run: 'r', endpoint: 'aws', simulated: false, program: 'cw-runbook/1.0.0' };
    const rows = [...rowsOf(events, namesOf(run, codewhisperer.steps), about)];
    const last = (lines: Iterable<string>): string => [...lines].join('').trimEnd().split('\n').at(-1) ?? '';
    expect(last(csv(rows))).toMatch(says);
    const told = JSON.parse(last(ocsf(events, rows, { redacted: false }, () => 'f'.repeat(64))));
    expect(told.message).toMatch(says);
    expect(told.unmapped.record).toMatchObject({ type: event.type });
    const seal = { program: about.program, records: events.length, head: '' };
    const text = markdown(run, events, seal, { runbook: codewhisperer, card: cardOf(run, codewhisperer) });
    const [, log = ''] = text.split('## The full log');
    expect(log.replaceAll(/[`\\]/g, '')).toMatch(says);
  },
);
