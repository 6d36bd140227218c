import { expect, test } from 'vitest';
import type { Actor } from '../../src/model/call.ts';
import type { Lasting } from '../../src/model/identity.ts';
import { identityCards, timeLeft } from '../../src/model/identity-card.ts';
import { nothing, type Run } from '../../src/model/run.ts';
import { identityLines } from '../../src/ui/identity-line.ts';
import { plainText, widthOf } from '../../src/ui/line.ts';

const source = { kind: 'profile', name: 'management' } as const;
const [management, delegate] = ['111122223333', '444455556666'];
const role = 'assumed-role/AWSReservedSSO_AWSAdministratorAccess_0123456789abcdef/ada.lovelace@example.com';
const run: Run = {
  ...nothing,
  binding: { region: 'us-east-1' },
  names: { [management]: 'Example Corp Management', [delegate]: 'Shared Services' },
  identities: {
    management: { account: management, arn: `arn:aws:sts::${management}:${role}`, source },
    'delegated-administrator': { account: delegate, arn: `arn:aws:iam::${delegate}:user/ada`, source },
  },
};
const until = (minutes: number): Lasting => ({ is: 'until', until: minutes * 60_000 });
const rows = (columns: number, acts: Actor, of = run, minutes = 52): readonly string[] =>
  identityLines(identityCards(of, { [acts]: until(minutes) }, acts), columns, 0).map((line) => {
    expect(widthOf(line)).toBeLessThanOrEqual(columns);
    return plainText(line);
  });

test('who acts, with the account’s name and id, the ARN, the Region and the time left, in every window', () => {
  expect(rows(200, 'management')).toEqual([
    `management Example Corp Management ${management} ${role} 52 min left · us-east-1 · delegated ${delegate}`,
  ]);
  expect(rows(120, 'delegated-administrator')).toEqual([
    `delegated Shared Services ${delegate} user/ada 52 min left · us-east-1 · management ${management}`,
  ]);
  expect(rows(120, 'management')).toEqual([
    `management Example Corp Management ${management} · delegated Shared Services ${delegate}`,
    `${role} · us-east-1 · 52 min left`,
  ]);
  expect(rows(80, 'delegated-administrator')).toEqual([
    `delegated Shared Services ${delegate} · management ${management}`,
    `arn:aws:iam::${delegate}:user/ada · us-east-1 · 52 min left`,
  ]);
  // Which account acts comes before anything of the one that does not.
  expect(rows(50, 'management')).toEqual([
    `management Example Corp Management ${management}`,
    'ada.lovelace@example.co… · us-east-1 · 52 min left',
  ]);
  expect(rows(40, 'management')).toEqual([
    `management Example Corp Ma… ${management}`,
    'ada.lovelace@… · us-east-1 · 52 min left',
  ]);
});

test('the longest Region and the longest sentence leave room for who it is in the smallest window', () => {
  const far = { ...run, binding: { region: 'ap-southeast-2' } };
  expect(rows(40, 'management', far, 0.5)).toEqual([
    `management Example Corp Ma… ${management}`,
    'ada… · ap-southeast-2 · under 1 min left',
  ]);
});

test('until IAM Identity Center is found the Region is the one that is configured, and it is said where there is none', () => {
  const [before, { management: me }] = [{ ...run, binding: {} }, run.identities];
  const identities = me ? { management: { ...me, region: 'eu-west-1' } } : {};
  expect(rows(80, 'management', { ...before, identities }).join()).toContain(' · eu-west-1 · 52 min left');
  expect(rows(80, 'management', before).join()).toContain(' · no Region yet · 52 min left');
});

test('the time left, in words', () => {
  expect(timeLeft(until(0), 1)).toBe('expired');
  expect(timeLeft(until(0.5), 0)).toBe('under 1 min left');
  expect(timeLeft(until(60), 0)).toBe('60 min left');
  expect(timeLeft(until(8 * 60), 0)).toBe('8 h left');
  expect(timeLeft({ is: 'renewed' }, 0)).toBe('renewed');
  expect(timeLeft({ is: 'not-told' }, 0)).toBe('end not known');
});

test('a name that acts on the terminal does not, here as elsewhere', () => {
  const evil = { ...run, names: { [management]: '\u001b[2Jevil' } };
  for (const columns of [200, 80, 40])
    expect(rows(columns, 'management', evil).join()).not.toContain('\u001b');
});
