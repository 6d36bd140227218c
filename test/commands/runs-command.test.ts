import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createJournal, openJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import { phases, steps } from '../../steps/index.ts';
import { answered, type Bench, bench } from './bench.ts';

/** The steps that every run has. */
const always = steps.filter(({ appliesWhen }) => appliesWhen === undefined).length;

const attested = { 'before-you-start.understood': 'attested' };
/** A run that made nothing yet. */
async function begun(): Promise<Bench & { readonly id: string; readonly state: string }> {
  const at = await bench('fresh');
  await at.run(attested);
  const state = join(at.home, 'state');
  const [run] = await listRuns(state);
  return { ...at, state, id: run?.header.run ?? '' };
}
const done = async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  const state = join(at.home, 'state');
  const [run] = await listRuns(state);
  return { ...at, state, id: run?.header.run ?? '', folder: run?.folder ?? '' };
};
const isListed = async (state: string): Promise<number> => (await listRuns(state)).length;

describe('runs', () => {
  test('lists none, and says how to begin', async () => {
    const at = await bench('fresh');
    expect(await at.cli(['runs'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('cw-runbook demo'),
    });
    expect(JSON.parse((await at.cli(['runs', '--json'])).out)).toEqual({
      version: 1,
      kind: 'runs',
      runs: [],
    });
  });

  test('each with its short id, place, state, time and steps; a finished one beside a damaged one', async () => {
    const at = await done();
    const damaged = join(at.state, 'runs', '01BADBADBADBADBADBADBADBAD');
    await mkdir(damaged, { mode: 0o700 });
    const [header = ''] = (await readFile(join(at.folder, 'journal.jsonl'), 'utf8')).split('\n');
    await writeFile(join(damaged, 'journal.jsonl'), `${header}\nnot an event\n{}\n`);
    const { out } = await at.cli(['runs']);
    expect(out).toMatch(
      new RegExp(
        `${at.id.slice(-8)} +http://127\\S+ +finished +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +(\\d+) of \\1`,
      ),
    );
    expect(out).toMatch(/cannot be read/);
    const { runs } = JSON.parse((await at.cli(['runs', '--json'])).out);
    expect(runs).toHaveLength(2);
    expect(runs.find(({ id }: { id: string }) => id === at.id)).toMatchObject({
      ...{ short: at.id.slice(-8), state: 'finished', open: false, simulated: false },
      ...{
        stepsDone: always,
        steps: always,
        made: expect.arrayContaining([expect.any(String)]),
        unknown: [],
      },
    });
  });
});

describe('which run', () => {
  test('status of a run that was named prints commands for that one', async () => {
    const { id, cli } = await begun();
    const named = `--run ${id.slice(-8)}`;
    const { out } = await cli(['status', '--run', id]);
    expect(out).toMatch(new RegExp(`^What remains, .*: cw-runbook status ${named} --commands$`, 'm'));
    expect(out).toMatch(new RegExp(`^Continue with: cw-runbook ${named}$`, 'm'));
    expect((await cli(['status', ...named.split(' '), '--commands'])).code).toBe(0);
    expect((await cli(['status'])).out).toMatch(
      /: cw-runbook status --commands\nContinue with: cw-runbook$/m,
    );
  });

  test.each([
    [undefined, 'cw-runbook demo'],
    ['fresh', 'cw-runbook demo'],
    ['set-in-management', 'cw-runbook demo --scenario set-in-management'],
  ])('status of a run of the demo %s continues in its own organization', async (scenario, command) => {
    const at = await bench('fresh');
    const simulated = {
      simulated: true,
      endpoint: 'demo:o-1',
      ...(scenario === undefined ? {} : { scenario }),
    };
    const header = {
      journal: 4,
      run: '01DEMO',
      program: 'cw-runbook/test',
      started: '2026-11-23T00:00:00.000Z',
    };
    const folder = join(at.home, 'state', 'runs', header.run);
    const journal = await createJournal(folder, { ...header, ...simulated });
    await journal.append({ type: 'started', run: header.run, simulated: true, endpoint: 'demo:o-1' });
    await journal.close();
    expect((await at.cli(['status'])).out).toMatch(new RegExp(`^Continue with: ${command}$`, 'm'));
  });

  test('reading commands take any unique part of an id, in any case', async () => {
    const { id, cli } = await begun();
    for (const part of [id, id.slice(-8), id.slice(-8).toLowerCase(), id.slice(3, 12), id.slice(-3)])
      for (const command of [['status'], ['audit', 'export'], ['status', '--json']])
        expect((await cli([...command, '--run', part])).code, `${command} ${part}`).toBe(0);
    expect(await cli(['status', '--run', 'UUUU'])).toMatchObject({
      code: 64,
      err: expect.stringContaining(id.slice(-8)),
    });
  });
  test.each([['undo'], ['handoff'], ['runs', 'remove']])(
    '%s %s takes the 8 characters shown, and no fewer',
    async (...command) => {
      const { id, cli, home } = await begun();
      const to = command[0] === 'handoff' ? ['--to', home] : [];
      const named = (part: string) =>
        command[0] === 'runs' ? [...command, part] : [...command, '--run', part, ...to];
      expect(await cli(named(id.slice(-7)))).toMatchObject({
        code: 64,
        err: expect.stringContaining('at least the 8'),
      });
      expect((await cli(named(id.slice(-8).toLowerCase()))).code).not.toBe(64);
    },
  );
  // Two runs that cannot be told apart by how their ids begin: one is as it was left, the other cannot be read.
  test('a part that two runs share: each with its state, and what to type, for every command', async () => {
    const { id, state, cli, home } = await begun();
    const [run] = await listRuns(state);
    const other = `${id.slice(0, 18)}BADBADBA`;
    const [header = ''] = (await readFile(join(run?.folder ?? '', 'journal.jsonl'), 'utf8')).split('\n');
    await mkdir(join(state, 'runs', other), { mode: 0o700 });
    await writeFile(
      join(state, 'runs', other, 'journal.jsonl'),
      `${header.replaceAll(id, other)}\nnot an event\n{}\n`,
    );
    for (const part of [id.slice(0, 18), id.slice(0, 4)])
      for (const [command, before] of [
        ...[['status'], ['answers'], ['verify'], ['plan']].map((one) => [one, '--run '] as const),
        ...[
          ['audit', 'export'],
          ['audit', 'verify'],
          ['audit', 'reconcile'],
        ].map((one) => [one, '--run '] as const),
        ...[['export', 'terraform'], ['undo'], ['handoff', '--to', home]].map(
          (one) => [one, '--run '] as const,
        ),
        [['runs', 'remove'], 'cw-runbook runs remove '] as const,
      ]) {
        const { code, err } = await cli([...command, ...(before === '--run ' ? ['--run'] : []), part]);
        const said = `${command.join(' ')} ${part}: ${err}`;
        expect(code, said).toBe(64);
        expect(err, said).toContain(`2 runs have “${part}” in their ids: none was chosen`);
        expect(err, said).toMatch(new RegExp(`${before}${id.slice(-8)}  AWS|${before}${id.slice(-8)}  http`));
        expect(err, said).toMatch(/unfinished, last used \d{4}-.* UTC, \d+ of \d+ steps done/);
        expect(err, said).toMatch(new RegExp(`${before}BADBADBA  .*, cannot be read, last used`));
      }
  });
});

describe('runs remove', () => {
  test('says what is lost, offers the export, and moves the run to a dated folder that only --purge empties', async () => {
    const { id, cli, state } = await begun();
    const asked = await cli(['runs', 'remove', id.slice(-8)]);
    expect(asked).toMatchObject({ code: 4, err: expect.stringContaining('--yes') });
    expect(asked.out).toMatch(/changes nothing at AWS[\s\S]*audit log[\s\S]*audit export --run/);
    expect(await isListed(state)).toBe(1);
    const moved = await cli(['runs', 'remove', id.slice(-8), '--yes']);
    expect(moved, moved.err).toMatchObject({ code: 0 });
    expect(await isListed(state)).toBe(0);
    const [day = ''] = await readdir(join(state, 'removed'));
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await readdir(join(state, 'removed', day))).toEqual([id]);
    expect(await readdir(join(state, 'removed', day, id))).toEqual(['journal.jsonl']);
    expect(await cli(['runs', 'remove', '--purge'])).toMatchObject({
      code: 4,
      out: expect.stringContaining(id),
    });
    expect(await cli(['runs', 'remove', '--purge', '--yes'])).toMatchObject({ code: 0 });
    expect(await readdir(state)).not.toContain('removed');
    expect(await cli(['runs', 'remove', '--purge', '--yes'])).toMatchObject({ code: 0 });
  });

  test('refused for a run that made something: then only with --forget and its id', async () => {
    const { id, cli, state } = await done();
    const refused = await cli(['runs', 'remove', id, '--yes']);
    expect(refused).toMatchObject({
      code: 4,
      err: expect.stringMatching(/did not undo: [\s\S]*cw-runbook undo --run[\s\S]*--forget/),
    });
    expect(await cli(['runs', 'remove', id, '--yes', '--forget'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('--confirm'),
    });
    expect(await cli(['runs', 'remove', id, '--forget', '--confirm', 'ABCDEFGH'])).toMatchObject({ code: 4 });
    expect(await isListed(state)).toBe(1);
    expect(await cli(['runs', 'remove', id, '--forget', '--confirm', id.slice(-8)])).toMatchObject({
      code: 0,
    });
    expect(await isListed(state)).toBe(0);
  });

  test('refused while it is open', async () => {
    const { id, cli, state } = await begun();
    const journal = await openJournal(join(state, 'runs', id));
    expect(await cli(['runs', 'remove', id, '--yes', '--forget', '--confirm', id])).toMatchObject({
      code: 7,
      err: expect.stringContaining('open in another window'),
    });
    await journal.close();
    expect(await isListed(state)).toBe(1);
  });

  test('refused where it is handed off, also with --forget', async () => {
    const { id, cli, home, state } = await begun();
    await cli(['handoff', '--to', join(home, 'x.cwhandoff')]);
    expect(await cli(['runs', 'remove', id, '--yes', '--forget', '--confirm', id])).toMatchObject({
      code: 3,
      err: expect.stringContaining('handed off'),
    });
    expect(await isListed(state)).toBe(1);
  });

  test('refused where a change was sent and its outcome is unknown, also with --forget', async () => {
    const at = await bench('fresh', { settle: 600 });
    const { answers, flags } = await answered(at);
    const dies = (out: string): boolean => /^accepted +assign-administrator/m.test(out);
    await at.run(answers, flags, dies);
    const [run] = await listRuns(join(at.home, 'state'));
    const id = run?.header.run ?? '';
    expect(await at.cli(['runs', 'remove', id, '--forget', '--confirm', id])).toMatchObject({
      code: 3,
      err: expect.stringContaining('outcome is unknown'),
    });
  });

  test.each([[[]], [['--purge', '01ABCDEFGH']]])('%j: a run or --purge', async (args) => {
    const { cli } = await begun();
    expect(await cli(['runs', 'remove', ...args])).toMatchObject({ code: 64 });
  });

  test('two of one id are both kept', async () => {
    const { id, cli, state } = await begun();
    // Midnight may come in between: the other one lies under both days.
    const days = [0, 1].map((n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10));
    for (const day of days) await mkdir(join(state, 'removed', day, id), { recursive: true });
    expect(await cli(['runs', 'remove', id, '--yes'])).toMatchObject({ code: 0 });
    const there = await Promise.all(days.map((day) => readdir(join(state, 'removed', day))));
    expect(there.flat().toSorted()).toEqual([id, id, `${id}-2`]);
  });
});

describe('status --json', () => {
  test('has what docs/json.md lists', async () => {
    const { id, cli } = await done();
    const { version, kind, ...told } = JSON.parse((await cli(['status', '--json'])).out);
    expect([version, kind, told.id, told.state]).toEqual([1, 'status', id, 'finished']);
    expect(told.steps.at(-1).id).toBe('hand-over');
    expect(told.steps[0]).toEqual({
      ...{ id: 'before-you-start', title: expect.any(String), phase: phases[0]?.title },
      ...{ actor: 'management', state: 'done', seen: expect.stringMatching(/^\d{4}-/) },
    });
    const page = await readFile(new URL('../../docs/json.md', import.meta.url), 'utf8');
    expect(Object.keys(told).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(await cli(['status', '--json', '--commands'])).toMatchObject({ code: 64 });
  });
});

describe('doctor --json', () => {
  test('has its checks and its exit code', async () => {
    const at = await bench('fresh');
    const good = await at.cli(['doctor', '--profile', 'management', '--json']);
    expect(JSON.parse(good.out)).toMatchObject({
      ...{
        version: 1,
        kind: 'doctor',
        source: { kind: 'profile', name: 'management' },
        failing: [],
        exitCode: 0,
      },
      checks: expect.arrayContaining([
        { about: 'caller', is: 'ok', found: expect.stringContaining('account') },
      ]),
    });
    const bad = await at.cli(['doctor', '--profile', 'nobody', '--json']);
    expect([bad.code, JSON.parse(bad.out).exitCode]).toEqual([6, 6]);
    expect(bad.out).toMatch(/^[ -~\n]*$/);
    expect(await at.cli(['doctor', '--json', '--compare'])).toMatchObject({ code: 64 });
  });
});
