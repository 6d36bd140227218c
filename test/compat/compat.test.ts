import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Bench, bench } from '../commands/bench.ts';
import { both, more, sampled, test } from '../more.ts';
import { factsIn, factsOf, standing, unquoted } from './facts.ts';

// What the program sends to the address in set.json comes to the simulator's port: see there.
createRequire(import.meta.url)('./preload.cjs');

/** What a version of the program has left behind, and how it went on with it itself: see README.md. */
interface Set {
  readonly program: string;
  readonly endpoint: string;
  readonly runs: readonly Run[];
  readonly handoffs: readonly Run[];
  readonly answers: readonly Answers[];
}
interface Stored {
  readonly name: string;
  readonly scenario: Parameters<typeof bench>[0];
  readonly organization: string; // as it was before anything was done, a file in organizations/
  readonly confirm: readonly string[];
}
/** What was changed before it was stored, then by going on to the end, then by taking all of it back. */
interface Run extends Stored {
  readonly run: string;
  readonly before: readonly string[];
  readonly resumed: readonly string[];
  readonly undone: readonly string[];
}
interface Answers extends Stored {
  readonly permissions: readonly object[];
  readonly effects: readonly string[];
}

const sets = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (...at: readonly string[]): string => readFileSync(join(...at), 'utf8');
const copied = (from: string, ...to: readonly string[]): string => {
  const file = join(...to);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  cpSync(from, file);
  return file;
};

const confirming = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => ['--confirm', word]);

/** The organization in a file of the set, and the program in it. */
async function opened({ scenario, confirm }: Stored, endpoint: string, from: string) {
  const state = copied(from, mkdtempSync(join(tmpdir(), 'cw-compat-')), 'organization.json');
  const at = await bench(scenario, { state, settle: 0 });
  const env = { AWS_ENDPOINT_URL: endpoint, CW_COMPAT_PORT: new URL(at.simulator.url).port };
  const flags = ['--yes', '--poll', '10', '--patience', '300', ...confirming(confirm)];
  return {
    at,
    cli: (...args: readonly string[]) => at.cli(args, env),
    lead: (command: readonly string[], answers: string) =>
      at.cli([...command, '--answers', answers, ...flags], env),
    journal: join(at.home, 'state', 'runs'),
  };
}
/** What was sent to change something, whether or not anything came of it. */
const sent = async ({ ledger }: Bench): Promise<readonly string[]> =>
  (await ledger()).requests
    .map(({ operation }) => operation)
    .filter((operation) =>
      /:(Create|Put|Delete|Attach|Provision|Register|Deregister|Update)/.test(operation),
    );

describe.each(sets)('what %s has left behind', (version) => {
  const folder = join(import.meta.dirname, version);
  const set = JSON.parse(read(folder, 'set.json')) as Set;
  const beginning = ({ organization }: Stored): string =>
    join(folder, 'organizations', `${organization}.json`);
  const standingBefore = async (stored: Stored): Promise<object> =>
    standing((await opened(stored, set.endpoint, beginning(stored))).at.simulator);

  /** Everything that is printed of a run says what was said then. */
  async function saysTheSame(
    own: string,
    cli: Awaited<ReturnType<typeof opened>>['cli'],
    ...which: readonly string[]
  ) {
    const lines = await cli('audit', 'export', '--format', 'jsonl', ...which);
    expect(lines).toEqual({ code: 0, err: '', out: read(own, 'audit.jsonl') });
    const log = await cli('audit', 'export', ...which);
    expect(log).toMatchObject({ code: 0, err: '' });
    const facts = factsOf(lines.out);
    expect(facts.filter((fact) => !unquoted(read(own, 'audit.md')).includes(fact))).toEqual([]);
    expect(facts.filter((fact) => !unquoted(log.out).includes(fact))).toEqual([]);
    if (which.length > 0) return;
    for (const [file, ...args] of [
      ['status.txt', 'status'],
      ['commands.txt', 'status', '--commands'],
    ] as const) {
      const told = await cli(...args);
      expect(told).toMatchObject({ code: 0, err: '' });
      expect(factsIn(told.out)).toEqual(expect.arrayContaining([...factsIn(read(own, file))]));
    }
  }

  both.each(
    sampled(
      set.runs.filter(({ organization }) => organization !== 'demo'),
      3,
    ),
  )('the run $name is told of as before, goes on to its end, and is taken back', async (stored) => {
    const own = join(folder, 'runs', stored.name);
    const { at, cli, lead, journal } = await opened(stored, set.endpoint, join(own, 'organization.json'));
    const file = copied(join(own, 'journal.jsonl'), journal, stored.run, 'journal.jsonl');
    await saysTheSame(own, cli);

    const end = await lead(['run'], join(own, 'answers.json'));
    expect(end.code, end.err).toBe(0);
    const made = [...stored.before, ...stored.resumed];
    expect(await at.effects()).toEqual(made);
    expect(await sent(at)).toEqual(made);
    expect(readFileSync(file, 'utf8').startsWith(read(own, 'journal.jsonl'))).toBe(true);
    expect(readdirSync(journal)).toEqual([stored.run]);

    const back = await lead(['undo'], join(own, 'answers.json'));
    expect(back.code, back.err).toBe(0);
    expect(await at.effects()).toEqual([...made, ...stored.undone]);
    expect(await standing(at.simulator)).toEqual(await standingBefore(stored));
    const { out } = await cli('audit', 'export', '--format', 'jsonl');
    expect(out.startsWith(read(own, 'audit.jsonl'))).toBe(true);
  });

  test.each(set.handoffs)('the hand-off $name is taken over, and comes to its end', async (stored) => {
    const own = join(folder, stored.name);
    const { at, cli, lead } = await opened(stored, set.endpoint, join(own, 'organization.json'));
    const file = join(own, 'run.cwhandoff');
    await saysTheSame(own, cli, '--file', file);
    const end = await lead(['resume', file], join(own, 'answers.json'));
    expect(end.code, end.err).toBe(0);
    expect(await at.effects()).toEqual([...stored.before, ...stored.resumed]);
    const back = await lead(['undo'], join(own, 'answers.json'));
    expect(back.code, back.err).toBe(0);
    expect((await at.effects()).slice(stored.before.length + stored.resumed.length)).toEqual(stored.undone);
    expect(await standing(at.simulator)).toEqual(await standingBefore(stored));
  });

  // A demo's organization is in its state folder, and without a terminal a demo goes on only by a hand-off.
  more.each(set.runs.filter(({ organization }) => organization === 'demo'))(
    'the run $name is told of as before, is handed on, goes on to its end, and is taken back',
    async (stored) => {
      const own = join(folder, 'runs', stored.name);
      const place = ['demo', stored.scenario, 'organization.json'];
      const { at, cli, journal } = await opened(stored, set.endpoint, beginning(stored));
      const home = (name: string) => join(at.home, name);
      copied(join(own, 'journal.jsonl'), journal, stored.run, 'journal.jsonl');
      copied(join(own, 'organization.json'), home('state'), ...place);
      await saysTheSame(own, cli);
      expect(await cli('handoff', '--to', home('demo.cwhandoff'))).toMatchObject({ code: 3, err: '' });

      const answers = join(own, 'answers.json');
      const flags = ['--yes', '--poll', '100', ...confirming(stored.confirm)];
      const lead = (...command: readonly string[]) =>
        at.cli([...command, '--answers', answers, ...flags], { CW_RUNBOOK_HOME: home('another') });
      const now = async () => (await opened(stored, set.endpoint, join(home('another'), ...place))).at;
      const end = await lead('resume', home('demo.cwhandoff'));
      expect(end.code, end.err).toBe(0);
      expect(await (await now()).effects()).toEqual([...stored.before, ...stored.resumed]);
      const back = await lead('undo');
      expect(back.code, back.err).toBe(0);
      const last = await now();
      expect((await last.effects()).slice(stored.before.length + stored.resumed.length)).toEqual(
        stored.undone,
      );
      expect(await standing(last.simulator)).toEqual(await standing(at.simulator));
    },
  );

  both.each(sampled(set.answers, 3))('the answers file $name leads a new run to its end', async (stored) => {
    const { at, lead } = await opened(stored, set.endpoint, beginning(stored));
    for (const policies of stored.permissions)
      await fetch(`${at.simulator.url}/_permissions`, { method: 'POST', body: JSON.stringify(policies) });
    const end = await lead(['run'], join(folder, 'answers', `${stored.name}.json`));
    expect(end.code, end.err).toBe(0);
    expect((await at.effects()).toSorted()).toEqual(stored.effects.toSorted());
  });
});
