import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditExport } from '../../src/commands/audit-export.ts';
import { status } from '../../src/commands/status.ts';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { codewhisperer } from '../../steps/index.ts';
import { runner } from '../commands/in-process.ts';
import { echoes } from '../model/text/echoes.ts';
import { type Answer, between } from './between.ts';

const half = Math.ceil(echoes.length / 2);
const texts = [echoes.slice(0, half), echoes.slice(half)].map((some) =>
  // What takes the rest of a text with it comes last.
  [...some].sort((a, b) => Number(a[1].includes('\n')) - Number(b[1].includes('\n'))),
);
const refusal =
  (text: string) =>
  (operation: string, answer: Answer): Answer =>
    operation === 'sso:CreatePermissionSet'
      ? { status: 400, body: JSON.stringify({ __type: 'ValidationException', Message: text, Reason: text }) }
      : answer;
const failure =
  (text: string) =>
  (_: string, { status, body }: Answer): Answer => ({
    status,
    body: body.includes('"AccountAssignmentCreationStatus"')
      ? JSON.stringify({
          AccountAssignmentCreationStatus: {
            ...JSON.parse(body).AccountAssignmentCreationStatus,
            ...{ Status: 'FAILED', FailureReason: text },
          },
        })
      : body,
  });

test.each([
  ['refuses a change', refusal, texts[0] ?? []],
  ['gives up a request', failure, texts[1] ?? []],
])(
  'AWS %s, and repeats what it was sent: no secret is shown, written down or exported',
  async (_, how, some) => {
    const at = await runner('fresh');
    const words = some.map(([, text]) => text).join(' | ');
    const own =
      (await readFile(join(at.home, '..', 'aws', 'credentials'), 'utf8')).match(
        /(?<=secret_access_key ?= ?)\S+/g,
      ) ?? [];
    expect(own).not.toEqual([]);
    const url = await between(at.simulator.url, how(`It cannot be done: ${words} | ${own.join(' ')} | end`));
    await writeProfiles(join(at.home, '..', 'aws'), { ...at.simulator, url } as never);
    const ended = await at.run();
    expect(ended.said).toContain('It cannot be done');
    const files = await Promise.all(
      (await readdir(at.home, { recursive: true, withFileTypes: true }))
        .filter((one) => one.isFile())
        .map(async (one) => [one.name, await readFile(join(one.parentPath, one.name), 'utf8')] as const),
    );
    expect(files.find(([name]) => name === 'journal.jsonl')?.[1]).toContain('It cannot be done');
    const { home } = at;
    const shown = [['said', ended.said] as const, ...files];
    for (const format of ['markdown', 'jsonl', 'html', 'csv', 'ocsf'] as const)
      shown.push([format, (await at.hear(() => auditExport({ runbook: codewhisperer, home, format }))).said]);
    shown.push(['status', (await at.hear(() => status({ runbook: codewhisperer, home }))).said]);
    for (const [where, text] of shown)
      expect(
        [...some.map(([, , secret]) => secret), ...own].filter((secret) => text.includes(secret)),
        where,
      ).toEqual([]);
  },
);
