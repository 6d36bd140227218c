import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wire } from '../../src/commands/process/create-ports.ts';
import { Left } from '../../src/commands/process/shutdown.ts';
import { createJournal } from '../../src/journal/journal.ts';
import { openSettings } from '../../src/journal/settings.ts';
import type { Actor } from '../../src/model/call.ts';
import type { CredentialLifetime } from '../../src/model/identity.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { live, portal } from '../login/portal.ts';

/** A new run's journal, in a folder of its own. */
async function newJournal() {
  const folder = join(await mkdtemp(join(tmpdir(), 'cw-wire-')), '01RUN');
  return createJournal(folder, {
    journal: 1,
    run: '01RUN',
    program: 'cw-runbook/0',
    simulated: true,
    endpoint: 'demo:o-1',
    started: '2026-01-01T00:00:00Z',
  });
}

test('where a log-in is renewed, the other actor’s credentials of the same log-in are told to last longer as well', async () => {
  const at = await portal({ session: 60_000 });
  live(at);
  await at.logIn();
  const { accessToken } = await at.token();
  const until = (inMinutes: number) =>
    at.put({ accessToken, expiresAt: new Date(Date.now() + inMinutes * 60_000).toISOString() });
  const journal = await newJournal();
  const told: Record<Actor, CredentialLifetime> = {};
  const ports = wire(journal, fixture, {
    ask: () => expect.fail(),
    show: () => undefined,
    env: process.env,
    lasts: (actor, lasts) => {
      told[actor] = lasts;
    },
    leaving: new AbortController().signal,
  });
  const minutes = (actor: Actor): number => {
    const lasts = told[actor];
    expect(ports.lasting(actor)).toEqual(lasts);
    return lasts?.is === 'until' ? Math.round((lasts.until - Date.now()) / 60_000) : Number.NaN;
  };
  const takeUp = (actor: Actor, name: string) =>
    ports.connect(actor, { kind: 'profile', name }, 'us-east-1').read('sts:GetCallerIdentity', {});
  await until(20);
  await takeUp('management', 'management-sso');
  expect(minutes('management')).toBe(15);
  await until(60);
  await takeUp('delegated-administrator', 'delegated-sso');
  expect(minutes('delegated-administrator')).toBe(55);
  expect(minutes('management')).toBe(55);
  await journal.close();
});

test('an operator who leaves between the last look and the intent: nothing is intended, and so nothing is sent', async () => {
  const journal = await newJournal();
  const ports = wire(journal, fixture, {
    ask: () => expect.fail(),
    show: () => undefined,
    env: process.env,
    leaving: AbortSignal.abort(),
  });
  const intent = {
    type: 'intended',
    attempt: 'permission-set/set#1',
    step: 'permission-set',
    change: 'set',
    says: 'Make it',
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

test('the run and whose profile acts are kept for the next start, and written again only where they change', async () => {
  const journal = await newJournal();
  const home = await mkdtemp(join(tmpdir(), 'cw-wire-'));
  const ports = wire(
    journal,
    fixture,
    {
      ask: () => expect.fail(),
      show: () => undefined,
      env: process.env,
      leaving: new AbortController().signal,
    },
    await openSettings(home),
  );
  const written = async (): Promise<number> => (await stat(join(home, 'settings.json'))).ino;
  const identify = (name: string) =>
    ports.record({
      type: 'identified',
      actor: 'management',
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/operator',
      source: { kind: 'profile', name },
    });
  await identify('first');
  const once = await written();
  await identify('first'); // before each change it is looked who acts
  expect(await written()).toBe(once);
  await identify('second');
  expect(await written()).not.toBe(once);
  const kept = await openSettings(home);
  expect(kept.profileOf('management')).toEqual({ kind: 'profile', name: 'second' });
  expect(kept.runs()).toMatchObject([{ id: '01RUN', endpoint: 'demo:o-1', simulated: true }]);
  await journal.close();
});
