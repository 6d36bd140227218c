import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAnswers } from '../../../src/commands/unattended/read-answers.ts';
import { codewhisperer } from '../../../steps/index.ts';

const answers = { answers: { 'administrator-user.user': 'jürgen.müller ☃' } };
const text = JSON.stringify(answers);
const utf16 = (said: string) => Buffer.from(said, 'utf16le');
const read = async (bytes: Uint8Array) => {
  const file = join(await mkdtemp(join(tmpdir(), 'cw-encoding-')), 'answers.json');
  await writeFile(file, bytes);
  return readAnswers(file, codewhisperer);
};

test.each<[string, Uint8Array]>([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE with its mark, as Windows PowerShell’s > writes it', utf16(`\ufeff${text}\r\n`)],
  ['UTF-16BE with its mark', utf16(`\ufeff${text}`).swap16()],
  ['UTF-16LE', utf16(text)],
  ['UTF-16BE', utf16(text).swap16()],
])('%s is read', async (_, bytes) => {
  expect(await read(bytes)).toMatchObject(answers);
});

test.each<[string, Uint8Array, string]>([
  ['UTF-32LE', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'UTF-32LE'],
  ['UTF-32BE', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b]), 'UTF-32BE'],
  ['UTF-32LE without a mark', Buffer.from([0x7b, 0, 0, 0, 0x7d, 0, 0, 0]), 'UTF-32LE'],
  ['Windows-1252', Buffer.from(text.replace(' ☃', ''), 'latin1'), 'Windows-1252'],
  ['UTF-7', Buffer.from('+/v8-{}'), 'UTF-7'],
  ['half of a UTF-16BE character', Buffer.from([0xfe, 0xff, 0]), 'cut off'],
  ['half of a UTF-16LE character', Buffer.from([0xff, 0xfe, 0x7b, 0, 0x7d]), 'UTF-16LE that is damaged'],
])('%s is named', async (_, bytes, named) => {
  await expect(read(bytes)).rejects.toMatchObject({
    code: 64,
    message: expect.stringMatching(new RegExp(`is not in UTF-8: .*${named}`)),
    remedy: expect.stringContaining('Save it as UTF-8'),
  });
});

test('account ids may have the hyphens that the console shows', async () => {
  const file = {
    roles: { management: 'arn:aws:iam::1234-5678-9012:role/admin' },
    answers: {
      'delegated-account.account': '1234-5678-9012',
      'assign-administrator.target': ['1234-5678-9012', '210987654321'],
      'permission-set.name': '1234-5678-9012',
    },
  };
  expect(await read(Buffer.from(JSON.stringify(file)))).toMatchObject({
    roles: { management: 'arn:aws:iam::123456789012:role/admin' },
    answers: {
      'delegated-account.account': '123456789012',
      'assign-administrator.target': '["123456789012","210987654321"]',
      'permission-set.name': '1234-5678-9012',
    },
  });
});
