import { access, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takeUpRun } from '../../src/commands/runs/runs.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import type { News } from '../../src/model/event.ts';
import { codewhisperer } from '../../steps/index.ts';
import { bench } from './bench.ts';

const place = { endpoint: 'aws', simulated: false };
const identity = {
  actor: 'management',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  source: { kind: 'environment' },
} as const;
const identified: News = { type: 'identified', ...identity };
const freshHome = (): Promise<string> => mkdtemp(join(tmpdir(), 'cw-begin-'));
const runsIn = (home: string): Promise<boolean> =>
  access(join(home, 'runs')).then(
    () => true,
    () => false,
  );

describe('a run that nobody accepted an identity for leaves nothing behind', () => {
  const attested = { 'before-you-start.understood': 'attested' };
  test.each<[string, object, readonly string[], number, string]>([
    ['nobody accepts', { profiles: { management: 'management' }, answers: attested }, [], 4, '--yes'],
    ['no credentials', { profiles: { management: 'nobody' }, answers: attested }, ['--yes'], 6, 'nobody'],
    [
      'a bad answer',
      { answers: { 'permission-set.name': 'no blanks' } },
      ['--yes'],
      64,
      'permission-set.name',
    ],
    ['an unknown key', { answers: { 'no.such': 'x' } }, ['--yes'], 64, 'no.such'],
  ])('%s', async (_, file, flags, code, says) => {
    const at = await bench('fresh');
    const answers = join(at.home, 'a.json');
    await writeFile(answers, JSON.stringify(file));
    const env = { AWS_ENDPOINT_URL: at.simulator.url };
    const ended = await at.cli(['run', '--answers', answers, ...flags], env);
    expect(ended, ended.err).toMatchObject({ code, err: expect.stringContaining(says) });
    // Nor is a name printed of a run that nobody can ask for.
    expect(`${ended.out}${ended.err}`).not.toMatch(/\b01[0-9A-Z]{24}\b/);
    const json = await at.cli(['run', '--answers', answers, '--json', ...flags], env);
    expect(json.out).not.toMatch(/\b01[0-9A-Z]{24}\b/);
    expect(await runsIn(join(at.home, 'state'))).toBe(false);
    expect(await at.cli(['status'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('There is no run'),
    });
  });

  test.each([
    ['as it was printed', (form: object) => form, 'profiles.management'],
    [
      'with profiles',
      ({ answers }: { answers: object }) => ({ profiles: { management: 'management' }, answers }),
      'answers.before-you-start.understood',
    ],
    [
      'with one answer left',
      ({ answers }: { answers: Record<string, unknown> }) => ({
        answers: { 'administrator-user.user': answers['administrator-user.user'] },
      }),
      'answers.administrator-user.user',
    ],
  ])(
    'a template that was not filled in, %s, is named as that, and AWS is asked nothing',
    async (_, edit, key) => {
      const at = await bench('fresh');
      const form = JSON.parse((await at.cli(['run', '--questions'])).out);
      const file = join(at.home, 'template.json');
      await writeFile(file, JSON.stringify(edit(form)));
      const ended = await at.cli(['run', '--answers', file, '--yes']);
      expect(ended).toMatchObject({ code: 64, err: expect.stringContaining(`template in ${key}`) });
      expect(await runsIn(join(at.home, 'state'))).toBe(false);
      expect((await at.ledger()).requests).toEqual([]);
    },
  );
});

test('identities that were declined before are its first events', async () => {
  const home = await freshHome();
  const journal = await takeUpRun({ runbook: codewhisperer, home, place });
  await journal.append({
    type: 'identity-declined',
    ...identity,
    source: { kind: 'profile', name: 'other' },
  });
  expect(await listRuns(home)).toEqual([]);
  await journal.append(identified);
  await journal.close();
  const [run] = await listRuns(home);
  const { events } = await readJournal(run?.folder ?? '');
  expect(events.map(({ type }) => type)).toEqual(['started', 'opened', 'identity-declined', 'identified']);
});

describe('two windows that both begin one', () => {
  const both = async () => {
    const home = await freshHome();
    const begin = () => takeUpRun({ runbook: codewhisperer, home, place });
    const [one, other] = [await begin(), await begin()];
    await one.append(identified);
    return { home, one, other };
  };
  test('the second is told that the first has it, and may watch it', async () => {
    const { home, one, other } = await both();
    await expect(other.append(identified)).rejects.toMatchObject({
      kind: 'locked',
      folder: expect.stringContaining(one.header.run),
    });
    await one.close();
    await other.close();
    expect(await listRuns(home)).toHaveLength(1);
  });
  test('where the first was left meanwhile, the second starts again', async () => {
    const { home, one, other } = await both();
    await one.close();
    await expect(other.append(identified)).rejects.toMatchObject({
      kind: 'locked',
      remedy: expect.stringContaining('Start again'),
    });
    await other.close();
    const next = await takeUpRun({ runbook: codewhisperer, home, place });
    expect(next.header.run).toBe(one.header.run);
    await next.close();
  });
  test('--new begins another one all the same', async () => {
    const home = await freshHome();
    const one = await takeUpRun({ runbook: codewhisperer, home, place });
    const other = await takeUpRun({ runbook: codewhisperer, home, place, fresh: true });
    await one.append(identified);
    await other.append(identified);
    await Promise.all([one.close(), other.close()]);
    expect(await listRuns(home)).toHaveLength(2);
  });
});
