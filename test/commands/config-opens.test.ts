import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from '../faults/bench.ts';

/** As a program writes them that makes a profile of each account and role. */
const many = (n: number): string =>
  Array.from(
    { length: n },
    (_, at) =>
      `\n[profile account-${at}.ReadOnly]\nsso_session = company\nsso_account_id = ${String(at).padStart(12, '0')}\nsso_role_name = ReadOnly\n`,
  ).join('');
const counting = {
  NODE_OPTIONS: `--import ${join(import.meta.dirname, 'count-opens.mjs')}`,
  COUNT_OPENS: 'aws/(config|credentials)$',
};

test('each of the AWS files is opened once, by a whole run and by doctor, however many profiles there are', async () => {
  const at = await bench();
  const files = ['config', 'credentials'].map((name) => join(at.home, 'aws', name));
  await appendFile(files[0] ?? '', many(2_000));
  const once = `opens ${JSON.stringify(Object.fromEntries(files.map((file) => [file, 1])))}`;
  const ended = await at.run({ env: counting, shipped: true });
  expect(ended, ended.err).toMatchObject({ code: 0 });
  expect(ended.err).toContain(once);
  const looked = await at.start(['doctor', '--profile', 'management'], counting).ended;
  expect(looked, looked.out).toMatchObject({ code: 0 });
  expect(looked.err).toContain(once);
  expect(await readFile(files[0] ?? '', 'utf8')).toContain('account-1999');
});
