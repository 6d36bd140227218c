import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Ended } from './bench.ts';

const usual = {
  'before-you-start.understood': 'attested',
  'session-duration.seen': 'skipped',
  'permission-set.policy': 'documented',
};
/** The file of `plan`, and the words that take it. */
export async function planning(
  at: Bench,
  answers: Readonly<Record<string, string | readonly string[]>>,
  profiles: object = { management: 'management', 'delegated-administrator': 'delegated' },
): Promise<readonly string[]> {
  const file = join(at.home, 'plan-answers.json');
  await writeFile(file, JSON.stringify({ profiles, answers: { ...usual, ...answers } }));
  return ['--answers', file];
}
/** `plan` as an operator types it. */
export const planned = async (
  at: Bench,
  answers: Readonly<Record<string, string | readonly string[]>>,
  flags: readonly string[] = ['--yes'],
): Promise<Ended> => at.cli(['plan', ...(await planning(at, answers)), ...flags]);
