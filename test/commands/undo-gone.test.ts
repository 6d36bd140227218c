import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answered, bench } from './bench.ts';

/** A run that assigned somebody whom their directory has deleted since. AWS keeps the assignment. */
async function deletedSince() {
  const state = join(await mkdtemp(join(tmpdir(), 'cw-gone-')), 'organization.json');
  const at = await bench('fresh', { state });
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  const { effects } = await at.ledger(); // what was written down last is in the file then
  const [, principal = ''] = /\|USER\|([^|]+)/.exec(effects.at(-1)?.key ?? '') ?? [];
  const kept = JSON.parse(await readFile(state, 'utf8'));
  expect(kept.state.users.some(({ id }: { id: string }) => id === principal)).toBe(true);
  kept.state.users = kept.state.users.filter(({ id }: { id: string }) => id !== principal);
  await writeFile(`${state}.new`, JSON.stringify(kept));
  await rename(`${state}.new`, state);
  const words = ['--confirm', 'Workloads Dev', '--confirm', 'Shared Services'];
  const file = join(at.home, 'answers.json');
  return {
    at,
    principal,
    undo: () => at.cli(['undo', '--answers', file, '--poll', '100', '--yes', ...words]),
  };
}

test('the assignment of a user who was deleted since is removed by its id, and the rest goes too', async () => {
  const { at, principal, undo } = await deletedSince();
  const ended = await undo();
  expect(ended.code, ended.err).toBe(0);
  expect(ended.out).toContain(
    `no longer exists: nobody can sign in with it. The assignment is removed by its id, ${principal}`,
  );
  expect(await at.effects()).toContain('sso:DeletePermissionSet');
});

test('what AWS does not delete of somebody who is gone is left, said, and does not stop the rest', async () => {
  const { at, principal, undo } = await deletedSince();
  await fetch(`${at.simulator.url}/_faults`, {
    method: 'POST',
    body: JSON.stringify({
      fault: 'async-failed',
      operation: 'sso:DeleteAccountAssignment',
      times: 'always',
    }),
  });
  const ended = await undo();
  // The set is still assigned, as far as AWS is concerned: it cannot be deleted, and why is said.
  expect(ended.code, ended.err).toBe(5);
  expect(ended.err).toMatch(new RegExp(`it is assigned: user ${principal}, who no longer exists in account`));
  const { requests } = await at.ledger();
  expect(requests.filter(({ operation }) => operation === 'sso:DeleteAccountAssignment')).toHaveLength(1);
  expect((await at.cli(['status'])).out).toMatch(/taken back +Assign the administrator/);
});
