import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemError } from '../../../src/model/text/system-error.ts';

const reading = (file: string): unknown => {
  try {
    return readFileSync(file);
  } catch (error) {
    return error;
  }
};

test('what the system says of a file is said in words, with its code', () => {
  expect(systemError(reading(join(tmpdir(), 'cw-none', 'none')))).toBe('there is no such file (ENOENT)');
  expect(systemError(reading(tmpdir()))).toBe('it is a folder (EISDIR)');
  expect(systemError(reading('/dev/null/x'))).toBe('a part of its path is not a folder (ENOTDIR)');
  expect(systemError(new Error('anything else'))).toBe('anything else');
});
