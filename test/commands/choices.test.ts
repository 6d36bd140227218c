import { expect, test } from 'vitest';
import { bench } from './bench.ts';

test.each([
  ['captive-portal', 3, 'Run the same command again later'],
  ['throttle-burst', 3, 'Run the same command again later'],
  ['denied-by-scp', 5, 'service control policy'],
])('%s where the choices are to be listed ends with %i, in sentences', async (fault, code, says) => {
  const at = await bench('fresh');
  const delegate = at.account('Shared Services');
  const order = { fault, operation: 'identitystore:ListUsers', times: 5 };
  const reply = await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  expect(reply.status).toBe(200);
  const ended = await at.run({ 'delegated-account.account': delegate.id }, ['--confirm', delegate.name]);
  expect(ended.code, ended.err).toBe(code);
  expect(ended.err).toMatch(/^The choices for administrator-user\.user cannot be listed: /m);
  expect(ended.err).toContain(says);
  expect(ended.err).not.toContain('unexpected');
});
