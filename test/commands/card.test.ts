import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maskEmails } from '../../src/model/text/message.ts';
import { answered, bench } from './bench.ts';

test('a finished run is told on one card, by run and by status; the message goes into a file of its own', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const { 'assign-administrator.target': _, ...some } = answers;
  expect(await at.run(some, flags)).toMatchObject({ code: 4 });
  const file = join(at.home, 'message');
  const early = await at.cli(['status', '--message', file]);
  expect([early.code, early.err]).toEqual([3, expect.stringContaining('it is not finished')]);

  writeFileSync(file, 'of yesterday', { mode: 0o644 });
  const end = await at.run(answers, [...flags, '--message', file]);
  expect(end, end.err).toMatchObject({ code: 0, err: '' });
  const card = end.out.slice(end.out.indexOf('\nFinished ') + 1, end.out.lastIndexOf('\nThe message for '));
  const place = (name: string): string => `${name} (${at.account(name).id})`;
  const user = maskEmails(String(answers['administrator-user.user']));
  expect(card).toMatch(/^Finished \d+ \w{3} \d{4} \d\d:\d\d UTC\. [34] changes, each read back\.$/m);
  expect(card).toContain(`  ✓ ${place('Shared Services')} administers IAM Identity Center\n`);
  expect(card).toContain(`  ✓ ${user} has it in ${place('Workloads Dev')}\n`);
  expect(card).toContain('  ! Nobody has checked how long');
  const run = /cw-runbook undo --run (\w{8})$/m.exec(card)?.[1];
  for (const command of [`audit export --run ${run} > change.md`, `status --run ${run} --message FILE`])
    expect(card).toContain(`\n  cw-runbook ${command}\n`);
  expect(card).not.toMatch(/awsapps|\[\w\]|Enter/); // neither the message nor keys

  const status = await at.cli(['status']);
  expect(status.out).toContain(card.trim());
  expect(status.out).not.toContain('Go on with');

  const { mode } = lstatSync(file);
  expect(mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(
    /^To: \S.* <\S+@\S+>\n\nYou are CodeWhisperer administrator of Workloads Dev\.\n1\. Sign in: https:/,
  );
  const email = /<(\S+)>/.exec(text)?.[1] ?? '';
  if (email !== user) expect(card).not.toContain(email);

  const link = join(at.home, 'link');
  symlinkSync(file, link);
  const refused = await at.cli(['status', '--message', link]);
  expect([refused.code, refused.err]).toEqual([64, expect.stringContaining('it is not a plain file')]);
});
