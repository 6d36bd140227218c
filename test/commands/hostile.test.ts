import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditExport } from '../../src/commands/audit-export.ts';
import { handoff } from '../../src/commands/handoff.ts';
import { status } from '../../src/commands/status.ts';
import { valuesOf } from '../../src/model/question.ts';
import { escapeControlChars } from '../../src/model/text/escape-control-chars.ts';
import { codewhisperer } from '../../steps/index.ts';
import { raw, short } from '../ui/hostile.ts';
import { type Ended, runner } from './in-process.ts';

/** Of each kind some, in one name, as no directory should have it. */
const name = short
  .filter(
    (text, n) =>
      n % 9 === 0 && !/[\ud800-\udfff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text),
  )
  .join('')
  .trim();
const outcome = ({ said }: Ended): string | undefined =>
  said.split('\n').find((row) => raw.test(row.replace(/\r$/, '')));

test('a run with hostile names: they arrive letter by letter as AWS has them, and are only ever shown escaped', async () => {
  const state = join(await mkdtemp(join(tmpdir(), 'cw-hostile-')), 'organization.json');
  const at = await runner('fresh', { state });
  const file = JSON.parse(await readFile(state, 'utf8'));
  const [first, twin] = file.state.users;
  // What is shown of the one is the name of the other: whoever sends what is shown gets the wrong one.
  Object.assign(first, { userName: name, display: `\u001b[2J${name}`, status: 'ENABLED' });
  Object.assign(twin, { userName: escapeControlChars(name), status: 'ENABLED' });
  for (const account of file.state.accounts) account.name = `${account.name}\u202e\u001b]0;x\u0007`;
  await writeFile(state, JSON.stringify(file));

  const ended = await at.run({ 'administrator-user.user': name });
  expect(ended.said).toContain('finished');
  expect(ended.code).toBe(0);
  expect(outcome(ended)).toBeUndefined();
  expect(ended.said).toContain('⟪U+001B⟫');
  const after = JSON.parse(await readFile(state, 'utf8'));
  expect(JSON.stringify([after.state.assignments, after.state.requests])).toContain(first.id);
  const answered = (await at.events()).filter(
    (event) => event.type === 'answered' && event.question === 'user',
  );
  // A long name that is not as expected is not printed: that takes minutes.
  expect(
    answered.map((event) => event.type === 'answered' && valuesOf(event.answer ?? '')[0] === name),
  ).toEqual([true]);

  const { home } = at;
  for (const work of [
    () => status({ runbook: codewhisperer, home }),
    () => status({ runbook: codewhisperer, home, commands: true }),
    () => auditExport({ runbook: codewhisperer, home, format: 'markdown' }),
    () => auditExport({ runbook: codewhisperer, home, format: 'jsonl' }),
    () => handoff({ runbook: codewhisperer, home, to: join(state, '..', 'run.cwhandoff') }),
  ]) {
    const printed = await at.hear(work);
    expect(outcome(printed)).toBeUndefined();
  }
  const exported = await at.hear(() => auditExport({ runbook: codewhisperer, home, format: 'jsonl' }));
  const lines = exported.said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.some(({ type, answer }) => type === 'answered' && valuesOf(answer)[0] === name)).toBe(true);
});
