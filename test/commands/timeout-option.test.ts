import { expect, test } from 'vitest';
import { timeoutOption } from '../../src/commands/process/timeout-option.ts';

test('how long a credential_process may take: with a unit, or in milliseconds as other times are', () => {
  const [, , read] = timeoutOption;
  expect(['90s', '2m', '1500ms', '1500', '0'].map(read)).toEqual([90_000, 120_000, 1_500, 1_500, 0]);
  for (const wrong of ['', 'soon', '-1', '1.5s', '1h', '999999999'])
    expect(() => read(wrong)).toThrow('a time such as 60s');
});
