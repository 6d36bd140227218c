import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { program } from '../../program/demo.ts';
import { writeLongJournal } from './long-journal.ts';
import { compare } from './reconcile.ts';

// How long the shipped program takes to verify a journal of a million records, beside a bare loop; to export one of a
// hundred thousand; and what comparing a run with 100,000 events of CloudTrail takes. docs/performance.md holds what was
// measured.

const { records, rounds, exported, requests, events } = new Command('bench:audit')
  .option('--records <n>', 'of the journal', Number, 1_000_000)
  .option('--rounds <n>', 'of each, in turn; the fastest counts', Number, 3)
  .option('--exported <n>', 'records of the journal that is exported', Number, 100_000)
  .option('--requests <n>', 'of the run that is compared with CloudTrail', Number, 2_000)
  .option('--events <n>', 'of that CloudTrail', Number, 100_000)
  .parse()
  .opts<Readonly<Record<'records' | 'rounds' | 'exported' | 'requests' | 'events', number>>>();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const home = await mkdtemp(join(tmpdir(), 'cw-audit-'));

/** Written at a process's end: what it took of the processor in seconds, and the most memory that it had, in MiB. */
interface Took {
  readonly clock: number; // seconds, of the whole process
  readonly busy: number;
  readonly memory: number;
  readonly code: number | null;
  readonly out: string;
}
const report = join(home, 'took');
const hook = join(home, 'took.cjs');
await writeFile(
  hook,
  `process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({ busy: (user + system) / 1e6, memory: process.resourceUsage().maxRSS / 1024 }));
  });`,
);
function took(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Took> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', hook, ...args], {
      env: {
        ...process.env,
        AWS_CONFIG_FILE: '/nonexistent',
        AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.on('error', reject);
    child.on(
      'close',
      (code) =>
        void readFile(report, 'utf8').then(
          (text) => resolve({ ...JSON.parse(text), clock: (performance.now() - began) / 1000, code, out }),
          reject,
        ),
    );
  });
}
/** A journal of so many records. */
async function verify(): Promise<void> {
  const file = join(home, 'journal.jsonl');
  const { root, bytes } = writeLongJournal(file, records);
  const bare = join(import.meta.dirname, 'bare.mjs');
  const ways = [
    ['a loop, one SHA-256 for each record by crypto.hash', [bare, file]],
    ['the same by createHash', [bare, file, 'createHash']],
    ['audit verify, two, in two threads', [program, 'audit', 'verify', '--closed', '--root', root, file]],
  ] as const;
  const all = ways.map(([name, args]) => ({ name, args, runs: [] as Took[] }));
  for (let n = 0; n < rounds; n++) for (const { args, runs } of all) runs.push(await took(args));
  if (all.some(({ runs }) => runs.some(({ code }) => code !== 0))) throw new Error(all.at(-1)?.runs[0]?.out);
  say(`${records.toLocaleString('en-US')} records, ${Math.round(bytes / 1e6)} MB, the least of ${rounds}:`);
  for (const { name, runs } of all) {
    const least = (of: 'clock' | 'busy') => Math.min(...runs.map((one) => one[of])).toFixed(2);
    const memory = Math.max(...runs.map((one) => one.memory)).toFixed(0);
    say(`  ${name}: ${least('clock')} s by the clock, ${least('busy')} s of the processor, ${memory} MiB`);
  }
  await rm(file);
}

/** Each format of a journal of so many records. */
async function exports(): Promise<void> {
  const run = '01KDHZ9M7Q8RNWTB5X2C4V6A3E';
  const state = join(home, 'exported');
  const folder = join(state, 'runs', run);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  writeLongJournal(join(folder, 'journal.jsonl'), exported, run);
  say(`audit export of ${exported.toLocaleString('en-US')} records:`);
  for (const format of ['jsonl', 'csv', 'ocsf']) {
    const out = join(home, `export.${format}`);
    const { busy, memory, code } = await took(
      [program, 'audit', 'export', '--format', format, '--out', out],
      { CW_RUNBOOK_HOME: state },
    );
    if (code !== 0) throw new Error(`${format}: code ${code}`);
    say(`  ${format}: ${busy.toFixed(1)} s of the processor, peak memory ${memory.toFixed(0)} MiB`);
  }
}

/** A run with so many requests, among so many events. */
async function reconciles(): Promise<void> {
  const folder = join(home, 'reconciled');
  await mkdir(folder);
  const { busy, system, memory, injected, found } = await compare(folder, requests, events);
  say(
    `audit reconcile of ${requests} requests in ${events.toLocaleString('en-US')} events, from AWS’s answers:`,
  );
  say(`  ${found} of ${injected} gaps found, and no other`);
  say(
    `  ${busy.toFixed(1)} s of the processor (${system.toFixed(1)} the system’s), peak memory ${memory.toFixed(0)} MiB`,
  );
}

try {
  if (records > 0) await verify();
  if (exported > 0) await exports();
  if (events > 0) await reconciles();
} finally {
  await rm(home, { recursive: true, force: true });
}
