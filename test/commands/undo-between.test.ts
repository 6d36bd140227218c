import { expect, test } from 'vitest';
import { titleOf } from '../words.ts';
import { all, answered, bench } from './bench.ts';
import { acts, two } from './people.ts';

const [unassigned, deleted, deregistered] = [
  'sso:DeleteAccountAssignment',
  'sso:DeletePermissionSet',
  'organizations:DeregisterDelegatedAdministrator',
];

/** Ann registered, Ben did the rest and finished. */
async function finished() {
  const desk = await two();
  const { ann, ben, file } = desk;
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  const end = await ben.resume(file('1.cwhandoff'));
  expect(end, end.err).toMatchObject({ code: 0 });
  return desk;
}

test('each takes back what is theirs: the second one does his part, hands on the rest, and nothing is sent twice', async () => {
  const { at, ann, ben, file } = await finished();
  const half = await ben.undo('--confirm', 'Workloads Dev');
  expect(half).toMatchObject({
    code: 4,
    err: expect.stringMatching(
      /Credentials for the management account \d{12} are needed[\s\S]*cw-runbook handoff/,
    ),
  });
  expect(half.out).toMatch(
    /^later +register-delegated-administrator: Register .*: undone later, with credentials for the management account$/m,
  );
  expect((await at.effects()).slice(all.length)).toEqual([unassigned, deleted]);
  expect((await ben.cli('status')).out).toMatch(
    /Being undone\. Still to undo, in this order: Register[\s\S]*Continue with: cw-runbook undo/,
  );

  const handed = await ben.handoff('--to', file('2.cwhandoff'));
  expect(handed.out).toMatch(/of the management account \d{12}/);
  expect(handed.out).toMatch(/The run is being undone[\s\S]*Register the delegated[\s\S]*made: Register/);
  expect(handed.out).not.toContain(titleOf('permission-set'));

  // Ann's copy comes back, and goes on with the taking back, not with the run.
  const rest = await ann.resume(file('2.cwhandoff'));
  expect(rest.out).toMatch(/and comes back[\s\S]*The run is being undone/);
  expect(rest, rest.err).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(all.length)).toEqual([unassigned, deleted, deregistered]);
  expect(await ann.undo()).toMatchObject({ code: 0, out: expect.stringContaining('nothing to undo') });
  const sent = await acts(at);
  expect(new Set(sent).size).toBe(sent.length);
  expect((await ann.cli('audit', 'export')).out).toMatch(/opened by .*, to undo what it made/);
});

test('handed on before anything of it was taken back, it is still the taking back that goes on', async () => {
  const { at, ann, ben, file } = await finished();
  expect(await ben.undo()).toMatchObject({ code: 4, err: expect.stringMatching(/Dangerous: Remove/) });
  const handed = await ben.handoff('--to', file('2.cwhandoff'));
  expect(handed.out).toMatch(/of the delegated administrator[\s\S]*being undone[\s\S]*made: Assign/);
  // Ann has not Ben's credentials: she is told whose are needed, and nothing is sent.
  expect(await ann.resume(file('2.cwhandoff'))).toMatchObject({
    code: 4,
    err: expect.stringMatching(/Credentials for the delegated administrator[\s\S]*cw-runbook handoff/),
  });
  expect(await at.effects()).toEqual(all);
});

test('a finished run goes back to whoever gave it: their copy is read-only no more, and ends, too', async () => {
  const { at, ann, ben, file } = await finished();
  expect(await ann.run()).toMatchObject({ code: 3 }); // read-only
  const handed = await ben.handoff('--to', file('2.cwhandoff'), '--note', 'Done.');
  expect(handed).toMatchObject({ code: 3, out: expect.stringContaining('Nothing remains of it') });
  const back = await ann.resume(file('2.cwhandoff'));
  expect(back, back.err).toMatchObject({
    code: 0,
    out: expect.stringMatching(/comes back[\s\S]*^finished/m),
  });
  expect((await ann.cli('status')).out).toMatch(/^Finished /m);
  expect(await at.effects()).toEqual(all);
});

test('a finished run that nobody handed here has nobody to go to', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  expect(await at.cli(['handoff'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('nobody handed it to you: there is nothing to hand off'),
  });
});
