import { expect, test } from 'vitest';
import type { Actor } from '../../src/model/call.ts';
import type { CredentialLifetime } from '../../src/model/identity.ts';
import { type Asked, identityCards, timeLeft } from '../../src/model/progress/identity-card.ts';
import { emptyRun, type Run } from '../../src/model/run.ts';
import { identityLines } from '../../src/ui/frame/identity-line.ts';
import { plainText, widthOf } from '../../src/ui/text/line.ts';
import { across } from './page.ts';

const source = { kind: 'profile', name: 'management' } as const;
const [management, delegate] = ['111122223333', '444455556666'];
const role = 'assumed-role/AWSReservedSSO_AWSAdministratorAccess_0123456789abcdef/ada.lovelace@example.com';
const run: Run = {
  ...emptyRun,
  binding: { region: 'us-east-1' },
  names: { [management]: 'Example Corp Management', [delegate]: 'Shared Services' },
  identities: {
    management: { account: management, arn: `arn:aws:sts::${management}:${role}`, source },
    'delegated-administrator': { account: delegate, arn: `arn:aws:iam::${delegate}:user/ada`, source },
  },
};
const until = (minutes: number): CredentialLifetime => ({ is: 'until', until: minutes * 60_000 });
const rows = (columns: number, acts: Actor, of = run, minutes = 52): readonly string[] =>
  identityLines(identityCards(of, { lasting: { [acts]: until(minutes) } }, acts), across(columns), 0).map(
    (line) => {
      expect(widthOf(line)).toBeLessThanOrEqual(columns);
      return plainText(line);
    },
  );

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
    'AWSAdminis…/ada.lovelac… · us-east-1 · 52 min left',
  ]);
  expect(rows(40, 'management')).toEqual([
    `management Example Corp Ma… ${management}`,
    'AWSAd…/ada.lo… · us-east-1 · 52 min left',
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

test('whose credentials are asked for, or are to be accepted, comes first, and that they are not accepted yet', () => {
  const [actor, account] = ['delegated-administrator', delegate] as const;
  const { management: me } = run.identities;
  const alone: Run = { ...run, identities: me ? { management: me } : {} };
  const lines = (asked: Asked, columns: number) =>
    identityLines(identityCards(alone, {}, 'management', asked), across(columns), 0).map(plainText);
  expect(lines({ actor, account }, 90)).toEqual([
    `delegated Shared Services ${delegate} not accepted yet · management ${management}`,
  ]);
  expect(lines({ actor }, 60)).toEqual([`delegated not accepted yet · management ${management}`]);
  const offered = { actor, account, arn: `arn:aws:sts::${delegate}:${role}`, lasts: until(52) } as const;
  expect(lines(offered, 40)).toEqual([
    `delegated ${delegate} not accepted yet`,
    'AWSAd…/ada.lo… · us-east-1 · 52 min left',
  ]);
});

test('who was accepted, and is not at hand, is not said to act', () => {
  const acts = 'delegated-administrator';
  const lines = (atHand: readonly Actor[], asked?: Asked) =>
    identityLines(identityCards(run, { atHand }, acts, asked), across(120), 0).map(plainText);
  expect(lines(['management'])[0]).toBe(`management Example Corp Management ${management}`);
  expect(lines([])).toEqual(['no credentials in use yet']);
  expect(lines(['management'], { actor: acts, account: delegate })).toEqual([
    `delegated Shared Services ${delegate} not at hand · user/ada · us-east-1 · management ${management}`,
  ]);
});

test('the time left, in words', () => {
  expect(timeLeft(until(0), 1)?.text).toBe('expired');
  expect(timeLeft(until(0.5), 0)?.text).toBe('under 1 min left');
  expect(timeLeft(until(60), 0)?.text).toBe('60 min left');
  expect(timeLeft(until(8 * 60), 0)?.text).toBe('8 h left');
  expect([9, 10].map((minutes) => timeLeft(until(minutes), 0)?.short)).toEqual([true, false]);
  expect(timeLeft(until(0), 1)?.short).toBe(true);
  expect(timeLeft({ is: 'auto-refreshed' }, 0)?.text).toBe('renews itself');
  expect(timeLeft({ is: 'unknown' }, 0)?.text).toBe('end not known');
});

test('a name that acts on the terminal does not, here as elsewhere', () => {
  const evil = { ...run, names: { [management]: '\u001b[2Jevil' } };
  for (const columns of [200, 80, 40])
    expect(rows(columns, 'management', evil).join()).not.toContain('\u001b');
});
