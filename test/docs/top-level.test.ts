import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const record = readFileSync(join(root, 'docs/decisions/0008-what-stands-at-the-top.md'), 'utf8');

/** What the record names: in the sentence that decides, and in the first column of its table. */
const [decided = ''] = /\*\*Decided\.\*\*[\s\S]*?(?=\n\n)/.exec(record) ?? [];
const named = [...decided.matchAll(/`([^`]+)`/g), ...record.matchAll(/^\| `([^`]+?)\/?` +\|/gm)].map(
  ([, entry = '']) => entry,
);

/** What git has at the top. A copy without git does not tell what in it is the project’s. */
function tracked(): readonly string[] | undefined {
  const asked = spawnSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  const top = new Set(asked.stdout?.split('\0').map((file) => file.split('/')[0] ?? ''));
  top.delete('');
  return asked.status === 0 && top.size > 0 ? [...top] : undefined;
}

it('has what decision 0008 names', () => {
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((entry) => !existsSync(join(root, entry)))).toEqual([]);
});

it('has nothing else', () => {
  expect((tracked() ?? named).toSorted()).toEqual(named.toSorted());
});
