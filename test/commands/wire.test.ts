import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Left } from '../../src/commands/leaving.ts';
import { wire } from '../../src/commands/wire.ts';
import { createJournal } from '../../src/journal/journal.ts';

test('an operator who leaves between the last look and the intent: nothing is intended, and so nothing is sent', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'cw-wire-')), '01RUN');
  const journal = await createJournal(folder, {
    journal: 1,
    run: '01RUN',
    program: 'cw-runbook/0',
    simulated: true,
    endpoint: 'demo:o-1',
    started: '2026-01-01T00:00:00Z',
  });
  const ports = wire(journal, {
    ask: () => expect.fail(),
    show: () => undefined,
    leaving: AbortSignal.abort(),
  });
  const intent = {
    type: 'intended',
    attempt: 'permission-set/set#1',
    step: 'permission-set',
    change: 'set',
    says: 'Create the permission set',
    call: { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'arn:i', Name: 'name' } },
    key: 'k',
    actor: 'management',
    account: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/operator',
    region: 'us-east-1',
    situation: { answers: {}, given: {}, hints: {}, run: '01RUN' },
  } as const;
  await expect(ports.record(intent)).rejects.toThrow(Left);
  expect(journal.events()).toEqual([]);
  await journal.close();
});
