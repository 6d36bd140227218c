import { DeleteAccountAssignmentCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { seeing, titleOf } from '../words.ts';
import { answered, bench } from './bench.ts';
import { two } from './people.ts';

test('who takes a run up again is told how it stood, and what has changed at AWS since', async () => {
  const at = await bench('fresh', { settle: 0 });
  const { answers, flags } = await answered(at);
  const { 'assign-administrator.target': target, ...some } = answers;
  const begun = await at.run(some, flags);
  expect([begun.code, begun.out]).toEqual([4, expect.not.stringContaining('welcome')]);
  const again = await at.run({ ...some, 'assign-administrator.target': target ?? '' }, flags);
  expect(again, again.err).toMatchObject({ code: 0 });
  expect(again.out).toMatch(
    /^welcome +Welcome back: you were here on \d+ \w+ \d{4} \d\d:\d\d UTC; \d+ of \d+ steps done\.$/m,
  );
  expect(again.out).toMatch(/^welcome +Since then at AWS: nothing changed \(\d+ steps\)\.$/m);
  expect(again.out.search(/^welcome/m)).toBeLessThan(again.out.search(/^accepted/m));

  // A colleague takes the assignment away.
  const { out } = await at.cli(['audit', 'export', '--format', 'jsonl']);
  const sent = out
    .split('\n')
    .find((line) => line.includes('"intended"') && line.includes('CreateAccountAssignment'));
  const admin = at.simulator.accounts.find(({ role }) => role === 'management');
  const client = new SSOAdminClient({
    ...{ endpoint: at.simulator.url, region: 'us-east-1' },
    credentials: { accessKeyId: admin?.accessKeyId ?? '', secretAccessKey: admin?.secretAccessKey ?? '' },
  });
  await client.send(new DeleteAccountAssignmentCommand(JSON.parse(sent ?? '{}').call.input));
  client.destroy();
  const after = await at.run(answers, [...flags, '--patience', '1000']); // how long an absence is doubted
  expect(after.out).toMatch(
    seeing`\nwelcome +Since then at AWS: ${titleOf('assign-administrator')}: .*it was .*, and is `,
  );
});

test('who takes a run over is told who worked on it, and is not welcomed back', async () => {
  const { ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  const taken = await ben.resume(file('1.cwhandoff'));
  expect(taken, taken.err).toMatchObject({ code: 0 });
  expect(taken.out).toMatch(
    /^welcome +Last worked on by \S+@\S+, on \d+ \w+ \d{4} \d\d:\d\d UTC; \d+ of \d+ steps done\.$/m,
  );
  expect(taken.out).not.toContain('you were here');
  const again = await ben.run();
  expect(again.out).toContain('Welcome back: you were here on');
});
