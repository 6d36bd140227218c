import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { doubtAbout } from '../../src/journal/disk.ts';
import { freshHome } from './sample.ts';

test.each([
  [0x6969, 'NFS'],
  [-11317950, 'SMB'], // 0xff534d42, as some systems tell it
  [0x01021997, 'WSL'],
])('a folder on a file system of the type %i is doubted (%s)', async (type, name) => {
  expect(await doubtAbout(await freshHome(), async () => type)).toContain(name);
});

test('a folder that is copied to other machines is doubted', async () => {
  const home = join(await freshHome(), 'OneDrive - Example Corp', 'state');
  await mkdir(home, { recursive: true });
  expect(await doubtAbout(home)).toContain('OneDrive synchronizes');
});

test('a disk of this machine is not doubted', async () => {
  expect(await doubtAbout(await freshHome(), async () => 0xef53)).toBeUndefined();
  expect(await doubtAbout(await freshHome(), async () => undefined)).toBeUndefined();
});
