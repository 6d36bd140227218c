import { expect, test } from 'vitest';
import { bench } from './bench.ts';
import { meets } from './judge.ts';

test('50 trail-late: what CloudTrail does not show yet is no difference, and it is said when to check again', async () => {
  const at = await bench('fresh', { trailDelay: 0 });
  const orders = [{ fault: 'trail-late', operation: 'sso:CreatePermissionSet' }];
  expect(await meets('50 trail-late', at, orders)).toMatchObject({ code: 0 });
  const ended = await at.cli('audit', 'reconcile', '--yes');
  expect(ended.code).toBe(3);
  expect(ended.out).toMatch(/^No difference so far: \d+ of \d+ requests agree, 1 not in CloudTrail yet\./);
});
