import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { treeOf } from '../../../src/model/evidence/tree.ts';

/** A record as one writes it: number, link, time and hash come by themselves. */
type Said = Readonly<Record<string, unknown>> & { readonly type: string };
const sha256 = (data: string): string => hash('sha256', data);

/** What a run's journal consists of, in turn: of the sizes and shapes of a real one. `n`: which time it is. */
const told: readonly ((n: number) => Said)[] = [
  () => ({ type: 'answered', step, question: 'name', answer: 'CodeWhispererAdmin', by: 'key' }),
  () => ({
    type: 'looked',
    step,
    plan: {
      goals: [
        {
          ...{ is: 'met', id: 'set', says: 'There is a set CodeWhispererAdmin' },
          found: 'arn:aws:sso:::permissionSet/ssoins-c7f54396ad61fbd4/ps-1111111111111111',
        },
        { is: 'met', id: 'policy', says: 'It carries the document’s policy', found: 'the same actions' },
      ],
      gives: {},
    },
    basis: '512747b8d05e60f1',
  }),
  () => ({
    ...{ type: 'confirmed', step, changes: ['policy'], shown: sha256('shown'), by: 'typed' },
    typed: 'Zoë Müller',
  }),
  (n) => ({
    ...{ type: 'intended', attempt: attempt(n), step, change: 'policy' },
    says: 'Give CodeWhispererAdmin the document’s policy',
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
    key: `sso:PutInlinePolicyToPermissionSet ${n}`,
    ...{ actor: 'management', account: '813369630255', region: 'us-east-1' },
    arn: 'arn:aws:iam::813369630255:user/runbook-operator',
    situation: { answers: {}, given: {}, hints: {}, run: '01KDHZ9M7Q8RNWTB5X2C4V6A3E' },
  }),
  (n) => ({ type: 'accepted', attempt: attempt(n), requestId: requestId(n), output: {} }),
  (n) => ({ type: 'ended', attempt: attempt(n), outcome: { ended: 'verified', by: 'reply-and-look' } }),
  () => ({ type: 'read', step }),
];
const step = 'permission-set';
const attempt = (n: number): string => `${step}/policy#${n}`;
const requestId = (n: number): string => `ccdb8158-9c1a-4715-b139-${n.toString(16).padStart(12, '0')}`;

/** Writes a journal of so many records, the last of which closes it; always the same one. Its root, and its size. */
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
    const next = seq - 1 - first.length;
    const said = first[seq - 1] ?? told[next % told.length]?.(Math.floor(next / told.length) + 1);
    put({ seq, prev, at: at(seq), ...said });
    if (lines.length === 1000) flush();
  }
  const root = tree.root();
  put({ seq: records, prev, at: at(records), type: 'closed', records: records - 1, root });
  flush();
  closeSync(handle);
  return { root, bytes, sha256: all.digest('hex') };
}
