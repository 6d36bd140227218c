import { expect, test } from 'vitest';
import { withoutAddresses } from '../../../src/model/people/addresses.ts';
import { redactPeople } from '../../../src/model/people/redact.ts';

/** As one expression: what it finds is right, and what it takes grows with the square of a word. */
const asOne = /[\p{L}\p{M}\p{N}._%+'*-]+(?:[@＠]|%40)[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/gu;
const parts = ['a', 'é', '@', '%40', '.b', '%4', ' ', '_', '-c'];

test('the same addresses as one expression finds, in every order of their parts', () => {
  const instead = (address: string): string => `<${address}>`;
  let texts = [''];
  for (let n = 0; n < 5; n++) {
    texts = texts.flatMap((text) => parts.map((part) => text + part));
    for (const text of texts)
      if (withoutAddresses(text, instead) !== text.replace(asOne, instead))
        expect(withoutAddresses(text, instead)).toBe(text.replace(asOne, instead));
    if (n > 3)
      texts = texts.filter((text) => /[@4]/.test(text) && text.includes('.b') && text.startsWith('a'));
  }
});

test('a long word in a record takes time by its length', () => {
  for (const text of ['é'.repeat(500_000), `${'a%40'.repeat(100_000)}@`, `${'a@'.repeat(100_000)} x%40`]) {
    const events = [{ type: 'halted', at: 0, why: `${text} and ann@example.com` }] as const;
    const [hidden] = redactPeople(events, [], () => 'f'.repeat(64));
    expect(JSON.stringify(hidden)).toMatch(/ and redacted-f{16}"\}$/);
  }
});
