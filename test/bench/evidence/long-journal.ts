import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { treeOf } from '../../../src/model/evidence/tree.ts';

/** A record as one writes it: number, link, time and hash come by themselves. */
type Said = Readonly<Record<string, unknown>> & { readonly type: string };
const sha256 = (data: string): string => hash('sha256', data);

/** What a run's journal consists of, in turn: of the sizes and shapes of a real one. */
const step = 'permission-set';
const attempt = `${step}/policy#1`;
const told: readonly Said[] = [
  { type: 'answered', step, question: 'name', answer: 'CodeWhispererAdmin', by: 'key' },
  {
    type: 'looked',
    step,
    plan: {
      goals: [
        {
          ...{ is: 'met', id: 'instance', says: 'The organization has an IAM Identity Center instance' },
          found: 'arn:aws:sso:::instance/ssoins-c7f54396ad61fbd4 in us-east-1, identity store d-d58789a41e',
        },
        { is: 'met', id: 'active', says: 'The instance is active', found: 'ACTIVE since 2024-06-11' },
        { is: 'pending', id: 'set', says: 'There is a permission set CodeWhispererAdmin', changes: ['set'] },
      ],
      gives: { instance: 'arn:aws:sso:::instance/ssoins-c7f54396ad61fbd4', store: 'd-d58789a41e' },
    },
    basis: '512747b8d05e60f1',
  },
  { type: 'confirmed', step, changes: ['policy'], shown: sha256('shown'), by: 'typed', typed: 'Zoë Müller' },
  {
    ...{ type: 'intended', attempt, step, change: 'policy' },
    says: 'Write the policy of CodeWhispererAdmin',
    call: {
      operation: 'sso:PutInlinePolicyToPermissionSet',
      input: {
        InstanceArn: 'arn:aws:sso:::instance/ssoins-c7f54396ad61fbd4',
        PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-c7f54396ad61fbd4/ps-1111111111111111',
        InlinePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['codewhisperer:*', 'sso:List*'], Resource: '*' }],
        }),
      },
    },
    actor: 'management',
    account: '813369630255',
  },
  { type: 'accepted', attempt, requestId: 'ccdb8158-9c1a-4715-b139-e134529836ed', output: {} },
  { type: 'ended', attempt, outcome: { ended: 'verified', by: 'reply-and-look' } },
  { type: 'read', step },
];

/**
 * Writes a journal of so many records, the last of which closes it; always the same one. Its root, and its size.
 * `header`: what its run is.
 */
export function writeLongJournal(
  file: string,
  records: number,
  run = '01KDHZ9M7Q8RNWTB5X2C4V6A3E',
): { readonly root: string; readonly bytes: number; readonly sha256: string } {
  const handle = openSync(file, 'wx', 0o600);
  const all = createHash('sha256');
  const tree = treeOf(sha256);
  let bytes = 0;
  let prev = '';
  let lines: string[] = [];
  const put = (record: object): void => {
    const text = JSON.stringify(record);
    const line = `${text.slice(0, -1)},"hash":"${sha256(text)}"}`;
    prev = sha256(line);
    tree.add(prev);
    lines.push(line);
  };
  const flush = (): void => {
    if (lines.length === 0) return;
    const text = Buffer.from(`${lines.join('\n')}\n`);
    writeSync(handle, text);
    all.update(text);
    bytes += text.length;
    lines = [];
  };
  const began = Date.UTC(2026, 10, 30, 10);
  const at = (seq: number): string => new Date(began + seq * 100).toISOString();
  const program = 'cw-runbook/0.3.0';
  const place = { run, simulated: false, endpoint: 'aws' };
  put({ journal: 4, ...place, program, started: at(0) });
  const first: readonly Said[] = [
    { type: 'started', ...place },
    { type: 'opened', by: 'ann@laptop', program },
  ];
  for (let seq = 1; seq < records; seq++) {
    const said = first[seq - 1] ?? (told[(seq - 1 - first.length) % told.length] as Said);
    put({ seq, prev, at: at(seq), ...said });
    if (lines.length === 1000) flush();
  }
  const root = tree.root();
  put({ seq: records, prev, at: at(records), type: 'closed', records: records - 1, root });
  flush();
  closeSync(handle);
  return { root, bytes, sha256: all.digest('hex') };
}
