import { join } from 'node:path';
import { DeleteUserCommand } from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { view } from '../simulator/simulated.ts';
import { seeing, titleOf } from '../words.ts';
import { answered, bench } from './bench.ts';
import { finished } from './finished.ts';

async function ran(scenario: Scenario) {
  const at = await bench(scenario);
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  return { at };
}
/** A run that assigned somebody whom their directory has deleted since. AWS keeps the assignment. */
async function deletedSince(scenario: Scenario) {
  const { at } = scenario === 'fresh' ? await finished() : await ran(scenario);
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
    undo: (...more: readonly string[]) =>
      at.cli([
        ...['undo', '--answers', file, '--poll', '100', '--patience', '2000', '--yes'],
        ...words,
        ...more,
      ]),
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
  expect(ended.err).toMatch(
    new RegExp(`it is assigned: user ${principal}, who no longer exists in Workloads Dev`),
  );
  const { requests } = await at.ledger();
  expect(requests.filter(({ operation }) => operation === 'sso:DeleteAccountAssignment')).toHaveLength(1);
  expect((await at.cli(['status'])).out).toMatch(/undone +Assign the administrator/);
  expect(ended.err).toMatch(/undo the rest: the same command with --keep permission-set\.$/m);

  // Nobody has to be at the keys to leave it.
  const stray = await undo('--keep', 'permision-set');
  expect(stray).toMatchObject({
    code: 64,
    err: expect.stringMatching(/“permision-set”[\s\S]*permission-set/),
  });
  const rest = await undo('--keep', 'permission-set');
  expect(rest.code, rest.err).toBe(3);
  expect(rest.out).toMatch(/^warning +permission-set: not undone: .* it is assigned: user/m);
  expect(rest.out).toMatch(seeing`\nnot undone .*left as this run made it: ${titleOf('permission-set')}`);
  const effects = await at.effects();
  expect(effects).toContain('organizations:DeregisterDelegatedAdministrator');
  expect(effects).not.toContain('sso:DeletePermissionSet');
  // It is offered again, and nothing else is left.
  expect(await undo()).toMatchObject({ code: 5, err: expect.stringContaining('--keep permission-set') });
});

test('what can be taken back is, though it is named', async () => {
  const { at, undo } = await deletedSince('fresh');
  expect(await undo('--keep', 'permission-set')).toMatchObject({ code: 0 });
  expect(await at.effects()).toContain('sso:DeletePermissionSet');
});
