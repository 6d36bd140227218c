import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { auditExport } from '../../src/commands/audit-export.ts';
import { codewhisperer } from '../../steps/index.ts';
import { runner } from '../commands/in-process.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

test('what was agreed to can be had again from the export, word by word: its SHA-256 is the one that was recorded', async () => {
  const at = await runner();
  expect(await at.run()).toMatchObject({ code: 0 });
  const { said } = await at.hear(() =>
    auditExport({ runbook: codewhisperer, home: at.home, format: 'jsonl' } as never),
  );
  const confirmed = said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'confirmed');
  expect(confirmed).toHaveLength(4);
  for (const { shown, text } of confirmed) expect(sha(text)).toBe(shown);
  const [register, , policy] = confirmed.map(({ text }) => String(text));
  // Details that a screen folds away are part of it.
  expect(register).toMatch(/aws organizations register-delegated-administrator/);
  expect(register).toMatch(/Register the chosen account as delegated administrator/); // the document
  expect(register).toMatch(/Acting as: management account .*\d{12}/);
  expect(policy).toContain('"Action"');
  expect(policy).toMatch(/codeguru-security/);
});
