import { expect, test } from 'vitest';
import { fitsForm } from '../../../src/journal/requirements.ts';
import { authorizationIn, missingFor, selfApproval } from '../../../src/model/evidence/authorization.ts';

const began = { type: 'opened', by: 'ann@laptop.example' };
const approved = (by: string) => ({ type: 'authorized', by: 'ann@laptop.example', approvedBy: by });
const acts = (arn: string) => ({ type: 'identified', arn });

test('of each member what was said last counts, and nothing is forgotten', () => {
  const events = [
    { type: 'authorized', by: 'a@b', ticket: 'CHG1', reason: 'because' },
    { type: 'answered', ticket: 'CHG9' },
    { type: 'authorized', by: 'a@b', ticket: 'CHG2' },
  ];
  expect(authorizationIn(events)).toEqual({ ticket: 'CHG2', reason: 'because' });
});

test.each<[string, string, readonly object[]]>([
  ['the system’s user', 'ann', []],
  ['the same in capitals', ' ANN ', []],
  ['an address of the system’s user', 'Ann Lee <ann@example.com>', []],
  [
    'the session of a role',
    'lee@example.com',
    [acts('arn:aws:sts::123456789012:assumed-role/Admin/lee@example.com')],
  ],
  [
    'the local part of a session',
    'lee',
    [acts('arn:aws:sts::123456789012:assumed-role/Admin/lee@example.com')],
  ],
  ['an IAM user', 'Lee', [acts('arn:aws:iam::123456789012:user/path/lee')]],
])('who approves what they do themselves is told: %s', (_, by, acting) => {
  expect(selfApproval([began, ...acting, approved(by)])).toBeDefined();
});

test.each<[string, string]>([
  ['somebody else', 'bob'],
  ['another with the same beginning', 'anna'],
  ['an address elsewhere, where the session has one', 'lee@other.example'],
  ['part of a name', 'Lee'],
])('who is not the operator is not told to be: %s', (_, by) => {
  const session = acts('arn:aws:sts::123456789012:assumed-role/Admin/lee@example.com');
  expect(selfApproval(by === 'Lee' ? [began, approved(by)] : [began, session, approved(by)])).toBeUndefined();
});

test('nobody who approved is nobody who approved it themselves', () => {
  expect(selfApproval([began])).toBeUndefined();
});

test.each<[string, Parameters<typeof missingFor>[0], Parameters<typeof missingFor>[1], string | undefined]>([
  ['no ticket', { ticket: 'CHG\\d{7}' }, {}, '--ticket'],
  ['another form', { ticket: 'CHG\\d{7}' }, { ticket: 'CHG12' }, '--ticket'],
  ['more than the form', { ticket: 'CHG\\d{7}' }, { ticket: 'CHG1234567 and more' }, '--ticket'],
  ['one of two forms, and more', { ticket: 'A|B' }, { ticket: 'Bx' }, '--ticket'],
  ['the form', { ticket: 'CHG\\d{7}' }, { ticket: 'CHG1234567' }, undefined],
  ['no approver', { approver: true }, { ticket: 'CHG1234567' }, '--approved-by'],
  ['an approver', { approver: true }, { approvedBy: 'bob' }, undefined],
  ['nothing is required', {}, {}, undefined],
])('what is required and missing is named with its flag: %s', (_, required, told, flag) => {
  const missing = missingFor(required, told, (text, form) => fitsForm(text, form) === true);
  if (flag === undefined) expect(missing).toBeUndefined();
  else expect(missing?.remedy).toContain(flag);
});
