import { expect, test } from 'vitest';
import { runner } from './in-process.ts';
import { deciding, failures, goesOnWithout, healing } from './informing.ts';

test.each([
  ...deciding.map((operation) => [operation, healing] as const),
  ['sso:ListInstances', { fault: '500-after-effect', times: 5 }] as const,
  ['organizations:ListAccounts', { fault: '500-after-effect', times: 5 }] as const,
])('%s: a hiccup heals by itself (%j)', async (operation, fault) => {
  const at = await runner('other-region');
  await at.order('_faults', { ...fault, operation });
  const ended = await at.run({}, {}, { changeTimeout: 4_000 });
  expect(ended, ended.said).toMatchObject({ code: 0 });
});

test.each(failures.slice(0, -1))(
  '%s, always, where it only informs: the run comes to its end, and says so',
  (_, fault) => goesOnWithout(fault),
);
