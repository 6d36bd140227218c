import { once } from 'node:events';
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJournal, openJournal } from '../../src/journal/journal.ts';
import { addressOf, lock } from '../../src/journal/lock.ts';
import { start } from './child.ts';
import { filled, freshFolder, freshHome, header } from './sample.ts';

test('a folder is locked whatever the way to it, and free when it is released', async () => {
  const home = await freshHome();
  await mkdir(join(home, 'real'));
  await symlink(join(home, 'real'), join(home, 'link'));
  const held = await lock(join(home, 'real'));
  await expect(lock(join(home, 'link'))).rejects.toMatchObject({ kind: 'locked' });
  await held.release();
  expect(await readdir(join(home, 'real'))).toEqual([]);
  await (await lock(join(home, 'link'))).release();
});

test('a holder that could not say who it is locks all the same', async () => {
  const home = await freshHome();
  const held = await lock(home);
  await writeFile(join(home, 'holder.json'), 'not JSON');
  await expect(lock(home)).rejects.toMatchObject({
    kind: 'locked',
    message: 'This run is open in another window.',
  });
  await held.release();
});

test('each system has its own place for the lock, short enough for a socket', () => {
  const long = `/Users/somebody/${'x'.repeat(90)}/runs/01J`;
  expect(addressOf('/home/a/runs/01J', 'linux')).toMatch(/^\0cw-runbook-[0-9a-f]{32}$/);
  expect(addressOf('C:\\runs\\01J', 'win32')).toMatch(/^\\\\\.\\pipe\\cw-runbook-[0-9a-f]{32}$/);
  expect(addressOf('/Users/a/runs/01J', 'darwin')).toBe('/Users/a/runs/01J/lock');
  expect(addressOf(long, 'darwin')).toMatch(/^\/tmp\/cw-runbook-[0-9a-f]{32}$/);
  expect(addressOf(long, 'darwin')).not.toBe(addressOf(`${long}2`, 'darwin'));
});

test('somebody who connects to the lock and stays does not keep it from being released', async () => {
  const home = await freshHome();
  const inFolder = (path: string): string => join(path, 'lock');
  const held = await lock(home, 'test', inFolder);
  const visitor = connect({ path: join(home, 'lock'), allowHalfOpen: true }).resume();
  await once(visitor, 'connect');
  await held.release();
  visitor.destroy();
  await (await lock(home, 'test', inFolder)).release();
});

// macOS and the BSDs have no abstract sockets; a socket file is the same everywhere, so it is tried wherever this runs.
test('where the lock is a socket file, one that a dead process left is taken over, by one', async () => {
  const home = await freshHome();
  const inFolder = (path: string): string => join(path, 'lock');
  const child = start(
    process.execPath,
    '-e',
    `require('node:net').createServer().listen(process.argv[1], () => console.log('{}'))`,
    join(home, 'lock'),
  );
  await child.next();
  await expect(lock(home, 'test', inFolder)).rejects.toMatchObject({ kind: 'locked' });
  child.signal('SIGSTOP');
  await expect(lock(home, 'test', inFolder)).rejects.toMatchObject({ kind: 'locked' });
  child.signal('SIGKILL');
  await child.ended();
  expect(await readdir(home)).toEqual(['lock']); // left behind: nobody answers there

  const tries = await Promise.allSettled([1, 2, 3].map(() => lock(home, 'test', inFolder)));
  const [held, ...others] = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(held).toBeDefined();
  expect(others).toEqual([]);
  await expect(lock(home, 'test', inFolder)).rejects.toMatchObject({ kind: 'locked' });
  await held?.release();
  expect(await readdir(home)).toEqual([]);
});

test('a process that died while it took a lock over does not keep it for ever', async () => {
  const home = await freshHome();
  const inFolder = (path: string): string => join(path, 'lock');
  const [left, turn] = [join(home, 'lock'), join(home, 'lock.over')];
  for (const file of [left, turn]) await writeFile(file, '');
  await expect(lock(home, 'test', inFolder)).rejects.toMatchObject({ kind: 'locked' });
  const ago = new Date(Date.now() - 60_000);
  await utimes(turn, ago, ago);
  const held = await lock(home, 'test', inFolder);
  expect((await readdir(home)).sort()).toEqual(['holder.json', 'lock']);
  await held.release();
});

test('a run that is open is opened by nobody else, in the same process neither, until it is closed', async () => {
  const { folder } = await filled(2);
  const open = await openJournal(folder);
  await expect(openJournal(folder)).rejects.toMatchObject({ kind: 'locked' });
  await open.close();
  await (await openJournal(folder)).close();
});

test('a run that has just begun is locked from its first moment', async () => {
  const folder = await freshFolder();
  const begun = await createJournal(folder, header);
  await expect(openJournal(folder)).rejects.toMatchObject({ kind: 'locked' });
  await begun.close();
});
