import { expect } from 'vitest';
import { silenceSaid } from '../../src/commands/unattended/silence.ts';
import { more, test } from '../more.ts';
import { runner } from './in-process.ts';

test('a silence that lasts is told again, with how long and how often it was asked, and until when', () => {
  const lines: string[] = [];
  let now = 1_000_000;
  const show = silenceSaid(
    (line) => lines.push(line),
    () => now,
  );
  const until = now + 600_000;
  for (let tries = 1; tries <= 30; tries++) {
    show({ is: 'looking', step: 's', since: now });
    show({ is: 'no-answer', step: 's', why: 'HTTP 503', since: 1_000_000, tries, until });
    now += 10_000;
  }
  expect(lines[0]).toBe('waiting      no answer from AWS: HTTP 503');
  expect(lines[1]).toBe(
    'waiting      still no answer from AWS after 30 s and 4 looks; it is asked until 00:26:40 UTC: HTTP 503',
  );
  expect(lines).toHaveLength(10);
});

more.each([403, 503])(
  'a page with HTTP %i that stays: it is said, asked less and less often, and ends',
  async (status) => {
    const at = await runner();
    await at.order('_faults', {
      fault: 'captive-portal',
      status,
      operation: 'organizations:ListAccounts',
      times: 'always',
    });
    const ended = await at.run({}, {}, { pollInterval: 50, changeTimeout: 8_000 });
    expect(ended.code).toBe(3);
    expect(ended.said).toMatch(
      /^waiting +no answer from AWS: organizations:ListAccounts: what answered is not AWS/m,
    );
    const { requests } = await at.ledger();
    const asked = requests.filter(({ operation }) => operation === 'organizations:ListAccounts').length;
    // With pauses that do not grow it would be asked 160 times.
    expect(asked).toBeLessThan(status === 403 ? 80 : 200);
  },
  60_000,
);
