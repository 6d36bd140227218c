import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { program } from '../../program/demo.ts';
import { writeLongJournal } from './long-journal.ts';

// How long the shipped program takes to verify a journal of a million records, beside a bare loop. docs/performance.md holds
// what was measured.

const { records, rounds } = new Command('bench:audit')
  .option('--records <n>', 'of the journal', Number, 1_000_000)
  .option('--rounds <n>', 'of each, in turn; the fastest counts', Number, 3)
  .parse()
  .opts<{ records: number; rounds: number }>();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const home = await mkdtemp(join(tmpdir(), 'cw-audit-'));

/** Written at a process's end: what it took of the processor in seconds, and the most memory that it had, in MiB. */
interface Took {
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
function took(args: readonly string[]): Promise<Took> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', hook, ...args], {
      env: {
        ...process.env,
        AWS_CONFIG_FILE: '/nonexistent',
        AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
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
        void readFile(report, 'utf8').then((text) => resolve({ ...JSON.parse(text), code, out }), reject),
    );
  });
}
const least = (all: readonly Took[]): Took =>
  all.reduce((one, other) => (other.busy < one.busy ? other : one));

/** A journal of so many records. */
async function verify(): Promise<void> {
  const file = join(home, 'journal.jsonl');
  const { root, bytes } = writeLongJournal(file, records);
  const [bare, ours]: [Took[], Took[]] = [[], []];
  for (let n = 0; n < rounds; n++) {
    bare.push(await took([join(import.meta.dirname, 'bare.mjs'), file]));
    ours.push(await took([program, 'audit', 'verify', '--closed', '--root', root, file]));
  }
  if (ours.some(({ code }) => code !== 0)) throw new Error(ours[0]?.out);
  const [one, other] = [least(bare), least(ours)];
  say(`${records.toLocaleString('en-US')} records, ${Math.round(bytes / 1e6)} MB:`);
  say(`  bare loop, one SHA-256 for each record: ${one.busy.toFixed(2)} s of the processor`);
  say(`  audit verify, two: ${other.busy.toFixed(2)} s, ${(other.busy / one.busy).toFixed(2)} times as much`);
  say(`  peak memory ${Math.max(...ours.map(({ memory }) => memory)).toFixed(0)} MiB`);
  await rm(file);
}

try {
  await verify();
} finally {
  await rm(home, { recursive: true, force: true });
}
