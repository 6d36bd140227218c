import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { getCurrentTest } from 'vitest/suite';

declare module 'vitest' {
  interface TaskMeta {
    kept?: readonly string[];
  }
}

/**
 * Compares a text with a file as it was last looked at, in a folder beside the test. Files in that folder that no test
 * asks for fail the run (`kept-files.ts`). `npm run vitest -- … -u` writes them.
 */
export async function isAsKept(text: string, folder: string, name: string): Promise<void> {
  const test = getCurrentTest();
  if (!test) throw new Error('outside of a test');
  const file = join(dirname(test.file.filepath), folder, name);
  test.meta.kept = [...(test.meta.kept ?? []), file];
  await expect(text).toMatchFileSnapshot(file);
}
