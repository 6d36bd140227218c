import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Header, lineOf, parse, schema, sealed } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import type { Event } from '../../src/model/event.ts';
import { answered, type Bench, bench } from './bench.ts';

const journalOf = async ({ home }: Bench): Promise<string> => {
  const runs = join(home, 'state', 'runs');
  const [id = ''] = await readdir(runs);
  return join(runs, id, 'journal.jsonl');
};

/** A journal's lines: the first one, and events that follow from it. */
function chained(first: string, events: readonly Event[]): readonly string[] {
  const lines = [first];
  for (const [n, event] of events.entries()) lines.push(lineOf(event, n + 1, sha256(lines.at(-1) ?? '')));
  return lines;
}

/** The run's journal as another version of the program would have written it. */
async function rewrite(at: Bench, by: (event: Event) => Event): Promise<void> {
  const file = await journalOf(at);
  const { header, events } = parse(await readFile(file), file);
  // Its records have other hashes: what AWS was told of those that were there is left out.
  const own = events.filter(({ type }) => type !== 'anchored');
  await writeFile(file, `${chained(sealed(header), own.map(by)).join('\n')}\n`);
}

test('another version goes on with a run: it says so, plans again, and shows what it plans otherwise', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  expect(await at.run()).toMatchObject({ code: 4 });
  await rewrite(at, (event) => {
    if (event.type === 'opened') return { ...event, program: 'cw-runbook/0.0.1' };
    if (event.type !== 'looked' || event.step !== 'organization') return event;
    const [, ...goals] = event.plan.goals;
    return { ...event, plan: { ...event.plan, goals } };
  });
  const ended = await at.run(answers, flags);
  expect(ended, ended.err).toMatchObject({ code: 0 });
  expect(ended.out).toMatch(/upgraded +from cw-runbook\/0\.0\.1 to cw-runbook\/\d+\.\d+\.\d+/);
  expect(ended.out).toMatch(/differs +organization: New: /);
  expect(ended.out.match(/differs/g)).toHaveLength(1);
  const again = await at.run(answers, flags);
  expect(again.out).not.toMatch(/upgraded|differs/);
});

/** A journal that a later version has written: its first line, its events, as it stands in the file. */
type Rewritten = (header: Header, events: readonly Event[]) => readonly string[];
const later = { journal: schema + 1, program: 'cw-runbook/9.9.9' };
const openedLater = { type: 'opened', at: 2, by: 'ann@here', program: later.program } as const;
const unheardOf = { type: 'teleported', at: 3, where: 'elsewhere' } as unknown as Event;
const byLater: Readonly<Record<string, Rewritten>> = {
  'a later schema': (header, events) => chained(sealed({ ...header, ...later }), events),
  'a later schema, whose first line has other members': (_, events) =>
    chained(sealed({ ...later, id: 'of another form' }), events),
  'a later schema, sealed in another way': (header) => [JSON.stringify({ ...header, ...later })],
  'a later schema, with other members and another seal': () => [JSON.stringify(later)],
  'an event of a type that is not known': (header, events) =>
    chained(sealed(header), [...events, openedLater, unheardOf]),
  'such an event, and more after it': (header, events) =>
    chained(sealed(header), [...events, unheardOf, openedLater, unheardOf]),
};
const commands = [
  ['run', '--answers', 'answers.json'],
  ['undo'],
  ['status'],
  ['status', '--commands'],
  ['handoff'],
  ['audit', 'export'],
  ['audit', 'export', '--format', 'jsonl'],
] as const;

test.each(Object.keys(byLater))(
  '%s: every command leaves the journal alone, and names the version to use',
  async (how) => {
    const at = await bench('fresh');
    expect(await at.run()).toMatchObject({ code: 4 });
    const file = await journalOf(at);
    const { header, events } = parse(await readFile(file), file);
    const written = `${byLater[how]?.(header, events).join('\n')}\n`;
    await writeFile(file, written);
    for (const command of commands) {
      const ended = await at.cli(
        command.map((word) => (word.endsWith('.json') ? join(at.home, word) : word)),
      );
      expect(ended, command.join(' ')).toMatchObject({
        code: 7,
        out: '',
        err: expect.stringMatching(
          /was made by cw-runbook 9\.9\.9[\s\S]*Use that version or a newer one: npx cw-runbook@9\.9\.9/,
        ),
      });
      expect(ended.err).not.toMatch(/damaged/);
      expect(await readFile(file, 'utf8')).toBe(written);
    }
  },
);

test('a version that is none is not repeated as a command', async () => {
  const at = await bench('fresh');
  expect(await at.run()).toMatchObject({ code: 4 });
  const file = await journalOf(at);
  const { header } = parse(await readFile(file), file);
  await writeFile(file, `${sealed({ ...header, ...later, program: 'cw-runbook/1.0.0; rm -rf ~' })}\n`);
  const { code, err } = await at.cli(['status']);
  expect(code).toBe(7);
  expect(err).toMatch(/was made by a newer cw-runbook[\s\S]*Use the newest version: npx cw-runbook@latest/);
  expect(err).not.toContain('rm -rf');
});

test('a run that begins now says which schema its journal has', async () => {
  const at = await bench('fresh');
  await at.run();
  const [first = ''] = (await readFile(await journalOf(at), 'utf8')).split('\n');
  expect(JSON.parse(first)).toMatchObject({ journal: schema });
});
