import {
  appendFile,
  chmod,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { both, sampled, test } from '../more.ts';
import { type Bench, bench, type Ended } from './bench.ts';
import { goesOn, said } from './judge.ts';

/** A run that was left at its first dangerous change, and its journal. */
async function left(): Promise<Bench & { readonly folder: string; readonly file: string }> {
  const at = await bench();
  expect((await at.run({ consent: ['--yes'] })).code).toBe(4);
  const [folder = ''] = await at.runs();
  return { ...at, folder, file: join(folder, 'journal.jsonl') };
}
/** Refused, with nothing asked of AWS. */
async function refused(name: string, at: Bench, ended: Ended): Promise<void> {
  const before = (await at.ledger()).requests.length;
  await said(name, ended);
  expect(ended.code).toBe(7);
  expect((await at.ledger()).requests.length).toBe(before);
}

const noNames = ['../../../etc', '/etc/passwd', '..', '__proto__', '\u001b[31m'];
both.each([sampled(noNames, 3)])(
  '44 hostile-state: what is no run’s name is no run: %j',
  async (...names) => {
    const at = await left();
    for (const run of names)
      for (const command of ['status', 'run']) {
        const more = command === 'run' ? ['--answers', join(at.home, 'answers.json')] : [];
        const ended = await at.cli(command, ...more, '--run', run);
        expect(ended, ended.err).toMatchObject({ code: 64, err: expect.stringContaining('There is no run') });
        expect(ended.err).not.toContain('\u001b');
      }
  },
);

test('44 hostile-state: a journal that is a link to another file', async () => {
  const at = await left();
  await rename(at.file, join(at.home, 'elsewhere.jsonl'));
  await symlink(join(at.home, 'elsewhere.jsonl'), at.file);
  await refused('44 a linked journal', at, await at.run());
  expect(await readFile(join(at.home, 'elsewhere.jsonl'), 'utf8')).toContain('"started"');
});

test('44 hostile-state: a line of a gigabyte', async () => {
  const at = await left();
  await truncate(at.file, 1024 ** 3);
  await refused('44 a journal of a gigabyte', at, await at.run());
});

test('44 hostile-state: a copy of a run under another name', async () => {
  const at = await left();
  const own = basename(at.folder);
  const other = `${own.slice(0, -1)}${own.endsWith('0') ? '1' : '0'}`;
  await cp(at.folder, join(at.state, 'runs', other), { recursive: true });
  await rm(at.folder, { recursive: true });
  await refused('44 a copied run', at, await at.run());
});

test('44 hostile-state: a state folder that is a link, or that others may write to', async () => {
  const at = await left();
  const link = join(at.home, 'link');
  await symlink(at.state, link);
  await refused('44 a linked state folder', at, await at.run({ env: { CW_RUNBOOK_HOME: link } }));
  await chmod(at.state, 0o777);
  await refused('44 a state folder of everybody', at, await at.run());
  await chmod(at.state, 0o700);
  await goesOn(at);
});

test('44 hostile-state: __proto__ as a step, a question and an answer changes nothing', async () => {
  const at = await left();
  const journal = await openJournal(at.folder);
  for (const [step, question] of [
    ['__proto__', 'answers'],
    ['constructor', '__proto__'],
    ['permission-set', '__proto__'],
  ] as const)
    await journal.append({ type: 'answered', step, question, answer: '__proto__' });
  await journal.close();
  expect(await at.cli('status')).toMatchObject({ code: 0, err: '' });
  await goesOn(at);
});

test('44 hostile-state: an answers file with __proto__ is refused', async () => {
  const at = await bench();
  const file = join(at.home, 'hostile.json');
  await mkdir(at.state, { mode: 0o700 });
  await writeFile(file, '{"__proto__": {"answers": {}}, "answers": {"__proto__.x": "1"}}');
  const ended = await at.cli('run', '--answers', file, '--yes');
  await said('44 a hostile answers file', ended);
  expect(ended.code).toBe(64);
});

test('44 hostile-state: an unfinished last line is repaired, and the run says so', async () => {
  const at = await left();
  await appendFile(at.file, '{"seq":');
  const ended = await at.run({ consent: [] });
  expect(ended.code).toBe(4);
  expect(ended.out).toMatch(/^repaired +the journal’s unfinished last line \(7 bytes\) was set aside in /m);
  expect(ended.out).toMatch(/^notice +The journal was repaired: its unfinished last line was set aside\.$/m);
  expect((await at.run({ consent: [] })).out).not.toContain('repaired');
});

test('44 hostile-state: what others could read is told by the run, and closed', async () => {
  const at = await left();
  await chmod(at.file, 0o644);
  const ended = await at.run({ consent: [] });
  expect(ended.out).toMatch(/^notice +Other users of this machine could read .+journal\.jsonl \(mode 644\)/m);
  expect((await at.run({ consent: [] })).out).not.toContain('Other users');
});

test('44 hostile-state: lines at the end that were replaced are no torn line: nothing is cut', async () => {
  const at = await left();
  const text = await readFile(at.file, 'utf8');
  const lines = text.trimEnd().split('\n');
  await writeFile(at.file, lines.map((line, n) => (n < 4 ? `${line}\n` : '# removed\n')).join(''));
  const before = await readFile(at.file);
  const ended = await at.run();
  expect(ended).toMatchObject({ code: 7, err: expect.stringContaining('is damaged at line 5') });
  expect(await readFile(at.file)).toEqual(before);
});
