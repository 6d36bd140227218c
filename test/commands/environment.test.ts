import { afterEach, expect, test } from 'vitest';
import { environmentHere, putInForce } from '../../src/commands/process/environment.ts';

const before = { ...process.env };
afterEach(() => void putInForce(before));

test('an environment that is put in force is the whole of it: what it lacks is gone, for the SDK too', () => {
  process.env.AWS_ACCESS_KEY_ID = 'somebody’s own';
  const { AWS_ACCESS_KEY_ID: _, ...rest } = environmentHere();
  const simulated = { ...rest, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_PROFILE: undefined };
  expect(putInForce(simulated)).toBe(simulated);
  expect(process.env.AWS_ACCESS_KEY_ID).toBeUndefined();
  expect('AWS_PROFILE' in process.env).toBe(false);
  expect(environmentHere()).toEqual({ ...rest, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
});

test('what was read is a value: a later change of the process is not in it', () => {
  const here = environmentHere();
  process.env.CW_RUNBOOK_LATER = 'yes';
  expect(here).not.toHaveProperty('CW_RUNBOOK_LATER');
});
