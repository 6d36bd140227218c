import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import canonicalize from 'canonicalize';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/journal/hash.ts';
import type { Event } from '../../../src/model/event.ts';
import { ocsf } from '../../../src/report/ocsf/ocsf.ts';
import { rowsOf } from '../../../src/report/rows/rows.ts';
import { hostile } from '../../ui/hostile.ts';
import { journals, rowsIn } from '../journals.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'api-activity.json'), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
const faultsOf = (event: unknown): unknown => (validate(event) ? [] : validate.errors);

interface Attested {
  readonly attestation_list: readonly [
    { readonly fingerprint: { readonly value: string }; readonly prev_event?: object },
  ];
  readonly [member: string]: unknown;
}
const eventsIn = (lines: Iterable<string>): readonly Attested[] =>
  [...lines].map((line) => JSON.parse(line) as Attested);
const where = { organization: 'o-example', redacted: false };

test('the schema refuses what is none of its own', () => {
  expect(validate({ class_uid: 6003 })).toBe(false);
  const [event] = eventsIn(all()[1]);
  expect(faultsOf(event)).toEqual([]);
  expect(validate({ ...event, diff: 1 })).toBe(false);
  expect(validate({ ...event, status_id: 7 })).toBe(false);
});
const all = () => {
  const [name, journal] = journals[0] ?? expect.unreachable();
  return [name, ocsf(journal.events, rowsIn(journal, journal.events), where, sha256)] as const;
};

describe.each(journals)('%s', (_, journal) => {
  const lines = [...ocsf(journal.events, rowsIn(journal, journal.events), where, sha256)];
  const events = eventsIn(lines);

  test('every record is an event that fits the schema', () => {
    expect(events).toHaveLength(journal.events.length);
    expect(events.flatMap(faultsOf)).toEqual([]);
  });
  test('every line is canonical JSON, and its fingerprint is that of the rest', () => {
    let before: object | undefined;
    for (const [n, event] of events.entries()) {
      expect(lines[n]).toBe(`${canonicalize(event)}\n`);
      const [{ fingerprint, ...attestation }] = event.attestation_list;
      const rest = canonicalize({ ...event, attestation_list: [attestation] });
      expect(sha256(rest ?? '')).toBe(fingerprint.value);
      expect(attestation.prev_event).toEqual(before);
      const { metadata, type_uid } = event as {
        readonly metadata?: { readonly uid: string };
        type_uid?: number;
      };
      before = { uid: metadata?.uid, type_uid, fingerprint };
    }
  });
});

const at = 1_796_007_689_850;
const intended = {
  ...{ type: 'intended', at, attempt: 'set/set#1', step: 'set', change: 'set', says: 'Create it', key: 'k' },
  ...{ actor: 'management', account: '111122223333', region: 'eu-central-1' },
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/ann',
  call: {
    operation: 'sso:CreatePermissionSet',
    input: { InstanceArn: 'arn:aws:sso:::instance/i', Name: 'n' },
  },
  situation: { answers: {}, given: {}, hints: {}, run: 'r' },
} as const satisfies Event;
const ended = (outcome: Extract<Event, { readonly type: 'ended' }>['outcome']): Event => ({
  ...{ type: 'ended', at, attempt: 'set/set#1', outcome },
});
const exported = (...events: readonly Event[]): readonly Attested[] => {
  const plain = { step: String, question: String, goal: String, change: String, attempt: String };
  const names = { ...plain, answer: (_: string, __: string, answer: string) => answer };
  const about = { run: 'r', endpoint: 'aws', simulated: false, program: 'cw-runbook/1.0.0' };
  return eventsIn(ocsf(events, rowsOf(events, names, about), { ...where, redacted: false }, sha256));
};

test.each<[string, Event, number, string | undefined]>([
  ['verified', ended({ ended: 'verified', by: 'look' }), 1, undefined],
  [
    'refused',
    ended({ ended: 'refused', code: 'AccessDenied', why: 'no', requestId: 'q' }),
    2,
    'AccessDenied',
  ],
  ['failed', ended({ ended: 'failed', why: 'gave up' }), 2, undefined],
  ['lapsed', ended({ ended: 'lapsed' }), 2, undefined],
  ['set aside', ended({ ended: 'set-aside', why: 'nobody can tell' }), 0, undefined],
  ['unclear', { type: 'unclear', at, attempt: 'set/set#1', why: 'no answer' }, 0, undefined],
])('a call that is %s', (_, last, status_id, status_code) => {
  const [first, event] = exported(intended, last);
  expect(first).toMatchObject({ status_id: 0, type_uid: 600301, api: { operation: 'CreatePermissionSet' } });
  expect(event).toMatchObject({
    status_id,
    type_uid: 600301,
    api: { service: { name: 'sso.amazonaws.com' } },
  });
  expect(event?.status_code).toBe(status_code);
  expect(event).toMatchObject({
    actor: { user: { uid: intended.arn, name: 'ann' }, session: { issuer: 'Admin' } },
    cloud: { provider: 'AWS', region: 'eu-central-1', account: { uid: '111122223333' } },
  });
  expect([first, event].flatMap(faultsOf)).toEqual([]);
});

test('whatever a name holds, each event is one line that fits, and changes no terminal', () => {
  for (const name of hostile) {
    const said: Event = { type: 'answered', at, step: name, question: name, answer: name };
    const [event] = exported({ type: 'opened', at, by: name, program: name }, said);
    expect(faultsOf(event), JSON.stringify(name)).toEqual([]);
    const line = canonicalize(event) ?? '';
    expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
  }
});
