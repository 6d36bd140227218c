import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schema } from '../../src/journal/format.ts';
import { misshapen, shapes } from '../../src/journal/shape.ts';

/**
 * The types of events of a schema, and the members that each must have. What is here never changes: a new type, or a new
 * member that must be there, makes a new schema, which is what the one before it has and what is new.
 */
const first: Readonly<Record<string, string>> = {
  started: 'endpoint run simulated',
  opened: 'by program',
  upgraded: 'from to',
  repaired: 'bytes file sha256',
  halted: 'why',
  identified: 'account actor arn source',
  bound: 'binding',
  answered: 'answer question step',
  waived: 'goal step why',
  looked: 'basis plan step',
  read: 'step',
  confirmed: 'changes shown step',
  declined: 'changes shown step',
  drifted: 'drifts shown step',
  intended: 'account actor arn attempt call change key says situation step',
  unclear: 'attempt why',
  accepted: 'attempt requestId',
  settled: 'attempt',
  ended: 'attempt outcome',
  'undo-began': 'steps',
  'taken-back': 'made step',
  kept: 'made step',
  'handed-off': 'by handoff program',
  'took-over': 'by from handoff program',
  reclaimed: 'by handoff typed',
  'resumed-again': 'by handoff',
  forked: 'by elsewhere handoff',
  'changed-since': 'drifts handoff planned since step',
};
/** From 0.2.0. */
const second = { ...first, 'not-sent': 'change found says step' };
/** From 0.3.0. */
const third = {
  ...second,
  compared: 'by departures goals program unseen',
  'identity-declined': 'account actor arn source',
};
/** From 0.3.0, too. */
const fourth = {
  ...third,
  authorized: 'by',
  closed: 'records root',
  anchored: 'actor head record requestId',
  signed: 'by head record root signature',
  reconciled: 'by differences found others program records unseen waiting',
};
const schemas: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: first,
  2: second,
  3: third,
  4: fourth,
};

const now = Object.fromEntries(
  Object.entries(shapes).map(([type, shape]) => [
    type,
    Object.entries(shape)
      .flatMap(([member, kind]) => (kind.endsWith('?') ? [] : [member]))
      .sort(),
  ]),
);

test('a new type of event, or a new member that must be there, raises the schema', () => {
  const said = Object.fromEntries(Object.entries(now).map(([type, members]) => [type, members.join(' ')]));
  expect(said).toEqual(schemas[schema]);
  expect(Object.keys(schemas).map(Number)).toEqual(Array.from({ length: schema }, (_, n) => n + 1));
});

test.each(Object.entries(schemas))('what a journal of schema %s lacks is asked of no event', (_, known) => {
  for (const [type, members] of Object.entries(known)) {
    expect(Object.keys(now)).toContain(type);
    expect(
      now[type]?.filter((member) => !members.split(' ').includes(member)),
      type,
    ).toEqual([]);
  }
});

const compat = join(import.meta.dirname, '../compat');
const journals = readdirSync(compat, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('journal.jsonl'),
);
test.each(journals)('every event of %s is one', (name) => {
  const [, ...lines] = readFileSync(join(compat, name), 'utf8').trimEnd().split('\n');
  const bad = lines.flatMap((line) => misshapen(JSON.parse(line)) ?? []);
  expect(bad).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
});
