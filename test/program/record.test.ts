import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exchangeIn } from '../../src/model/exchange/record.ts';
import { go, walk } from './demo.ts';
import { openSession } from './session.ts';

test('a guided run is recorded, and what was kept is said once the screen is gone', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'cw-record-')), 'recorded');
  const { terminal } = await openSession({ args: ['demo', '--record', folder] });
  const ids = new Set<string>();
  await go(terminal, walk, () => {
    for (const [id] of terminal.screen().matchAll(/\b\d{12}\b/g)) ids.add(id);
  });
  expect(await terminal.exit).toMatchObject({ code: 0 });
  const file = join(folder, 'exchanges.jsonl');
  const text = await readFile(file, 'utf8');
  const exchanges = text.split('\n').slice(0, -1).map(exchangeIn);
  const operations = exchanges.map(({ operation }) => operation);
  expect(operations.slice(0, 2).sort()).toEqual([
    'organizations:DescribeOrganization',
    'sts:GetCallerIdentity',
  ]);
  expect(operations).toContain('sso:CreateAccountAssignment');
  expect(terminal.written()).toContain(`Recorded ${exchanges.length} exchanges`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(ids.size).toBeGreaterThan(1);
  expect([...ids].filter((id) => text.includes(id))).toEqual([]);
});
