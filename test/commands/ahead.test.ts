import { expect, test } from 'vitest';
import { registering } from '../../steps/register-delegated-administrator.ts';
import { changes } from '../words.ts';
import { answered, bench } from './bench.ts';

const rows = (out: string, word = ''): readonly string[] =>
  out.split('\n').filter((row) => row.startsWith(word));

test('before its first change a run says what is ahead; status says it of what is left; a finished run has none', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const { 'assign-administrator.target': _, ...some } = answers;
  const stopped = await at.run(some, flags);
  expect(stopped.code, stopped.err).toBe(4);
  const ahead = rows(stopped.out, 'ahead ');
  const delegate = at.account('Shared Services');
  expect(ahead.slice(0, 3)).toEqual([
    'ahead        Up to 4 changes ahead. Each is shown and confirmed first. What AWS has already is not made again.',
    `ahead          1  ${registering('Shared Services', delegate.id)} (management account, with care)`,
    `ahead          2  ${changes.create} (delegated administrator account)`,
  ]);
  expect(ahead.at(-1)).toMatch(/^ahead {8}Credentials you need: management account .*, then delegated/);
  expect(stopped.out.search(/^ahead/m)).toBeLessThan(stopped.out.search(/^confirmed/m));

  const status = await at.cli(['status']);
  expect(status.out).toContain('Up to 1 change ahead.');
  expect(status.out).toContain(`  4  ${changes.assign} the administrator to the account`);
  expect(status.out).not.toContain(`${changes.create} (`);

  const end = await at.run(answers, flags);
  expect(end, end.err).toMatchObject({ code: 0 });
  expect(rows(end.out, 'ahead ')[0]).toContain('1 change ahead. Each is shown and confirmed first.');
  expect((await at.cli(['status'])).out).not.toContain('ahead');
});
