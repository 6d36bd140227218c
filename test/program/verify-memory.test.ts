import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { writeLongJournal } from '../bench/evidence/long-journal.ts';
import { program, testNode } from './demo.ts';

const run = promisify(execFile);

test('a journal eight times as long takes no more memory to verify', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cw-verify-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const hook = join(home, 'peak.cjs');
  await writeFile(
    hook,
    "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS / 1024)));",
  );
  const peak = async (records: number): Promise<{ readonly size: number; readonly peak: number }> => {
    const file = join(home, `${records}.jsonl`);
    const { root, bytes } = writeLongJournal(file, records);
    const args = ['--require', hook, program, 'audit', 'verify', '--closed', '--root', root, file];
    const { stderr } = await run(testNode, args, { env: { ...process.env, CW_RUNBOOK_HOME: home } });
    await rm(file);
    return { size: bytes / 1024 ** 2, peak: Number(stderr) };
  };
  // From 16 MiB on in two threads, both of them.
  const [short, long] = [await peak(40_000), await peak(320_000)];
  expect(short.size).toBeGreaterThan(16);
  // Whoever held the lines, or only their hashes as texts, would have as much more: garbage makes up to some 20 MiB.
  expect(long.peak - short.peak, JSON.stringify({ short, long })).toBeLessThan(35);
  expect(long.peak).toBeLessThan(110);
});
