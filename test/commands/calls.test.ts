import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { steps } from '../../steps/index.ts';
import { path, reasons } from './call-reasons.ts';
import { runner } from './in-process.ts';
import { ledgered, type Sent } from './ledgered.ts';

// How many requests an unattended run makes, what each is for, and which of them wait for one another: docs/calls.md.

/** What an answer of AWS takes, in milliseconds. Longer than what is asked together takes to set out. */
const latency = 80;
const runs: Record<'fresh' | 'done', readonly Sent[]> = { fresh: [], done: [] };

test.each([
  ['fresh', 4, 100],
  ['done', 0, 50],
] as const)('%s: %i changes, and no more than %i requests', async (scenario, changes, most) => {
  const at = await runner(scenario, { latency });
  const { ended, sent, took, cpu } = await ledgered(at);
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect(at.simulator.ledger().effects).toHaveLength(changes);
  expect(
    sent.length,
    sent.map(({ part, operation }) => `${part} ${operation}`).join('\n'),
  ).toBeLessThanOrEqual(most);
  runs[scenario] = sent;
  const deepest = Math.max(...sent.map(({ depth }) => depth));
  if (process.env.SHOW_CALLS)
    console.log({ scenario, requests: sent.length, deepest, took, cpu, ratio: took / latency / path.length });
});

test('the run waits for one answer after the other no longer than it must: 1.2 times the critical path', () => {
  // Each of the path sets out when the one before was answered.
  let after = -1;
  for (const [n, { operation, actor }] of path.entries()) {
    const next = runs.fresh.find(
      (one) => one.operation === operation && one.actor === actor && one.from > after,
    );
    expect(next, `${n + 1}. ${operation}`).toBeDefined();
    after = next?.until ?? after;
  }
  const deepest = Math.max(...runs.fresh.map(({ depth }) => depth));
  expect(deepest).toBeGreaterThanOrEqual(path.length);
  expect(deepest / path.length).toBeLessThanOrEqual(1.2);
});

// WRITE_CALLS=1 writes it.
test('docs/calls.md has every request, what it is for, and the path', async () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'calls.md');
  const text = await readFile(file, 'utf8');
  const [head = '', tail = ''] = text.split(/<!-- requests -->\n[\s\S]*<!-- end of requests -->/);
  const wanted = `${head}<!-- requests -->\n${table()}\n\n${pathListed()}\n<!-- end of requests -->${tail}`;
  if (process.env.WRITE_CALLS) await writeFile(file, wanted);
  else expect(text).toBe(wanted);
});

/** A row for each kind of request of a part, as they are listed: what goes together arrives in any order. */
function table(): string {
  const keys = [...new Set([...runs.fresh, ...runs.done].map(keyOf))];
  expect(Object.keys(reasons).toSorted()).toEqual(keys.toSorted());
  const rows = Object.keys(reasons).map((key) => {
    const [part = '', operation = ''] = key.split(' · ');
    const counts = [runs.fresh, runs.done].map((all) => all.filter((one) => keyOf(one) === key).length);
    const informs = steps.find(({ id }) => id === part)?.informs?.some((one) => one === operation);
    const needed = informs || part === 'permissions' ? 'informs' : 'needed';
    return `| ${part} | \`${operation}\` | ${counts.map((n) => n || '–').join(' | ')} | ${needed} | ${reasons[key]} |`;
  });
  const sums = [runs.fresh, runs.done].map(({ length }) => length).join(' | ');
  return [
    '| Step or purpose | Request | Fresh | Done | Needed? | Why |',
    '| --- | --- | ---: | ---: | --- | --- |',
    ...rows,
    `| all | | ${sums} | | |`,
  ].join('\n');
}
const keyOf = ({ part, operation }: Sent): string => `${part} · ${operation}`;

const pathListed = (): string =>
  [
    '## The critical path of a fresh run',
    '',
    'The longest chain of requests in which each one needs the answer to the one before it, to know what to ask or whether to ask at all. With 80 ms for every answer, a run waits for no more than 1.2 times as many answers in a row.',
    '',
    ...path.map(({ operation, why }, n) => `${n + 1}. \`${operation}\`: ${why}.`),
  ].join('\n');
