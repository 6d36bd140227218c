import { expect, test } from 'vitest';
import type { Actor } from '../../src/model/call.ts';
import type { Lasting } from '../../src/model/identity.ts';
import { identityCards, timeLeft } from '../../src/model/identity-card.ts';
import { nothing, type Run } from '../../src/model/run.ts';
import { arnLine, identityLine } from '../../src/ui/identity-line.ts';
import { plainText, widthOf } from '../../src/ui/line.ts';

const source = { kind: 'profile', name: 'management' } as const;
const [management, delegate] = ['111122223333', '444455556666'];
const role = 'assumed-role/AWSReservedSSO_AWSAdministratorAccess_0123456789abcdef/ada';
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
const row = (columns: number, acts: Actor, minutes = 52): string => {
  const line = identityLine(identityCards(run, { [acts]: until(minutes) }, acts), columns, 0);
  expect(widthOf(line)).toBeLessThanOrEqual(columns);
  return plainText(line);
};

test('who acts, with the account’s name and id, in which Region and for how long: as much as fits', () => {
  expect(row(50, 'management')).toBe('management 111122223333 52 min left · us-east-1');
  // Which account acts comes before anything of the one that does not.
  expect(row(80, 'management')).toBe(
    'management Example Corp Management 111122223333 ada 52 min left · us-east-1',
  );
  expect(row(80, 'delegated-administrator', 1)).toBe(
    'delegated Shared Services 444455556666 ada 1 min left · us-east-1',
  );
  expect(row(120, 'management')).toBe(
    'management Example Corp Management 111122223333 ada 52 min left · delegated 444455556666 · us-east-1',
  );
  expect(row(180, 'management')).toContain(`111122223333 ${role} 52 min left`);
});

test('the ARN of who acts has a row of its own where the identity line has no room for it', () => {
  const below = (columns: number, acts: Actor): string | undefined => {
    const cards = identityCards(run, { [acts]: until(52) }, acts);
    const line = arnLine(cards, identityLine(cards, columns, 0), columns);
    if (line) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    return line && plainText(line);
  };
  expect(below(180, 'management')).toBeUndefined();
  expect(below(120, 'management')).toBe(`arn:aws:sts::${management}:${role}`);
  expect(below(80, 'management')).toBe(role);
  expect(below(50, 'management')).toBe('…edSSO_AWSAdministratorAccess_0123456789abcdef/ada');
  expect(below(80, 'delegated-administrator')).toBe(`arn:aws:iam::${delegate}:user/ada`);
});

test('the time left, in words', () => {
  expect(timeLeft(until(0), 1)).toBe('expired');
  expect(timeLeft(until(0.5), 0)).toBe('less than 1 min left');
  expect(timeLeft(until(60), 0)).toBe('60 min left');
  expect(timeLeft(until(8 * 60), 0)).toBe('8 h left');
  expect(timeLeft({ is: 'renewed' }, 0)).toBe('renewed');
  expect(timeLeft({ is: 'not-told' }, 0)).toBe('end not known');
});

test('a name that acts on the terminal does not, here as elsewhere', () => {
  const evil = { ...run, names: { [management]: '\u001b[2Jevil' } };
  expect(plainText(identityLine(identityCards(evil, {}, 'management'), 120, 0))).not.toContain('\u001b');
});
