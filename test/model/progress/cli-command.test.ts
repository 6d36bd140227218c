import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandAt, commandLine } from '../../../src/model/progress/cli-command.ts';
import { escapeControlChars } from '../../../src/model/text/escape-control-chars.ts';
import { shellWord } from '../../../src/model/text/shell.ts';

let path = '';
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'cw-aws-'));
});
/** A stand-in for the AWS CLI that says how many arguments it was given, and each of them, all ended by a zero byte. */
const standIn = `aws() { printf '%s\\0' "$#"; for one in "$@"; do printf '%s\\0' "$one"; done; }`;
const shells = ['/bin/bash', '/usr/bin/dash', '/usr/bin/zsh', '/bin/ksh', '/bin/sh'].filter((shell) =>
  existsSync(shell),
);
/** What each command was given: one shell carries out all of them. */
async function given(shell: string, ...commands: readonly string[]): Promise<readonly (readonly string[])[]> {
  const env = { PATH: `${path}:/usr/bin:/bin`, LC_ALL: 'C.UTF-8', HOME: path };
  const script = [standIn, ...commands].join('\n');
  const { stdout } = await promisify(execFile)(shell, ['-c', script], { env, cwd: path });
  const words = stdout.split('\0').slice(0, -1);
  const all: string[][] = [];
  while (words.length > 0) all.push(words.splice(0, 1 + Number(words[0])).slice(1));
  return all;
}
/** What the AWS CLI would send of such arguments: a skeleton's members and the flags'. */
function sent(args: readonly string[]): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (let n = 2; n < args.length; n++) {
    const [flag = '', same] = (args[n] ?? '').split(/=(.*)/s);
    const value = same ?? args[++n] ?? '';
    if (flag === '--cli-input-json') Object.assign(all, JSON.parse(value));
    else all[flag] = value;
  }
  return all;
}

/** Names as people have them, and as nobody should. */
const texts = [
  ...'$;&|<>()`*?~#!"\'\\ \n=^{}[]%@+,:-\t\r\u001b\u007f'.split(''),
  '',
  'Ada Lovelace',
  'O’Brien-Ünal',
  'می\u200cخواهم', // Persian, with the joiner that its spelling asks for
  '👩\u200d👩\u200d👧', // a family: three people and two joiners
  'a\u202eb',
  'a\u00a0b\u2028c',
  '\u{e0041}tag',
  '$(touch stolen)',
  '`touch stolen`',
  "it's 100% \\n \\x41 !! %s",
  'ends in a line break\n',
  'two\nlines',
  '-leading',
  '--help',
  '=ls',
  '~/x',
  'file:///etc/hostname',
  'FILE:///etc/hostname',
  'fileb://x',
  'http://127.0.0.1:1/x',
  'https://example.com',
  "file://it's \u200c",
  '{"a":1}',
  '[x]',
  '1\u200c2',
];

describe.each(shells)('%s', (shell) => {
  test('takes every word as it was', async () => {
    const words = texts.filter((one) => !one.endsWith('\n'));
    const all = await given(shell, ...words.map((text) => `aws ${shellWord(text)}`));
    expect(all).toEqual(words.map((text) => [text]));
  });

  test('hands on what the program would send, whatever it is', async () => {
    const commands = texts.map((text) =>
      commandLine(
        {
          operation: 'identitystore:CreateUser',
          input: {
            IdentityStoreId: 'd-1234567890',
            UserName: text,
            DisplayName: 'x',
            Name: { GivenName: text, FamilyName: 'F' },
            Emails: [{ Value: text, Primary: true }],
          },
        },
        { region: 'us-east-1', profile: text.trimEnd() || 'p', endpointUrl: 'http://127.0.0.1:1' },
      ),
    );
    const were = await given(shell, ...commands);
    expect(were).toHaveLength(texts.length);
    for (const [n, text] of texts.entries()) {
      const [command = '', args = []] = [commands[n], were[n]];
      expect(escapeControlChars(command.replaceAll('\n', '')), JSON.stringify(text)).toBe(
        command.replaceAll('\n', ''),
      );
      expect(args.slice(0, 2)).toEqual(['identitystore', 'create-user']);
      const all = sent(args);
      expect(all.UserName ?? all['--user-name'], JSON.stringify(text)).toBe(text);
      expect(all['--identity-store-id']).toBe('d-1234567890');
      expect(JSON.parse(String(all['--name']))).toEqual({ GivenName: text, FamilyName: 'F' });
      expect(JSON.parse(String(all['--emails']))).toEqual([{ Value: text, Primary: true }]);
      expect([all['--profile'], all['--endpoint-url']]).toEqual([
        text.trimEnd() || 'p',
        'http://127.0.0.1:1',
      ]);
      // A flag's value that the AWS CLI would read as an address, or as another flag.
      for (const [at, arg] of args.entries())
        if (at > 1 && !['--endpoint-url', '--profile'].includes(args[at - 1] ?? ''))
          expect(arg).not.toMatch(/^(fileb?|https?):\/\//i);
    }
  });

  test('a value that is known later stays a variable beside a skeleton', async () => {
    const set = { $after: 'set', path: 'PermissionSet.PermissionSetArn', step: 'permission-set' };
    const command = commandLine(
      {
        operation: 'sso:PutInlinePolicyToPermissionSet',
        input: { InstanceArn: 'file://x', PermissionSetArn: set, InlinePolicy: '{}' },
      },
      {},
      () => '"$ARN"',
    );
    expect(await given(shell, `ARN='a b'; ${command}`)).toEqual([
      [
        ...['sso-admin', 'put-inline-policy-to-permission-set'],
        ...['--cli-input-json', '{"InstanceArn":"file://x"}'],
        ...['--permission-set-arn', 'a b', '--inline-policy', '{}'],
      ],
    ]);
  });
});

test.each([...'$;&|<>()`*?~#!"\'\\ \n^{}[]'])('%j alone is not let through to a shell', (one) => {
  expect(shellWord(one)).not.toBe(one);
  expect(shellWord(`a${one}b`)).toMatch(/^['"]/);
});

test('a command that is written already gets its profile so that it is no flag', () => {
  expect(commandAt('aws x y', { profile: '-p' })).toBe('aws x y --profile=-p');
});
