import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../src/journal/settings.ts';
import { freshHome } from './sample.ts';

const run = { id: '01A', endpoint: 'aws', simulated: false };

test('settings are there again after a restart, in a file that only its owner can read', async () => {
  const home = await freshHome();
  const first = await openSettings(home);
  expect(first.runs()).toEqual([]);
  expect(first.profileOf('management')).toBeUndefined();
  first.setProfile('management', { kind: 'profile', name: 'org.root' });
  first.setProfile('delegated-administrator', { kind: 'environment' });
  first.remember(run);
  first.remember({ ...run, id: '01B', scenario: 'fresh' });
  first.remember(run);

  const again = await openSettings(home);
  expect(again.notice()).toBeUndefined();
  expect(again.profileOf('management')).toEqual({ kind: 'profile', name: 'org.root' });
  expect(again.profileOf('delegated-administrator')).toEqual({ kind: 'environment' });
  expect(again.runs()).toMatchObject([{ id: '01B', scenario: 'fresh' }, { id: '01A' }]);
  expect((await stat(join(home, 'settings.json'))).mode & 0o777).toBe(0o600);
});

test('a file that others could read is closed to them when it is written', async () => {
  const home = await freshHome();
  await writeFile(join(home, 'settings.json'), '{}');
  await chmod(join(home, 'settings.json'), 0o644);
  (await openSettings(home)).remember(run);
  expect((await stat(join(home, 'settings.json'))).mode & 0o777).toBe(0o600);
});

test.each([
  ['cut off', '{"runs":[{"id"'],
  ['empty', ''],
  ['zeros', '\0\0\0'],
])('a file that is %s is put aside, told, and no reason to stop', async (_, text) => {
  const home = await freshHome();
  await writeFile(join(home, 'settings.json'), text);
  const settings = await openSettings(home);
  const aside = (await readdir(home)).find((name) => name.startsWith('settings.corrupt-')) ?? 'none';
  expect(settings.notice()).toContain(aside);
  expect(await readFile(join(home, aside), 'utf8')).toBe(text);
  settings.remember(run);
  expect((await openSettings(home)).runs()).toMatchObject([run]);
});

test.each([
  '[]',
  '"text"',
  'null',
  '{"profiles":null,"runs":5}',
  '{"profiles":{"management":{"kind":"profile","name":3}},"runs":[null,{"id":1}]}',
  '{"__proto__":{"runs":[1]},"profiles":[]}',
])('what is JSON of another shape is passed over: %s', async (text) => {
  const home = await freshHome();
  await writeFile(join(home, 'settings.json'), text);
  const settings = await openSettings(home);
  expect(settings.runs()).toEqual([]);
  expect(settings.profileOf('management')).toBeUndefined();
  settings.remember(run);
  settings.setProfile('management', { kind: 'environment' });
  expect((await openSettings(home)).runs()).toMatchObject([run]);
});

test('settings that are damaged or gone while the program runs do not stop it', async () => {
  const home = await freshHome();
  const settings = await openSettings(home);
  settings.remember(run);
  await writeFile(join(home, 'settings.json'), '{');
  expect(settings.runs()).toEqual([]);
  settings.remember(run);
  expect(settings.notice()).toContain('cannot be written');
});

test('what killed programs left of their writing is swept away, after a while', async () => {
  const home = await freshHome();
  const [old, young] = ['settings.json.tmp-1', 'settings.json.tmp-2'].map((name) => join(home, name));
  for (const file of [old, young]) await writeFile(file ?? '', 'x');
  await utimes(old ?? '', 0, 0);
  await openSettings(home);
  expect(await readdir(home)).toEqual(expect.not.arrayContaining(['settings.json.tmp-1']));
  expect(await readdir(home)).toContain('settings.json.tmp-2');
});

test('a folder in the place of the file is put aside too', async () => {
  const home = await freshHome();
  await mkdir(join(home, 'settings.json'));
  const settings = await openSettings(home);
  expect(settings.notice()).toContain('set aside');
});
