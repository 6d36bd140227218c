import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, onTestFinished } from 'vitest';
import { sha256 } from '../../src/journal/hash.ts';
import type { Event } from '../../src/model/event.ts';
import { more, test } from '../more.ts';
import { answered, bench } from './bench.ts';
import { finished, finishedWithState } from './finished.ts';

type At = Awaited<ReturnType<typeof bench>>;
const fileOf = (at: At): string => {
  const runs = join(at.home, 'state', 'runs');
  return join(runs, readdirSync(runs).at(-1) ?? '', 'journal.jsonl');
};
const linesOf = (at: At): readonly string[] => readFileSync(fileOf(at), 'utf8').trimEnd().split('\n');
const eventsOf = (at: At): readonly Event[] =>
  linesOf(at)
    .slice(1)
    .map((line) => JSON.parse(line));
const of = <T extends Event['type']>(at: At, type: T) =>
  eventsOf(at).filter((event): event is Extract<Event, { readonly type: T }> => event.type === type);

test('a finished run is closed, what goes into the ticket is printed, and a later look closes it again', async () => {
  const { at, again } = await finished();
  expect(eventsOf(at).at(-1)?.type).toBe('closed');
  const verified = await at.cli(['audit', 'verify', '--closed']);
  expect(verified).toMatchObject({ code: 0, err: '' });
  const [first] = of(at, 'closed');
  expect(verified.out).toContain(`Closed at record ${(first?.records ?? 0) + 1}`);
  const { out } = await again();
  const closed = of(at, 'closed');
  const last = closed.at(-1);
  expect(closed).toHaveLength(2);
  expect(out).toMatch(
    new RegExp(
      `Also for the ticket: run \\S+ · ${last?.records} records · root ${last?.root.slice(0, 16)}\\. With that root, audit verify --root shows`,
    ),
  );
  const next = eventsOf(at)[(first?.records ?? 0) + 1];
  expect(next).toMatchObject({ type: 'opened', continues: (first?.records ?? 0) + 1 });
  expect((await at.cli(['audit', 'verify', '--closed', '--root', first?.root.slice(0, 16) ?? ''])).code).toBe(
    0,
  );
  const told = await verdictOf(at);
  expect(told).toMatchObject({ format: 'cw-runbook-verdict/1', good: true, kind: 'journal' });
  expect(told.closings).toHaveLength(2);
});

const documented = new Ajv2020().compile(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schemas/verdict-1.schema.json'), 'utf8')),
);
/** What `--json` says, in the documented form. */
async function verdictOf(at: At, ...args: readonly string[]) {
  const { out, err } = await at.cli(['audit', 'verify', '--json', ...args]);
  expect(err).toBe('');
  const told = JSON.parse(out);
  expect(documented(told), JSON.stringify(documented.errors)).toBe(true);
  return told;
}

test('audit verify --json has the documented form: of a journal, an export and a hand-off, good and damaged', async () => {
  const { at } = await finished();
  const [copy, lines] = [join(at.home, 'copy.jsonl'), join(at.home, 'log.jsonl')];
  await at.cli(['audit', 'export', '--format', 'jsonl', '--out', lines]);
  expect(await verdictOf(at, lines)).toMatchObject({ kind: 'export', good: true, header: false });
  writeFileSync(copy, readFileSync(fileOf(at), 'utf8').replace('us-east-1', 'eu-west-1'));
  expect(await verdictOf(at, copy)).toMatchObject({
    good: false,
    short: [],
    fault: { record: expect.any(Number) },
  });
  writeFileSync(copy, '');
  expect(await verdictOf(at, copy)).toMatchObject({ good: false, records: 0 });
  const wanted = ['--closed', '--root', '0123456789abcdef', copy];
  writeFileSync(copy, `${linesOf(at).slice(0, -1).join('\n')}\n`);
  expect((await verdictOf(at, ...wanted)).short).toHaveLength(2);
  const handed = join(import.meta.dirname, '..', '..', 'test/compat/0.1.0/handoff/run.cwhandoff');
  expect(await verdictOf(at, handed)).toMatchObject({ kind: 'hand-off', good: true });
});

test('what is damaged, not closed or another journal than in the ticket ends with 7; what cannot be read with 64', async () => {
  const { at } = await finished();
  const copy = join(at.home, 'copy.jsonl');
  writeFileSync(copy, `${linesOf(at).slice(0, -1).join('\n')}\n`);
  const cut = await at.cli(['audit', 'verify', copy]);
  expect(cut.code).toBe(0);
  expect(cut.out).toContain('NOT CLOSED');
  expect((await at.cli(['audit', 'verify', '--closed', copy])).code).toBe(7);
  const other = await at.cli(['audit', 'verify', '--root', '0123456789abcdef']);
  expect([other.code, other.out]).toEqual([7, expect.stringContaining('No closing record has the root')]);
  writeFileSync(copy, readFileSync(fileOf(at), 'utf8').replace('us-east-1', 'eu-west-1'));
  const edited = await at.cli(['audit', 'verify', copy]);
  expect([edited.code, edited.out]).toEqual([
    7,
    expect.stringMatching(/^Damaged: .*record \d+.*its hash is not that of its text/),
  ]);
  expect((await at.cli(['audit', 'verify', join(at.home, 'none')])).code).toBe(64);
});

test('AWS is told how far the journal is after each step, and the set it made bears the hash from before it was shown', async () => {
  const { at } = await finished();
  const lines = linesOf(at);
  const hashes = lines.map((line) => sha256(line));
  const anchors = of(at, 'anchored');
  expect(anchors.length).toBeGreaterThan(3);
  for (const { record, head } of anchors) expect(hashes[record]).toBe(head);
  const set = of(at, 'intended').find(({ call }) => call.operation === 'sso:CreatePermissionSet');
  const { Tags: tags = [] } = (set?.call.input ?? {}) as {
    readonly Tags?: readonly { Key: string; Value: string }[];
  };
  const head = tags.find(({ Key }) => Key === 'cw-runbook:head')?.Value ?? '';
  const shown = eventsOf(at).findIndex(
    (event) => event.type === 'looked' && JSON.stringify(event.plan).includes(head),
  );
  expect(hashes.indexOf(head)).toBeGreaterThan(0);
  expect(hashes.indexOf(head)).toBeLessThanOrEqual(shown);
  expect(JSON.stringify(of(at, 'confirmed'))).toContain(head);
});

test('how far AWS’s clock was ahead stands with each identity, and with each request that AWS took', async () => {
  const { at } = await finished();
  const told = [...of(at, 'identified'), ...of(at, 'accepted')].map(({ clock }) => clock ?? Number.NaN);
  expect(told.length).toBeGreaterThan(5);
  // The simulator has this machine's clock, and tells whole seconds; an answer may be under way for a while.
  for (const clock of told) expect(clock > -30_000 && clock < 1_000, String(clock)).toBe(true);
});

test('the hash goes out in the user agent of a question who acts, with the run and no change', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  expect((await at.run(answers, flags)).code).toBe(0);
  const { requests } = await at.ledger();
  const told = requests.filter(({ userAgent }) => userAgent.includes(' md/head#'));
  expect(told.map(({ operation }) => operation)).toEqual(told.map(() => 'sts:GetCallerIdentity'));
  expect(told.map(({ userAgent }) => / md\/run#(\S+) md\/head#([0-9a-f]{64})$/.exec(userAgent)?.[2])).toEqual(
    of(at, 'anchored').map(({ head }) => head),
  );
});

test('an import in Terraform keeps the hash that the set bears: the first apply removes nothing', async () => {
  const { at, state } = await finishedWithState();
  const hash = state.sets
    .flatMap(({ tags }) => tags)
    .find(({ Key }: { readonly Key: string }) => Key === 'cw-runbook:head')?.Value;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const { out } = await at.cli(['export', 'terraform']);
  expect(out.split('cw-runbook:head')).toHaveLength(2);
  expect(out).toContain(`"cw-runbook:head" = "${hash}"`);
});

test('ticket, requester, approver and reason are in the log; who approves what they do themselves is shown', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const refused = await at.run(answers, [...flags, '--require-ticket', 'CHG\\d{7}']);
  expect(refused.code).toBe(4);
  expect(refused.err).toContain('--ticket');
  const told = ['--ticket', 'CHG0012345', '--requested-by', 'Bob', '--reason', 'Rollout of October'];
  const unapproved = await at.run(answers, [...flags, ...told, '--require-approver']);
  expect([unapproved.code, unapproved.err]).toEqual([4, expect.stringContaining('--approved-by')]);
  expect(existsSync(join(at.home, 'state', 'runs'))).toBe(false);
  const { username } = await import('node:os').then(({ userInfo }) => userInfo());
  const all = [
    ...flags,
    ...told,
    '--approved-by',
    username,
    '--require-approver',
    '--require-ticket',
    'CHG\\d{7}',
  ];
  expect((await at.run(answers, all)).code).toBe(0);
  expect(of(at, 'authorized')).toMatchObject([
    { ticket: 'CHG0012345', requestedBy: 'Bob', approvedBy: username, reason: 'Rollout of October' },
  ]);
  const { out } = await at.cli(['audit', 'export']);
  expect(out).toContain('CHG0012345');
  expect(out).toMatch(/self-approval/i);
});

test('the machine’s settings can require them; a demo needs nobody’s leave', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  await at.cli(['runs']);
  execFileSync('mkdir', ['-p', join(at.home, 'state')]);
  writeFileSync(
    join(at.home, 'state', 'settings.json'),
    JSON.stringify({ requireTicket: '^CHG\\d+$', requireApprover: true }),
    { mode: 0o600 },
  );
  const refused = await at.run(answers, flags);
  expect([refused.code, refused.err]).toEqual([4, expect.stringContaining('--ticket')]);
  writeFileSync(join(at.home, 'state', 'settings.json'), JSON.stringify({ requireTicket: '(' }), {
    mode: 0o600,
  });
  const wrong = await at.run(answers, flags);
  expect([wrong.code, wrong.err]).toEqual([7, expect.stringContaining('requireTicket')]);
});

interface Key {
  readonly file: string;
  readonly signers: string;
}
function keyIn(folder: string, passphrase = ''): Key {
  const file = join(folder, `key${passphrase.length}`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', file]);
  const signers = `${file}.signers`;
  writeFileSync(
    signers,
    `ann@example.com namespaces="cw-runbook-checkpoint@cw-runbook" ${readFileSync(`${file}.pub`, 'utf8')}`,
  );
  return { file, signers };
}
const verifyPy = join(import.meta.dirname, '../../docs/verify.py');
const python = (file: string, signers: string): string =>
  execFileSync('sh', [
    '-c',
    'python3 -B "$0" "$1" --allowed-signers "$2" || true',
    verifyPy,
    file,
    signers,
  ]).toString();

more('a signature by a key in a file holds in both verifiers, and no other key’s', async () => {
  const { at } = await finished();
  const folder = mkdtempSync(join(tmpdir(), 'cw-keys-'));
  const mine = keyIn(folder);
  const other = keyIn(mkdtempSync(join(folder, 'other-')));
  const signed = await at.cli(['audit', 'sign', '--key', mine.file]);
  expect(signed).toMatchObject({ code: 0, out: expect.stringMatching(/^Signed: run \S+, records 1 to \d+/) });
  expect(eventsOf(at).at(-1)?.type).toBe('closed');
  const good = await at.cli(['audit', 'verify', '--closed', '--allowed-signers', mine.signers]);
  expect([good.code, good.out]).toEqual([
    0,
    expect.stringContaining('Signed by ann@example.com: records 1 to'),
  ]);
  const asJson = await verdictOf(at, '--allowed-signers', mine.signers);
  expect(asJson.signed).toEqual([
    { at: expect.any(Number), records: expect.any(Number), by: 'ann@example.com' },
  ]);
  expect((await verdictOf(at, '--allowed-signers', other.signers)).signed[0].by).toBeNull();
  expect((await at.cli(['audit', 'verify', '--allowed-signers', other.signers])).code).toBe(7);
  expect(python(fileOf(at), mine.signers)).toContain('Signed: records 1 to');
  expect(python(fileOf(at), other.signers)).toContain('not one of an allowed signer');
  // All chained again, roots and all: the signature is over what was.
  const { forged } = await import('../journal/evidence/rechained.ts');
  const copy = join(at.home, 'forged.jsonl');
  writeFileSync(
    copy,
    forged(readFileSync(fileOf(at)), (text) => text.replaceAll('us-east-1', 'eu-west-1')),
  );
  expect((await at.cli(['audit', 'verify', copy])).code).toBe(0);
  const found = await at.cli(['audit', 'verify', copy, '--allowed-signers', mine.signers]);
  expect([found.code, found.out]).toEqual([
    7,
    expect.stringContaining('is not signed by one of the allowed signers'),
  ]);
  expect(python(copy, mine.signers)).toContain('Damaged');
});

test('an agent’s key signs; a passphrase that is refused and a program that is missing write nothing down', async () => {
  const { at } = await finished();
  const folder = mkdtempSync(join(tmpdir(), 'cw-keys-'));
  const mine = keyIn(folder);
  const socket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  onTestFinished(() => void agent.kill());
  const env = { SSH_AUTH_SOCK: socket };
  execFileSync(
    'sh',
    [
      '-c',
      'for n in $(seq 100); do ssh-add -q "$0" 2>/dev/null && exit 0; read -t 0.05 x < /dev/zero 2>/dev/null || true; done; exit 1',
      mine.file,
    ],
    { env: { ...process.env, ...env } },
  );
  execFileSync('mv', [mine.file, `${mine.file}.away`]);
  expect((await at.shipped(['audit', 'sign', '--key', `${mine.file}.pub`], env)).code).toBe(0);
  expect((await at.cli(['audit', 'verify', '--allowed-signers', mine.signers])).code).toBe(0);
  const before = readFileSync(fileOf(at));
  const locked = keyIn(folder, 'a secret');
  const refused = await at.shipped(['audit', 'sign', '--key', locked.file], {
    SSH_ASKPASS: '/bin/false',
    SSH_ASKPASS_REQUIRE: 'force',
    SSH_AUTH_SOCK: '',
  });
  expect([refused.code, refused.err]).toEqual([6, expect.stringContaining('ssh-keygen did not sign')]);
  const missing = await at.shipped(['audit', 'sign', '--key', mine.file], { PATH: folder });
  expect([missing.code, missing.err]).toEqual([5, expect.stringContaining('ssh-keygen is not on the PATH')]);
  expect(readFileSync(fileOf(at)).equals(before)).toBe(true);
});
