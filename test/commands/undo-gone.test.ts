import { join } from 'node:path';
import { DeleteUserCommand } from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { view } from '../simulator/simulated.ts';
import { answered, bench } from './bench.ts';

/** A run that assigned somebody whom their directory has deleted since. AWS keeps the assignment. */
async function deletedSince(scenario: Scenario) {
  const at = await bench(scenario);
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  const { effects } = await at.ledger();
  const [, principal = ''] = /\|USER\|([^|]+)/.exec(effects.at(-1)?.key ?? '') ?? [];
  const { as, instance } = view(at.simulator);
  const { store: IdentityStoreId } = await instance();
  await as().identity.send(new DeleteUserCommand({ IdentityStoreId, UserId: principal }));
  const words = ['--confirm', 'Workloads Dev', '--confirm', 'Shared Services'];
  const file = join(at.home, 'answers.json');
  return {
    at,
    principal,
    undo: () => at.cli(['undo', '--answers', file, '--poll', '100', '--patience', '2000', '--yes', ...words]),
  };
}

test('the assignment of a user who was deleted since is removed by its id, and the rest goes too', async () => {
  const { at, principal, undo } = await deletedSince('fresh');
  const ended = await undo();
  expect(ended.code, ended.err).toBe(0);
  expect(ended.out).toContain(
    `no longer exists: nobody can sign in with it. The assignment is removed by its id, ${principal}`,
  );
  expect(await at.effects()).toContain('sso:DeletePermissionSet');
});

// hashicorp/terraform-provider-aws#19341: AWS does not find who is gone when it is to delete their assignment.
test('what AWS does not delete of somebody who is gone is left, said, and does not stop the rest', async () => {
  const { at, principal, undo } = await deletedSince('external-idp');
  const ended = await undo();
  // The set is still assigned, as far as AWS is concerned: it cannot be deleted, and why is said.
  expect(ended.code, ended.err).toBe(5);
  expect(ended.err).toMatch(new RegExp(`it is assigned: user ${principal}, who no longer exists in account`));
  const { requests } = await at.ledger();
  expect(requests.filter(({ operation }) => operation === 'sso:DeleteAccountAssignment')).toHaveLength(1);
  expect((await at.cli(['status'])).out).toMatch(/taken back +Assign the administrator/);
});
