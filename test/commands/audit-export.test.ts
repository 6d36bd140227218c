import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { redactionKey } from '../../src/journal/evidence/redaction-key.ts';
import { lineOf, parse, sealed } from '../../src/journal/format.ts';
import { handoffBytes } from '../../src/journal/handoff.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { redactPeople } from '../../src/model/people/redact.ts';
import { foldRun } from '../../src/model/run.ts';
import { jsonLine } from '../../src/report/jsonl.ts';
import { ocsf } from '../../src/report/ocsf/ocsf.ts';
import { namesOf } from '../../src/report/record/names.ts';
import { csv } from '../../src/report/rows/csv.ts';
import { rowsOf } from '../../src/report/rows/rows.ts';
import { codewhisperer } from '../../steps/index.ts';
import { writeLongJournal } from '../bench/evidence/long-journal.ts';
import { here } from '../here.ts';
import { both, more, sampled, test } from '../more.ts';
import { rowsIn } from '../report/journals.ts';
import { questionOf, seeing } from '../words.ts';
import { finished, finishedWithState } from './finished.ts';

const formats = ['markdown', 'jsonl', 'html', 'csv', 'ocsf'] as const;
type At = Awaited<ReturnType<typeof finished>>['at'];

/** Every format, as it is printed. */
async function exportsOf(
  { cli }: At,
  ...flags: readonly string[]
): Promise<readonly (readonly [string, string])[]> {
  const all: (readonly [string, string])[] = [];
  for (const format of formats) {
    const { out, err, code } = await cli(['audit', 'export', '--format', format, ...flags]);
    expect(code, err).toBe(0);
    all.push([format, out]);
  }
  return all;
}
const journalIn = async ({ home }: At): Promise<string> => {
  const runs = join(home, 'state', 'runs');
  const [run = ''] = await readdir(runs);
  return join(runs, run, 'journal.jsonl');
};

test('an export goes into a file for its owner alone, and overwrites nothing', async () => {
  const { at } = await finished();
  for (const format of formats) {
    const file = join(at.home, `export.${format}`);
    const write = (...flags: readonly string[]) =>
      at.cli(['audit', 'export', '--format', format, '--out', file, ...flags]);
    expect(await write()).toMatchObject({ code: 0, out: '' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'mine');
    expect(await write()).toMatchObject({ code: 64, err: expect.stringContaining('not overwritten') });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await write('--force')).toMatchObject({ code: 0 });
    const printed = await at.cli(['audit', 'export', '--format', format]);
    expect(await readFile(file, 'utf8')).toBe(printed.out);
  }
  expect((await readdir(at.home)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('JSON lines are the journal’s own, and the page has all of it', async () => {
  const { at } = await finished();
  const journal = await readFile(await journalIn(at), 'utf8');
  const exported = new Map(await exportsOf(at));
  expect(exported.get('jsonl')).toBe(journal.slice(journal.indexOf('\n') + 1));
  const [, embedded = ''] =
    /<script type="application\/json" id="journal">(.*)<\/script>/.exec(exported.get('html') ?? '') ?? [];
  expect(JSON.parse(embedded)).toBe(journal);
  const head = sha256(journal.trimEnd().split('\n').at(-1) ?? '');
  for (const format of ['markdown', 'html', 'csv']) expect(exported.get(format)).toContain(head);
});

more('an answer reads as the question was meant: no list of a program, an account by its name', async () => {
  const { at } = await finished();
  const { out } = await at.cli(['audit', 'export']);
  const { id } = at.account('Shared Services');
  expect(out).toContain(`Answered “${questionOf('before-you-start.understood')}”: yes (attested) |`);
  expect(out).toContain(`Answered “${questionOf('delegated-account.account')}”: Shared Services (${id}) |`);
  expect(out).toMatch(
    seeing`answered “${questionOf('assign-administrator.target')}” = Workloads Dev \(\d{12}\) \(answers file\)`,
  );
  // So are those that acted, in the summary and with each change.
  expect(out).toMatch(/^\| Management account \| Example Corp Management \(\d{12}\) \|$/m);
  expect(out).toMatch(/^\| Delegated administrator \| Shared Services \(\d{12}\) \|$/m);
  expect(out).toMatch(/^\| As \| \S+, management account Example Corp Management \(\d{12}\) \|$/m);
  expect(out).toMatch(/ \| delegated administrator account \| Shared Services \(\d{12}\) \| /);
  expect(out).not.toMatch(/\\\["/);
});

more('a damaged journal is exported in no format', async () => {
  const { at } = await finished();
  const file = await journalIn(at);
  const journal = await readFile(file, 'utf8');
  await writeFile(file, journal.replace('"attested"', '"skipped"'));
  for (const format of formats) {
    const { code, out, err } = await at.cli(['audit', 'export', '--format', format]);
    expect({ code, out }).toEqual({ code: 7, out: '' });
    expect(err).toMatch(/is damaged at line \d+/);
  }
});

test.each([
  ['it has another root', ['root', '0'.repeat(64)], 'its root is not that of the records before it'],
  ['it counts one more', ['records', 1_000], 'it does not close the'],
  ['it is said to go on with another', ['continues', 3], 'it says that it follows a closing record'],
] as const)(
  'what audit verify finds in the chain is exported in no format, nor taken over, although each line follows: %s',
  async (_, [member, value], says) => {
    const { at } = await finished();
    const file = await journalIn(at);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const { hash: _hash, ...last } = JSON.parse(lines.at(-1) ?? '');
    lines.splice(-1, 1, sealed({ ...last, [member]: value }));
    const bytes = `${lines.join('\n')}\n`;
    await writeFile(file, bytes);
    const verdict = await at.cli(['audit', 'verify']);
    expect(verdict).toMatchObject({ code: 7, out: expect.stringContaining(says) });
    for (const format of ['markdown', 'jsonl', 'csv'] as const) {
      const { code, out, err } = await at.cli(['audit', 'export', '--format', format]);
      expect({ code, out }).toEqual({ code: 7, out: '' });
      expect(err).toContain(`is damaged at line ${lines.length}: ${says}`);
    }
    const of = { handoff: '01KDHZ9M7Q8RNWTB5X2C4V6A3F', run: last.run ?? '', by: 'ann@laptop', at: last.at };
    const more = { program: 'cw-runbook/0.2.0', simulated: false, endpoint: 'aws', names: '', asked: {} };
    const handed = join(at.home, 'forged.cwhandoff');
    await writeFile(handed, handoffBytes({ ...of, ...more }, Buffer.from(bytes)));
    const taken = await at.cli(['audit', 'export', '--file', handed]);
    expect(taken).toMatchObject({ out: '', err: expect.stringContaining(says) });
    expect(taken.code).not.toBe(0);
  },
);

more('one that is not closed is said to be, in the file and beside it', async () => {
  const { at } = await finished();
  const file = await journalIn(at);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const whole = lines.at(-1)?.includes('"type":"closed"') ? lines.slice(0, -1) : lines;
  await writeFile(file, `${whole.join('\n')}\n`);
  for (const format of formats) {
    const { out, err } = await at.cli(['audit', 'export', '--format', format]);
    expect(err).toContain('The journal is not closed');
    if (format !== 'jsonl') expect(out, format).toContain('The journal is not closed');
  }
});

test('with --redact pii nobody is named in any format, and the same person is the same in all of them', async () => {
  const { at, state } = await finishedWithState();
  const people = state.users.flatMap(({ userName, display, email }) => [
    userName,
    display,
    email ?? userName,
  ]);
  const plain = await exportsOf(at);
  expect(plain.map(([, text]) => people.some((one) => text.includes(one)))).toEqual(formats.map(() => true));
  const journal = await readFile(await journalIn(at), 'utf8');
  const sums = journal.match(/(?<="(?:hash|prev|shown)":")[0-9a-f]{64}/g) ?? [];
  expect(sums.length).toBeGreaterThan(50);
  const redacted = await exportsOf(at, '--redact', 'pii');
  const key = await readFile(join(at.home, 'state', 'redaction.key'));
  expect((await stat(join(at.home, 'state', 'redaction.key'))).mode & 0o777).toBe(0o600);
  expect(key).toHaveLength(32);
  for (const [format, text] of redacted) {
    expect(
      people.filter((one) => text.includes(one)),
      format,
    ).toEqual([]);
    expect(
      sums.filter((one) => text.includes(one)),
      format,
    ).toEqual([]);
    expect(text, format).toMatch(/redacted-[0-9a-f]{16}/);
    expect(text, format).toContain('cannot be verified by this file itself');
    for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const)
      expect(text).not.toContain(key.toString(form));
  }
  const hashes = redacted.map(([, text]) => new Set(text.match(/redacted-[0-9a-f]{16}/g)));
  const [first = new Set(), ...others] = hashes;
  expect([...first].some((hash) => others.every((other) => other.has(hash)))).toBe(true);
  expect(await exportsOf(at, '--redact', 'pii')).toEqual(redacted);
});

test('that somebody else’s credentials took the place of those before stands in every format', async () => {
  const { at, answers } = await finished();
  const [{ id: account = '' } = {}] = at.simulator.accounts;
  const delegate = at.account('Shared Services').id;
  const become = async (file: string, texts: readonly (readonly [string, string])[]): Promise<void> => {
    const before = await readFile(file, 'utf8');
    await writeFile(
      file,
      texts.reduce((text, [from, to]) => text.replace(from, to), before),
    );
  };
  const role = (profile: string, id: string) =>
    [
      `[profile ${profile}]`,
      `[profile ${profile}]\nrole_arn = arn:aws:iam::${id}:role/Second\nsource_profile = first-${profile}`,
    ] as const;
  await become(at.env.AWS_CONFIG_FILE, [role('management', account), role('delegated', delegate)]);
  await become(at.env.AWS_SHARED_CREDENTIALS_FILE, [
    ['[management]', '[first-management]'],
    ['[delegated]', '[first-delegated]'],
  ]);
  const ended = await at.run(answers);
  expect(ended, ended.err).toMatchObject({ code: 0 });

  const events = (await readFile(await journalIn(at), 'utf8'))
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { readonly type?: string; readonly arn: string; readonly replaces?: object },
    );
  const who = events.filter(({ type, arn }) => type === 'identified' && arn.includes(account));
  const [first] = who;
  const [second, ...more] = who.filter(({ replaces }) => replaces !== undefined);
  expect(more).toEqual([]);
  expect(second?.arn).toContain(':assumed-role/Second/');
  const replaced = { account, arn: first?.arn };
  expect(second?.replaces).toEqual(replaced);
  for (const [format, text] of await exportsOf(at)) {
    if (format === 'jsonl' || format === 'ocsf')
      expect(text).toContain(`"replaces":${JSON.stringify(replaced)}`);
    else expect(text.replaceAll('`', ''), format).toContain(`in place of ${first?.arn}`);
  }
  expect((await at.cli(['audit', 'list'])).out).toContain('(identity switched)');
});

test('a key that is damaged is not replaced: its hashes would join with nothing', async () => {
  const { at } = await finished();
  await writeFile(join(at.home, 'state', 'redaction.key'), 'short');
  const { code, err } = await at.cli(['audit', 'export', '--redact', 'pii']);
  expect(code).toBe(7);
  expect(err).toContain('is not a key of this program');
});

test('no secret of this machine is in any export', async () => {
  const { at } = await finished();
  const canary = 'Zq7Canary';
  const credentials = await readFile(at.env.AWS_SHARED_CREDENTIALS_FILE, 'utf8');
  const secrets = [...credentials.matchAll(/=\s*(\S{16,})/g)].map(([, secret = '']) => secret);
  expect(secrets.length).toBeGreaterThan(2);
  // A source of credentials that fails, and says what it must not.
  const failing = `[profile broken]\ncredential_process = sh -c "echo ${canary}-said >&2; exit 1"\nsso_start_url = ${canary}-config\n`;
  await writeFile(at.env.AWS_CONFIG_FILE, `${await readFile(at.env.AWS_CONFIG_FILE, 'utf8')}\n${failing}`);
  const file = join(at.home, 'failing.json');
  const profiles = { management: 'broken', 'delegated-administrator': 'broken' };
  await writeFile(
    file,
    JSON.stringify({ profiles, answers: {}, externalIds: { management: `${canary}-answer` } }),
  );
  const env = {
    ...{ AWS_ACCESS_KEY_ID: `AKIA${canary}00000`, AWS_SECRET_ACCESS_KEY: `${canary}-secret` },
    ...{ AWS_SESSION_TOKEN: `${canary}-token`, CW_RUNBOOK_DEBUG: `${canary}-debug` },
  };
  expect((await at.cli(['run', '--answers', file, '--yes'], env)).code).not.toBe(0);
  for (const flags of [[], ['--redact', 'pii']])
    for (const format of formats) {
      const { out } = await at.cli(['audit', 'export', '--format', format, ...flags], env);
      expect(out.length).toBeGreaterThan(100);
      expect(
        [canary, ...secrets].filter((secret) => out.includes(secret)),
        format,
      ).toEqual([]);
    }
});

test('of a long journal an export in lines is what the journal says, to the byte, and not one line where it is damaged', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cw-long-'));
  const run = '01KDHZ9M7Q8RNWTB5X2C4V6A3E';
  const file = join(home, 'runs', run, 'journal.jsonl');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  writeLongJournal(file, 3_000, run);
  const cli = (...args: readonly string[]) => here(args, { ...process.env, CW_RUNBOOK_HOME: home });
  const bytes = await readFile(file);
  expect(bytes.length).toBeGreaterThan(1024 * 1024); // more than is read at once
  const journal = parse(bytes, file);
  const csvText = [...csv(rowsIn({ ...journal, bytes }, journal.events))].join('');
  const lines = bytes.toString().slice(bytes.indexOf(0x0a) + 1);
  expect((await cli('audit', 'export', '--format', 'jsonl')).out === lines).toBe(true);
  expect((await cli('audit', 'export', '--format', 'csv')).out === csvText).toBe(true);
  const where = { redacted: false };
  const events = [...ocsf(journal.events, rowsIn({ ...journal, bytes }, journal.events), where, sha256)];
  expect((await cli('audit', 'export', '--format', 'ocsf')).out === events.join('')).toBe(true);

  const damaged = Buffer.from(bytes);
  damaged.write('x', bytes.length - 2_000);
  await writeFile(file, damaged);
  for (const format of ['jsonl', 'csv', 'ocsf']) {
    const ended = await cli('audit', 'export', '--format', format);
    expect(ended).toMatchObject({
      code: 7,
      out: '',
      err: expect.stringMatching(/is damaged at line 29\d\d/),
    });
  }
});

both('long ones redacted, of a hand-off’s file, and both, are what the whole says, to the byte', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cw-long-'));
  const run = '01KDHZ9M7Q8RNWTB5X2C4V6A3E';
  const handoff = '01KDHZ9M7Q8RNWTB5X2C4V6A3F';
  const file = join(home, 'runs', run, 'journal.jsonl');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const records = 3_000;
  writeLongJournal(file, records, run);
  const before = parse(await readFile(file), file);
  // Who is named last is hidden from the first record on.
  const at = before.events.at(-1)?.at ?? 0;
  const said = { handoff, by: 'CodeWhispererAdmin@laptop', program: 'cw-runbook/0.3.0', note: 'Ask Zoë' };
  const given = { type: 'handed-off', at, ...said } as const;
  const last = lineOf({ ...given, continues: records } as typeof given, records + 1, before.head);
  const bytes = Buffer.concat([await readFile(file), Buffer.from(`${last}\n`)]);
  await writeFile(file, bytes);
  const about = { handoff, run, by: given.by, at: new Date(at).toISOString() };
  const more = { program: 'cw-runbook/0.3.0', simulated: false, endpoint: 'aws', names: '', asked: {} };
  const handed = join(home, 'run.cwhandoff');
  await writeFile(handed, handoffBytes({ ...about, ...more }, bytes));

  const { header, events } = parse(bytes, file);
  const { id, keyed } = await redactionKey(home);
  const hidden = redactPeople(events, codewhisperer.steps, keyed);
  const says = `Names and e-mail addresses of people are replaced by hashes under key ${id}, which is not in this file; so are the SHA-256 sums. The chain of the records cannot be verified by this file itself: it is the journal’s.`;
  const [first = '', ...lines] = bytes.toString().trimEnd().split('\n');
  expect(JSON.parse(first)).toMatchObject({ run });
  const cli = (...args: readonly string[]) => here(args, { ...process.env, CW_RUNBOOK_HOME: home });
  const ways = [
    [true, ['--file', handed]],
    [true, []],
    [false, ['--file', handed]],
  ] as const;
  for (const [redact, from] of sampled(ways, ways.length)) {
    const told = redact ? hidden : events;
    const flags = [...from, ...(redact ? ['--redact', 'pii'] : [])];
    const ask = (format: string) => cli('audit', 'export', '--format', format, ...flags);
    const { out, err, code } = await ask('jsonl');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('was opened again') });
    const whole = redact
      ? [
          JSON.stringify({ redacted: 'pii', key: id, says }),
          ...told.map((event, n) => jsonLine(event, n + 1).trimEnd()),
        ]
      : lines;
    expect(out === `${whole.join('\n')}\n`, flags.join(' ')).toBe(true);
    const note = [...(redact ? [says] : []), err.trimEnd()].join(' ');
    const sums = lines.map((line) => sha256(line));
    const rows = [
      ...rowsOf(told, namesOf(foldRun(told, codewhisperer), codewhisperer.steps), {
        ...header,
        note,
        ...(redact ? {} : { sum: (seq) => sums[seq - 1] }),
      }),
    ];
    expect((await ask('csv')).out === [...csv(rows)].join(''), flags.join(' ')).toBe(true);
    const asOcsf = [...ocsf(told, rows, { redacted: redact }, sha256)].join('');
    expect((await ask('ocsf')).out === asOcsf, flags.join(' ')).toBe(true);
    expect(out.includes('"note":"Ask Zoë"')).toBe(!redact);
  }

  // A record that is not true of those before it, sealed as if it were: in no part, and with the words of the whole.
  const forged = lineOf({ ...given, continues: 7 } as typeof given, records + 1, before.head);
  const wrong = Buffer.concat([
    bytes.subarray(0, bytes.length - Buffer.byteLength(last) - 1),
    Buffer.from(`${forged}\n`),
  ]);
  await writeFile(handed, handoffBytes({ ...about, ...more }, wrong));
  for (const format of ['jsonl', 'csv', 'ocsf', 'markdown']) {
    const ended = await cli('audit', 'export', '--format', format, '--file', handed);
    expect(ended, format).toMatchObject({
      code: 7,
      out: '',
      err: expect.stringContaining('cannot be trusted: a record of its journal is not valid: it '),
    });
  }
});
