import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cardFrom } from '../../../src/commands/runs/card.ts';
import type { Event } from '../../../src/model/event.ts';
import { redactPeople } from '../../../src/model/people/redact.ts';
import { foldRun } from '../../../src/model/run.ts';
import { titleOf } from '../../../src/report/card-lines.ts';
import { codewhisperer } from '../../../steps/index.ts';
import { journals } from '../../report/journals.ts';

const keyedBy = (secret: string) => (text: string) => createHmac('sha256', secret).update(text).digest('hex');
const redact = (events: readonly Event[], secret = 'k'): readonly Event[] =>
  redactPeople(events, codewhisperer.steps, keyedBy(secret));
const { steps } = codewhisperer;

const at = 1_796_007_689_850;
const looked = (found: string, people?: readonly string[]): Event => ({
  ...{ type: 'looked', at, step: 'administrator-user', basis: 'abcdef0123456789' },
  plan: { goals: [{ is: 'met', id: 'user', says: 'There is a user', found }], ...(people && { people }) },
});
const answered = (question: string, answer: string): Event => ({
  ...{ type: 'answered', at, step: 'administrator-user', question, answer },
});
const foundIn = (event: Event | undefined): string =>
  event?.type === 'looked' ? event.plan.goals.map((goal) => ('found' in goal ? goal.found : '')).join() : '';

test('whoever was named in an answer is nobody anywhere, however it is written', () => {
  const events = redact([
    answered('user', JSON.stringify(['José.Lee', 'group:Admins'])),
    looked('José.Lee, JOSÉ.LEE, Jose\u0301.Lee, in the group Admins, not José.Leeway', []),
  ]);
  const text = JSON.stringify(events);
  expect(text).not.toMatch(/jos(é|e\u0301)\.lee(?!way)/iu);
  expect(text).toContain('José.Leeway');
  expect(text).toContain('Admins');
  expect(new Set(text.match(/redacted-[0-9a-f]{16}/g))).toHaveLength(1);
});

test('the same key gives the same hash in every export, and another key another one', () => {
  const events = [answered('email', 'Ann@example.com')];
  expect(redact(events)).toEqual(redact(events));
  expect(redact(events)).not.toEqual(redact(events, 'other'));
  const alone = redact([looked('ann@example.com', ['ann@example.com'])]);
  expect(JSON.stringify(alone)).toContain(JSON.stringify(redact(events)).match(/redacted-\w+/)?.[0]);
});

test('who is named only in a sentence is known by what the plan says of it', () => {
  const told = redact([looked('Ben Ray has it in Workloads', ['Ben Ray'])]);
  expect(foundIn(told[0])).toMatch(/^redacted-[0-9a-f]{16} has it in Workloads$/);
  // Earlier versions did not say: the sentence goes.
  expect(foundIn(redact([looked('Ben Ray has it in Workloads')])[0])).toMatch(/^text redacted-[0-9a-f]{16}$/);
});

test('sessions, users of IAM, who sat there, and what they wrote', () => {
  const arn = 'arn:aws:sts::111122223333:assumed-role/Admin/ann@example.com';
  const source = { kind: 'profile', name: 'management' } as const;
  const [opened, identified, other, waived] = redact([
    { type: 'opened', at, by: 'ann@laptop', program: 'cw-runbook/1.0.0' },
    { type: 'identified', at, actor: 'management', account: '111122223333', arn, source },
    {
      ...{ type: 'identified', at, actor: 'management', account: '111122223333', source },
      arn: 'arn:aws:iam::111122223333:user/ops/ann',
    },
    { type: 'waived', at, step: 's', goal: 'g', why: 'Ann said so' },
  ]);
  expect(JSON.stringify([opened, identified, other, waived])).not.toMatch(/ann|laptop/i);
  expect(identified).toMatchObject({
    actor: 'management',
    arn: expect.stringMatching(/^arn:aws:sts::111122223333:assumed-role\/Admin\/redacted-\w{16}$/),
    source,
  });
  expect(other).toMatchObject({
    arn: expect.stringMatching(/^arn:aws:iam::111122223333:user\/ops\/redacted-\w{16}$/),
  });
});

test.each([
  'User: arn:aws:iam::111122223333:user/ann.ray is not authorized to perform: sso:CreatePermissionSet',
  'User: arn:aws:iam::111122223333:user/ops/team-1/ann.ray, is not authorized',
  'User: arn:aws-cn:sts::111122223333:federated-user/ann.ray.',
  'User: arn:aws:sts::111122223333:assumed-role/Admin/ann.ray is not authorized',
  'The device arn:aws:iam::111122223333:mfa/ann.ray did not answer',
  'arn:aws:iam::111122223333:user/ann.ray acts now, and arn:aws:iam::111122223333:user/Ann.Ray was accepted.',
  'The journal /home/ann.ray/.local/share/cw-runbook/runs/1/journal.jsonl cannot be written',
  'The journal "/Users/ann.ray/journal.jsonl" cannot be written',
  'The journal C:\\Users\\ann.ray\\journal.jsonl cannot be written',
  'no answer for ann.ray@example.com',
  'GET /users?email=ann.ray%40example.com',
  'no answer for a**n.ray@example.com',
  'no answer for ann.ray＠example.com',
])('what AWS or the system says, %s, names nobody', (why) => {
  const [event] = redact([{ type: 'unclear', at, attempt: 'a', why }]);
  const said = event?.type === 'unclear' ? event.why : '';
  expect(said).not.toMatch(/\bray|\bann/i);
  const tokens = said.match(/redacted-[0-9a-f]{16}/g) ?? [];
  expect(new Set(tokens).size).toBe(1);
  // The rest is as it was said.
  const [before = ''] = why.split(/a(?:nn|\*\*n)\.ray/i);
  expect(said.startsWith(before)).toBe(true);
  const [alone] = redact([
    {
      type: 'identified',
      at,
      actor: 'management',
      account: '111122223333',
      source: { kind: 'environment' },
      arn: 'arn:aws:iam::111122223333:user/Ann.Ray',
    },
  ]);
  if (!/example\.com/.test(why)) expect(JSON.stringify(alone)).toContain(tokens[0]);
});

test.each([
  'arn:aws:identitystore:::user/11111111-1111-4111-8111-111111111111 is not there',
  'arn:aws:iam::111122223333:role/Admin is not there',
  'The role arn:aws:iam::111122223333:role/user/Admin is not there',
  'https://example.com/home is not there',
])('what names nobody stays: %s', (why) =>
  expect(redact([{ type: 'unclear', at, attempt: 'a', why }])).toEqual([
    { type: 'unclear', at, attempt: 'a', why },
  ]),
);

test('SHA-256 sums of texts with names are keyed: who tries names finds none', () => {
  const shown = 'f'.repeat(64);
  const [one] = redact([{ type: 'confirmed', at, step: 's', changes: ['c'], shown, text: 'x' }]);
  expect(one).toMatchObject({ shown: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(JSON.stringify(one)).not.toContain(shown);
});

interface Kept {
  readonly [member: string]: unknown;
}
/** What people are called in an organization's file. */
function* peopleOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { UserName, userName, DisplayName, displayName, Emails, emails } = value as Kept;
  if (UserName !== undefined || userName !== undefined)
    for (const one of [UserName, userName, DisplayName, displayName, ...[Emails, emails].flat()]) {
      if (typeof one === 'string') yield one;
      else if (typeof one === 'object' && one !== null)
        yield String((one as Kept).Value ?? (one as Kept).value);
    }
  for (const one of Object.values(value)) yield* peopleOf(one);
}
describe.each(journals)('%s', (name, { events }) => {
  const folder = join(import.meta.dirname, '../../compat', name, '..');
  const redacted = redact(events);
  test('has nobody in it, and is the same run', () => {
    let people: readonly string[] = [];
    try {
      people = [...peopleOf(JSON.parse(readFileSync(join(folder, 'organization.json'), 'utf8')))];
    } catch {
      // A run that was killed has left none.
    }
    const text = JSON.stringify(redacted);
    expect(people.filter((one) => text.includes(one))).toEqual([]);
    expect(text.match(/[\w.+-]+@[a-z][\w.-]*/gi) ?? []).toEqual([]);
    const before = foldRun(events, codewhisperer);
    const after = foldRun(redacted, codewhisperer);
    expect(after.attempts.map(({ state }) => state)).toEqual(before.attempts.map(({ state }) => state));
    expect(titleOf(cardFrom(redacted, codewhisperer))).toBe(titleOf(cardFrom(events, codewhisperer)));
    expect(steps.length).toBeGreaterThan(0);
  });
});

test('what a comparison and CloudTrail tell of others goes where it is not known whom they name', () => {
  const departure = { step: 's', goal: 'g', says: 'Ann has it', was: 'Ann Lee', now: ['Ben Ray'] };
  const compared: Extract<Event, { readonly type: 'compared' }> = {
    ...{ type: 'compared', at, by: 'x@y', program: 'p', departures: [departure], unseen: [], goals: 1 },
  };
  const text = (event: Event): string => JSON.stringify(redact([event]));
  expect(text({ ...compared, people: ['Ann', 'Ben Ray'] })).toContain(' has it');
  expect(text({ ...compared, people: ['Ann', 'Ben Ray'] })).not.toMatch(/Ann|Ben/);
  expect(text(compared)).not.toMatch(/Ann|Ben| has it/);
  const reconciled: Event = {
    ...{ type: 'reconciled', at, by: 'x@y', program: 'p', records: 1, found: 1 },
    ...{ differences: [{ is: 'unrecorded', says: 'By Ann' }], waiting: [], unseen: [], others: ['By Ben'] },
  };
  expect(text(reconciled)).not.toMatch(/Ann|Ben/);
});
