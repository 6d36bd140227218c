import { chmod, chown, lstat, mkdir, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { stateHome } from '../../src/journal/state-home.ts';
import { freshHome } from './sample.ts';

const at = (value: string): Promise<string> => stateHome({ CW_RUNBOOK_HOME: value });

test('a missing folder is made, for its owner alone', async () => {
  const wanted = join(await freshHome(), 'a', 'b c', 'ümläut');
  expect(await at(wanted)).toBe(wanted);
  expect((await stat(wanted)).mode & 0o777).toBe(0o700);
  expect(await at(wanted)).toBe(wanted);
});

test('a relative path and a closing slash mean the same folder', async () => {
  const home = await realpath(await freshHome());
  expect(await at(`${home}/`)).toBe(home);
  expect(await at(relative(process.cwd(), home))).toBe(home);
});

test.each([
  ['a symbolic link', (home: string) => symlink('/tmp', home), 'is a symbolic link'],
  ['a link to nowhere', (home: string) => symlink(`${home}-nowhere`, home), 'is a symbolic link'],
  ['a file', (home: string) => writeFile(home, 'x'), 'is not a folder'],
  ['open to a group', (home: string) => made(home, 0o770), 'can be written by other users'],
  ['open to all', (home: string) => made(home, 0o1777), 'can be written by other users'],
])('refused: %s', async (_, make, sentence) => {
  const home = join(await freshHome(), 'state');
  await make(home);
  const before = await lstat(home);
  await expect(at(home)).rejects.toMatchObject({
    kind: 'foreign',
    message: expect.stringContaining(sentence),
    remedy: expect.stringContaining('CW_RUNBOOK_HOME'),
  });
  expect((await lstat(home)).mode).toBe(before.mode);
});
const made = async (home: string, mode: number): Promise<void> => {
  await mkdir(home);
  await chmod(home, mode);
};

test('refused: a folder of somebody else', async () => {
  let home = '/';
  if (process.getuid?.() === 0) {
    home = await freshHome();
    await chown(home, 12_345, 12_345);
  }
  await expect(at(home)).rejects.toMatchObject({
    kind: 'foreign',
    message: expect.stringContaining('belongs to another user'),
  });
});

test('refused: a folder below a file, and one that nobody can make', async () => {
  const file = join(await freshHome(), 'file');
  await writeFile(file, 'x');
  await expect(at(join(file, 'state'))).rejects.toMatchObject({
    kind: 'not-writable',
    message: expect.stringContaining('ENOTDIR'),
  });
  await expect(at('/dev/null/state')).rejects.toMatchObject({ kind: 'not-writable' });
  await expect(at(join(await freshHome(), 'x'.repeat(300)))).rejects.toMatchObject({ kind: 'not-writable' });
});

test('refused: a tilde that the shell has not replaced', async () => {
  for (const value of ['~', '~/state', '~\\state'])
    await expect(at(value)).rejects.toThrow('nobody has replaced the ~');
});
