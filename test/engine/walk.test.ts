import { expect, test } from 'vitest';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { ADA, DELEGATE, DEV } from './four-accounts.ts';
import { operations } from './in-process.ts';
import { setup } from './process.ts';

test('a fresh organization: four calls, each once; the run is the fold of its events', async () => {
  const { w, disk, p } = setup();
  expect(await p.all()).toBe('finished');
  expect(operations(w.effects)).toEqual([
    'organizations:RegisterDelegatedAdministrator',
    'sso:CreatePermissionSet',
    'sso:PutInlinePolicyToPermissionSet',
    'sso:CreateAccountAssignment',
  ]);
  expect(w.sent).toEqual(w.effects);
  expect(w.delegated.map(({ account }) => account)).toEqual([DELEGATE]);
  expect(w.assigned).toMatchObject([{ account: DEV, principal: ADA }]);
  expect(disk.reduce(applyEvent, emptyRun)).toEqual(p.run());
  expect(p.run().attempts.map(({ state }) => state)).toEqual(Array(4).fill('verified'));
});

test('who agrees by hand is told so: with a key, or by typing what a dangerous change asks for', async () => {
  const { disk, p } = setup();
  await p.all();
  const by = (type: string) =>
    disk.flatMap((event) => (event.type === type && 'by' in event ? [event.by] : []));
  expect(by('confirmed')).toEqual(['typed', 'key', 'key', 'key']);
  expect(by('identified')).toEqual(['key', 'key']);
  expect(by('answered')).toContain('key');
});
