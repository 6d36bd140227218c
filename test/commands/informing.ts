import { expect } from 'vitest';
import { isRead } from '../../src/model/operations.ts';
import { steps } from '../../steps/index.ts';
import { type Runner, runner } from './in-process.ts';

/** What decides in no step. */
export const informing = [...new Set(steps.flatMap(({ informs = [] }) => informs))].filter((operation) =>
  steps.every(({ calls, informs = [] }) => !calls.includes(operation) || informs.includes(operation)),
);
export const deciding = [...new Set(steps.flatMap(({ calls }) => calls))].filter(
  // Who acts is asked first of all, by itself: see below.
  (operation) => isRead(operation) && !informing.includes(operation) && operation !== 'sts:GetCallerIdentity',
);

export const healing = { fault: 'captive-portal', status: 403 };

export const struck = async ({ simulator }: Runner): Promise<readonly number[]> =>
  (
    (await (await fetch(`${simulator.url}/_faults`)).json()) as { orders: readonly { struck: number }[] }
  ).orders.map((order) => order.struck);

/** Instead of an answer. */
export const failures = [
  ['a page with HTTP 200', { fault: 'captive-portal', status: 200 }],
  ['a page with HTTP 503', { fault: 'captive-portal', status: 503 }],
  ['an error of AWS’s own', { fault: '500-after-effect' }],
  ['a broken connection', { fault: 'reset-after-effect' }],
  ['a page with HTTP 403', { fault: 'captive-portal', status: 403 }],
] as const;

/** A run in which nothing is answered that only informs: it comes to its end, and says what it does not know. */
export async function goesOnWithout(fault: object): Promise<void> {
  const at = await runner();
  for (const operation of informing) await at.order('_faults', { ...fault, operation, times: 'always' });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect((await struck(at)).filter((times) => times > 0).length).toBeGreaterThan(2);
  for (const says of [
    /^warning +register-delegated-administrator: These credentials have the permissions .*could not be checked: /m,
    /^warning +delegated-identity: These credentials have the permissions .*could not be checked: /m,
    /^warning +hand-over: .* has a CodeWhisperer profile: could not be checked: /m,
  ])
    expect(ended.said).toMatch(says);
}
