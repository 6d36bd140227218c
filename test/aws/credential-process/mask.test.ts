import { expect, test } from 'vitest';
import { masked, settled } from '../../../src/aws/credential-process/mask.ts';
import { saidBy } from '../../../src/aws/credential-process/running.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N';
test.each([
  ['a key’s id', 'no key AKIAIOSFODNN7EXAMPLE here', 'no key … here'],
  ['a key’s id of 16 characters', 'no key AKIAIOSFODNN7EXA here', 'no key … here'],
  ['a session’s key id', 'ASIAIOSFODNN7EXAMPLE', '…'],
  ['a role’s id, in a word', 'id=AROAJ2UCCR6DPCEXAMPLE:anna', 'id=…:anna'],
  ['a secret key', 'got wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'got …'],
  ['a JWT', `token ${jwt} refused`, 'token … refused'],
  ['a JWT without a signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', '…'],
  ['a digest', `sum ${'0a'.repeat(20)}`, 'sum …'],
  ['20 characters of hex', 'abcdefabcdefabcdefab', '…'],
  ['base64 with its end', `x ${Buffer.from('hunter2 hunter2 hunter2').toString('base64')}`, 'x …'],
  ['base64 for addresses', 'key hvs-CAESIJ_x9-Qk7ab-12_cd', 'key …'],
  ['a token that colors break', '\u001b[31mAKIAIOSF\u001b[0mODNN7EXAMPLE', '…'],
  ['a token in an address', 'https://vault/v1?token=s3cr3tAndLongEnough12345', 'https://vault/v1?token=…'],
  ['a token between quotes', '{"SecretAccessKey":"wJalrXUtnFEMIK7MDENGbPxRfiCY"}', '{"SecretAccessKey":"…"}'],
])('%s is masked', (_, text, expected) => expect(masked(text)).toBe(expected));

test('what is no token stays: 19 characters, words that hyphens join, prompts', () => {
  for (const text of [
    'abcdefabcdefabcdefa',
    'production-management-account is not known',
    'Touch your YubiKey (5 s left): ',
    'gpg: decryption failed: No secret key',
  ])
    expect(masked(text)).toBe(text);
});

test('the program’s own path is told: it says what is missing', () => {
  const path = '/opt/company/bin/GetCredentials2';
  expect(saidBy(`sh: 1: ${path}: not found\n`, `${path} --role admin`)).toBe(`sh: 1: ${path}: not found`);
  expect(saidBy(`sh: 1: ${path}: not found\n`, 'other')).not.toContain('GetCredentials2');
});

test('what a line of the command holds as a secret is masked, however short', () => {
  expect(saidBy('no such token: hunter2x', 'vault --token=hunter2x')).toBe('no such token: …');
});

test('a token that is still being printed is held back', () => {
  expect(settled('Enter the code: AKIAIOSF')).toBe('Enter the code: ');
  expect(settled('Touch your key: ')).toBe('Touch your key: ');
});

test('of much, the end is told, and no token is cut so that it looks like none', () => {
  const secret = 'Zx9'.repeat(100);
  expect(saidBy(`${secret} ${'word '.repeat(200)}the end`, 'x')).toMatch(/^…[word ]+the end$/);
  expect(saidBy(`${'a b '.repeat(300)}${secret}`, 'x')).not.toContain('Zx9');
});
