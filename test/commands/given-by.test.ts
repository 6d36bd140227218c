import { expect, test } from 'vitest';
import { codewhisperer } from '../../steps/index.ts';
import { answered, bench } from './bench.ts';

interface Given {
  readonly type: string;
  readonly typed?: string;
  readonly by?: string;
  readonly step?: string;
  readonly question?: string;
}

test('a flag is recorded as a flag, and the answers file as a file: nobody typed anything', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const ended = await at.run(answers, flags);
  expect(ended, ended.err).toMatchObject({ code: 0 });
  const { out } = await at.cli(['audit', 'export', '--format', 'jsonl']);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Given);
  const by = (type: string) => events.flatMap((one) => (one.type === type ? [one.by] : []));
  expect(new Set(by('confirmed'))).toEqual(new Set(['flag']));
  expect(new Set(by('identified'))).toEqual(new Set(['flag']));
  // The default of a question that the file does not answer is no answer of the file.
  const told = events.flatMap(({ type, step, question, by: how }) =>
    type === 'answered' ? [`${step}.${question}: ${how}`] : [],
  );
  expect(told).toContain('delegated-account.account: file');
  expect(told.filter((one) => one.endsWith(': default'))).toEqual([
    'delegated-identity.portal: default',
    'permission-set.name: default',
  ]);
  expect(ended.out).toMatch(
    /^confirmed +register-delegated-administrator: registered \(flag --confirm Shared Services\)$/m,
  );
  expect(ended.out).toMatch(/^confirmed +permission-set: set \(flag --yes\)$/m);

  const record = (await at.cli(['audit', 'export'])).out;
  expect(record).toContain('| by the flag --confirm Shared Services |');
  expect(record).not.toMatch(/typed/);
  // What has to be read first stands first, in words; nothing is called by what only the program calls it.
  expect(record.match(/^#{1,2} (?!It was sent).*/gm)).toEqual([
    '# Change record: setting up CodeWhisperer Professional with IAM Identity Center',
    '## Message for the new administrator',
    '## Checks, and what was seen',
    '## What was changed',
    '## Who decided what, and how',
    '## Who acted',
    expect.stringMatching(/^## The policy/),
    '## Warnings',
    '## How to undo it',
    '## The full log',
  ]);
  expect(record).toMatch(/^\*\*Finished [^\n]* [34] changes, each read back\.\*\*\n\n- ✓ Shared Services /m);
  const words = record.replace(/\baws [a-z-]+ [a-z-]+/g, '');
  for (const { id } of codewhisperer.steps.filter((step) => step.id.includes('-')))
    expect(words, id).not.toMatch(new RegExp(`\\b${id}\\b(?!-)`));
  expect(record).not.toMatch(/cw-runbook\.cjs|\w#\d/);
});
