import { afterEach, expect, test, vi } from 'vitest';
import { explain } from '../../src/commands/process/explain.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('of an unexpected error no secret is shown, neither in its words nor in where it happened', () => {
  let written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const session = `IQoJb3JpZ2luX2VjE${'aB3'.repeat(20)}`;
  const failed = new Error(`signing failed: secretAccessKey=${secret}, sessionToken: ${session}`);
  expect(explain(failed, (text) => text, { CW_RUNBOOK_DEBUG: '1' })).toBe(1);
  expect(written).toContain('Something unexpected happened: signing failed:');
  expect(written).toContain('explain.test.ts'); // where it happened
  expect(written).not.toContain(secret);
  expect(written).not.toContain(session);
});
