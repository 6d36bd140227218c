import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineOf, parse, sealed } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import type { Event } from '../../src/model/event.ts';
import { answered, type Bench, bench } from './bench.ts';

const journalOf = async ({ home }: Bench): Promise<string> => {
  const runs = join(home, 'state', 'runs');
  const [id = ''] = await readdir(runs);
  return join(runs, id, 'journal.jsonl');
};

/** The run's journal as another version of the program would have written it. */
async function rewrite(at: Bench, by: (event: Event) => Event): Promise<void> {
  const file = await journalOf(at);
  const { header, events } = parse(await readFile(file), file);
  const lines = [sealed(header)];
  for (const [n, event] of events.entries()) lines.push(lineOf(by(event), n + 1, sha256(lines.at(-1) ?? '')));
  await writeFile(file, `${lines.join('\n')}\n`);
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

test('a journal of a newer schema is left alone, and says which version goes on with it', async () => {
  const at = await bench('fresh');
  expect(await at.run()).toMatchObject({ code: 4 });
  const file = await journalOf(at);
  const [first = '', ...lines] = (await readFile(file, 'utf8')).split('\n');
  const { hash: _, ...header } = JSON.parse(first) as Record<string, unknown>;
  const newer = [sealed({ ...header, journal: 2, program: 'cw-runbook/9.9.9' }), ...lines].join('\n');
  await writeFile(file, newer);
  expect(await at.run()).toMatchObject({
    code: 7,
    err: expect.stringMatching(
      /newer program \(cw-runbook\/9\.9\.9, schema 2\)[\s\S]*npx cw-runbook@9\.9\.9/,
    ),
  });
  expect(await readFile(file, 'utf8')).toBe(newer);
});
