import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { codeAt } from '../../src/simulator/organization/mfa.ts';
import { clients, refusal, simulated } from './simulated.ts';

const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;

async function world() {
  let at = Date.now();
  const all = await simulated('fresh', { now: () => at });
  const { management, withRole, as } = all;
  const { sts } = as();
  const assume = (more: { SerialNumber?: string; TokenCode?: string }, name = 'AdminWithMFA') =>
    sts.send(
      new AssumeRoleCommand({
        ...{ RoleArn: role(withRole('member').id, name), RoleSessionName: 'ann' },
        ...more,
      }),
    );
  return {
    ...all,
    assume,
    serial: management.mfa.serial,
    code: (later = 0) => codeAt(management.mfa, at + later),
    pass: (ms: number) => {
      at += ms;
    },
  };
}

test('the codes are those of RFC 6238, as any device computes them', () => {
  // Appendix B: the secret is the ASCII text 12345678901234567890, and the last six of eight digits are compared.
  const secret = Buffer.from('12345678901234567890').toString('base64');
  expect([59, 1_111_111_109, 1_234_567_890, 2_000_000_000].map((s) => codeAt({ secret }, s * 1000))).toEqual([
    '287082',
    '081804',
    '005924',
    '279037',
  ]);
});

test('a role that wants a code is assumed with that of the caller’s device, and not without', async () => {
  const { assume, serial, code, url } = await world();
  expect(await refusal(assume({}))).toMatchObject({
    name: 'AccessDenied',
    message: expect.stringMatching(
      /is not authorized to perform: sts:AssumeRole on resource: .*AdminWithMFA/,
    ),
  });
  const { Credentials: given } = await assume({ SerialNumber: serial, TokenCode: code() });
  const keys = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
  const { Arn } = await clients(url, keys, 'us-east-1').sts.send(new GetCallerIdentityCommand({}));
  expect(Arn).toMatch(/assumed-role\/AdminWithMFA\/ann$/);
});

const invalid = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
test('a code is taken once, by whichever role; the next one is good again', async () => {
  const { assume, serial, code, pass } = await world();
  const first = { SerialNumber: serial, TokenCode: code() };
  await assume(first);
  expect(await refusal(assume(first, 'OtherWithMFA'))).toMatchObject({
    name: 'AccessDenied',
    message: invalid,
  });
  pass(30_000);
  await assume({ SerialNumber: serial, TokenCode: code() }, 'OtherWithMFA');
});

test('refused: a wrong code, one that is long past, a device of nobody’s, half of the two', async () => {
  const { assume, serial, code, withRole } = await world();
  const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, '0');
  for (const TokenCode of [wrong, code(-90_000), code(90_000)])
    expect((await refusal(assume({ SerialNumber: serial, TokenCode }))).message).toBe(invalid);
  expect(
    (await refusal(assume({ SerialNumber: withRole('member').mfa.serial, TokenCode: code() }))).message,
  ).toMatch(/unable to validate MFA code\. {2}Please verify your MFA serial number is valid/);
  expect((await refusal(assume({ SerialNumber: serial }))).message).toMatch(
    /must provide both MFA serial number and one time pass code/,
  );
  expect((await refusal(assume({ SerialNumber: serial, TokenCode: '12' }))).name).toBe('ValidationError');
});

test('what the devices show now can be asked, as their owner would look at them', async () => {
  const { url, code, management } = await world();
  const shown = (await (await fetch(`${url}/_mfa`)).json()) as readonly unknown[];
  expect(shown[0]).toEqual({
    ...{ name: management.name, id: management.id, serial: management.mfa.serial },
    code: code(),
  });
});
