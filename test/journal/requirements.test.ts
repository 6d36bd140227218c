import { expect, test } from 'vitest';
import { refuseUnauthorized } from '../../src/commands/runs/mandate.ts';
import { fitsForm } from '../../src/journal/requirements.ts';

const long = `${'a'.repeat(80)}!`;

test.each(['^(a+)+$', '(a|aa)+', '(.*)*x', '([a-z]+)*\\d', '(a?){60}a{60}'])(
  'an expression that takes forever is given up: %s',
  (form) => {
    expect(fitsForm(long, form, 30)).toBeUndefined();
  },
);

test('an expression that the system has not enough room for is no answer either', () => {
  expect(fitsForm('a', `${'('.repeat(100_000)}a${')'.repeat(100_000)}`)).toBeUndefined();
});

test('nothing in a text or a form can act: they are only compared', () => {
  for (const text of ['`', '\\`', "'); throw 1; ('", '\u2028'])
    expect([text, fitsForm(text, 'CHG\\d+')]).toEqual([text, false]);
  expect(fitsForm('CHG1', '`+process.exit()+`')).toBe(false);
  expect(fitsForm('CHG1', 'CHG\\d')).toBe(true);
});

test('a ticket whose form cannot be checked is refused: what was tried, what was found, what to do', () => {
  const refused = () => refuseUnauthorized({ told: { ticket: long }, required: { ticket: '^(a+)+$' } }, []);
  expect(refused).toThrow(
    expect.objectContaining({
      code: 4,
      message: `Whether “${long}” matches ^(a+)+$ was not found out within a second: the regular expression can take forever. Nothing was changed.`,
      remedy: expect.stringMatching(/--require-ticket.*requireTicket in settings\.json/),
    }),
  );
});
