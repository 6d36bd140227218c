import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cli } from '../../src/export/cli.ts';
import type { Exporting } from '../../src/export/export.ts';
import { shellWord } from '../../src/model/text/shell.ts';
import { exportingOf, stoppedAt, wholeRun, withMember, withoutPerson } from './runs.ts';

const scriptOf = (exporting: Exporting, remaining = false): string =>
  cli(exporting, remaining)[0]?.text ?? '';
/** What bash says of it, and of what it tells: it is read, and nothing of it is run. */
async function isBash(text: string, more = ''): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'cw-script-')), 'script.sh');
  await writeFile(file, `${text}${more}`);
  const { stdout } = await promisify(execFile)('bash', more === '' ? ['-n', file] : [file]);
  return stdout;
}
/** Without comments and without the functions at its beginning. */
const commandsIn = (text: string): readonly string[] =>
  text
    .slice(text.indexOf('# The credentials'))
    .split('\n')
    .filter((line) => !line.startsWith('#'));

test('every call is in it, each looked for first', async () => {
  const exporting = exportingOf(await wholeRun());
  const text = scriptOf(exporting);
  await isBash(text);
  const lines = commandsIn(text);
  const looks = lines.filter((line) => /^if (has|found|set_named) /.test(line));
  expect(looks).toHaveLength(exporting.setup.calls.length);
  expect(lines.filter((line) => /^ {2}there '/.test(line))).toHaveLength(exporting.setup.calls.length);
  expect(text).not.toContain('file://');
  // The two accounts are checked before anything is looked for.
  expect(lines.findIndex((line) => line.startsWith('if '))).toBeGreaterThan(
    lines.findLastIndex((line) => line.startsWith('is_account ')),
  );
});

test('of what remains it has that alone, with the values that are known', async () => {
  const exporting = withoutPerson(exportingOf(await wholeRun()));
  const text = scriptOf(exporting, true);
  await isBash(text);
  const lines = commandsIn(text);
  expect(lines.filter((line) => /^if /.test(line))).toHaveLength(4); // the person, and three assignments
  expect(text).toMatch(/administrator_user=\$\(as_delegated_administrator identitystore create-user /);
  expect(text).toContain('--principal-id "$administrator_user"');
  expect(text).toMatch(/--permission-set-arn arn:aws:sso:::permissionSet\/ssoins-\w+\/ps-\w+ /);
  const rest = commandsIn(scriptOf(exportingOf(await wholeRun()), true));
  expect(rest.filter((line) => /^if /.test(line))).toEqual([]);
  const half = commandsIn(scriptOf(exportingOf(await stoppedAt('sso:CreatePermissionSet')), true));
  expect(half.filter((line) => /^if /.test(line))).toHaveLength(3);
});

test.each([
  `O'Neil "$(id)" \`id\` $HOME !! \\n`,
  'a\nrm -rf /\n',
  '-x',
  'file:///etc/passwd',
  'tab\tbell\u0007\u202e',
])('%j is sent as it is, and runs nothing', async (value) => {
  const exporting = withMember(exportingOf(await wholeRun()), 'UserName', value);
  const calls = exporting.setup.calls.map((one) => ({ ...one, says: value }));
  const text = scriptOf({ ...exporting, setup: { ...exporting.setup, calls } });
  await isBash(text);
  for (const line of text.split('\n')) expect(line).not.toMatch(/^rm /);
  const word = shellWord(value);
  if (!/^(file|-)|\n/.test(value)) expect(text).toContain(`--user-name ${word} `);
});

test('a policy is kept byte for byte, even where a line of it is the end of a here-document', async () => {
  const policy = '{\n"Version": "2012-10-17",\nPOLICY\n"Statement": ["$(id) `id` \\\\ \'"]}\n';
  const text = scriptOf(withMember(exportingOf(await wholeRun()), 'InlinePolicy', policy));
  await isBash(text);
  const [part = ''] = /^IFS= read [\s\S]*?^policy=.*$/m.exec(text) ?? [];
  expect(await isBash(`${part}\n`, `printf '%s' "$policy"`)).toBe(policy);
});
