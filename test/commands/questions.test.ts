import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askedBy, questionsOf } from '../../src/commands/unattended/answers.ts';
import { codewhisperer } from '../../steps/index.ts';
import { offeredPolicies } from '../../steps/policies/index.ts';
import { bench } from './bench.ts';

const asked = askedBy(codewhisperer);

test('run --questions lists what each closed question may be answered, and says what the others take', async () => {
  const at = await bench('fresh');
  const form = JSON.parse((await at.cli(['run', '--questions'])).out);
  for (const [key, { values }] of Object.entries(asked))
    for (const value of values ?? []) expect(form.answers[key], key).toContain(value);
  for (const { id } of offeredPolicies) expect(form.answers['permission-set.policy']).toContain(id);
  expect(form.answers['delegated-account.account']).toContain('12-digit id or name');
  expect(form.answers['session-duration.seen']).toContain('attested or skipped');
  expect(
    Object.values(questionsOf(codewhisperer))
      .flat()
      .filter((text) => !text.endsWith(')')),
  ).toEqual([]);
});

test.each(
  Object.entries(asked).flatMap(([key, { values }]) => (values?.[0] ? [[key, values[0]] as const] : [])),
)('%s: another value than those is refused before anything begins, with the nearest', async (key, value) => {
  const at = await bench('fresh');
  const file = join(at.home, 'a.json');
  await writeFile(file, JSON.stringify({ answers: { [key]: `${value}x` } }));
  const ended = await at.cli(['run', '--answers', file, '--yes']);
  expect(ended).toMatchObject({
    code: 64,
    err: expect.stringContaining(`Did you mean “${value}”? Allowed: `),
  });
  expect((await at.ledger()).requests).toEqual([]);
});
