import type * as fs from 'node:fs/promises';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stateHome } from '../../src/journal/state-home.ts';
import { here } from '../here.ts';
import { filled, freshHome } from './sample.ts';

/** From here on the disk is one that nobody can write: whatever would, fails as the system lets it. */
const disk = vi.hoisted(() => ({ readOnly: false }));
beforeEach(() => {
  disk.readOnly = false;
});
afterEach(() => {
  disk.readOnly = false;
});
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const refuse = (): never => {
    throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
  };
  const writing =
    <A extends readonly unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R =>
      disk.readOnly ? refuse() : act(...args);
  return {
    ...real,
    access: async (path: string, mode = 0) =>
      disk.readOnly && (mode & 2) !== 0 ? refuse() : real.access(path, mode),
    open: async (path: string, flags: string | number = 'r', mode?: number) =>
      disk.readOnly && flags !== 'r' ? refuse() : real.open(path, flags, mode),
    ...{ mkdir: writing(real.mkdir), rename: writing(real.rename), rm: writing(real.rm) },
    ...{ writeFile: writing(real.writeFile), chmod: writing(real.chmod), link: writing(real.link) },
  };
});

test.each([
  ['status'],
  ['status', '--commands'],
  ['audit', 'export'],
  ['audit', 'export', '--format', 'jsonl'],
])('%s %s %s reads from a disk that nobody can write', async (...args) => {
  const { folder } = await filled(3);
  const home = join(folder, '..', '..');
  const env = { ...process.env, CW_RUNBOOK_HOME: home };
  const usual = await here(args.filter(Boolean), env);
  expect(usual.code, usual.err).toBe(0);
  disk.readOnly = true;
  expect(await here(args.filter(Boolean), env)).toEqual(usual);
  expect((await here(['handoff'], env)).code).toBe(7);
});

test('who only reads makes no folder', async () => {
  const home = join(await freshHome(), 'none');
  expect(await stateHome({ CW_RUNBOOK_HOME: home }, { to: 'read' })).toBe(home);
  expect(await readdir(join(home, '..'))).toEqual([]);
  expect(await here(['status'], { ...process.env, CW_RUNBOOK_HOME: home })).toMatchObject({
    code: 64,
    err: expect.stringContaining('There is no run in'),
  });
});
