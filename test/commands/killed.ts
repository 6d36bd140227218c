import { join } from 'node:path';
import { expect } from 'vitest';
import { all, answered, type Bench, bench } from './bench.ts';
import { finished } from './finished.ts';

/** What taking back a whole run sends. */
export const undone = [
  'sso:DeleteAccountAssignment',
  'sso:DeletePermissionSet',
  'organizations:DeregisterDelegatedAdministrator',
];
export const words = ['--confirm', 'Workloads Dev', '--confirm', 'Shared Services'];
export const undo = (
  { cli, home }: Bench,
  flags: readonly string[] = words,
  dies?: (out: string) => boolean,
  signal?: NodeJS.Signals,
) =>
  cli(
    ['undo', '--answers', join(home, 'answers.json'), '--yes', '--poll', '100', ...flags],
    {},
    dies,
    signal,
  );

/** The shipped program dies after such a line about the assignment: the next start comes to the same end. */
export async function killedAfter(word: string): Promise<void> {
  const at = await bench('fresh', { settle: 600 });
  const { answers, flags } = await answered(at);
  flags.push('--patience', '3000'); // how long an absence is doubted
  const killed = await at.run(answers, flags, (out) =>
    new RegExp(`^${word} +assign-administrator`, 'm').test(out),
  );
  expect(killed.code).toBeNull();
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
}

/** The shipped program dies after such a line of an undo: the next one comes to the same end, and sends nothing twice. */
export async function undoKilledAfter(word: string, step: string): Promise<void> {
  const { at } = await finished();
  const flags = [...words, '--patience', '3000'];
  // Only what the undo writes: its attempts come after the plan.
  const killed = await undo(at, flags, (out) =>
    new RegExp(`^undo +begun[\\s\\S]*^${word} +${step}`, 'm').test(out),
  );
  expect(killed.code).toBeNull();
  expect(await undo(at, flags)).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(all.length)).toEqual(undone);
  const { requests } = await at.ledger();
  const acts = requests.flatMap(({ userAgent }) => /md\/act#(\S+)/.exec(userAgent)?.[1] ?? []);
  expect(new Set(acts).size).toBe(acts.length);
}
